"""What every engine of consumers offers, whether it counts them or plays each one."""

from typing import Protocol, Unpack

import numpy as np
from numpy.typing import NDArray

from channelsim.simulate.consumers.faced import Given
from channelsim.simulate.consumers.sales import Sales

type Ints = NDArray[np.int64]
type Floats = NDArray[np.float64]


class Consumers(Protocol):
    """The consumers of Z zones, S segments (tiers told apart) and A arcs, week by week."""

    @property
    def unaware(self) -> Ints:
        """(Z, S) consumers who do not know the brand."""

    @property
    def aware(self) -> Ints:
        """(Z, S) consumers who know the brand."""

    @property
    def adopted(self) -> Ints:
        """(Z, S) consumers who have ever bought."""

    @property
    def population(self) -> Ints:
        """(Z, S) all consumers."""

    @property
    def happy(self) -> Ints:
        """(A, S) consumers who last bought at an arc's outlet and are happy with it."""

    @property
    def unhappy(self) -> Ints:
        """(A, S) consumers who last bought at an arc's outlet and are unhappy with it."""

    @property
    def owners(self) -> Ints:
        """(A, S) consumers who last bought at an arc's outlet."""

    def step(self, week: int, **given: Unpack[Given]) -> Sales:
        """Play one week and return what it leaves behind.

        Parameters
        ----------
        week
            Names the draws; a week played twice under the same name meets the same uniforms.
        given
            What consumers face, by name: see `consumers.faced`.

        Raises
        ------
        BadValue
            If an array has the wrong shape or a value outside its range; nothing has changed then.
        """

"""What consumers face in one week, checked once for every engine."""

from dataclasses import dataclass
from typing import NamedTuple, NotRequired, TypedDict

import numpy as np
from numpy.typing import NDArray

from channelsim.errors import BadValue

type Ints = NDArray[np.int64]
type Floats = NDArray[np.float64]

_LARGEST = 1e100
_STRONGEST = 100.0


class Size(NamedTuple):
    """How many there are of everything."""

    zones: int
    """Z."""
    segments: int
    """S, tiers told apart."""
    arcs: int
    """A."""
    candidates: int
    """J."""


class Given(TypedDict):
    """What an engine's `step` is given besides the week; see `Faced` for shapes and meaning."""

    inform: Floats
    occasion: Floats
    weight: Floats
    inertia: Floats
    aversion: Floats
    happy: Floats
    retry: Floats
    stock: Ints
    rise: NotRequired[Floats]
    lapse: NotRequired[Floats]


@dataclass(frozen=True, eq=False)
class Faced:
    """Chances, weights and stock of one week: Z zones, S segments, A arcs, J candidates."""

    inform: Floats
    """(Z, S) probability that an unaware consumer becomes aware."""
    occasion: Floats
    """(Z, S) probability that an aware consumer has a purchase occasion."""
    weight: Floats
    """(A, S) exp(utility) relative to the outside option's 1; 0 where closed."""
    inertia: Floats
    """(S,) utility >= 0 added to the last outlet of a happy owner."""
    aversion: Floats
    """(S,) utility <= 0 added to the last outlet of an unhappy owner."""
    happy: Floats
    """(A, S) probability that a buyer is happy."""
    retry: Floats
    """(S,) probability of a second choice after finding nothing."""
    stock: Ints
    """(J,) units on hand."""
    rise: Floats
    """(S,) probability that a purchase moves its buyer up a tier."""
    lapse: Floats
    """(S,) probability that a week without a purchase moves an owner down a tier."""

    @classmethod
    def checked(cls, size: Size, given: Given) -> "Faced":
        """Return copies of the arrays, every shape and range checked.

        Without rise or lapse nobody rises or lapses.

        Raises
        ------
        BadValue
            If an array has the wrong shape or a value outside its range.
        """
        cell, arc = (size.zones, size.segments), (size.arcs, size.segments)
        one = (size.segments,)
        nobody, stock = np.zeros(one), given["stock"]
        if np.shape(stock) != (size.candidates,) or np.min(stock, initial=0) < 0:
            raise BadValue(
                f"stock must be {size.candidates} numbers >= 0, got shape {np.shape(stock)} and "
                f"least {np.min(stock, initial=0)}; book shortages elsewhere"
            )
        return cls(
            inform=_checked("inform", given["inform"], cell, 0.0, 1.0),
            occasion=_checked("occasion", given["occasion"], cell, 0.0, 1.0),
            weight=_checked("weight", given["weight"], arc, 0.0, _LARGEST),
            inertia=_checked("inertia", given["inertia"], one, 0.0, _STRONGEST),
            aversion=_checked("aversion", given["aversion"], one, -_STRONGEST, 0.0),
            happy=_checked("happy", given["happy"], arc, 0.0, 1.0),
            retry=_checked("retry", given["retry"], one, 0.0, 1.0),
            stock=np.array(stock, dtype=np.int64),
            rise=_checked("rise", given.get("rise", nobody), one, 0.0, 1.0),
            lapse=_checked("lapse", given.get("lapse", nobody), one, 0.0, 1.0),
        )

    @property
    def moves_tiers(self) -> bool:
        """Whether anybody can change tier."""
        return bool(self.rise.any() or self.lapse.any())


def _checked(name: str, array: Floats, shape: tuple[int, ...], low: float, high: float) -> Floats:
    """Return an array as writable contiguous floats after checking its shape and range."""
    result = np.array(array, dtype=np.float64, order="C")  # read-only would be another type
    if result.shape != shape:
        raise BadValue(f"{name} must have shape {shape}, got {result.shape}; give one per cell")
    if result.size and not (result.min() >= low and result.max() <= high):
        raise BadValue(
            f"{name} must lie in [{low:g}, {high:g}], "
            f"got {result.min():g} to {result.max():g}; bring it into that range"
        )
    return result

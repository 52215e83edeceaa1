"""A week of consumers in seven phases behind one door, since each door takes seconds to compile.

Each phase loops over zones (over outlets, where it rations) and writes only what belongs to them:
any cutting of the loop into pieces gives the same bits.
"""

from collections.abc import Callable
from typing import Final

import numpy as np
from numba import njit
from numpy.typing import NDArray

from channelsim.simulate.kernels.cell import Arcs, Room, Tally, Ways, Week
from channelsim.simulate.kernels.first import first_choices
from channelsim.simulate.kernels.philox import COMPILED, GLUE
from channelsim.simulate.kernels.place import FIRST_ROUND, SECOND_ROUND
from channelsim.simulate.kernels.ration import ration
from channelsim.simulate.kernels.second import lost_sales, second_choices
from channelsim.simulate.kernels.sources import SOURCES
from channelsim.simulate.kernels.tiers import change_tiers
from channelsim.simulate.kernels.update import update

type Ints = NDArray[np.int64]
type Bools = NDArray[np.bool_]

FIRST_CHOICES: Final = 0
FIRST_RATION: Final = 1
SECOND_CHOICES: Final = 2
SECOND_RATION: Final = 3
LOST_SALES: Final = 4
UPDATE: Final = 5
CHANGE_TIERS: Final = 6


@njit(**GLUE)
def _play(
    phase: int,
    first: int,
    last: int,
    arcs: Arcs,
    week: Week,
    left: Ints,
    in_stock: Bools,
    counts: Ints,
    tally: Tally,
    ways: Ways,
    room: Room,
) -> None:
    if phase == FIRST_CHOICES:
        first_choices(first, last, arcs, week, counts, tally, ways, room)
    elif phase == SECOND_CHOICES:
        second_choices(first, last, arcs, week, in_stock, tally, ways, room)
    elif phase == LOST_SALES:
        lost_sales(first, last, arcs, week, in_stock, tally, ways, room)
    elif phase == UPDATE:
        update(first, last, arcs, week, counts, tally, ways.buyers, room)
    elif phase == CHANGE_TIERS:
        change_tiers(first, last, arcs, week, counts, tally)
    else:
        second = phase == SECOND_RATION
        ration(
            first,
            last,
            arcs,
            week,
            SECOND_ROUND if second else FIRST_ROUND,
            left,
            tally.second if second else tally.first,
            tally.second_unserved if second else tally.first_unserved,
        )


def _door(sources: int) -> Callable[..., None]:
    @njit(**COMPILED)
    def play(
        phase: int,
        first: int,
        last: int,
        arcs: Arcs,
        week: Week,
        left: Ints,
        in_stock: Bools,
        counts: Ints,
        tally: Tally,
        ways: Ways,
        room: Room,
    ) -> None:
        assert sources
        _play(phase, first, last, arcs, week, left, in_stock, counts, tally, ways, room)

    return play


play = _door(SOURCES)
"""Play one phase of a week in the zones (or outlets, where it rations) `first` to before `last`.

`left` (J,) is what outlets have left, `in_stock` (J,) whether they had any after the first round,
`ways` is what phases tell one another, `room` is scratch that no other piece of the same phase may
use at the same time.
"""

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
    zone: int,
    zones: int,
    outlet: int,
    outlets: int,
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
        first_choices(zone, zones, arcs, week, counts, tally, ways, room)
    elif phase == SECOND_CHOICES:
        second_choices(zone, zones, arcs, week, in_stock, tally, ways, room)
    elif phase == LOST_SALES:
        lost_sales(zone, zones, arcs, week, in_stock, tally, ways, room)
    elif phase == UPDATE:
        update(zone, zones, arcs, week, counts, tally, ways.buyers, room)
    elif phase == CHANGE_TIERS:
        change_tiers(zone, zones, arcs, week, counts, tally)
    else:
        second = phase == SECOND_RATION
        ration(outlet, outlets, arcs, week, second, left, in_stock, tally)


def _door(sources: int) -> Callable[..., None]:
    @njit(**COMPILED)
    def play(
        phase: int,
        until: int,
        zone: int,
        zones: int,
        outlet: int,
        outlets: int,
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
        for each in range(phase, until):
            _play(
                each,
                zone,
                zones,
                outlet,
                outlets,
                arcs,
                week,
                left,
                in_stock,
                counts,
                tally,
                ways,
                room,
            )

    return play


play = _door(SOURCES)
"""Play phases `phase` to before `until` of a week in zones `zone` to before `zones`, or where they
ration in outlets `outlet` to before `outlets`: in all of them where there is more than one phase.

`left` (J,) is what outlets have left, `in_stock` (J,) whether they had any after the first round,
`ways` is what phases tell one another, `room` is scratch that no other piece of the same phase may
use at the same time.
"""

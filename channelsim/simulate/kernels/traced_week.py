"""A week of consumers whose moves are traced, behind a door of its own: the phases of `week`."""

from collections.abc import Callable

import numpy as np
from numba import njit
from numpy.typing import NDArray

from channelsim.simulate.kernels.cell import Arcs, Room, Tally, Week
from channelsim.simulate.kernels.pairs import Pairs
from channelsim.simulate.kernels.philox import COMPILED, GLUE
from channelsim.simulate.kernels.ration import ration
from channelsim.simulate.kernels.sources import SOURCES
from channelsim.simulate.kernels.tiers import change_tiers
from channelsim.simulate.kernels.traced import (
    count_moves,
    first_choices_apart,
    lost_sales_apart,
    second_choices_apart,
)
from channelsim.simulate.kernels.update import update
from channelsim.simulate.kernels.week import (
    CHANGE_TIERS,
    FIRST_CHOICES,
    LOST_SALES,
    SECOND_CHOICES,
    SECOND_RATION,
    UPDATE,
)

type Ints = NDArray[np.int64]
type Bools = NDArray[np.bool_]


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
    pairs: Pairs,
    room: Room,
) -> None:
    if phase == FIRST_CHOICES:
        first_choices_apart(zone, zones, arcs, week, counts, tally, pairs, room)
    elif phase == SECOND_CHOICES:
        second_choices_apart(zone, zones, arcs, week, in_stock, tally, pairs, room)
    elif phase == LOST_SALES:
        lost_sales_apart(zone, zones, arcs, week, tally, pairs, room)
    elif phase == UPDATE:
        count_moves(zone, zones, arcs, week, tally, pairs)
        update(zone, zones, arcs, week, counts, tally, pairs.buyers, room)
    elif phase == CHANGE_TIERS:
        change_tiers(zone, zones, arcs, week, counts, tally)
    else:
        second = phase == SECOND_RATION
        ration(outlet, outlets, arcs, week, second, left, in_stock, tally)


def _door(sources: int) -> Callable[..., None]:
    @njit(**COMPILED)
    def play_traced(
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
        pairs: Pairs,
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
                pairs,
                room,
            )

    return play_traced


play_traced = _door(SOURCES)
"""Play phases of a week as `week.play` does, with pairs for ways."""

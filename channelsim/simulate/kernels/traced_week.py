"""A week of consumers whose moves are traced, behind a door of its own: the phases of `week`."""

from collections.abc import Callable

import numpy as np
from numba import njit
from numpy.typing import NDArray

from channelsim.simulate.kernels.cell import Arcs, Room, Tally, Week
from channelsim.simulate.kernels.pairs import Pairs
from channelsim.simulate.kernels.philox import COMPILED, GLUE
from channelsim.simulate.kernels.place import FIRST_ROUND, SECOND_ROUND
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
    first: int,
    last: int,
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
        first_choices_apart(first, last, arcs, week, counts, tally, pairs, room)
    elif phase == SECOND_CHOICES:
        second_choices_apart(first, last, arcs, week, in_stock, tally, pairs, room)
    elif phase == LOST_SALES:
        lost_sales_apart(first, last, arcs, week, tally, pairs, room)
    elif phase == UPDATE:
        count_moves(first, last, arcs, week, tally, pairs)
        update(first, last, arcs, week, counts, tally, pairs.buyers, room)
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
    def play_traced(
        phase: int,
        first: int,
        last: int,
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
        _play(phase, first, last, arcs, week, left, in_stock, counts, tally, pairs, room)

    return play_traced


play_traced = _door(SOURCES)
"""Play one phase of a week as `week.play` does, with pairs for ways."""

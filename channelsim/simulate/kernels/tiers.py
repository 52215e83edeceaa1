"""After a week: buyers may move up a tier, owners who bought nothing may move down one.

The tiers of one kind of consumer are segments side by side. A consumer keeps the row, the outlet
last bought at and whether happy with it, and those who never bought keep their tier.
"""

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from channelsim.simulate.kernels.binomial import binomial_at
from channelsim.simulate.kernels.cell import Arcs, Tally, Week, place_of, rows_of
from channelsim.simulate.kernels.philox import GLUE, INNER
from channelsim.simulate.kernels.place import (
    FIRST_ROUND,
    HAPPY_ROW,
    LAPSE,
    RISE,
    UNHAPPY_ROW,
)

type Ints = NDArray[np.int64]


@njit(**INNER)
def _bought(tally: Tally, arc: int, segment: int) -> int:
    """Units bought at an arc in both rounds."""
    first = tally.first[arc, segment] - tally.first_unserved[arc, segment]
    second = tally.second[arc, segment] - tally.second_unserved[arc, segment]
    return int(first + second)


@njit(**INNER)
def _change(
    arcs: Arcs,
    week: Week,
    counts: Ints,
    tally: Tally,
    zone: int,
    segment: int,
    up: bool,
    place: Any,
) -> int:
    """Move this week's buyers up a tier, or owners who bought nothing down one; return how many."""
    start, end = arcs.zone_start[zone], arcs.zone_start[zone + 1]
    at, to = rows_of(arcs, len(week.rise), zone, segment)
    other = to if up else at - (to - at)
    chance = week.rise[segment] if up else week.lapse[segment]
    purpose = RISE if up else LAPSE
    moved = 0
    for slot in range(end - start):
        arc = start + slot
        pleased = tally.happy[arc, segment]
        sore = _bought(tally, arc, segment) - pleased
        happy, unhappy = 2 + slot, 2 + end - start + slot
        for row, bought, kind in ((happy, pleased, HAPPY_ROW), (unhappy, sore, UNHAPPY_ROW)):
            pool = bought if up else counts[at + row] - bought
            some = binomial_at(pool, chance, place, purpose, arcs.candidate[arc], kind)
            counts[at + row] -= some
            counts[other + row] += some
            moved += some
    return moved


@njit(**GLUE)
def change_tiers(first: int, last: int, arcs: Arcs, week: Week, counts: Ints, tally: Tally) -> None:
    """Move consumers of zones between tiers.

    Those who fall go first, from the lowest tier up, and those who climb from the highest down, so
    that nobody moves twice.
    """
    segments = len(week.rise)
    for zone in range(first, last):
        for segment in range(segments):
            if segment % week.tiers > 0:
                place = place_of(week, zone, segment, FIRST_ROUND)
                tally.lapsed[zone, segment] = _change(
                    arcs, week, counts, tally, zone, segment, False, place
                )
        for segment in range(segments - 1, -1, -1):
            if segment % week.tiers < week.tiers - 1:
                place = place_of(week, zone, segment, FIRST_ROUND)
                tally.risen[zone, segment] = _change(
                    arcs, week, counts, tally, zone, segment, True, place
                )

"""First phase of a week: awareness, occasions and first choices."""

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from channelsim.simulate.kernels.cell import (
    Arcs,
    Room,
    Tally,
    Ways,
    Week,
    place_of,
    rows_of,
    ways_of,
)
from channelsim.simulate.kernels.draws import Draws, drawn, fill, name_draws
from channelsim.simulate.kernels.flows import choose, claims_at
from channelsim.simulate.kernels.philox import GLUE, INLINED, INNER
from channelsim.simulate.kernels.place import FIRST_ROUND
from channelsim.simulate.kernels.trace import expected_switches
from channelsim.simulate.kernels.tree import grow, is_grown, weigh

type Ints = NDArray[np.int64]
type Floats = NDArray[np.float64]


@njit(**INLINED)
def _spend(
    row: int,
    rows: int,
    held: Ints,
    took: Ints,
    inside: float,
    occasion: float,
    draws: Draws,
    place: Any,
) -> int:
    """Draw the buyers of a row; return the occasions that the others spent outside.

    `inside` is what all outlets weigh against the outside option's 1.
    """
    if held[row] == 0:
        took[row] = 0
        return 0
    buy = occasion * (inside / (1.0 + inside))
    leave = occasion / (1.0 + inside)
    took[row] = drawn(held[row], buy, draws, row, place)
    return drawn(held[row] - took[row], leave / (1.0 - buy), draws, rows + row, place)


@njit(**INNER)
def spend(
    held: Ints,
    took: Ints,
    weight: Floats,
    total: float,
    occasion: float,
    loyal: float,
    averse: float,
    draws: Draws,
    place: Any,
) -> tuple[int, int]:
    """Draw the buyers of every row of a cell from its holders.

    Returns the occasions that those who never bought, and that owners spent outside.
    """
    rows = len(held)
    slots = (rows - 2) // 2
    outside = _spend(1, rows, held, took, total, occasion, draws, place)
    deserted = 0
    for slot in range(slots):
        inside = max(total + weight[slot] * (loyal - 1.0), 0.0)
        deserted += _spend(2 + slot, rows, held, took, inside, occasion, draws, place)
    for slot in range(slots):
        inside = max(total + weight[slot] * (averse - 1.0), 0.0)
        deserted += _spend(2 + slots + slot, rows, held, took, inside, occasion, draws, place)
    return outside, deserted


@njit(**GLUE)
def first_choices(
    first: int,
    last: int,
    arcs: Arcs,
    week: Week,
    counts: Ints,
    tally: Tally,
    ways: Ways,
    room: Room,
) -> None:
    """Awareness, occasions and first choices of zones; the newly aware may buy at once."""
    tree, draws = room.tree, room.draws
    segments = len(week.loyal)
    for zone in range(first, last):
        start, end = arcs.zone_start[zone], arcs.zone_start[zone + 1]
        candidate, weight = arcs.candidate[start:end], room.weight[: end - start]
        leaves, root, length = 0, 0, 0
        for segment in range(segments):
            place = place_of(week, zone, segment, FIRST_ROUND)
            at, to = rows_of(arcs, segments, zone, segment)
            held, took = counts[at:to], ways.buyers[at:to]
            for slot in range(end - start):
                weight[slot] = week.weight[start + slot, segment]
            if segment > 0 and is_grown(tree, weight):
                weigh(tree, leaves, weight)
            else:
                leaves, root, length = grow(tree, candidate, weight)
                name_draws(draws, tree, leaves, candidate)
            fill(draws, 0, 4 + 6 * (end - start) + length, place)
            aware = drawn(held[0], week.inform[zone, segment], draws, 0, place)
            held[0] -= aware
            held[1] += aware
            tally.became_aware[zone, segment] = aware
            loyal, averse = week.loyal[segment], week.averse[segment]
            outside, deserted = spend(
                held,
                took,
                weight,
                tree.node[root].weight if leaves > 0 else 0.0,
                week.occasion[zone, segment],
                loyal,
                averse,
                draws,
                place,
            )
            tally.outside[zone, segment] = outside + deserted
            tally.deserted[zone, segment] = deserted
            if leaves == 0:
                continue
            flow = ways_of(ways, arcs, segments, zone, segment)
            choose(tree, leaves, root, length, flow, took, loyal, averse, room.path, draws, place)
            for leaf in range(leaves):
                tally.first[start + tree.spot[leaf].slot, segment] = claims_at(tree, flow, leaf)
            tally.switched[zone, segment, 0] = expected_switches(
                tree,
                leaves,
                root,
                flow,
                candidate,
                arcs.kin[start:end],
                arcs.next_kin[start:end],
                room.went,
                room.share,
                room.mass,
            )

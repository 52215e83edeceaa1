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
    room_at,
    rows_of,
    ways_of,
)
from channelsim.simulate.kernels.draws import Draws, drawn, fill, name_draws
from channelsim.simulate.kernels.flows import choose, claims_at
from channelsim.simulate.kernels.grove import stand
from channelsim.simulate.kernels.philox import GLUE, INLINED, INNER
from channelsim.simulate.kernels.place import FIRST_ROUND
from channelsim.simulate.kernels.switches import switches
from channelsim.simulate.kernels.tree import weigh

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
def begin(
    arcs: Arcs,
    week: Week,
    counts: Ints,
    tally: Tally,
    buyers: Ints,
    room: Room,
    shape: Ints,
    zone: int,
    segment: int,
) -> tuple[int, int, int]:
    """Awareness and occasions of a cell; the newly aware may buy at once.

    Sets the cell's buyers; returns the leaves, root and ways of the zone's tree.
    """
    tree, draws = room.tree, room.draws
    start, end = arcs.zone_start[zone], arcs.zone_start[zone + 1]
    candidate, weight = arcs.candidate[start:end], room.weight[: end - start]
    for slot in range(end - start):
        weight[slot] = week.weight[start + slot, segment]
    if stand(tree, shape, zone, candidate, weight) or segment == 0:
        name_draws(draws, tree, shape[zone, 0], candidate)
    leaves, root, length = shape[zone]
    weigh(tree, leaves, weight)
    place = place_of(week, zone, segment, FIRST_ROUND)
    at, to = rows_of(arcs, len(week.loyal), zone, segment)
    held = counts[at:to]
    fill(draws, 0, 2 * len(held), place)
    aware = drawn(held[0], week.inform[zone, segment], draws, 0, place)
    held[0] -= aware
    held[1] += aware
    tally.became_aware[zone, segment] = aware
    outside, deserted = spend(
        held,
        buyers[at:to],
        weight,
        tree.node[root].weight if leaves > 0 else 0.0,
        week.occasion[zone, segment],
        week.loyal[segment],
        week.averse[segment],
        draws,
        place,
    )
    tally.outside[zone, segment] = outside + deserted
    tally.deserted[zone, segment] = deserted
    return leaves, root, length


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
    """Awareness, occasions and first choices of zones."""
    segments = len(week.loyal)
    for zone in range(first, last):
        start, end = arcs.zone_start[zone], arcs.zone_start[zone + 1]
        here = room_at(room, ways.grove, arcs, zone)
        for segment in range(segments):
            leaves, root, length = begin(
                arcs, week, counts, tally, ways.buyers, here, ways.grove.shape, zone, segment
            )
            if leaves == 0:
                continue
            at, to = rows_of(arcs, segments, zone, segment)
            flow = ways_of(ways, arcs, segments, zone, segment)
            place = place_of(week, zone, segment, FIRST_ROUND)
            fill(room.draws, 4 + 4 * (end - start), 4 + 6 * (end - start) + length, place)
            choose(
                here.tree,
                leaves,
                root,
                length,
                flow,
                ways.buyers[at:to],
                week.loyal[segment],
                week.averse[segment],
                room.path,
                room.slots,
                room.draws,
                place,
            )
            for leaf in range(leaves):
                arc = start + here.tree.spot[leaf].slot
                tally.first[arc, segment] = claims_at(here.tree, flow, leaf)
            tally.switches[zone, segment, 0] = switches(arcs, here, flow, zone, leaves, root)

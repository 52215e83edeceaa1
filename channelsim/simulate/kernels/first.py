"""First phase of a week: awareness, occasions and first choices."""

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from channelsim.simulate.kernels.binomial import binomial_given, none_of_each
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
from channelsim.simulate.kernels.switches import switches
from channelsim.simulate.kernels.tree import grow, is_grown, weigh

type Ints = NDArray[np.int64]
type Floats = NDArray[np.float64]


@njit(**INLINED)
def _chances(inside: float, occasion: float, row: int, buy: Floats, leave: Floats) -> None:
    """Set a row's chances; `inside` is what all outlets weigh against the outside option's 1."""
    buy[row] = occasion * (inside / (1.0 + inside))
    leave[row] = occasion / (1.0 + inside) / (1.0 - buy[row])


@njit(**INNER)
def _chances_of_rows(
    weight: Floats,
    total: float,
    occasion: float,
    loyal: float,
    averse: float,
    buy: Floats,
    leave: Floats,
) -> None:
    """Set every row's chances to buy, and not having bought to have gone outside."""
    slots = len(weight)
    _chances(0.0, 0.0, 0, buy, leave)
    _chances(total, occasion, 1, buy, leave)
    for slot in range(slots):
        happy = max(total + weight[slot] * (loyal - 1.0), 0.0)
        _chances(happy, occasion, 2 + slot, buy, leave)
    for slot in range(slots):
        unhappy = max(total + weight[slot] * (averse - 1.0), 0.0)
        _chances(unhappy, occasion, 2 + slots + slot, buy, leave)


@njit(**INLINED)
def _drawn(n: int, p: float, none: float, draws: Draws, at: int, place: Any) -> int:
    """Successes among n trials of probability p, where none has a known probability."""
    return binomial_given(
        n,
        p,
        none,
        draws.u[at],
        draws.v[at],
        place,
        draws.purpose[at],
        draws.ident[at],
        draws.level[at],
    )


@njit(**INNER)
def spend(
    held: Ints,
    took: Ints,
    weight: Floats,
    total: float,
    occasion: float,
    loyal: float,
    averse: float,
    room: Room,
    place: Any,
) -> tuple[int, int]:
    """Draw the buyers of every row of a cell from its holders.

    Returns the occasions that those who never bought, and that owners spent outside.
    """
    rows = len(held)
    draws, others = room.draws, room.rows[:rows]
    buy, leave = room.buy[:rows], room.leave[:rows]
    none, power = room.none[:rows], room.power[:rows]
    _chances_of_rows(weight, total, occasion, loyal, averse, buy, leave)
    none_of_each(held, buy, power, none)
    took[0] = 0
    for row in range(1, rows):
        took[row] = _drawn(held[row], buy[row], none[row], draws, row, place)
    for row in range(rows):
        others[row] = held[row] - took[row]
    none_of_each(others, leave, power, none)
    outside = _drawn(others[1], leave[1], none[1], draws, rows + 1, place)
    deserted = 0
    for row in range(2, rows):
        deserted += _drawn(others[row], leave[row], none[row], draws, rows + row, place)
    return outside, deserted


@njit(**GLUE)
def begin(
    arcs: Arcs,
    week: Week,
    counts: Ints,
    tally: Tally,
    buyers: Ints,
    room: Room,
    zone: int,
    segment: int,
    grown: tuple[int, int, int],
) -> tuple[int, int, int]:
    """Awareness and occasions of a cell; the newly aware may buy at once.

    Sets the cell's buyers; takes and returns the leaves, root and ways of the zone's tree.
    """
    tree, draws = room.tree, room.draws
    start, end = arcs.zone_start[zone], arcs.zone_start[zone + 1]
    candidate, weight = arcs.candidate[start:end], room.weight[: end - start]
    for slot in range(end - start):
        weight[slot] = week.weight[start + slot, segment]
    if segment > 0 and is_grown(tree, weight):
        weigh(tree, grown[0], weight)
    else:
        grown = grow(tree, candidate, weight)
        name_draws(draws, tree, grown[0], candidate)
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
        tree.node[grown[1]].weight if grown[0] > 0 else 0.0,
        week.occasion[zone, segment],
        week.loyal[segment],
        week.averse[segment],
        room,
        place,
    )
    tally.outside[zone, segment] = outside + deserted
    tally.deserted[zone, segment] = deserted
    return grown


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
        grown = (0, 0, 0)
        for segment in range(segments):
            grown = begin(arcs, week, counts, tally, ways.buyers, room, zone, segment, grown)
            leaves, root, length = grown
            if leaves == 0:
                continue
            at, to = rows_of(arcs, segments, zone, segment)
            flow = ways_of(ways, arcs, segments, zone, segment)
            place = place_of(week, zone, segment, FIRST_ROUND)
            fill(room.draws, 4 + 4 * (end - start), 4 + 6 * (end - start) + length, place)
            choose(
                room.tree,
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
                arc = start + room.tree.spot[leaf].slot
                tally.first[arc, segment] = claims_at(room.tree, flow, leaf)
            tally.switches[zone, segment, 0] = switches(arcs, room, flow, zone, leaves, root)

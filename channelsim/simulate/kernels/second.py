"""Phases of a week that met a shortage: who went unserved, second choices, and what is lost.

Whom the first round leaves unserved is drawn back to rows at once. Trying again, and finding
something then, depends on a consumer's row alone and not on the outlet wanted first, so that the
lost sales of a row fall on its unserved first choices by lot.
"""

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
from channelsim.simulate.kernels.draws import draw_rows, fill, name_draws, name_rows
from channelsim.simulate.kernels.few import lose, try_again
from channelsim.simulate.kernels.flows import choose, claims_at, copy
from channelsim.simulate.kernels.grove import stand
from channelsim.simulate.kernels.philox import GLUE, INLINED, INNER
from channelsim.simulate.kernels.place import (
    BUY,
    FAILED,
    RETRY,
    SECOND_ROUND,
    UNSERVED,
)
from channelsim.simulate.kernels.switches import switches
from channelsim.simulate.kernels.trace import trace_first
from channelsim.simulate.kernels.tree import grow, is_grown, weigh
from channelsim.simulate.kernels.withdraw import withdraw

type Ints = NDArray[np.int64]
type Bools = NDArray[np.bool_]


@njit(**INLINED)
def total_of(counts: Ints, start: int, end: int, segment: int) -> int:
    """Return the people at a zone's arcs."""
    total = 0
    for arc in range(start, end):
        total += counts[arc, segment]
    return total


@njit(**INNER)
def grow_cell(
    arcs: Arcs,
    week: Week,
    in_stock: Bools,
    room: Room,
    zone: int,
    segment: int,
    grown: tuple[int, int, int],
) -> tuple[int, int, int]:
    """Grow the tree of a cell over the outlets in stock (J,), and name its draws.

    A tree that has `grown` for another segment of the zone over the same outlets is only weighed.
    Returns its leaves, its root and the length of all ways down.
    """
    start, end = arcs.zone_start[zone], arcs.zone_start[zone + 1]
    candidate, weight = arcs.candidate[start:end], room.weight[: end - start]
    for slot in range(end - start):
        weight[slot] = week.weight[start + slot, segment] if in_stock[candidate[slot]] else 0.0
    if grown[0] > 0 and is_grown(room.tree, weight):
        weigh(room.tree, grown[0], weight)
        return grown
    grown = grow(room.tree, candidate, weight)
    name_draws(room.draws, room.tree, grown[0], candidate)
    return grown


@njit(**INNER)
def _leave(
    arcs: Arcs,
    week: Week,
    tally: Tally,
    ways: Ways,
    room: Room,
    zone: int,
    segment: int,
) -> None:
    """Take a cell's unserved out of its first choices, and draw who of them tries again; the room
    has the zone's tree.
    """
    start, end = arcs.zone_start[zone], arcs.zone_start[zone + 1]
    candidate, weight = arcs.candidate[start:end], room.weight[: end - start]
    for slot in range(end - start):
        weight[slot] = week.weight[start + slot, segment]
        room.slots[slot] = tally.first_unserved[start + slot, segment]
    stand(room.tree, ways.grove.shape, zone, candidate, weight)
    leaves, root, length = ways.grove.shape[zone]
    name_rows(room.draws, candidate, 0, BUY)
    at, to = rows_of(arcs, len(week.loyal), zone, segment)
    flow = ways_of(ways, arcs, len(week.loyal), zone, segment)
    gone, place = ways.gone[at:to], place_of(week, zone, segment, UNSERVED)
    withdraw(
        room.tree,
        leaves,
        length,
        flow,
        room.out,
        room.slots[: end - start],
        gone,
        room.nodes,
        room.draws,
        place,
    )
    tally.switches[zone, segment, 0] = switches(arcs, room, flow, zone, leaves, root)
    copy(room.out, flow, end - start, length)
    draw_rows(gone, ways.again[at:to], week.retry[segment], room.draws, RETRY, place)


@njit(**INNER)
def _choose_again(
    arcs: Arcs,
    week: Week,
    in_stock: Bools,
    again: Ints,
    room: Room,
    zone: int,
    segment: int,
    grown: tuple[int, int, int],
) -> tuple[int, int, int]:
    """Make a cell's second choices; return leaves (0: nothing is left to choose), root and ways."""
    leaves, root, length = grow_cell(arcs, week, in_stock, room, zone, segment, grown)
    if leaves > 0:
        slots = arcs.zone_start[zone + 1] - arcs.zone_start[zone]
        place = place_of(week, zone, segment, SECOND_ROUND)
        fill(room.draws, 4 + 4 * slots, 4 + 6 * slots + length, place)
        choose(
            room.tree,
            leaves,
            root,
            length,
            room.flow,
            again,
            week.loyal[segment],
            week.averse[segment],
            room.path,
            room.slots,
            room.draws,
            place,
        )
    return leaves, root, length


@njit(**GLUE)
def second_choices(
    first: int,
    last: int,
    arcs: Arcs,
    week: Week,
    in_stock: Bools,
    tally: Tally,
    ways: Ways,
    room: Room,
) -> None:
    """Second choices of zones, among outlets in stock (J,) after the first round."""
    segments, few = len(week.loyal), ways.units.shape[1]
    for zone in range(first, last):
        start, end = arcs.zone_start[zone], arcs.zone_start[zone + 1]
        here = room_at(room, ways.grove, arcs, zone)
        for segment in range(segments):
            unserved = total_of(tally.first_unserved, start, end, segment)
            if unserved > few:
                _leave(arcs, week, tally, ways, here, zone, segment)
            elif unserved > 0:
                try_again(arcs, week, in_stock, tally, ways, here, zone, segment, unserved)
        grown = (0, 0, 0)
        for segment in range(segments):
            if total_of(tally.first_unserved, start, end, segment) <= few:
                continue
            at, to = rows_of(arcs, segments, zone, segment)
            again = ways.again[at:to]
            if again.sum() == 0:
                continue
            grown = _choose_again(arcs, week, in_stock, again, room, zone, segment, grown)
            leaves, root, _ = grown
            if leaves == 0:
                again[:] = 0
                continue
            for leaf in range(leaves):
                arc = start + room.tree.spot[leaf].slot
                tally.second[arc, segment] = claims_at(room.tree, room.flow, leaf)
            tally.switches[zone, segment, 1] = switches(arcs, room, room.flow, zone, leaves, root)


@njit(**INNER)
def _fail(
    arcs: Arcs,
    week: Week,
    in_stock: Bools,
    tally: Tally,
    again: Ints,
    room: Room,
    zone: int,
    segment: int,
    grown: tuple[int, int, int],
) -> tuple[int, int, int]:
    """Draw the rows of those whom the second round leaves unserved; take them out of `again`."""
    start, end = arcs.zone_start[zone], arcs.zone_start[zone + 1]
    grown = _choose_again(arcs, week, in_stock, again, room, zone, segment, grown)
    leaves, root, length = grown
    for slot in range(end - start):
        room.slots[slot] = tally.second_unserved[start + slot, segment]
    rows = room.rows[: len(again)]
    withdraw(
        room.tree,
        leaves,
        length,
        room.flow,
        room.out,
        room.slots[: end - start],
        rows,
        room.nodes,
        room.draws,
        place_of(week, zone, segment, FAILED),
    )
    for row in range(len(again)):
        again[row] -= rows[row]
    tally.switches[zone, segment, 1] = switches(arcs, room, room.flow, zone, leaves, root)
    return grown


@njit(**INNER)
def _lose(
    arcs: Arcs,
    week: Week,
    tally: Tally,
    ways: Ways,
    room: Room,
    zone: int,
    segment: int,
) -> None:
    """Draw the first choices of those who got nothing, given their rows; the room has the zone's
    tree.
    """
    start, end = arcs.zone_start[zone], arcs.zone_start[zone + 1]
    at, to = rows_of(arcs, len(week.loyal), zone, segment)
    weight, shape = room.weight[: end - start], ways.grove.shape
    for slot in range(end - start):
        weight[slot] = week.weight[start + slot, segment]
    stand(room.tree, shape, zone, arcs.candidate[start:end], weight)
    trace_first(
        room.tree,
        shape[zone, 0],
        shape[zone, 1],
        ways_of(ways, arcs, len(week.loyal), zone, segment),
        arcs.candidate[start:end],
        room.rows[: to - at],
        room.slots[: end - start],
        room.nodes,
        place_of(week, zone, segment, FAILED),
    )
    for slot in range(end - start):
        tally.lost[start + slot, segment] = room.slots[slot]


@njit(**INNER)
def _empty_handed(buyers: Ints, gone: Ints, again: Ints, rows: Ints) -> int:
    """Take those who got nothing out of a cell's buyers; set their rows, return how many."""
    lost = 0
    for row in range(1, len(rows)):
        rows[row] = gone[row] - again[row]
        buyers[row] -= rows[row]
        lost += rows[row]
    return lost


@njit(**GLUE)
def lost_sales(
    first: int,
    last: int,
    arcs: Arcs,
    week: Week,
    in_stock: Bools,
    tally: Tally,
    ways: Ways,
    room: Room,
) -> None:
    """Who of a zone's buyers got nothing in the end, and the outlets they wanted first."""
    segments, few = len(week.loyal), ways.units.shape[1]
    for zone in range(first, last):
        start, end = arcs.zone_start[zone], arcs.zone_start[zone + 1]
        grown = (0, 0, 0)
        for segment in range(segments):
            unserved = total_of(tally.first_unserved, start, end, segment)
            if 0 < unserved <= few:
                lose(arcs, week, tally, ways, room, zone, segment, unserved)
            elif total_of(tally.second_unserved, start, end, segment) > 0:
                at, to = rows_of(arcs, segments, zone, segment)
                again = ways.again[at:to]
                grown = _fail(arcs, week, in_stock, tally, again, room, zone, segment, grown)
        here = room_at(room, ways.grove, arcs, zone)
        for segment in range(segments):
            unserved = total_of(tally.first_unserved, start, end, segment)
            if unserved <= few:
                continue
            at, to = rows_of(arcs, segments, zone, segment)
            rows = room.rows[: to - at]
            lost = _empty_handed(ways.buyers[at:to], ways.gone[at:to], ways.again[at:to], rows)
            if lost == unserved:
                for arc in range(start, end):
                    tally.lost[arc, segment] = tally.first_unserved[arc, segment]
            elif lost > 0:
                _lose(arcs, week, tally, ways, here, zone, segment)

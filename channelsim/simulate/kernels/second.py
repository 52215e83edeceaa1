"""Third phase of a week that met a shortage: second choices, and whom they leave unserved.

The flows of a cell are not kept between phases: draws named by counters can be made again, and only
cells that met a shortage need them again.
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from channelsim.simulate.kernels.binomial import binomial_at
from channelsim.simulate.kernels.cell import Arcs, Room, Tally, Week, place_of, rows_of
from channelsim.simulate.kernels.flows import choose, claims_at
from channelsim.simulate.kernels.philox import GLUE, INLINED, INNER
from channelsim.simulate.kernels.place import (
    FAIL,
    FIRST_ROUND,
    GIVE_UP,
    RETRY,
    SECOND_ROUND,
    TRY_AGAIN,
    WHOLE,
)
from channelsim.simulate.kernels.trace import expected_switches, trace_first
from channelsim.simulate.kernels.tree import grow
from channelsim.simulate.kernels.withdraw import withdraw

type Ints = NDArray[np.int64]
type Bools = NDArray[np.bool_]


@njit(**INLINED)
def _total(counts: Ints, start: int, end: int, segment: int) -> int:
    total = 0
    for arc in range(start, end):
        total += counts[arc, segment]
    return total


@njit(**INNER)
def _first_again(
    arcs: Arcs, week: Week, tally: Tally, room: Room, zone: int, segment: int
) -> tuple[int, int]:
    """Make a cell's first choices again and take out of them those who try a second time.

    These go to the round's `out`, by slot to `tries` and by row to `rows`; the others who went
    unserved are counted by slot in `unserved`.
    """
    start, end = arcs.zone_start[zone], arcs.zone_start[zone + 1]
    candidate = arcs.candidate[start:end]
    place = place_of(week, zone, segment, TRY_AGAIN)
    for slot in range(end - start):
        room.weight[slot] = week.weight[start + slot, segment]
        empty = tally.first_unserved[start + slot, segment]
        tries = binomial_at(empty, week.retry[segment], place, RETRY, candidate[slot], WHOLE)
        room.tries[slot] = tries
        room.unserved[slot] = empty - tries
    at, to = rows_of(arcs, len(week.loyal), zone, segment)
    tree, flow, out = room.tree, room.flow, room.out
    leaves, root = grow(tree, candidate, room.weight[: end - start])
    choose(
        tree,
        leaves,
        root,
        flow,
        tally.buyers[at:to],
        candidate,
        week.loyal[segment],
        week.averse[segment],
        room.u,
        room.v,
        place_of(week, zone, segment, FIRST_ROUND),
    )
    rows = room.rows[: to - at]
    withdraw(tree, leaves, flow, out, candidate, room.tries, rows, room.nodes, place)
    return leaves, root


@njit(**INNER)
def _choose_again(
    arcs: Arcs, week: Week, in_stock: Bools, tally: Tally, room: Room, zone: int, segment: int
) -> tuple[int, int]:
    """Make a cell's second choices; return leaves (0: nothing is left to choose) and root."""
    start, end = arcs.zone_start[zone], arcs.zone_start[zone + 1]
    candidate = arcs.candidate[start:end]
    for slot in range(end - start):
        left = in_stock[candidate[slot]]
        room.weight[slot] = week.weight[start + slot, segment] if left else 0.0
    at, to = rows_of(arcs, len(week.loyal), zone, segment)
    leaves, root = grow(room.tree, candidate, room.weight[: end - start])
    if leaves > 0:
        choose(
            room.tree,
            leaves,
            root,
            room.flow,
            tally.again[at:to],
            candidate,
            week.loyal[segment],
            week.averse[segment],
            room.u,
            room.v,
            place_of(week, zone, segment, SECOND_ROUND),
        )
    return leaves, root


@njit(**GLUE)
def second_choices(
    first: int, last: int, arcs: Arcs, week: Week, in_stock: Bools, tally: Tally, room: Room
) -> None:
    """Second choices of zones, among outlets in stock (J,) after the first round."""
    tree, flow, out = room.tree, room.flow, room.out
    for zone in range(first, last):
        start, end = arcs.zone_start[zone], arcs.zone_start[zone + 1]
        candidate = arcs.candidate[start:end]
        kin, next_kin = arcs.kin[start:end], arcs.next_kin[start:end]
        for segment in range(len(week.loyal)):
            if _total(tally.first_unserved, start, end, segment) == 0:
                continue
            at, to = rows_of(arcs, len(week.loyal), zone, segment)
            leaves, root = _first_again(arcs, week, tally, room, zone, segment)
            for row in range(at, to):
                tally.again[row] = room.rows[row - at]
            gone = tally.gone[at:to]
            place = place_of(week, zone, segment, GIVE_UP)
            withdraw(tree, leaves, flow, out, candidate, room.unserved, gone, room.nodes, place)
            tally.switched[zone, segment, 0] = expected_switches(
                tree, leaves, root, flow, candidate, kin, next_kin, room.share, room.mass
            )
            leaves, root = _choose_again(arcs, week, in_stock, tally, room, zone, segment)
            for slot in range(end - start):
                tally.lost[start + slot, segment] = room.unserved[slot]
                if leaves == 0:
                    tally.lost[start + slot, segment] += room.tries[slot]
            if leaves == 0:
                for row in range(at, to):
                    tally.gone[row] += tally.again[row]
                continue
            for leaf in range(leaves):
                arc = start + tree.spot[leaf].slot
                tally.second[arc, segment] = claims_at(tree, flow, leaf)
            tally.switched[zone, segment, 1] = expected_switches(
                tree,
                leaves,
                root,
                flow,
                candidate,
                kin,
                next_kin,
                room.share,
                room.mass,
            )


@njit(**GLUE)
def failed_choices(
    first: int, last: int, arcs: Arcs, week: Week, in_stock: Bools, tally: Tally, room: Room
) -> None:
    """Whom the second round leaves unserved: their rows, and the outlets they wanted first."""
    tree, flow, out = room.tree, room.flow, room.out
    for zone in range(first, last):
        start, end = arcs.zone_start[zone], arcs.zone_start[zone + 1]
        candidate = arcs.candidate[start:end]
        for segment in range(len(week.loyal)):
            if _total(tally.second_unserved, start, end, segment) == 0:
                continue
            at, to = rows_of(arcs, len(week.loyal), zone, segment)
            place = place_of(week, zone, segment, FAIL)
            leaves, root = _choose_again(arcs, week, in_stock, tally, room, zone, segment)
            for slot in range(end - start):
                room.unserved[slot] = tally.second_unserved[start + slot, segment]
            failed = tally.failed[at:to]
            withdraw(tree, leaves, flow, out, candidate, room.unserved, failed, room.nodes, place)
            tally.switched[zone, segment, 1] = expected_switches(
                tree,
                leaves,
                root,
                flow,
                candidate,
                arcs.kin[start:end],
                arcs.next_kin[start:end],
                room.share,
                room.mass,
            )
            leaves, root = _first_again(arcs, week, tally, room, zone, segment)
            trace_first(
                room.tree,
                leaves,
                root,
                room.out,
                candidate,
                failed,
                room.unserved,
                room.nodes,
                place,
            )
            for slot in range(end - start):
                tally.lost[start + slot, segment] += room.unserved[slot]

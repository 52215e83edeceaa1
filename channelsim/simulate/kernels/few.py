"""The phases of `second` in cells where so few went unserved that each is drawn by itself."""

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
from channelsim.simulate.kernels.grove import stand
from channelsim.simulate.kernels.philox import GLUE, INNER
from channelsim.simulate.kernels.place import FAILED, UNSERVED
from channelsim.simulate.kernels.singly import choose_singly, fail_singly, leave_singly
from channelsim.simulate.kernels.switches import switches

type Ints = NDArray[np.int64]
type Bools = NDArray[np.bool_]


@njit(**GLUE)
def _units_of(ways: Ways, segments: int, zone: int, segment: int, count: int) -> NDArray[Any]:
    """Return the unserved of a cell."""
    return ways.units[zone * segments + segment, :count]


@njit(**GLUE)
def _leave(
    arcs: Arcs,
    week: Week,
    tally: Tally,
    ways: Ways,
    room: Room,
    units: NDArray[Any],
    zone: int,
    segment: int,
) -> None:
    """Tell a cell's unserved apart from its first choices."""
    start, end = arcs.zone_start[zone], arcs.zone_start[zone + 1]
    weight, slots = room.weight[: end - start], room.slots[: end - start]
    for slot in range(end - start):
        weight[slot] = week.weight[start + slot, segment]
        slots[slot] = tally.first_unserved[start + slot, segment]
    shape = ways.grove.shape
    stand(room.tree, shape, zone, arcs.candidate[start:end], weight)
    leaves, root = shape[zone, 0], shape[zone, 1]
    flow = ways_of(ways, arcs, len(week.loyal), zone, segment)
    place = place_of(week, zone, segment, UNSERVED)
    leave_singly(room.tree, leaves, flow, slots, week.retry[segment], units, place)
    tally.switches[zone, segment, 0] = switches(arcs, room, flow, zone, leaves, root)


@njit(**INNER)
def try_again(
    arcs: Arcs,
    week: Week,
    in_stock: Bools,
    tally: Tally,
    ways: Ways,
    room: Room,
    zone: int,
    segment: int,
    count: int,
) -> None:
    """Draw a cell's unserved and their second choices; the room has the zone's tree."""
    units = _units_of(ways, len(week.loyal), zone, segment, count)
    _leave(arcs, week, tally, ways, room, units, zone, segment)
    start, end = arcs.zone_start[zone], arcs.zone_start[zone + 1]
    candidate, weight = arcs.candidate[start:end], room.weight[: end - start]
    for slot in range(end - start):
        if not in_stock[candidate[slot]]:
            weight[slot] = 0.0
    choose_singly(units, weight, week.loyal[segment], week.averse[segment])
    for i in range(count):
        if units[i].second >= 0:
            tally.second[start + units[i].second, segment] += 1


@njit(**INNER)
def lose(
    arcs: Arcs,
    week: Week,
    tally: Tally,
    ways: Ways,
    room: Room,
    zone: int,
    segment: int,
    count: int,
) -> None:
    """Take those who got nothing out of a cell's buyers, and count them where they chose first."""
    start, end = arcs.zone_start[zone], arcs.zone_start[zone + 1]
    units = _units_of(ways, len(week.loyal), zone, segment, count)
    slots, candidate, kin = (
        room.slots[: end - start],
        arcs.candidate[start:end],
        arcs.kin[start:end],
    )
    for slot in range(end - start):
        slots[slot] = tally.second_unserved[start + slot, segment]
    fail_singly(units, slots, candidate, place_of(week, zone, segment, FAILED))
    at, _ = rows_of(arcs, len(week.loyal), zone, segment)
    switched = 0
    for i in range(count):
        row = units[i].row
        if units[i].second < 0 or units[i].failed == 1:
            ways.buyers[at + row] -= 1
            tally.lost[start + units[i].first, segment] += 1
        elif row > 1:
            switched += kin[(row - 2) % (end - start)] != kin[units[i].second]
    tally.switches[zone, segment, 1] = switched

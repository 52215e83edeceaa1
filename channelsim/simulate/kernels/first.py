"""First phase of a week: awareness, occasions and first choices."""

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from channelsim.simulate.kernels.binomial import binomial, binomial_at
from channelsim.simulate.kernels.cell import (
    Arcs,
    Room,
    Tally,
    Week,
    place_of,
    rows_of,
)
from channelsim.simulate.kernels.flows import choose, claims_at
from channelsim.simulate.kernels.philox import (
    GLUE,
    fill_uniforms,
)
from channelsim.simulate.kernels.place import (
    AWARE,
    BUY,
    FIRST_ROUND,
    HAPPY_ROW,
    NEVER_ROW,
    NOBODY,
    OUTSIDE,
    UNAWARE_ROW,
    UNHAPPY_ROW,
)
from channelsim.simulate.kernels.trace import expected_switches
from channelsim.simulate.kernels.tree import grow

type Ints = NDArray[np.int64]
type Floats = NDArray[np.float64]


@njit(**GLUE)
def _buy(
    held: Ints,
    took: Ints,
    candidate: Ints,
    weight: Floats,
    total: float,
    factor: float,
    occasion: float,
    kind: int,
    room: Room,
    place: Any,
) -> int:
    """Draw the buyers among each outlet's owners (K,); return the occasions they spent outside.

    The weight of the owner's own outlet is multiplied by `factor`.
    """
    active = 0
    for slot in range(len(candidate)):
        if held[slot] > 0:
            room.active[active] = slot
            room.names[active] = candidate[slot]
            inside = max(total + weight[slot] * (factor - 1.0), 0.0)
            room.mass[active] = inside
            active += 1
        else:
            took[slot] = 0
    fill_uniforms(place, BUY, kind, room.names, active, room.u, room.v)
    for i in range(active):
        slot = room.active[i]
        buy = occasion * (room.mass[i] / (1.0 + room.mass[i]))
        took[slot] = binomial(
            held[slot], buy, room.u[i], room.v[i], place, BUY, room.names[i], kind
        )
    fill_uniforms(place, OUTSIDE, kind, room.names, active, room.u, room.v)
    outside = 0
    for i in range(active):
        slot = room.active[i]
        leave = occasion / (1.0 + room.mass[i])
        rest = 1.0 - occasion * (room.mass[i] / (1.0 + room.mass[i]))
        outside += binomial(
            held[slot] - took[slot],
            leave / rest,
            room.u[i],
            room.v[i],
            place,
            OUTSIDE,
            room.names[i],
            kind,
        )
    return outside


@njit(**GLUE)
def _spend(
    held: Ints,
    took: Ints,
    candidate: Ints,
    weight: Floats,
    total: float,
    occasion: float,
    loyal: float,
    averse: float,
    room: Room,
    place: Any,
) -> tuple[int, int]:
    """Draw the buyers of every row of a cell; return the occasions that those who never bought, and
    that owners spent outside.
    """
    slots = len(candidate)
    buy = occasion * (total / (1.0 + total))
    took[1] = binomial_at(held[1], buy, place, BUY, NOBODY, NEVER_ROW)
    leave = occasion / (1.0 + total) / (1.0 - buy)
    outside = binomial_at(held[1] - took[1], leave, place, OUTSIDE, NOBODY, NEVER_ROW)
    deserted = 0
    for kind, factor, at in (
        (HAPPY_ROW, loyal, 2),
        (UNHAPPY_ROW, averse, 2 + slots),
    ):
        deserted += _buy(
            held[at : at + slots],
            took[at : at + slots],
            candidate,
            weight,
            total,
            factor,
            occasion,
            kind,
            room,
            place,
        )
    return outside, deserted


@njit(**GLUE)
def first_choices(
    first: int, last: int, arcs: Arcs, week: Week, counts: Ints, tally: Tally, room: Room
) -> None:
    """Awareness, occasions and first choices of zones; the newly aware may buy at once."""
    tree, flow = room.tree, room.flow
    segments = len(week.loyal)
    for zone in range(first, last):
        start, end = arcs.zone_start[zone], arcs.zone_start[zone + 1]
        candidate, weight = arcs.candidate[start:end], room.weight[: end - start]
        for segment in range(segments):
            place = place_of(week, zone, segment, FIRST_ROUND)
            at, to = rows_of(arcs, segments, zone, segment)
            held, took = counts[at:to], tally.buyers[at:to]
            aware = binomial_at(
                held[0], week.inform[zone, segment], place, AWARE, NOBODY, UNAWARE_ROW
            )
            held[0] -= aware
            held[1] += aware
            tally.became_aware[zone, segment] = aware
            for slot in range(end - start):
                weight[slot] = week.weight[start + slot, segment]
            leaves, root = grow(tree, candidate, weight)
            loyal, averse = week.loyal[segment], week.averse[segment]
            outside, deserted = _spend(
                held,
                took,
                candidate,
                weight,
                tree.node[root].weight if leaves > 0 else 0.0,
                week.occasion[zone, segment],
                loyal,
                averse,
                room,
                place,
            )
            tally.outside[zone, segment] = outside + deserted
            tally.deserted[zone, segment] = deserted
            if leaves == 0:
                continue
            choose(tree, leaves, root, flow, took, candidate, loyal, averse, room.u, room.v, place)
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
                room.share,
                room.mass,
            )

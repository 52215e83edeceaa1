"""A cell, one (zone, segment) in one week: what it faces, what it leaves behind, room to work in.

The rows of a cell are those of `flows`: 0 unaware, 1 never bought, 2 + k happy with outlet k of the
zone's K, 2 + K + k unhappy with it. Cells are stored one after the other, zone by zone.
"""

from typing import Any, NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from channelsim.simulate.kernels.draws import Draws, new_draws
from channelsim.simulate.kernels.flows import Flow, flow_of, new_flow
from channelsim.simulate.kernels.grove import Grove, make_grove, tree_at
from channelsim.simulate.kernels.philox import GLUE, INLINED
from channelsim.simulate.kernels.singly import UNIT
from channelsim.simulate.kernels.tree import Tree, deepest, new_tree

type Ints = NDArray[np.int64]
type Floats = NDArray[np.float64]


class Arcs(NamedTuple):
    """Who reaches what: A arcs (zone, candidate), zone by zone, and back from outlet to arcs."""

    zone_start: Ints
    """(Z + 1,) where each zone's arcs begin."""
    candidate: Ints
    """(A,) candidate, ascending within a zone."""
    kin: Ints
    """(A,) first slot of the zone with the same partner."""
    next_kin: Ints
    """(A,) next slot of the zone with the same partner, -1 after the last."""
    outlet_start: Ints
    """(J + 1,) where each candidate's arcs begin in `arc`."""
    arc: Ints
    """(A,) arcs by candidate, then by zone."""
    zone: Ints
    """(A,) zone of each arc."""
    widest: int
    """Largest number of arcs of a zone."""


class Week(NamedTuple):
    """What consumers face this week."""

    seed: int
    replication: int
    week: int
    """Week as the counter's 16 bits."""
    inform: Floats
    """(Z, S) probability that an unaware consumer becomes aware."""
    occasion: Floats
    """(Z, S) probability that an aware consumer has an occasion."""
    weight: Floats
    """(A, S) exp(utility) relative to the outside option's 1."""
    loyal: Floats
    """(S,) exp(inertia)."""
    averse: Floats
    """(S,) exp(aversion)."""
    happy: Floats
    """(A, S) probability that a buyer is happy."""
    retry: Floats
    """(S,) probability of a second choice after finding nothing."""
    tiers: int
    """Tiers of each kind of consumer, which stand side by side among the S segments."""
    rise: Floats
    """(S,) probability that a purchase moves its buyer up a tier."""
    lapse: Floats
    """(S,) probability that a week without a purchase moves an owner down a tier."""


class Tally(NamedTuple):
    """What a week leaves behind, and what the phases tell one another."""

    became_aware: Ints
    """(Z, S)"""
    occasions: Ints
    """(Z, S)"""
    outside: Ints
    """(Z, S) occasions that went to rivals or to nothing."""
    deserted: Ints
    """(Z, S) of which were those of consumers who had bought before."""
    repeat: Ints
    """(Z, S) units bought by consumers who had bought before."""
    switched: Floats
    """(Z, S) of which at another partner, expected where it is not traced."""
    switches: Floats
    """(Z, S, 2) the same by round."""
    first: Ints
    """(A, S) first choices."""
    first_unserved: Ints
    """(A, S) of which found nothing."""
    second: Ints
    """(A, S) second choices."""
    second_unserved: Ints
    """(A, S) of which found nothing."""
    lost: Ints
    """(A, S) lost sales, at the first choice."""
    happy: Ints
    """(A, S) happy buyers."""
    risen: Ints
    """(Z, S) consumers who moved up from a tier."""
    lapsed: Ints
    """(Z, S) consumers who moved down from a tier."""


class Ways(NamedTuple):
    """Who went where in the week, by cell; kept from week to week to save making it anew."""

    flow: Flow
    """First choices; where they met a shortage, those of the unserved."""
    buyers: Ints
    """First choosers by row; in the end those who got something."""
    gone: Ints
    """First choosers who found nothing, by row, where anybody did."""
    again: Ints
    """Second choosers, by row, where anybody found nothing."""
    units: NDArray[Any]
    """(Z x S, few) of UNIT, who found nothing where they are no more than so few."""
    grove: Grove
    """Trees over all open outlets."""


def make_ways(arcs: Arcs, segments: int, few: int) -> Ways:
    """Return room for all cells, of which so few unserved at most are drawn one by one."""
    cells, outlets = segments * (len(arcs.zone_start) - 1), segments * len(arcs.candidate)
    rows = 2 * (cells + outlets)
    return Ways(
        flow=new_flow(cells, outlets, max(arcs.widest, 1)),
        buyers=np.zeros(rows, np.int64),
        gone=np.zeros(rows, np.int64),
        again=np.zeros(rows, np.int64),
        units=np.zeros((cells, few), UNIT),
        grove=make_grove(len(arcs.zone_start) - 1, len(arcs.candidate), max(arcs.widest, 1)),
    )


class Room(NamedTuple):
    """Scratch space for one cell at a time."""

    tree: Tree
    draws: Draws
    flow: Flow
    out: Flow
    """Those taken out of the flow."""
    path: Floats
    """(K x deepest + 1,) weights or chances along ways down."""
    went: Floats
    """(2K,) chances by node to go there from its parent."""
    share: Floats
    """(2K,) chances by node to go there from the root."""
    mass: Floats
    """(K,) chances by slot."""
    weight: Floats
    """(K,) weights by slot, 0 where nothing is to be had."""
    slots: Ints
    """(K,) people by slot."""
    rows: Ints
    """(2 + 2K,) people by row."""
    nodes: Ints
    """(2K,) people by node."""


def make_room(widest: int) -> Room:
    """Return room for a zone with at most so many outlets."""
    size = max(widest, 1)
    return Room(
        tree=new_tree(size),
        draws=new_draws(size),
        flow=new_flow(1, size, size),
        out=new_flow(1, size, size),
        path=np.zeros(size * deepest(size) + 1),
        went=np.zeros(2 * size),
        share=np.zeros(2 * size),
        mass=np.zeros(size),
        weight=np.zeros(size),
        slots=np.zeros(size, np.int64),
        rows=np.zeros(2 + 2 * size, np.int64),
        nodes=np.zeros(2 * size, np.int64),
    )


@njit(**GLUE)
def room_at(room: Room, grove: Grove, arcs: Arcs, zone: int) -> Room:
    """Return the room with a zone's own tree in it."""
    return Room(
        tree_at(grove, arcs.zone_start[zone], arcs.zone_start[zone + 1]),
        room.draws,
        room.flow,
        room.out,
        room.path,
        room.went,
        room.share,
        room.mass,
        room.weight,
        room.slots,
        room.rows,
        room.nodes,
    )


@njit(**GLUE)
def place_of(week: Week, zone: int, segment: int, stage: int) -> Any:
    """Return where the draws of a cell happen."""
    return (
        np.uint64(week.seed),
        np.uint64(week.replication),
        np.uint64(week.week),
        np.uint64(zone),
        np.uint64(segment),
        np.uint64(stage),
    )


@njit(**GLUE)
def rows_of(arcs: Arcs, segments: int, zone: int, segment: int) -> tuple[int, int]:
    """Return where the rows of a cell begin and end."""
    rows = 2 + 2 * (arcs.zone_start[zone + 1] - arcs.zone_start[zone])
    at = segments * 2 * (zone + arcs.zone_start[zone]) + segment * rows
    return at, at + rows


@njit(**INLINED)
def ways_of(ways: Ways, arcs: Arcs, segments: int, zone: int, segment: int) -> Flow:
    """Return the flow of a cell."""
    start = arcs.zone_start[zone]
    slots = arcs.zone_start[zone + 1] - start
    return flow_of(
        ways.flow,
        segments * start + segment * slots,
        segments * 2 * (zone + start) + segment * (2 + 2 * slots),
        slots,
    )

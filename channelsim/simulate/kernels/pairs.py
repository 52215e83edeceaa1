"""Who chose what, told apart by row: draws that remember, for cells in which moves are traced.

A row's draws have a key of their own, made from the row's name by the week's generator, since the
names of a row and of an outlet do not fit into one counter.
"""

from typing import Any, Final, NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from channelsim.simulate.kernels.binomial import binomial_at
from channelsim.simulate.kernels.cell import Arcs, Room
from channelsim.simulate.kernels.draws import Draws, fill_rows
from channelsim.simulate.kernels.grove import Grove, make_grove
from channelsim.simulate.kernels.hypergeometric import hypergeometric, hypergeometric_at
from channelsim.simulate.kernels.philox import FIRST_ATTEMPT, GLUE, INLINED, INNER, uniforms, words
from channelsim.simulate.kernels.place import BUYER, CHOOSE, FIRST, ROW, WHO, WHOLE
from channelsim.simulate.kernels.tree import Tree

type Ints = NDArray[np.int64]
type Floats = NDArray[np.float64]

_FEW: Final = 4
"""Buyers for each open outlet up to which each is drawn alone."""


class Pairs(NamedTuple):
    """Units by row (1 + 2K, never bought first) and outlet (K) of each cell, and what moved."""

    start: Ints
    """(Z + 1,) where each zone's pairs of outlets begin."""
    claims: Ints
    """First choices; once the unserved have left, those served."""
    missed: Ints
    """First choices that found nothing, where any did."""
    second: Ints
    """Second choices, where any first one found nothing; in the end those served."""
    buyers: Ints
    """First choosers by cell and row; in the end those who got something."""
    gone: Ints
    """First choosers who found nothing, by cell and row, where anybody did."""
    again: Ints
    """Second choosers, by cell and row, where anybody found nothing."""
    moves: Ints
    """(M, S) units bought by owners of one outlet at another."""
    grove: Grove
    """Trees over all open outlets."""


def make_pairs(arcs: Arcs, start: Ints, segments: int) -> Pairs:
    """Return room for all cells, whose pairs of outlets begin at `start`."""
    rows = 2 * segments * (len(arcs.zone_start) - 1 + len(arcs.candidate))
    pairs = segments * (len(arcs.candidate) + 2 * int(start[-1]))
    return Pairs(
        start=start,
        claims=np.zeros(pairs, np.int64),
        missed=np.zeros(pairs, np.int64),
        second=np.zeros(pairs, np.int64),
        buyers=np.zeros(rows, np.int64),
        gone=np.zeros(rows, np.int64),
        again=np.zeros(rows, np.int64),
        moves=np.zeros((int(start[-1]), segments), np.int64),
        grove=make_grove(len(arcs.zone_start) - 1, len(arcs.candidate), max(arcs.widest, 1)),
    )


@njit(**GLUE)
def matrix_of(units: Ints, arcs: Arcs, pairs: Pairs, segments: int, zone: int, segment: int) -> Any:
    """Return a cell's units by row and outlet."""
    start = arcs.zone_start[zone]
    slots = arcs.zone_start[zone + 1] - start
    size = (1 + 2 * slots) * slots
    at = segments * (start + 2 * pairs.start[zone]) + segment * size
    return units[at : at + size].reshape((1 + 2 * slots, slots))


@njit(**INLINED)
def _own(place: Any, draws: Draws, row: int) -> Any:
    """Return where the draws of one row happen."""
    key, other = words(place, ROW, draws.ident[row], draws.level[row])
    _, _, week, zone, segment, stage = place
    return key, other, week, zone, segment, stage


@njit(**INNER)
def _each(chosen: Ints, buyers: int, bounds: Floats, last: int, place: Any) -> None:
    """Draw every buyer's outlet alone; `bounds` (K,) are the sums of weights up to each outlet."""
    total = bounds[last]
    for i in range((buyers + 1) // 2):
        u, v = uniforms(place, CHOOSE, i, BUYER, FIRST_ATTEMPT)
        one, other = 0, 0
        for slot in range(last):
            one += u * total >= bounds[slot]
            other += v * total >= bounds[slot]
        chosen[one] += 1
        if 2 * i + 1 < buyers:
            chosen[other] += 1


@njit(**INLINED)
def _up(tree: Tree, leaf: int, way: int, weight: float, path: Floats) -> None:
    """Sum the weights along the way up from a leaf whose own weight has changed."""
    path[tree.node[leaf].depth] = weight
    for i in range(tree.node[leaf].depth - 1, -1, -1):
        weight += tree.node[tree.aside[way + i]].weight
        path[i] = weight


@njit(**INNER)
def _all(
    tree: Tree,
    leaves: int,
    root: int,
    chosen: Ints,
    buyers: int,
    own: int,
    weight: float,
    path: Floats,
    nodes: Ints,
    place: Any,
) -> None:
    """Send a row's buyers down the tree; `weight` is that of the row's own slot, -1 without one."""
    on_path, name = -1, 0
    if own >= 0:
        leaf = 2 * tree.spot[own].leaf
        on_path, name = root, tree.node[leaf].name
        _up(tree, leaf, tree.spot[own].path, weight, path)
    for node in range(2 * leaves):
        nodes[node] = 0
    nodes[root] = buyers
    for i in range(leaves - 1):
        node = tree.spot[i].split
        low, high = tree.node[node].left, tree.node[node].right
        share = tree.node[low].weight / tree.node[node].weight
        if node == on_path:
            depth = tree.node[node].depth
            share = tree.node[low].weight / path[depth]
            on_path = high
            if name < tree.node[node].name:
                share = path[depth + 1] / path[depth]
                on_path = low
        nodes[low] = binomial_at(nodes[node], share, place, CHOOSE, tree.names[i], WHOLE)
        nodes[high] = nodes[node] - nodes[low]
    for leaf in range(leaves):
        chosen[tree.spot[leaf].slot] = nodes[2 * leaf]


@njit(**INNER)
def choose_apart(
    room: Room,
    leaves: int,
    root: int,
    claims: Ints,
    buyers: Ints,
    loyal: float,
    averse: float,
    place: Any,
) -> None:
    """Draw the outlets (1 + 2K, K) of buyers by row (2 + 2K); the tree has grown, draws are named.

    `loyal` = exp(inertia) and `averse` = exp(aversion) multiply the last outlet's weight.
    """
    slots = claims.shape[1]
    last = room.tree.spot[leaves - 1].slot
    for row in range(1, len(buyers)):
        chosen = claims[row - 1]
        chosen[:] = 0
        if buyers[row] == 0:
            continue
        own = (row - 2) % slots if row >= 2 else -1
        factor = loyal if row < 2 + slots else averse
        if own >= 0 and room.tree.spot[own].leaf < 0:
            own = -1
        here = _own(place, room.draws, row)
        if buyers[row] <= _FEW * leaves:
            total = 0.0
            for slot in range(slots):
                total += room.weight[slot] * (factor if slot == own else 1.0)
                room.mass[slot] = total
            _each(chosen, buyers[row], room.mass, last, here)
        else:
            weight = room.weight[own] * factor if own >= 0 else 0.0
            _all(
                room.tree,
                leaves,
                root,
                chosen,
                buyers[row],
                own,
                weight,
                room.path,
                room.nodes,
                here,
            )


@njit(**INNER)
def leave_apart(
    claims: Ints, missed: Ints, keep: bool, unserved: Ints, gone: Ints, draws: Draws, place: Any
) -> None:
    """Take the unserved of each outlet (K,) out of its claims (1 + 2K, K), drawn at random.

    They are counted by row in `gone` (2 + 2K) and, where they are to be kept, in `missed`.
    """
    gone[:] = 0
    for slot in range(claims.shape[1]):
        if keep:
            missed[:, slot] = 0
        if unserved[slot] == 0:
            continue
        here = _own(place, draws, 2 + slot)
        fill_rows(draws, len(gone), WHO, here)
        rest, left = claims[:, slot].sum(), unserved[slot]
        for row in range(1, len(gone)):
            held = claims[row - 1, slot]
            if held == 0 or left == 0:
                continue
            rest -= held
            some = hypergeometric(
                held,
                rest,
                left,
                draws.u[row],
                draws.v[row],
                here,
                WHO,
                draws.ident[row],
                draws.level[row],
            )
            left -= some
            claims[row - 1, slot] -= some
            gone[row] += some
            if keep:
                missed[row - 1, slot] = some


@njit(**INNER)
def lose_apart(
    missed: Ints, gone: Ints, lost: Ints, first: Ints, candidate: Ints, draws: Draws, place: Any
) -> None:
    """Draw the first choices (K,) of those who got nothing in the end, by row (2 + 2K)."""
    first[:] = 0
    for row in range(1, len(gone)):
        left, rest = lost[row], gone[row]
        if left == 0:
            continue
        here = _own(place, draws, row)
        for slot in range(len(first)):
            held = missed[row - 1, slot]
            if held == 0 or left == 0:
                continue
            rest -= held
            some = hypergeometric_at(held, rest, left, here, FIRST, candidate[slot], WHOLE)
            first[slot] += some
            left -= some

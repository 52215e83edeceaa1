"""Who went where: expected switches between partners, and first choices of the finally unserved.

Pools forget where each member came from, but members that pass a node are exchangeable below it, so
the chance that one of them went left is the share of the node's members who did.
"""

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from channelsim.simulate.kernels.flows import Flow
from channelsim.simulate.kernels.hypergeometric import hypergeometric_at
from channelsim.simulate.kernels.philox import (
    GLUE,
    INLINED,
    INNER,
)
from channelsim.simulate.kernels.place import (
    AVERSE_CLAIM,
    FIRST,
    LOYAL_CLAIM,
    SPLIT_NODE,
)
from channelsim.simulate.kernels.tree import Tree, highest_bit

type Ints = NDArray[np.int64]
type Floats = NDArray[np.float64]


@njit(**INLINED)
def _entrants(tree: Tree, flow: Flow, slot: int) -> int:
    """Unhappy buyers of an open outlet who turned off."""
    way = tree.spot[slot].path
    total = 0
    for i in range(way, way + tree.node[2 * tree.spot[slot].leaf].depth):
        total += flow.turned[i]
    return total


@njit(**GLUE)
def _root_to_kin(
    tree: Tree,
    leaves: int,
    root: int,
    flow: Flow,
    kin: Ints,
    went: Floats,
    share: Floats,
    mass: Floats,
) -> None:
    """Chance that an entrant at the root ends with each partner, kept at its first slot."""
    share[root] = 1.0
    for i in range(leaves - 1):
        node = tree.spot[i].split
        low, high = tree.node[node].left, tree.node[node].right
        members = 1.0 / max(flow.node[low].down + flow.node[high].down, 1)
        went[low] = flow.node[low].down * members
        went[high] = flow.node[high].down * members
        share[low] = share[node] * went[low]
        share[high] = share[node] * went[high]
    for slot in range(len(kin)):
        mass[slot] = 0.0
    for leaf in range(leaves):
        mass[kin[tree.spot[leaf].slot]] += share[2 * leaf]


@njit(**GLUE)
def _back_to_kin(
    tree: Tree,
    flow: Flow,
    slot: int,
    candidate: Ints,
    kin: Ints,
    next_kin: Ints,
    went: Floats,
) -> float:
    """Expected number of the unhappy with an outlet who went to another one of its partner."""
    expected = 0.0
    other = kin[slot]
    while other >= 0:
        if other != slot and tree.spot[other].leaf >= 0:
            level = highest_bit(candidate[slot] ^ candidate[other])
            chance = 1.0
            node = 2 * tree.spot[other].leaf
            while tree.node[tree.node[node].parent].level != level:
                chance *= went[node]
                node = tree.node[node].parent
            depth = tree.node[node].depth - 1
            expected += chance * flow.turned[tree.spot[slot].path + depth]
        other = next_kin[other]
    return expected


@njit(**INNER)
def expected_switches(
    tree: Tree,
    leaves: int,
    root: int,
    flow: Flow,
    candidate: Ints,
    kin: Ints,
    next_kin: Ints,
    went: Floats,
    share: Floats,
    mass: Floats,
) -> float:
    """Expected number of those who had bought before and now did so from another partner.

    Exact given who entered where and how many each outlet sold. `kin` (K,) is the first slot of the
    same partner, `next_kin` (K,) its next one or -1; `went` and `share` (2K,) and `mass` (K,) are
    scratch.
    """
    slots = len(candidate)
    _root_to_kin(tree, leaves, root, flow, kin, went, share, mass)
    switched = 0.0
    for slot in range(slots):
        through_root = flow.root[2 + slot] + flow.root[2 + slots + slot]
        if through_root > 0:
            switched += through_root * max(0.0, 1.0 - mass[kin[slot]])
        if tree.spot[slot].leaf >= 0:
            off = _entrants(tree, flow, slot)
            if off > 0:
                switched += off - _back_to_kin(tree, flow, slot, candidate, kin, next_kin, went)
    return switched


@njit(**GLUE)
def _fall_unhappy(
    tree: Tree, flow: Flow, slot: int, failed: int, falling: Ints, first: Ints, place: Any
) -> None:
    """Split the failed among the unhappy with an open outlet over the ways they took."""
    leaf = 2 * tree.spot[slot].leaf
    name = tree.node[leaf].name
    rest = _entrants(tree, flow, slot)
    some = hypergeometric_at(flow.slot[slot].stay, rest, failed, place, FIRST, name, AVERSE_CLAIM)
    first[slot] += some
    failed -= some
    way, node = tree.spot[slot].path, leaf
    for depth in range(tree.node[leaf].depth - 1, -1, -1):
        node = tree.node[node].parent
        here = flow.turned[way + depth]
        if here > 0 and failed > 0:
            rest -= here
            level = tree.node[node].level
            some = hypergeometric_at(here, rest, failed, place, FIRST, name, level)
            falling[tree.aside[way + depth]] += some
            failed -= some


@njit(**GLUE)
def trace_first(
    tree: Tree,
    leaves: int,
    root: int,
    flow: Flow,
    candidate: Ints,
    failed: Ints,
    first: Ints,
    falling: Ints,
    place: Any,
) -> None:
    """Draw the first choices of those whom the second round leaves unserved.

    `flow` holds the first choices of all who tried again, `failed` (2 + 2K,) counts by row those of
    them who failed, `first` (K,) receives them by slot, `falling` is scratch (2K,).
    """
    slots = len(candidate)
    for slot in range(slots):
        first[slot] = 0
    for node in range(2 * leaves):
        falling[node] = 0
    falling[root] = failed[1]
    for slot in range(slots):
        happy = failed[2 + slot]
        if happy > 0:
            some = hypergeometric_at(
                flow.slot[slot].loyal,
                flow.root[2 + slot],
                happy,
                place,
                FIRST,
                candidate[slot],
                LOYAL_CLAIM,
            )
            first[slot] += some
            falling[root] += happy - some
        unhappy = failed[2 + slots + slot]
        if unhappy > 0:
            if tree.spot[slot].leaf >= 0:
                _fall_unhappy(tree, flow, slot, unhappy, falling, first, place)
            else:
                falling[root] += unhappy
    for i in range(leaves - 1):
        node = tree.spot[i].split
        low, high = tree.node[node].left, tree.node[node].right
        some = hypergeometric_at(
            flow.node[low].down,
            flow.node[high].down,
            falling[node],
            place,
            FIRST,
            tree.node[node].name,
            SPLIT_NODE,
        )
        falling[low] += some
        falling[high] += falling[node] - some
    for leaf in range(leaves):
        first[tree.spot[leaf].slot] += falling[2 * leaf]

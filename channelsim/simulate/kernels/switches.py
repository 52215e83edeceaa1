"""How many repeat purchases are expected to have switched partner, where pools forget who did.

Members that pass a node are exchangeable below it, so the chance that one of them went left is the
share of the node's members who did.
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from channelsim.simulate.kernels.cell import Arcs, Room
from channelsim.simulate.kernels.flows import Flow
from channelsim.simulate.kernels.philox import GLUE, INLINED, INNER
from channelsim.simulate.kernels.tree import Tree, highest_bit

type Ints = NDArray[np.int64]
type Floats = NDArray[np.float64]


@njit(**INLINED)
def entrants(tree: Tree, flow: Flow, slot: int) -> int:
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
            off = entrants(tree, flow, slot)
            if off > 0:
                switched += off - _back_to_kin(tree, flow, slot, candidate, kin, next_kin, went)
    return switched


@njit(**INLINED)
def switches(arcs: Arcs, room: Room, flow: Flow, zone: int, leaves: int, root: int) -> float:
    """Return how many of a cell's repeat purchases are expected to have switched partner."""
    start, end = arcs.zone_start[zone], arcs.zone_start[zone + 1]
    return float(
        expected_switches(
            room.tree,
            leaves,
            root,
            flow,
            arcs.candidate[start:end],
            arcs.kin[start:end],
            arcs.next_kin[start:end],
            room.went,
            room.share,
            room.mass,
        )
    )

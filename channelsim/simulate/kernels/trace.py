"""First choices of those who found nothing in the end, given the rows they came from."""

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from channelsim.simulate.kernels.flows import Flow
from channelsim.simulate.kernels.hypergeometric import hypergeometric_at
from channelsim.simulate.kernels.philox import GLUE, INNER
from channelsim.simulate.kernels.place import AVERSE_CLAIM, FIRST, LOYAL_CLAIM, SPLIT_NODE
from channelsim.simulate.kernels.switches import entrants
from channelsim.simulate.kernels.tree import Tree

type Ints = NDArray[np.int64]


@njit(**GLUE)
def _fall_unhappy(
    tree: Tree, flow: Flow, slot: int, failed: int, falling: Ints, first: Ints, place: Any
) -> None:
    """Split the failed among the unhappy with an open outlet over the ways they took."""
    leaf = 2 * tree.spot[slot].leaf
    name = tree.node[leaf].name
    rest = entrants(tree, flow, slot)
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


@njit(**INNER)
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
    """Draw the first choices of those who found nothing in the end.

    `flow` holds the first choices of the unserved, `failed` (2 + 2K,) counts by row those of them
    who found nothing later either, `first` (K,) receives them by slot, `falling` is scratch (2K,).
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

"""The binary tree over the outlets of a zone: a trie over the bits of their candidate indices.

Leaf i is the i-th open outlet and stands at node 2 i; node 2 i + 1 splits leaves 0..i from those
after it, at the highest bit in which the candidates of leaves i and i + 1 differ. The number of the
first candidate right of a split names its draws, so that a closed candidate, one of weight zero and
one out of reach leave the tree, and everybody else's draws, as they are.
"""

from typing import Any, Final, NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from channelsim.simulate.kernels.philox import (
    GLUE,
    INLINED,
    INNER,
    LEVELS,
)

type Ints = NDArray[np.int64]
type Floats = NDArray[np.float64]


NODE: Final = np.dtype(
    [
        ("name", np.int64),  # id of its draws: a leaf's candidate, a split's first to the right
        ("level", np.int64),  # bit at which it splits
        ("weight", np.float64),  # sum of the weights below
        ("left", np.int64),  # child of the lower candidates
        ("right", np.int64),  # child of the higher candidates
        ("parent", np.int64),  # -1 for the root
        ("depth", np.int64),  # splits above
    ]
)
SPOT: Final = np.dtype(
    [
        ("slot", np.int64),  # arc within the zone of the i-th leaf
        ("leaf", np.int64),  # leaf of the i-th arc within the zone, -1 where closed
        ("split", np.int64),  # i-th split, parents before children
        ("path", np.int64),  # where the way down to the i-th arc within the zone begins
        ("stack", np.int64),  # scratch
    ]
)


class Tree(NamedTuple):
    """A tree over open outlets, with room for the K of the widest zone.

    Few arrays of records, since every array handed on is seven arguments for the compiler.
    """

    node: NDArray[Any]
    """(2K,) of NODE."""
    spot: NDArray[Any]
    """(K,) of SPOT."""
    names: Ints
    """(K,) names of the splits in the order of SPOT."""
    aside: Ints
    """(K x deepest,) ways down to the open outlets, one after the other: the nodes passed by."""


def deepest(most: int) -> int:
    """Return the most splits above an outlet in a tree over at most so many."""
    return max(1, min(most - 1, LEVELS))


def new_tree(most: int) -> Tree:
    """Return room for a tree over at most so many outlets."""
    return Tree(
        node=np.zeros(2 * most, NODE),
        spot=np.zeros(most, SPOT),
        names=np.zeros(most, np.int64),
        aside=np.zeros(most * deepest(most), np.int64),
    )


@njit(**INNER)
def highest_bit(number: int) -> int:
    """Index of the highest bit set in a number > 0."""
    bit = 0
    while number > 1:
        number >>= 1
        bit += 1
    return bit


@njit(**GLUE)
def _plant(tree: Tree, candidate: Ints, weight: Floats) -> int:
    """Set the leaves, one for each weight above zero; return how many."""
    leaves = 0
    for slot in range(len(candidate)):
        if weight[slot] > 0.0:
            tree.spot[leaves].slot = slot
            tree.spot[slot].leaf = leaves
            tree.node[2 * leaves].name = candidate[slot]
            leaves += 1
        else:
            tree.spot[slot].leaf = -1
    return leaves


@njit(**GLUE)
def _join(tree: Tree, leaves: int) -> int:
    """Link splits and leaves (a Cartesian tree on the splits' bits); return the root."""
    top = -1
    for node in range(1, 2 * leaves - 1, 2):
        before, after = tree.node[node - 1].name, tree.node[node + 1].name
        level = highest_bit(before ^ after)
        tree.node[node].level = level
        tree.node[node].name = (after >> level) << level
        tree.node[node].left = node - 1
        tree.node[node].right = node + 1
        while top >= 0 and tree.node[tree.spot[top].stack].level < level:
            tree.node[node].left = tree.spot[top].stack
            top -= 1
        if top >= 0:
            tree.node[tree.spot[top].stack].right = node
        top += 1
        tree.spot[top].stack = node
    return tree.spot[0].stack if leaves > 1 else 0


@njit(**GLUE)
def _descend(tree: Tree, leaves: int, root: int) -> None:
    """Put the splits in order, parents before children, and tell every node where it stands."""
    tree.node[root].parent = -1
    tree.node[root].depth = 0
    found, top = 0, 0
    if leaves > 1:
        tree.spot[0].stack = root
        top = 1
    while top > 0:
        top -= 1
        node = tree.spot[top].stack
        tree.spot[found].split = node
        tree.names[found] = tree.node[node].name
        found += 1
        for child in (tree.node[node].left, tree.node[node].right):
            tree.node[child].parent = node
            tree.node[child].depth = tree.node[node].depth + 1
            if child % 2 == 1:
                tree.spot[top].stack = child
                top += 1


@njit(**GLUE)
def _pave(tree: Tree, leaves: int) -> int:
    """Note the nodes that the way down to each leaf passes by; return how many in all."""
    found = 0
    for leaf in range(leaves):
        node = 2 * leaf
        tree.spot[tree.spot[leaf].slot].path = found
        found += tree.node[node].depth
        at = found - 1
        while tree.node[node].parent >= 0:
            parent = tree.node[node].parent
            tree.aside[at] = tree.node[parent].left + tree.node[parent].right - node
            node = parent
            at -= 1
    return found


@njit(**INLINED)
def is_grown(tree: Tree, weight: Floats) -> bool:
    """Whether the tree of the same zone stands over the same open outlets."""
    same = True
    for slot in range(len(weight)):
        same = same and (tree.spot[slot].leaf >= 0) == (weight[slot] > 0.0)
    return same


@njit(**INNER)
def weigh(tree: Tree, leaves: int, weight: Floats) -> None:
    """Set the weights of a tree that has grown."""
    for leaf in range(leaves):
        tree.node[2 * leaf].weight = weight[tree.spot[leaf].slot]
    for i in range(leaves - 2, -1, -1):
        node = tree.spot[i].split
        tree.node[node].weight = (
            tree.node[tree.node[node].left].weight + tree.node[tree.node[node].right].weight
        )


@njit(**INNER)
def grow(tree: Tree, candidate: Ints, weight: Floats) -> tuple[int, int, int]:
    """Build the tree of a zone's candidates and their weights.

    Returns its leaves, its root and the length of all ways down.
    """
    leaves = _plant(tree, candidate, weight)
    root = _join(tree, leaves)
    _descend(tree, leaves, root)
    ways = _pave(tree, leaves)
    weigh(tree, leaves, weight)
    return leaves, root, ways

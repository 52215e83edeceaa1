"""The trees of all zones over their open outlets, kept from week to week: they seldom change."""

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from channelsim.simulate.kernels.philox import GLUE, INNER
from channelsim.simulate.kernels.tree import NODE, SPOT, Tree, deepest, grow, is_grown

type Ints = NDArray[np.int64]
type Floats = NDArray[np.float64]


class Grove(NamedTuple):
    """The trees of zones that reach A outlets in all."""

    tree: Tree
    """(2A,), (A,), (A,) and (A x deepest,), one tree after the other."""
    shape: Ints
    """(Z, 3) leaves, root and length of all ways; no leaves before a tree has grown."""


def make_grove(zones: int, outlets: int, widest: int) -> Grove:
    """Return ground for the trees of all zones, each with `widest` outlets at most."""
    tree = Tree(
        node=np.zeros(2 * outlets, NODE),
        spot=np.zeros(outlets, SPOT),
        names=np.zeros(outlets, np.int64),
        aside=np.zeros(outlets * deepest(widest), np.int64),
    )
    return Grove(tree, np.zeros((zones, 3), np.int64))


@njit(**GLUE)
def tree_at(grove: Grove, start: int, end: int) -> Tree:
    """Return the tree of the zone whose arcs begin and end so."""
    deep = len(grove.tree.aside) // max(len(grove.tree.spot), 1)
    return Tree(
        grove.tree.node[2 * start : 2 * end],
        grove.tree.spot[start:end],
        grove.tree.names[start:end],
        grove.tree.aside[start * deep : end * deep],
    )


@njit(**INNER)
def stand(tree: Tree, shape: Ints, zone: int, candidate: Ints, weight: Floats) -> bool:
    """Let a zone's tree stand over the outlets with weight (K,); return whether it had to grow.

    Where it had not, its weights are still those of another segment or week.
    """
    if len(candidate) == 0 or (shape[zone, 0] > 0 and is_grown(tree, weight)):
        return False
    shape[zone, 0], shape[zone, 1], shape[zone, 2] = grow(tree, candidate, weight)
    return True

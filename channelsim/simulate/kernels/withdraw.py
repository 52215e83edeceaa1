"""Whom a shortage leaves out: back from the outlets to the rows that the unserved came from.

Members that pass a node are exchangeable below it, so one hypergeometric per node tells those who
entered there from those who came from above, and a few more tell the entrants' rows apart.
"""

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from channelsim.simulate.kernels.draws import Draws, fill_rows
from channelsim.simulate.kernels.flows import Flow, clear
from channelsim.simulate.kernels.hypergeometric import hypergeometric, hypergeometric_at
from channelsim.simulate.kernels.philox import GLUE, INNER
from channelsim.simulate.kernels.place import (
    AVERSE_CLAIM,
    LEAF_NODE,
    LOYAL_CLAIM,
    SPLIT_NODE,
    WHO,
)
from channelsim.simulate.kernels.tree import Tree

type Ints = NDArray[np.int64]


@njit(**GLUE)
def _spread(
    tree: Tree, leaves: int, node: int, flow: Flow, out: Flow, rows: Ints, gone: int, place: Any
) -> None:
    """Split those who leave among a node's entrants over the rows they entered from."""
    slots = (len(rows) - 2) // 2
    split = tree.node[node].parent
    level, depth = tree.node[split].level, tree.node[split].depth
    step = 1 if node == tree.node[split].left else -1
    leaf = (split + step) // 2
    rest = flow.node[node].entered + gone
    prefix = tree.node[split].name >> (level + 1)
    while gone > 0 and 0 <= leaf < leaves and tree.node[2 * leaf].name >> (level + 1) == prefix:
        slot = tree.spot[leaf].slot
        at = tree.spot[slot].path + depth
        here = flow.turned[at]
        if here > 0:
            rest -= here
            some = hypergeometric_at(here, rest, gone, place, WHO, tree.node[2 * leaf].name, level)
            flow.turned[at] -= some
            out.turned[at] += some
            rows[2 + slots + slot] += some
            gone -= some
        leaf += step


@njit(**GLUE)
def _leave_root(flow: Flow, out: Flow, rows: Ints, gone: int, draws: Draws, place: Any) -> None:
    """Split those who leave among the root's entrants over the rows they entered from."""
    rest = 0
    for row in range(1, len(rows)):
        rest += flow.root[row]
    fill_rows(draws, len(rows), WHO, place)
    for row in range(1, len(rows)):
        here = flow.root[row]
        if here == 0 or gone == 0:
            continue
        rest -= here
        some = hypergeometric(
            here,
            rest,
            gone,
            draws.u[row],
            draws.v[row],
            place,
            WHO,
            draws.ident[row],
            draws.level[row],
        )
        flow.root[row] -= some
        out.root[row] += some
        rows[row] += some
        gone -= some


@njit(**GLUE)
def _leave_leaf(
    tree: Tree, leaf: int, flow: Flow, out: Flow, rows: Ints, gone: int, place: Any
) -> int:
    """Take the unserved from the loyal and the averse of a leaf; return those of its pool."""
    slots = (len(rows) - 2) // 2
    slot = tree.spot[leaf].slot
    name = tree.node[2 * leaf].name
    pool = flow.node[2 * leaf].down + flow.node[2 * leaf].entered
    some = hypergeometric_at(
        flow.slot[slot].loyal, flow.slot[slot].stay + pool, gone, place, WHO, name, LOYAL_CLAIM
    )
    flow.slot[slot].loyal -= some
    out.slot[slot].loyal += some
    rows[2 + slot] += some
    gone -= some
    some = hypergeometric_at(flow.slot[slot].stay, pool, gone, place, WHO, name, AVERSE_CLAIM)
    flow.slot[slot].stay -= some
    out.slot[slot].stay += some
    rows[2 + slots + slot] += some
    return gone - some


@njit(**INNER)
def _rise(
    tree: Tree,
    leaves: int,
    node: int,
    flow: Flow,
    out: Flow,
    rows: Ints,
    leaving: Ints,
    draws: Draws,
    place: Any,
) -> None:
    """Pass on those who leave a node: to its entrants' rows, or to the parent they came from."""
    gone = leaving[node]
    if gone == 0:
        return
    if tree.node[node].parent < 0:
        flow.node[node].down -= gone
        out.node[node].down += gone
        _leave_root(flow, out, rows, gone, draws, place)
        return
    kind = LEAF_NODE if node % 2 == 0 else SPLIT_NODE
    some = hypergeometric_at(
        flow.node[node].entered, flow.node[node].down, gone, place, WHO, tree.node[node].name, kind
    )
    flow.node[node].entered -= some
    out.node[node].entered += some
    flow.node[node].down -= gone - some
    out.node[node].down += gone - some
    leaving[tree.node[node].parent] += gone - some
    if some > 0:
        _spread(tree, leaves, node, flow, out, rows, some, place)


@njit(**INNER)
def withdraw(
    tree: Tree,
    leaves: int,
    ways: int,
    flow: Flow,
    out: Flow,
    unserved: Ints,
    rows: Ints,
    leaving: Ints,
    draws: Draws,
    place: Any,
) -> None:
    """Move the unserved of each outlet, drawn at random from its claimants, from flow to out.

    `unserved` counts them by slot (K,), `rows` receives them by row (2 + 2K,), `leaving` is scratch
    (2K,), the draws have been named. Leaves go first, then splits from the bottom up.
    """
    clear(out, len(unserved), ways)
    for row in range(len(rows)):
        rows[row] = 0
    for node in range(2 * leaves):
        leaving[node] = 0
    for leaf in range(leaves):
        gone = unserved[tree.spot[leaf].slot]
        if gone > 0:
            leaving[2 * leaf] = _leave_leaf(tree, leaf, flow, out, rows, gone, place)
            _rise(tree, leaves, 2 * leaf, flow, out, rows, leaving, draws, place)
    for i in range(leaves - 2, -1, -1):
        _rise(tree, leaves, tree.spot[i].split, flow, out, rows, leaving, draws, place)

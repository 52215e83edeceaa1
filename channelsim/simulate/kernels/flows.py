"""How the buyers of one (zone, segment) spread over outlets.

Consumers are told apart only as far as it matters. Those of one row (never bought, happy with k,
unhappy with k) enter the tree of outlets where their choice becomes the base choice e_j / E:

- never bought: at the root;
- happy with k: first split off as loyal with probability e_k (L - 1) / (E + e_k (L - 1)), the rest
  enter at the root;
- unhappy with k: walk down to leaf k, whose weight is e_k V; at each split those who turn off enter
  at the other child.

Members that pass a node are exchangeable below it, so one binomial per split sends the pool on.

Rows: 0 unaware, 1 never bought, 2 + k happy with k, 2 + K + k unhappy with k.
"""

from typing import Any, Final, NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from channelsim.simulate.kernels.binomial import binomial, binomial_at
from channelsim.simulate.kernels.philox import (
    GLUE,
    INLINED,
    INNER,
    LEVELS,
    fill_uniforms,
)
from channelsim.simulate.kernels.place import (
    AVERSE,
    CHOOSE,
    LOYAL,
    WHOLE,
)
from channelsim.simulate.kernels.tree import Tree

type Ints = NDArray[np.int64]
type Floats = NDArray[np.float64]


MEMBERS: Final = np.dtype(
    [
        ("down", np.int64),  # came from the node's parent; of the root: entered there
        ("entered", np.int64),  # entered at the node
    ]
)
OWNERS: Final = np.dtype(
    [
        ("loyal", np.int64),  # happy buyers drawn back to their outlet by inertia
        ("stay", np.int64),  # unhappy buyers who choose their outlet again
    ]
)


class Flow(NamedTuple):
    """Buyers by the way they take, with room for the K outlets of the widest zone."""

    node: NDArray[Any]
    """(2K,) of MEMBERS."""
    slot: NDArray[Any]
    """(K,) of OWNERS."""
    root: Ints
    """(2 + 2K,) who entered at the root, by row."""
    turned: Ints
    """(K, LEVELS) unhappy buyers by the level at which they turned off."""


def new_flow(most: int) -> Flow:
    """Return room for the buyers of a zone with at most so many outlets."""
    return Flow(
        node=np.zeros(2 * most, MEMBERS),
        slot=np.zeros(most, OWNERS),
        root=np.zeros(2 + 2 * most, np.int64),
        turned=np.zeros((most, LEVELS), np.int64),
    )


@njit(**GLUE)
def clear(flow: Flow, slots: int) -> None:
    """Set every flow of a zone to nobody."""
    for node in range(2 * slots):
        flow.node[node].down = 0
        flow.node[node].entered = 0
    for row in range(2 + 2 * slots):
        flow.root[row] = 0
    for slot in range(slots):
        flow.slot[slot].loyal = 0
        flow.slot[slot].stay = 0
        for level in range(LEVELS):
            flow.turned[slot, level] = 0


@njit(**INLINED)
def other_child(tree: Tree, node: int) -> int:
    """Return the sibling of a node that is not the root."""
    parent = tree.node[node].parent
    return tree.node[parent].left + tree.node[parent].right - node


@njit(**GLUE)
def _avert(
    tree: Tree, flow: Flow, slot: int, buyers: int, averse: float, path: Floats, place: Any
) -> None:
    """Walk unhappy buyers down towards the outlet that disappointed them."""
    leaf = 2 * tree.spot[slot].leaf
    name = tree.node[leaf].name
    path[0] = tree.node[leaf].weight * averse
    depth = 0
    node = leaf
    while tree.node[node].parent >= 0:  # weights are summed upwards: a difference would lose digits
        path[depth + 1] = path[depth] + tree.node[other_child(tree, node)].weight
        depth += 1
        node = tree.node[node].parent
    while depth > 0 and buyers > 0:
        level = tree.node[node].level
        on_left = (name >> level) & 1 == 0
        other = tree.node[node].right if on_left else tree.node[node].left
        off = binomial_at(buyers, tree.node[other].weight / path[depth], place, AVERSE, name, level)
        flow.turned[slot, level] = off
        flow.node[other].entered += off
        buyers -= off
        node = tree.node[node].left if on_left else tree.node[node].right
        depth -= 1
    flow.slot[slot].stay = buyers


@njit(**INNER)
def choose(
    tree: Tree,
    leaves: int,
    root: int,
    flow: Flow,
    buyers: Ints,
    candidate: Ints,
    loyal: float,
    averse: float,
    u: Floats,
    v: Floats,
    place: Any,
) -> None:
    """Spread buyers by row (2 + 2K) over the tree, where at least one outlet is open.

    `loyal` = exp(inertia) >= 1 and `averse` = exp(aversion) <= 1 multiply the last outlet's weight;
    u and v are scratch.
    """
    slots = len(candidate)
    clear(flow, slots)
    flow.root[1] = buyers[1]
    total = buyers[1]
    for slot in range(slots):
        is_open = tree.spot[slot].leaf >= 0
        happy = buyers[2 + slot]
        if happy > 0:
            if is_open:
                extra = tree.node[2 * tree.spot[slot].leaf].weight * (loyal - 1.0)
                back = extra / (tree.node[root].weight + extra)
                flow.slot[slot].loyal = binomial_at(
                    happy, back, place, LOYAL, candidate[slot], WHOLE
                )
            flow.root[2 + slot] = happy - flow.slot[slot].loyal
            total += flow.root[2 + slot]
        unhappy = buyers[2 + slots + slot]
        if unhappy > 0:
            if is_open:
                _avert(tree, flow, slot, unhappy, averse, u, place)
            else:
                flow.root[2 + slots + slot] = unhappy
                total += unhappy
    flow.node[root].down = total
    fill_uniforms(place, CHOOSE, WHOLE, tree.names, leaves - 1, u, v)
    for i in range(leaves - 1):
        node = tree.spot[i].split
        pool = flow.node[node].down + flow.node[node].entered
        if pool > 0:
            low = tree.node[node].left
            share = tree.node[low].weight / tree.node[node].weight
            flow.node[low].down = binomial(
                pool, share, u[i], v[i], place, CHOOSE, tree.names[i], WHOLE
            )
            flow.node[tree.node[node].right].down = pool - flow.node[low].down


@njit(**INLINED)
def claims_at(tree: Tree, flow: Flow, leaf: int) -> int:
    """Return the buyers who chose a leaf's outlet."""
    slot = tree.spot[leaf].slot
    return (
        flow.node[2 * leaf].down
        + flow.node[2 * leaf].entered
        + flow.slot[slot].loyal
        + flow.slot[slot].stay
    )

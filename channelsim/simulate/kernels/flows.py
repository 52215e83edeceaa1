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

from channelsim.simulate.kernels.draws import Draws, drawn
from channelsim.simulate.kernels.philox import GLUE, INLINED, INNER
from channelsim.simulate.kernels.tree import Tree, deepest

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
    """Buyers of a cell, or of all cells one after the other, by the way they take."""

    node: NDArray[Any]
    """(2K,) of MEMBERS."""
    slot: NDArray[Any]
    """(K,) of OWNERS."""
    root: Ints
    """(2 + 2K,) who entered at the root, by row."""
    turned: Ints
    """(K x deepest,) unhappy buyers who turned off, along the way down to each open outlet."""


def new_flow(cells: int, outlets: int, widest: int) -> Flow:
    """Return room for the buyers of so many cells with so many outlets, no more than K in one."""
    return Flow(
        node=np.zeros(2 * outlets, MEMBERS),
        slot=np.zeros(outlets, OWNERS),
        root=np.zeros(2 * (cells + outlets), np.int64),
        turned=np.zeros(outlets * deepest(widest), np.int64),
    )


@njit(**INLINED)
def flow_of(flow: Flow, before: int, at: int, slots: int) -> Flow:
    """Return a cell's flow: `before` outlets of other cells come first, its rows are at `at`."""
    deep = len(flow.turned) // max(len(flow.slot), 1)
    return Flow(
        flow.node[2 * before : 2 * (before + slots)],
        flow.slot[before : before + slots],
        flow.root[at : at + 2 + 2 * slots],
        flow.turned[before * deep : (before + slots) * deep],
    )


@njit(**INNER)
def clear(flow: Flow, slots: int, ways: int) -> None:
    """Set every flow of a zone to nobody."""
    for node in range(2 * slots):
        flow.node[node].down = 0
        flow.node[node].entered = 0
    for row in range(2 + 2 * slots):
        flow.root[row] = 0
    for slot in range(slots):
        flow.slot[slot].loyal = 0
        flow.slot[slot].stay = 0
    for i in range(ways):
        flow.turned[i] = 0


@njit(**INNER)
def copy(flow: Flow, to: Flow, slots: int, ways: int) -> None:
    """Make a flow of a zone the same as another."""
    for node in range(2 * slots):
        to.node[node].down = flow.node[node].down
        to.node[node].entered = flow.node[node].entered
    for row in range(2 + 2 * slots):
        to.root[row] = flow.root[row]
    for slot in range(slots):
        to.slot[slot].loyal = flow.slot[slot].loyal
        to.slot[slot].stay = flow.slot[slot].stay
    for i in range(ways):
        to.turned[i] = flow.turned[i]


@njit(**INLINED)
def _off(tree: Tree, slot: int, averse: float, chance: Floats) -> None:
    """Chance to turn off at each split on the way down to the outlet that disappointed."""
    leaf, way = 2 * tree.spot[slot].leaf, tree.spot[slot].path
    weight = tree.node[leaf].weight * averse
    for i in range(way + tree.node[leaf].depth - 1, way - 1, -1):
        aside = tree.node[tree.aside[i]].weight
        weight += aside  # summed upwards: a difference would lose digits
        chance[i] = aside / weight


@njit(**INLINED)
def _avert(
    tree: Tree,
    leaves: int,
    flow: Flow,
    left: Ints,
    chance: Floats,
    draws: Draws,
    first: int,
    place: Any,
) -> None:
    """Walk unhappy buyers, `left` by slot, down towards the outlets that disappointed them.

    All go one step before any goes the next, since draws that wait for no other are quicker.
    """
    depth, walking = 0, True
    while walking:
        walking = False
        for leaf in range(leaves):
            if tree.node[2 * leaf].depth <= depth:
                continue
            slot = tree.spot[leaf].slot
            at = tree.spot[slot].path + depth
            off = 0
            if left[slot] > 0:
                off = drawn(left[slot], chance[at], draws, first + at, place)
                left[slot] -= off
                flow.node[tree.aside[at]].entered += off
                walking = True
            flow.turned[at] = off
        depth += 1
    for leaf in range(leaves):
        flow.slot[tree.spot[leaf].slot].stay = left[tree.spot[leaf].slot]


@njit(**GLUE)
def _enter(
    tree: Tree,
    leaves: int,
    root: int,
    flow: Flow,
    buyers: Ints,
    loyal: float,
    averse: float,
    chance: Floats,
    left: Ints,
    draws: Draws,
    place: Any,
) -> int:
    """Send buyers by row to where they enter the tree; return how many enter at the root."""
    slots = (len(buyers) - 2) // 2
    at_loyal = 4 + 4 * slots
    total = buyers[1]
    for slot in range(slots):
        happy, unhappy, back, lost = buyers[2 + slot], buyers[2 + slots + slot], 0, 0
        leaf = tree.spot[slot].leaf
        if leaf >= 0:
            if happy > 0:
                extra = tree.node[2 * leaf].weight * (loyal - 1.0)
                back = drawn(
                    happy, extra / (tree.node[root].weight + extra), draws, at_loyal + slot, place
                )
            if unhappy > 0:
                _off(tree, slot, averse, chance)
            left[slot] = unhappy
        else:
            lost = unhappy
        flow.slot[slot].loyal = back
        flow.root[2 + slot] = happy - back
        flow.root[2 + slots + slot] = lost
        total += happy - back + lost
    _avert(tree, leaves, flow, left, chance, draws, at_loyal + 2 * slots, place)
    flow.root[1] = buyers[1]
    return total


@njit(**INNER)
def choose(
    tree: Tree,
    leaves: int,
    root: int,
    ways: int,
    flow: Flow,
    buyers: Ints,
    loyal: float,
    averse: float,
    chance: Floats,
    left: Ints,
    draws: Draws,
    place: Any,
) -> None:
    """Spread buyers by row (2 + 2K) over the tree, where at least one outlet is open.

    `loyal` = exp(inertia) >= 1 and `averse` = exp(aversion) <= 1 multiply the last outlet's weight;
    the draws have been made; `chance` (K x deepest,) and `left` (K,) are scratch.
    """
    slots = (len(buyers) - 2) // 2
    clear(flow, slots, ways)
    flow.node[root].down = _enter(
        tree, leaves, root, flow, buyers, loyal, averse, chance, left, draws, place
    )
    first = 4 + 5 * slots
    for i in range(leaves - 1):
        node = tree.spot[i].split
        pool = flow.node[node].down + flow.node[node].entered
        if pool > 0:
            low = tree.node[node].left
            share = tree.node[low].weight / tree.node[node].weight
            some = drawn(pool, share, draws, first + i, place)
            flow.node[low].down = some
            flow.node[tree.node[node].right].down = pool - some


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

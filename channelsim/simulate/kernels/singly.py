"""A shortage that leaves few of a cell unserved: each is drawn by itself, with all that happens to
it, which is quicker than drawing counts at every node of the tree.

Which claimants of an outlet go unserved is drawn one after the other without replacement. One who
came to an outlet from a node above is any member of that node, since members that pass a node are
exchangeable below it, so that the way back up is a uniform pick at every node. It has the law of
`withdraw` and `trace`.
"""

from typing import Any, Final

import numpy as np
from numba import njit
from numpy.typing import NDArray

from channelsim.simulate.kernels.flows import Flow
from channelsim.simulate.kernels.philox import GLUE, INLINED, INNER, uniforms
from channelsim.simulate.kernels.place import SINGLY, WHO
from channelsim.simulate.kernels.tree import Tree

type Ints = NDArray[np.int64]
type Floats = NDArray[np.float64]

FEW: Final = 24
"""Most unserved of a cell that are drawn one by one; about as quick as counts here."""
_MOST_USED: Final = 2**24
"""Picks that one uniform tells apart, so that each is off its chance by 2^-28 at most."""
MOST_FEW: Final = 2**16 - 1
"""Most that draws can tell apart, since the counter has 16 bits for them."""
UNIT: Final = np.dtype(
    [
        ("row", np.int32),  # row that the consumer came from
        ("first", np.int32),  # slot of the outlet that it chose first
        ("second", np.int32),  # slot of the one that it chose then, -1 where it did not
        ("failed", np.int32),  # 1 where that one had nothing for it either
        ("luck", np.float64),  # uniform of its second choice
    ]
)


@njit(**INLINED)
def _entrant(tree: Tree, node: int, flow: Flow, pick: int) -> int:
    """Take one of a node's entrants out of the flow; return the slot that disappointed it."""
    split = tree.node[node].parent
    depth = tree.node[split].depth
    step = 1 if node == tree.node[split].left else -1
    leaf = (split + step) // 2
    while True:
        slot = tree.spot[leaf].slot
        at = tree.spot[slot].path + depth
        pick -= flow.turned[at]
        if pick < 0:
            flow.turned[at] -= 1
            return int(slot)
        leaf += step


@njit(**INLINED)
def _root_row(flow: Flow, pick: int) -> int:
    """Take one of the root's entrants out of the flow; return its row."""
    row = 0
    while pick >= 0:
        row += 1
        pick -= flow.root[row]
    flow.root[row] -= 1
    return row


@njit(**INNER)
def _claimant(tree: Tree, leaf: int, flow: Flow, u: float, nth: int, place: Any) -> int:
    """Take one of an outlet's claimants out of the flow; return its row."""
    slots, slot, node = len(flow.slot), tree.spot[leaf].slot, 2 * leaf
    among = flow.slot[slot].loyal + flow.slot[slot].stay
    among += flow.node[node].entered + flow.node[node].down
    u *= among
    pick, used, step = int(u), among, SINGLY
    if pick < flow.slot[slot].loyal:
        flow.slot[slot].loyal -= 1
        return int(2 + slot)
    pick -= flow.slot[slot].loyal
    if pick < flow.slot[slot].stay:
        flow.slot[slot].stay -= 1
        return int(2 + slots + slot)
    pick -= flow.slot[slot].stay
    while tree.node[node].parent >= 0:
        if pick < flow.node[node].entered:
            flow.node[node].entered -= 1
            return int(2 + slots + _entrant(tree, node, flow, pick))
        flow.node[node].down -= 1
        node = tree.node[node].parent
        among = flow.node[node].entered + flow.node[node].down
        u, used = u - np.floor(u), used * among
        if used > _MOST_USED:
            step += 1
            u, _ = uniforms(place, WHO, tree.node[2 * leaf].name, step, nth)
            used = among
        u *= among
        pick = int(u)
    flow.node[node].down -= 1
    return _root_row(flow, pick)


@njit(**INNER)
def leave_singly(
    tree: Tree,
    leaves: int,
    flow: Flow,
    unserved: Ints,
    retry: float,
    units: NDArray[Any],
    place: Any,
) -> None:
    """Take the unserved of each outlet out of the flow, and draw who of them tries again.

    `unserved` counts them by slot (K,); `units` receives them, `second` 0 for who tries again.
    """
    found = 0
    for leaf in range(leaves):
        slot = tree.spot[leaf].slot
        for nth in range(unserved[slot]):
            u, v = uniforms(place, WHO, tree.node[2 * leaf].name, SINGLY, nth)
            units[found].row = _claimant(tree, leaf, flow, u, nth, place)
            units[found].first = slot
            units[found].second = 0 if v < retry else -1
            units[found].failed = 0
            units[found].luck = v / retry if retry > 0.0 else 0.0
            found += 1


@njit(**GLUE)
def _choice(weight: Floats, total: float, own: int, pull: float, u: float) -> int:
    """Return the slot chosen by weight, that of `own` changed by `pull`; -1 if nothing is open."""
    last = -1
    rest = u * (total + (weight[own] * pull if own >= 0 else 0.0))
    for slot in range(len(weight)):
        here = weight[slot] + (weight[slot] * pull if slot == own else 0.0)
        if here > 0.0:
            last = slot
            rest -= here
            if rest < 0.0:
                break
    return last


@njit(**INNER)
def choose_singly(
    units: NDArray[Any],
    weight: Floats,
    loyal: float,
    averse: float,
) -> None:
    """Draw the second choices of those who try again, among outlets with weight (K,)."""
    slots, total = len(weight), 0.0
    for slot in range(slots):
        total += weight[slot]
    for i in range(len(units)):
        if units[i].second < 0:
            continue
        own, pull = units[i].row - 2, loyal - 1.0
        if own >= slots:
            own, pull = own - slots, averse - 1.0
        units[i].second = _choice(weight, total, own, pull, units[i].luck)


@njit(**INNER)
def fail_singly(units: NDArray[Any], unserved: Ints, candidate: Ints, place: Any) -> None:
    """Draw for whom of the second choosers of each slot (K,) there is nothing left."""
    for slot in range(len(unserved)):
        rest = 0
        if unserved[slot] > 0:
            for i in range(len(units)):
                rest += units[i].second == slot
        for nth in range(unserved[slot]):
            u, _ = uniforms(place, WHO, candidate[slot], SINGLY, nth)
            _fail(units, slot, int(u * rest))
            rest -= 1


@njit(**INLINED)
def _fail(units: NDArray[Any], slot: int, pick: int) -> None:
    """Leave one of a slot's second choosers who is still served without anything."""
    for i in range(len(units)):
        if units[i].second == slot and units[i].failed == 0:
            if pick == 0:
                units[i].failed = 1
                return
            pick -= 1

"""Diversion deals: every seller in turn looks for its best buyer near by.

A seller looks at places from the nearest on, and in each at its buyers from the dearest on. It
passes over whatever could not beat the best deal so far even if it took all units: the answer is
that of looking at every buyer.
"""

import numpy as np
from numpy.typing import NDArray

from channelsim.simulate.kernels.compiled import compiled

type Ints = NDArray[np.int64]
type Floats = NDArray[np.float64]


@compiled
def _best_deal(
    seller: int,
    place: Ints,
    partner: Ints,
    units: Ints,
    kept: Floats,
    toll: Floats,
    fetched: Floats,
    room: Ints,
    near_start: Ints,
    near: Ints,
    freight: Floats,
    buyer_start: Ints,
    buyers: Ints,
    head: Ints,
    most: float,
) -> tuple[int, int, float]:
    """Return a seller's best buyer (-1 for none), units and freight; `head` skips the full."""
    best, chosen, sold, carried = 0.0, -1, 0, 0.0
    for n in range(near_start[place[seller]], near_start[place[seller] + 1]):
        there = near[n]
        if units[seller] * (most - kept[seller] - freight[n]) - toll[seller] < best:
            break
        while head[there] < buyer_start[there + 1] and room[buyers[head[there]]] <= 0:
            head[there] += 1  # room never grows
        for k in range(head[there], buyer_start[there + 1]):
            buyer = buyers[k]
            gain = fetched[buyer] - kept[seller] - freight[n]
            if units[seller] * gain - toll[seller] < best:
                break
            moved = min(room[buyer], units[seller])
            if moved <= 0 or partner[buyer] == partner[seller]:
                continue
            worth = moved * gain - toll[seller]
            if worth > best or (worth == best and chosen >= 0 and buyer < chosen):
                best, chosen, sold, carried = worth, buyer, moved, freight[n]
    return chosen, sold, carried


@compiled
def strike(
    sellers: Ints,
    place: Ints,
    partner: Ints,
    units: Ints,
    kept: Floats,
    toll: Floats,
    fetched: Floats,
    room: Ints,
    near_start: Ints,
    near: Ints,
    freight: Floats,
    buyer_start: Ints,
    buyers: Ints,
    most: float,
    alone: bool,
) -> tuple[Ints, Ints, Floats]:
    """Return each seller's buyer (-1 for none), units and freight per unit; lower `room` (J,).

    Parameters
    ----------
    sellers
        (M,) outlet rows, in the order in which they choose.
    place, partner, units, kept, toll, fetched
        (J,) place, partner, units for sale, what a unit is worth kept, what a deal is expected to
        cost in fines, and what a unit fetches from the outlet as a buyer.
    near_start, near, freight
        Places around each place from the nearest on, with the freight per unit.
    buyer_start, buyers
        Outlets of each place, those that pay the most first.
    most
        The most that any buyer pays for a unit.
    alone
        Whether each deals as if it were alone, and leaves `room` as it is.
    """
    count = len(sellers)
    chosen = np.full(count, -1, dtype=np.int64)
    sold = np.zeros(count, dtype=np.int64)
    carried = np.zeros(count)
    head = buyer_start.copy()
    for i in range(count):
        chosen[i], sold[i], carried[i] = _best_deal(
            sellers[i], place, partner, units, kept, toll, fetched, room, near_start, near,
            freight, buyer_start, buyers, head, most,
        )  # fmt: skip
        if chosen[i] >= 0 and not alone:
            room[chosen[i]] -= sold[i]
    return chosen, sold, carried

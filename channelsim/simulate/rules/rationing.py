"""Rationing rules: how the maker divides what it can deliver among orders, one row an order."""

import numpy as np

from channelsim.domain.columns import Floats, Ints


def proportional(orders: Ints, weight: Floats, capacity: float | None) -> Ints:
    """Return deliveries: in proportion to order x weight, none above its order (Cachon and
    Lariviere 1999, proportional allocation with weights).

    Parameters
    ----------
    orders
        (J,) units ordered.
    weight
        (J,) priority, > 0.
    capacity
        Units that can be delivered in all; None: unlimited.
    """
    if capacity is None or orders.sum() <= capacity:
        return orders.copy()
    fair = _filled(orders.astype(np.float64), weight, np.floor(capacity))
    return _whole(fair, orders, int(capacity))


def _filled(orders: Floats, weight: Floats, capacity: float) -> Floats:
    """Raise a common level until capacity is used; full orders drop out on the way."""
    given = np.zeros_like(orders)
    hungry = orders > 0
    while capacity > 0 and hungry.any():
        claim = np.where(hungry, orders * weight, 0.0)
        share = capacity * claim / claim.sum()
        full = hungry & (share >= orders)
        if not full.any():
            given[hungry] = share[hungry]
            break
        given[full] = orders[full]
        capacity -= float(orders[full].sum())
        hungry &= ~full
    return given


def _whole(fair: Floats, orders: Ints, capacity: int) -> Ints:
    """Round to whole units that use capacity: largest remainders first, then by row."""
    given = np.floor(fair + 1e-9).astype(np.int64)
    rest = capacity - int(given.sum())
    remainder = np.where(given < orders, fair - given, -1.0)
    first = np.argsort(-remainder, kind="stable")[: max(rest, 0)]
    given[first[remainder[first] > 0]] += 1
    return given

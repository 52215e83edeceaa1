"""Rationing rules: how the maker divides what it can deliver among orders, one row an order.

    proportional    in proportion to orders (Cachon and Lariviere 1999a)
    priority        in proportion to orders x the weight of the partner's tier
    turn_and_earn   in proportion to recent sales, then to orders (Cachon and Lariviere 1999b)
    linear          orders less one common deduction (Cachon and Lariviere 1999a)
    uniform         orders up to one common ceiling (Sprumont 1991; Cachon and Lariviere 1999a)

1999a is Management Science 45(8) 1091, 1999b is 45(5) 685. None gets more than its order.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from channelsim.domain.columns import Floats, Ints


@dataclass(frozen=True, eq=False)
class Claims:
    """What a rationing rule sees, each (J,)."""

    orders: Ints
    """Units ordered."""
    weight: Floats
    """Priority, > 0."""
    earned: Floats
    """Recent sales, units a week."""


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
    fair = _filled(orders.astype(np.float64), orders * weight, np.floor(capacity))
    return _whole(fair, orders, int(capacity))


def by_priority(claims: Claims, capacity: float) -> Ints:
    """Weigh orders by priority."""
    return proportional(claims.orders, claims.weight, capacity)


def by_order(claims: Claims, capacity: float) -> Ints:
    """Treat all orders alike."""
    return proportional(claims.orders, np.ones(len(claims.orders)), capacity)


def turn_and_earn(claims: Claims, capacity: float) -> Ints:
    """Give by recent sales; what those cannot use goes to the others by their orders."""
    orders = claims.orders.astype(np.float64)
    given = _filled(orders, np.where(orders > 0, claims.earned, 0.0), np.floor(capacity))
    rest = np.floor(capacity) - given.sum()
    given += _filled(orders - given, orders - given, rest)
    return _whole(given, claims.orders, int(capacity))


def linear(claims: Claims, capacity: float) -> Ints:
    """Cut every order by the same units, the smallest to nothing."""
    orders = claims.orders.astype(np.float64)
    largest = np.sort(orders)[::-1]
    deduction = (np.cumsum(largest) - np.floor(capacity)) / np.arange(1, len(orders) + 1)
    return _whole(np.maximum(orders - deduction.max(), 0.0), claims.orders, int(capacity))


def uniform(claims: Claims, capacity: float) -> Ints:
    """Fill every order up to the same units: what is asked beyond them gains nothing."""
    orders = claims.orders.astype(np.float64)
    given = _filled(orders, (orders > 0).astype(np.float64), np.floor(capacity))
    return _whole(given, claims.orders, int(capacity))


RULES: dict[str, Callable[[Claims, float], Ints]] = {
    "priority": by_priority,
    "proportional": by_order,
    "turn_and_earn": turn_and_earn,
    "linear": linear,
    "uniform": uniform,
}
MANIPULABLE = frozenset(RULES) - {"uniform"}
"""Rules under which ordering or selling more earns a bigger share (Cachon and Lariviere 1999a, b);
under the others a partner orders what it needs."""


def rationed(name: str, claims: Claims, capacity: float | None) -> Ints:
    """Return deliveries by the rule of that name; all orders where capacity suffices.

    Parameters
    ----------
    capacity
        Units that can be delivered in all; None: unlimited.
    """
    if capacity is None or claims.orders.sum() <= capacity:
        return claims.orders.copy()
    return RULES[name](claims, capacity)


def _filled(orders: Floats, claim: Floats, capacity: float) -> Floats:
    """Raise a common level of claims until capacity is used; full orders drop out on the way."""
    given = np.zeros_like(orders)
    hungry = (orders > 0) & (claim > 0)
    while capacity > 0 and hungry.any():
        asked = np.where(hungry, claim, 0.0)
        share = capacity * asked / asked.sum()
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

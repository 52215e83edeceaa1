"""Ordering rules: up to what stock, on hand and on order, an outlet orders, one row an outlet.

With level m in an average week, season factors A summed over the L weeks that an order must cover
(lead time + review), safety k weeks, and sigma the error of a week's forecast:

    order_up_to   S = m A (1 + k / L)                     every review week
    base_stock    S fixed                                 every review week
    s_S           s = m A (1 + k / L), S = s + m Q        only at or below s
    R_S           S = m A + z sigma sqrt(L)               z the normal quantile of the service level
    newsvendor    S = m A + z sigma sqrt(L)               z that of (p - c) / (p - salvage)

A newsvendor under a target rebate orders the best of several such levels (`rules.newsvendor`). An
outlet holds its reserve on top of all of these.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from channelsim.domain.columns import Bools, Floats, Ints
from channelsim.simulate.rules.newsvendor import Belief, Stakes, best_stock, fractile, stretched

__all__ = ["fractile"]


@dataclass(frozen=True, eq=False)
class Need:
    """What an ordering rule sees, each (N,)."""

    level: Floats
    """Forecast of sales in an average week, units."""
    ahead: Floats
    """Season factors summed over the weeks that the order must cover."""
    weeks: Ints
    """Number of those weeks."""
    safety: Floats
    """Weeks of sales held on top."""
    sigma: Floats
    """Standard deviation of a week's sales about its forecast, units."""
    fixed: Floats
    """Fixed base stock, units."""
    lot: Floats
    """Weeks of sales between reorder point and order-up-to level."""
    service: Floats
    """Chance of no stock-out that is aimed at."""
    price: Floats
    """What a unit sold brings, less what is shared with the maker, money."""
    cost: Floats
    """What a unit costs, money."""
    salvage: Floats
    """What a unit left over is worth, to keep or to give back, money."""
    uniform: Bools
    """Whether demand is believed to be uniform instead of normal."""
    targets: Floats
    """(N, K) sales a week above which a unit brings more, units, ascending; inf: none."""
    extra: Floats
    """(N, K) what a unit sold above each target brings besides, money."""

    def at(self, rows: Ints) -> "Need":
        """Return what some rows see."""
        return Need(**{name: value[rows] for name, value in vars(self).items()})


def up_to(level: Floats, ahead: Floats, weeks: Ints, safety: Floats) -> Floats:
    """Return the stock, on hand and on order, that covers `weeks` weeks and the safety stock, units
    (base stock: Arrow, Karlin and Scarf 1958).

    Parameters
    ----------
    ahead
        (N,) season factors summed over the weeks that the order must cover: lead time + review.
    weeks
        (N,) number of those weeks.
    safety
        (N,) weeks of sales held on top.
    """
    result: Floats = level * ahead * (1 + safety / np.maximum(weeks, 1))
    return result


def order_up_to(need: Need) -> Floats:
    """Cover the weeks ahead as forecast, and the safety stock (Arrow, Karlin and Scarf 1958)."""
    return up_to(need.level, need.ahead, need.weeks, need.safety)


def base_stock(need: Need) -> Floats:
    """Keep one level whatever was sold (Arrow, Karlin and Scarf 1958): orders are sales."""
    return need.fixed


def s_S(need: Need) -> Floats:  # noqa: N802 - the literature's name
    """Order a lot when stock falls to the reorder point (Scarf 1960)."""
    return reorder_point(need) + need.level * need.lot


def reorder_point(need: Need) -> Floats:
    """Return the stock at or below which (s, S) orders (Scarf 1960)."""
    return up_to(need.level, need.ahead, need.weeks, need.safety)


def R_S(need: Need) -> Floats:  # noqa: N802 - the literature's name
    """Order every R weeks up to what suffices with the service level's chance until the next
    delivery (Hadley and Whitin 1963).
    """
    return _normal(need, need.service)


def newsvendor(need: Need) -> Floats:
    """Order what is expected to earn most (Arrow, Harris and Marschak 1951; Taylor 2002)."""
    return best_stock(
        _belief(need),
        Stakes(
            price=need.price,
            cost=need.cost,
            salvage=need.salvage,
            targets=stretched(need.targets, need.weeks),
            extra=need.extra,
        ),
    )


def _normal(need: Need, chance: Floats) -> Floats:
    return _belief(need).quantile(chance)


def _belief(need: Need) -> Belief:
    """Return what is believed of demand over the weeks to cover: sums of several look normal."""
    return Belief(
        mean=need.level * need.ahead,
        sigma=need.sigma * np.sqrt(np.maximum(need.weeks, 1)),
        uniform=need.uniform & (need.weeks <= 1),
    )


RULES: dict[str, Callable[[Need], Floats]] = {
    "order_up_to": order_up_to,
    "base_stock": base_stock,
    "s_S": s_S,
    "R_S": R_S,
    "newsvendor": newsvendor,
}
WAITING = frozenset({"s_S"})
"""Rules that order only at or below the reorder point."""


def order(target: Floats, position: Ints, *, allow_returns: bool = False) -> Ints:
    """Return whole units that bring the position up to the target.

    Parameters
    ----------
    allow_returns
        Whether an order may be negative, as the theory of the bullwhip assumes.
    """
    gap: Ints = np.rint(target).astype(np.int64) - position
    return gap if allow_returns else np.maximum(gap, 0)


def inflated(wanted: Ints, padding: Floats, cut: Floats, pays: bool) -> Ints:
    """Return orders raised by part of the cut that is expected: the rationing game (Lee,
    Padmanabhan and Whang 1997).

    Parameters
    ----------
    wanted
        (N,) units needed.
    padding
        (N,) share of the cut made up for: at 1 a delivery cut like the last one is what is needed.
    cut
        (N,) share of the last order that was not delivered.
    pays
        Whether a bigger order earns a bigger share.
    """
    if not pays or not padding.any():
        return wanted
    kept = 1 - np.minimum(cut, _MOST_CUT)
    result: Ints = np.rint(wanted * (1 + padding * (1 / kept - 1))).astype(np.int64)
    return result


_MOST_CUT = 0.75
"""Nobody orders more than four times its need: the maker would not believe it (assumption)."""


def alarms(position: Ints, level: Floats, ahead: Floats, margin: float) -> Bools:
    """Return which outlets are below their reorder point: sales until a delivery, and a margin.

    Parameters
    ----------
    ahead
        (N,) season factors summed over the lead time.
    margin
        Weeks of sales on top.
    """
    result: Bools = position < level * (ahead + margin)
    return result

"""How goods reach outlets: the season ahead, shipments, deliveries, stock of long trading."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

import numpy as np

from channelsim.domain.columns import Bools, Floats, Ints
from channelsim.simulate.firms import Outlets
from channelsim.simulate.rules import ordering, rationing
from channelsim.simulate.trade import Trade

if TYPE_CHECKING:
    from channelsim.simulate.sites import Sites


class Stocked(Protocol):
    """Who holds stock, N rows."""

    @property
    def lead(self) -> Ints:
        """(N,) weeks from order to delivery."""

    @property
    def review(self) -> Ints:
        """(N,) weeks between orders."""

    @property
    def safety(self) -> Floats:
        """(N,) weeks of sales held as safety stock."""


type FullStock = Callable[[Floats, int], Floats]
"""Forecasts (J,) and a week -> the stock, on hand and on order, that outlets order up to (J,)."""


def season_ahead(season: Floats, week: int, weeks: Ints) -> Floats:
    """Return the sum of season factors over the next `weeks` weeks (J,), this one included."""
    year = len(season)
    years = 2 + int(weeks.max(initial=0)) // year
    sums = np.concatenate([[0.0], np.cumsum(np.tile(season, years))])
    at = week % year
    result: Floats = sums[at + weeks] - sums[at]
    return result


def ship(
    outlets: Outlets,
    trade: Trade,
    priority: Floats,
    capacity: float | None,
    week: int,
    rule: str = "priority",
    turn: Floats | None = None,
    sites: "Sites | None" = None,
) -> None:
    """Ship from the plant what outlets and warehouses ordered, rationed within the week's capacity.

    What cannot be shipped is not owed: the outlet orders again at its next turn.

    Parameters
    ----------
    priority
        (P,) weight of a partner's orders.
    capacity
        Units that can be shipped in all; None: unlimited.
    rule
        Rationing rule.
    turn
        (J,) recent sales, for the rule that goes by them.
    sites
        Warehouses, which order beside the outlets that they do not serve.
    """
    already = int(outlets.shipped.sum())
    earned = np.zeros(len(outlets.ordered)) if turn is None else turn
    claims = rationing.Claims(outlets.ordered, priority[trade.partner], earned)
    if sites is not None:
        already -= sites.served
        claims = sites.claims(claims, priority)
    room = None if capacity is None else max(capacity - already, 0.0)
    sent = rationing.rationed(rule, claims, room)
    count = len(outlets.ordered)
    send(outlets, trade, sent[:count], week)
    if sites is not None:
        sites.take(sent[count:], week)


def send(outlets: Outlets, trade: Trade, sent: Ints, week: int) -> None:
    """Put units (J,) on their way to outlets."""
    outlets.shipped += sent
    slots = len(outlets.transit)
    outlets.transit[(week + trade.lead) % slots, np.arange(len(sent))] += sent


def receive(outlets: Outlets, week: int) -> None:
    """Take in what arrives this week."""
    due = outlets.transit[week % len(outlets.transit)]
    outlets.stock += due
    outlets.arrived += due
    due[:] = 0


def standing_stock(
    trade: Stocked, level: Floats, season: Floats, which: Bools, full: FullStock | None = None
) -> tuple[Ints, Ints]:
    """Return what outlets that have long sold `level` a week (J,) hold when week 0 begins.

    Parameters
    ----------
    full
        The stock that they order up to; by order-up-to with safety stock by default.

    Returns
    -------
    Units on hand (J,), and under way by week of arrival (L + 1, J).
    """
    rows = np.arange(len(level))
    level = np.where(which, level, 0.0)
    waited = (rows - 1) % trade.review + 1
    position = np.zeros(len(level))
    for weeks in np.unique(waited):
        goal = (full or _full_stock(trade, season))(level, -int(weeks))
        position = np.where(waited == weeks, goal, position)
    position = position - level * _season_past(season, waited)
    transit = np.zeros((int(trade.lead.max(initial=0)) + 1, len(level)), dtype=np.int64)
    placed = waited
    while (on_way := placed <= trade.lead).any():
        since = _season_past(season, placed + trade.review) - _season_past(season, placed)
        arrival = np.where(on_way, trade.lead - placed, 0)
        transit[arrival, rows] += np.rint(np.where(on_way, level * since, 0.0)).astype(np.int64)
        placed = placed + trade.review
    hand = np.rint(position).astype(np.int64) - transit.sum(axis=0)
    return np.maximum(hand, 0), transit


def _season_past(season: Floats, weeks: Ints) -> Floats:
    """Return the sum of season factors over the `weeks` weeks (J,) before week 0."""
    return season_ahead(season[::-1], 0, weeks)


def _full_stock(trade: Stocked, season: Floats) -> FullStock:
    weeks = trade.lead + trade.review

    def full(level: Floats, week: int) -> Floats:
        return ordering.up_to(level, season_ahead(season, week, weeks), weeks, trade.safety)

    return full

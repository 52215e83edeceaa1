"""How goods reach outlets: forecasts, orders, shipments, deliveries, and a new outlet's stock."""

import numpy as np

from channelsim.domain.columns import Bools, Floats, Ints
from channelsim.simulate.firms import Outlets
from channelsim.simulate.rules import ordering, rationing
from channelsim.simulate.trade import Trade


def season_ahead(season: Floats, week: int, weeks: Ints) -> Floats:
    """Return the sum of season factors over the next `weeks` weeks (J,), this one included."""
    year = len(season)
    years = 2 + int(weeks.max(initial=0)) // year
    sums = np.concatenate([[0.0], np.cumsum(np.tile(season, years))])
    at = week % year
    result: Floats = sums[at + weeks] - sums[at]
    return result


def full_stock(trade: Trade, level: Floats, season: Floats, week: int) -> Floats:
    """Return the stock, on hand and on order, that outlets with a forecast (J,) order up to."""
    weeks = trade.lead + trade.review
    ahead = season_ahead(season, week, weeks)
    return ordering.order_up_to(level, ahead, weeks, trade.safety)


def forecast(outlets: Outlets, last_season: float) -> None:
    """Learn from what was asked for last week."""
    outlets.level = np.where(
        outlets.is_open,
        ordering.smoothed(outlets.level, outlets.asked, last_season),
        outlets.level,
    )


def order(outlets: Outlets, trade: Trade, season: Floats, week: int) -> None:
    """Order up to the target where the outlet's turn to order has come.

    Turns are staggered by row, so that not every outlet orders in the same week.
    """
    outlets.target = full_stock(trade, outlets.level, season, week)
    turn = (week + np.arange(len(trade.review))) % trade.review == 0
    wanted = ordering.order(outlets.target, outlets.position)
    outlets.ordered[:] = np.where(turn & outlets.is_open, wanted, 0)


def ship(
    outlets: Outlets, trade: Trade, priority: Floats, capacity: float | None, week: int
) -> None:
    """Ship what was ordered, rationed by priority (P,) within the week's capacity.

    What cannot be shipped is not owed: the outlet orders again at its next turn.
    """
    already = int(outlets.shipped.sum())
    room = None if capacity is None else max(capacity - already, 0.0)
    sent = rationing.proportional(outlets.ordered, priority[trade.partner], room)
    outlets.shipped += sent
    slots = len(outlets.transit)
    outlets.transit[(week + trade.lead) % slots, np.arange(len(sent))] += sent


def receive(outlets: Outlets, week: int) -> None:
    """Take in what arrives this week."""
    due = outlets.transit[week % len(outlets.transit)]
    outlets.stock += due
    outlets.arrived += due
    due[:] = 0


def stock_first(
    outlets: Outlets, trade: Trade, which: Bools, expected: Floats, season: Floats, week: int
) -> None:
    """Fill the shelves of outlets that open (J,): what they are expected to need (J,), at once."""
    outlets.level = np.where(which, expected, outlets.level)
    factor = season[(week - 1) % len(season)]
    outlets.asked = np.where(which, expected * factor, outlets.asked)
    first = np.rint(full_stock(trade, outlets.level, season, week)).astype(np.int64)
    first = np.where(which, first, 0)
    outlets.stock += first
    outlets.arrived += first
    outlets.shipped += first


def standing_stock(trade: Trade, level: Floats, season: Floats, which: Bools) -> tuple[Ints, Ints]:
    """Return what outlets that have long sold `level` a week (J,) hold when week 0 begins.

    Returns
    -------
    Units on hand (J,), and under way by week of arrival (L + 1, J).
    """
    rows = np.arange(len(level))
    level = np.where(which, level, 0.0)
    waited = (rows - 1) % trade.review + 1
    position = np.zeros(len(level))
    for weeks in np.unique(waited):
        goal = full_stock(trade, level, season, -int(weeks))
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

"""Goods on their way: seasons, standing stock, orders, deliveries."""

from dataclasses import replace

import numpy as np
import pytest

from channelsim.simulate import supply
from channelsim.simulate.channel import Channel
from channelsim.simulate.trade import Trade
from tests.instances import tiny

FLAT = np.ones(52)
NORTH_A = 1


def trade_with(lead, review, safety=2.0):
    case = tiny()
    kinds = tuple(replace(k, review_weeks=review, stock_weeks=safety) for k in case.channel_types)
    rows = tuple(replace(c, lead_time=lead) for c in case.candidates)
    case = case.replace(channel_types=kinds, candidates=rows)
    return Trade.of(case, case.today)


def test_the_season_ahead_runs_over_the_years_end():
    season = np.arange(52.0)
    ahead = supply.season_ahead(season, 51, np.array([0, 1, 3]))
    np.testing.assert_array_equal(ahead, [0.0, 51.0, 52.0])


def test_weeks_count_from_the_years_start_again():
    season = np.arange(52.0)
    one, two = (supply.season_ahead(season, week, np.array([4])) for week in (3, 55))
    assert one == two


@pytest.mark.parametrize(
    ("lead", "review", "hand"),
    [
        (0, 1, 200),  # two weeks of safety; the week's order arrives at once
        (1, 1, 200),  # the same, one order of 100 under way
        (3, 1, 200),
        (1, 2, 200),  # row 1 ordered last week, and that order arrives now
    ],
)
def test_standing_stock(lead, review, hand):
    level = np.full(5, 100.0)
    stock, transit = supply.standing_stock(trade_with(lead, review), level, FLAT, level > 0)
    assert stock[NORTH_A] == hand
    if lead:
        assert transit[:, NORTH_A].sum() == 100 * (lead if review == 1 else review)


@pytest.mark.parametrize("lead", [0, 1, 2, 5])
@pytest.mark.parametrize("review", [1, 2, 4])
def test_standing_stock_stays_where_it_is(lead, review):
    case = tiny()
    case = case.replace(
        channel_types=tuple(replace(k, review_weeks=review) for k in case.channel_types),
        candidates=tuple(replace(c, lead_time=lead) for c in case.candidates),
    )
    channel = Channel(case, case.today)
    outlets, trade = channel.outlets, channel.trade
    level = np.rint(outlets.level)
    outlets.level, outlets.asked = level, level
    outlets.stock, outlets.transit = supply.standing_stock(trade, level, FLAT, outlets.is_open)
    seen = []
    for week in range(12):
        outlets.new_week()
        channel.replenishment.order(outlets, week)
        supply.ship(outlets, trade, np.ones(3), None, week)
        supply.receive(outlets, week)
        outlets.sell(level * outlets.is_open, level, trade.capacity)
        seen.append(outlets.stock[NORTH_A])
    assert min(seen) >= 0
    assert seen[:review] * (12 // review) == seen


def test_resources_bound_the_safety_stock_of_who_buys_the_goods():
    case = tiny()
    case = case.replace(partners=tuple(replace(p, resources_weeks=0.5) for p in case.partners))
    trade = Trade.of(case, case.today)
    assert trade.safety.tolist() == [3.0, 0.5, 0.5, 0.5, 3.0]


def test_deliveries_arrive_after_the_lead_time():
    case = tiny().replace(candidates=tuple(replace(c, lead_time=2) for c in tiny().candidates))
    channel = Channel(case, case.today)
    outlets, trade = channel.outlets, channel.trade
    outlets.stock[:], outlets.transit[:] = 0, 0
    outlets.ordered[NORTH_A] = 40
    supply.ship(outlets, trade, np.ones(3), None, 0)
    arrivals = []
    for week in range(4):
        outlets.new_week()
        supply.receive(outlets, week)
        arrivals.append(int(outlets.arrived[NORTH_A]))
    assert arrivals == [0, 0, 40, 0]

"""The maker's plant: standing stock, production under way, and what it can ship."""

from dataclasses import replace

import numpy as np
import pytest

from channelsim.domain.supply import Supply
from channelsim.simulate.channel import Channel
from channelsim.simulate.information import News
from channelsim.simulate.plant import Plant
from tests.instances import tiny
from tests.simulate.cases import steady


def plant(sold=100.0, **supply):
    return Plant(tiny().replace(supply=Supply(production="to_stock", **supply)), sold)


@pytest.mark.parametrize("weeks", [0, 1, 3])
def test_long_trading_leaves_the_safety_stock_and_a_week_of_production_a_week(weeks):
    found = plant(production_weeks=weeks, safety_weeks=2.0)
    assert found.first_stock() == 200
    assert found.under_way == 100 * weeks


@pytest.mark.parametrize("weeks", [0, 1, 3])
def test_steady_demand_keeps_production_steady(weeks):
    found = plant(production_weeks=weeks, safety_weeks=2.0)
    stock = found.first_stock()
    for week in range(8):
        found.run(week, stock)
        stock += found.finished - 100
        assert (found.finished, stock) == (100, 200)
        found.learn(News(week, demand=100.0, orders=100.0, needs=0.0))


def test_production_starts_within_capacity():
    found = plant(production_weeks=1, production_capacity=60.0)
    assert found.start(0, 0) == 60


def test_known_needs_stand_for_the_first_week():
    case = tiny().replace({"policy.information": "inventory", "supply.production": "to_stock"})
    found = Plant(case, 100.0)
    found.learn(News(0, demand=100.0, orders=100.0, needs=130.0))
    # needs 130, a week of 100, a week of safety; 100 under way
    assert found.start(1, 150) == 130 + 100 + 100 - 150 - 100


def test_what_is_not_finished_cannot_be_shipped():
    case = steady(10).replace({"supply.production": "to_stock"})
    case = case.replace({"supply.production_capacity": 3000.0})
    channel = Channel(case, case.today)
    for _ in range(20):
        channel.step()
    assert channel.outlets.shipped.sum() == 3000
    assert channel.maker.stock == 0


def test_holding_finished_goods_costs_the_maker_where_a_rate_is_given():
    case = steady(1).replace({"supply.production": "to_stock"})
    dear = case.replace({"supply.holding_rate": 0.01})
    free, paid = (Channel(c, c.today) for c in (case, dear))
    for channel in (free, paid):
        channel.step()
    cost = 0.01 * case.economics.unit_cost * paid.maker.stock
    assert paid.ledger.by_kind["finished goods"] == pytest.approx(cost)
    profit = [c.recorder.realised(c).profit for c in (free, paid)]
    assert profit[0] - profit[1] == pytest.approx(cost)
    assert "finished goods" not in free.ledger.by_kind


def test_an_order_costs_whoever_places_it():
    case = steady(1).replace({"supply.order_cost": 40.0, "policy.digitisation": 0.25})
    channel = Channel(case, case.today)
    channel.step()
    placed = (channel.outlets.ordered > 0).sum()
    assert placed > 0
    assert channel.ledger.by_kind["ordering"] == 30.0 * placed
    plain = Channel(steady(1), case.today)
    plain.step()
    np.testing.assert_allclose(
        plain.books.profit - channel.books.profit, 30.0 * (channel.outlets.ordered > 0)
    )


def test_digitisation_costs_the_maker():
    case = tiny().replace({"supply.digitisation_cost": 80.0, "policy.digitisation": 0.5})
    channel = Channel(case, case.today)
    channel.step()
    assert channel.ledger.by_kind["digitisation"] == 40.0
    plain = Channel(tiny(), case.today)
    plain.step()
    costs = [c.recorder.realised(c).governance for c in (channel, plain)]
    assert costs[0] - costs[1] == pytest.approx(40.0)


def test_stock_of_the_maker_is_there_from_the_start():
    case = tiny().replace(supply=replace(tiny().supply, production="to_stock"))
    assert Channel(case, case.today).maker.stock > 0
    assert Channel(tiny(), case.today).maker.stock == 0

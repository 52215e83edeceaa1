"""T07: one order against demand that swings (Lariviere & Porteus 2001; Pasternack 1985; Cachon &
Lariviere 2005).

Orders and profits are deterministic, worked out at 20,000 quantiles of demand: to 1e-4. The runs
that are set beside them are single paths.
"""

import numpy as np
import pytest

from channelsim.simulate.run import simulate
from channelsim.simulate.season import season_point
from channelsim.study.theory_inventory import (
    bought_back,
    buy_back,
    newsvendor,
    revenue_sharing,
    wholesale_alone,
)
from scenarios.builder import inventory

MILLION = 1e6
UNIFORM = [(10.0, 4.0, 100.0), (1.0, 0.2, 40.0), (25.0, 15.0, 300.0)]
"""Price, cost and most demand: the printed case first."""


@pytest.mark.parametrize(("price", "cost", "top"), UNIFORM)
def test_a_wholesale_price_alone_earns_three_quarters(price, cost, top):
    best = top * (price - cost) / price
    profit = (price - cost) ** 2 * top / (2 * price)
    found = wholesale_alone(inventory.wholesale_alone(price, cost, top))
    assert found["integrated order"] == pytest.approx(best, rel=1e-4)
    assert found["integrated profit"] == pytest.approx(profit, rel=1e-4)
    assert found["wholesale"] == pytest.approx((price + cost) / 2, rel=1e-4)
    assert found["order"] == pytest.approx(best / 2, rel=1e-4)
    assert found["maker"] == pytest.approx(profit / 2, rel=1e-4)
    assert found["retailer"] == pytest.approx(profit / 4, rel=1e-4)
    assert found["efficiency"] == pytest.approx(0.75, rel=1e-4)


@pytest.mark.parametrize("kept", [0.6, 0.25, 0.9])
def test_a_shared_revenue_coordinates_and_divides(kept):
    found = revenue_sharing(inventory.revenue_sharing(10.0, 4.0, 100.0, kept))
    assert found["order"] == pytest.approx(60.0, rel=1e-4)
    assert found["retailer"] == pytest.approx(kept * 180.0, rel=1e-4)
    assert found["maker"] == pytest.approx((1 - kept) * 180.0, rel=1e-4)


@pytest.mark.parametrize(("price", "cost", "top"), UNIFORM)
def test_a_shared_revenue_and_a_buy_back_pay_the_same_in_every_week(price, cost, top):
    case = inventory.revenue_sharing(price, cost, top, 0.6)
    runs = [
        simulate(each, each.today, seed=3, weeks=30, record=("total", "partner"))
        for each in (case, bought_back(case))
    ]
    retailer, channel = (
        [run.weekly("profit", level) for run in runs] for level in ("partner", "total")
    )
    np.testing.assert_allclose(retailer[0], retailer[1], rtol=1e-9)
    np.testing.assert_allclose(channel[0], channel[1], rtol=1e-9)
    assert retailer[0].std() > 0.1 * abs(retailer[0].mean())


@pytest.mark.parametrize("wholesale", [6.0, 4.5, 8.5])
def test_pasternacks_buy_back_coordinates(wholesale):
    back = 10 - (10 - wholesale) * 10 / 6
    case = inventory.buy_back(
        10.0, 4.0, wholesale, **inventory.uniform(100.0), back=back, name="pasternack"
    )
    found = buy_back(case)
    assert found["order"] == pytest.approx(60.0, rel=1e-4)
    assert found["retailer's share"] == pytest.approx((10 - back) / 10, rel=1e-4)


@pytest.mark.parametrize(
    ("mean", "deviation", "order"),
    [
        (100.0, 20.0, 108.6145),  # as printed: 100 + 0.430727 x 20
        (50.0, 5.0, 52.15364),
        (1000.0, 300.0, 1129.2182),
    ],
)
def test_pasternacks_buy_back_under_normal_demand(mean, deviation, order):
    case = inventory.buy_back(
        10.0, 4.0, 6.0, mean=mean, deviation=deviation, law="normal", salvage=1.0, back=4.0,
        name="pasternack_normal",
    )  # fmt: skip
    found = buy_back(case)
    assert found["order"] == pytest.approx(order, rel=1e-4)
    assert found["retailer's share"] == pytest.approx(2 / 3, rel=1e-4)


@pytest.mark.parametrize(
    ("short", "over", "z", "density"),
    [
        (18.0, 2.0, 1.2815516, 0.1754983),  # stockpyl's documented case
        (1.0, 1.0, 0.0, 0.3989423),
        (3.0, 1.0, 0.6744898, 0.3177766),
    ],
)
def test_a_newsvendors_order_and_what_not_knowing_demand_costs(short, over, z, density):
    found = newsvendor(inventory.newsvendor(short, over, 120.0, 10.0))
    assert found["order"] == pytest.approx(120 + 10 * z, rel=1e-4)
    assert found["cost of not knowing"] == pytest.approx((short + over) * 10 * density, rel=1e-4)


@pytest.mark.parametrize(
    "case",
    [
        inventory.wholesale_alone(10.0, 4.0, 100.0),
        inventory.revenue_sharing(10.0, 4.0, 100.0, 0.6),
        inventory.target_rebate(10.0, 4.0, 5.0, 100.0, 52.0),
    ],
    ids=lambda case: case.name,
)
def test_runs_earn_what_a_season_is_expected_to(case):
    """200 weeks: within four standard errors, which chance leaves once in 16,000."""
    run = simulate(case, case.today, seed=1, weeks=200, record=("total", "partner"))
    found = season_point(case)
    for level, expected in (
        ("partner", found.partner_profit[0]),
        ("total", found.maker_profit),
    ):
        weekly = run.weekly("profit", level)[:, 0] / MILLION
        error = 4 * weekly.std() / np.sqrt(len(weekly))
        assert weekly.mean() == pytest.approx(expected / MILLION, abs=max(error, 1e-5))

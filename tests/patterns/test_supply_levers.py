"""Levers of supply and information move their outcomes as the literature says.

Every pair of runs meets the same consumers (common random numbers); the sign of the mean difference
is tested one-sided, by Student's test on paired replications.
"""

from dataclasses import replace

import numpy as np
import pytest

from channelsim.simulate.run import simulate
from tests.patterns.contrast import higher
from tests.patterns.markets import NORTH, chain
from tests.simulate.cases import steady

REPLICATIONS = 8
LAST = ("bullwhip", "production_bullwhip", "inventory_turnover")
"""Measures that run on: the last week's says all."""


def seen(case, measure, weeks=52, level="total", row=0):
    """Return a measure of each replication."""
    runs = (
        simulate(case, case.today, seed=3, replication=r, weeks=weeks, record=("total", "partner"))
        for r in range(REPLICATIONS)
    )
    series = [run.weekly(measure, level)[:, row] for run in runs]
    return np.array([s[-1] if measure in LAST else s.mean() for s in series])


def falls(before, after):
    """Whether the mean is lower after than before, at 1%."""
    return higher(after, before)


def test_sharing_sell_out_lowers_the_bullwhip_of_production():
    # Chen, Drezner, Ryan and Simchi-Levi 2000; Lee, So and Tang 2000
    case = chain()
    shared = case.replace({"policy.information": "sell_out"})
    assert falls(seen(case, "production_bullwhip"), seen(shared, "production_bullwhip"))


@pytest.mark.parametrize(("lead", "weeks"), [(1, 0), (0, 0)])
def test_a_much_shorter_lead_time_lowers_it_more(lead, weeks):
    # the bullwhip grows with the square of the lead time (Chen et al. 2000). At the plant sharing
    # is worth more than half the 10 weeks to dealers and through the plant: it leaves 5.9, where
    # 5 weeks leave 10.5, 3 weeks 6.4 and 2 weeks 4.9 (not surely less); 1 week leaves 3.7
    long, short = chain(lead=6, weeks=4), chain(lead=lead, weeks=weeks)
    shared = long.replace({"policy.information": "sell_out"})
    assert falls(seen(shared, "production_bullwhip"), seen(short, "production_bullwhip"))


def test_half_the_lead_time_lowers_the_bullwhip_of_orders_and_sharing_does_not():
    # what dealers order follows their own forecasts (Chen et al. 2000; Cachon and Fisher 2000)
    long, short = chain(lead=6, weeks=4), chain(lead=3, weeks=2)
    told = long.replace({"policy.information": "sell_out"})
    before, shared, halved = (seen(case, "bullwhip", weeks=26) for case in (long, told, short))
    assert falls(shared, halved)
    assert not falls(before, shared)


@pytest.mark.parametrize("rule", ["exponential_smoothing", "moving_average"])
def test_a_shorter_lead_time_lowers_the_bullwhip_of_orders(rule):
    # Chen, Drezner, Ryan and Simchi-Levi 2000
    near, far = chain(lead=1, forecasting=rule), chain(lead=4, forecasting=rule)
    assert falls(seen(far, "bullwhip"), seen(near, "bullwhip"))


def test_a_longer_memory_lowers_the_bullwhip():
    # Chen, Drezner, Ryan and Simchi-Levi 2000: 1 + 2L/p + 2(L/p)^2 falls with p
    short, long = (chain(forecasting="moving_average", forecast_window=p) for p in (3, 12))
    assert falls(seen(short, "bullwhip"), seen(long, "bullwhip"))


def test_a_fixed_base_stock_removes_the_bullwhip():
    # without forecast updating orders are sales (Lee, Padmanabhan and Whang 1997)
    ratio = seen(chain(ordering="base_stock"), "bullwhip")
    assert ratio == pytest.approx(np.ones(REPLICATIONS), abs=0.15)


def test_ordering_in_lots_raises_the_bullwhip():
    # order batching (Lee, Padmanabhan and Whang 1997)
    each_week, lots = chain(), chain(ordering="s_S")
    assert falls(seen(lots, "bullwhip"), seen(each_week, "bullwhip"))


def short_of(case, capacity):
    return case.replace({"economics.supply_capacity": capacity})


def test_turn_and_earn_raises_orders_of_partners_in_shortage():
    # who orders or sells more earns more of what is short; under uniform rationing asking for more
    # gains nothing (Cachon and Lariviere 1999a, b)
    case = short_of(steady(1), 700.0)
    case = case.replace(partners=tuple(replace(p, inflate=1.0) for p in case.partners))
    uniform, turn = (
        case.replace({"policy.rationing": rule}) for rule in ("uniform", "turn_and_earn")
    )
    orders = [seen(c, "orders", level="partner", row=NORTH) for c in (turn, uniform)]
    assert falls(*orders)


def test_the_rationing_game_raises_orders_in_shortage_alone():
    # Lee, Padmanabhan and Whang 1997
    honest = steady(1)
    playing = honest.replace(partners=tuple(replace(p, inflate=1.0) for p in honest.partners))
    assert falls(seen(short_of(playing, 700.0), "orders"), seen(short_of(honest, 700.0), "orders"))
    np.testing.assert_array_equal(seen(playing, "orders"), seen(honest, "orders"))


def test_more_safety_stock_raises_the_fill_rate():
    # Silver, Pyke and Peterson 1998
    scant = steady(0.05)
    types = tuple(replace(k, stock_weeks=0.1) for k in scant.channel_types)
    ample = tuple(replace(k, stock_weeks=1.0) for k in scant.channel_types)
    scant, ample = (scant.replace(channel_types=rows) for rows in (types, ample))
    assert falls(seen(ample, "fill_rate"), seen(scant, "fill_rate"))


def test_more_safety_stock_lowers_turnover_and_alarms():
    scant, ample = (
        steady(0.05).replace({"channel_types.dealer.stock_weeks": weeks}) for weeks in (0.5, 3.0)
    )
    for measure in ("inventory_turnover", "stock_alarms"):
        assert falls(seen(scant, measure), seen(ample, measure))


def test_noise_in_reports_raises_the_bullwhip_of_production_and_costs_sales():
    # wrong orders upstream (Lee, Padmanabhan and Whang 1997)
    case = chain().replace({"supply.safety_weeks": 0.1})
    noisy = case.replace({"policy.information_noise": 0.5})
    assert falls(seen(noisy, "production_bullwhip"), seen(case, "production_bullwhip"))
    assert falls(seen(case, "units"), seen(noisy, "units"))


def test_inflated_reports_after_cut_deliveries_make_the_maker_hold_more():
    # strategic distortion (Lee, Padmanabhan and Whang 1997)
    case = chain().replace({"policy.information_noise": 0.5})
    distorted = case.replace({"policy.distortion": 1.0})
    assert falls(seen(distorted, "maker_stock"), seen(case, "maker_stock"))


def test_digitisation_lowers_what_orders_cost_partners():
    case = steady(1).replace({"supply.order_cost": 50.0})
    digital = case.replace({"policy.digitisation": 0.8})
    assert falls(seen(digital, "partner_profit"), seen(case, "partner_profit"))


def test_meetings_steady_forecasts_and_lower_the_bullwhip():
    # contact tells partners what to expect (Mohr and Nevin 1990): news teaches them less
    case = chain()
    met = case.replace({"policy.meeting_weeks": 2})
    assert falls(seen(case, "bullwhip"), seen(met, "bullwhip"))


def test_market_research_takes_noise_out_of_production_and_costs_money():
    # independent looks at what partners sell (Stiglitz 1975)
    case = chain().replace({"policy.information_noise": 0.5})
    known = case.replace({"policy.market_research": 9.0, "policy.research_unit": 1.0})
    assert falls(seen(case, "production_bullwhip"), seen(known, "production_bullwhip"))
    dear = case.replace({"policy.market_research": 5e6, "policy.research_unit": 1e12})
    spent = seen(dear, "governance") - seen(case, "governance")
    assert spent == pytest.approx(np.full(REPLICATIONS, 5e6))

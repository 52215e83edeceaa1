from dataclasses import replace

import numpy as np
import pytest

from channelsim.domain.measures import planned
from channelsim.domain.policy import Economics
from channelsim.optimise.assignment import assign
from channelsim.optimise.incentives import allocate
from channelsim.optimise.scenario_inputs import scenario_inputs
from tests.instances import tiny

EVERYTHING = np.ones(5, dtype=bool)


def flows_of(scenario, is_open=EVERYTHING):
    inputs, nodes = scenario_inputs(scenario)
    return nodes.flows(assign(inputs, is_open))


def plan_of(scenario, budget, is_open=EVERYTHING):
    return allocate(scenario, is_open, flows_of(scenario, is_open), budget)


def spend_of(plan):
    return {row.partner: row.value for row in plan.rows}


def test_tiny_by_hand():
    # north sells 700/3 at 24.5 in A and B and 80 at 23.5 in D: 7596 2/3 a week; south 320 at 23.5:
    # 7520. Marginal returns M 0.1 / (100 + w) meet where 700 is split as 7596 2/3 to 7520.
    plan = plan_of(tiny(), 500.0)
    assert spend_of(plan) == pytest.approx({"north": 251.775083, "south": 248.224917})
    assert plan.multiplier == pytest.approx(0.1 * (7596 + 2 / 3 + 7520) / 700 - 1)
    assert (plan.method, plan.error_bound) == ("water-filling", 0.0)


def test_gain_is_what_the_measures_say():
    scenario = tiny()
    flows, plan = flows_of(scenario), plan_of(scenario, 500.0)
    before = planned(scenario, scenario.today.of(c.id for c in scenario.candidates), flows)
    layout = scenario.today.of(c.id for c in scenario.candidates)
    after = planned(scenario, layout.replace(incentives=plan.spend), flows)
    assert after.profit - before.profit == pytest.approx(plan.gain)


def test_money_is_left_over_where_it_earns_too_little():
    plan = plan_of(tiny(), 5000.0)
    assert spend_of(plan) == pytest.approx({"north": 659.6666667, "south": 652.0})
    assert plan.multiplier == 0.0
    assert all(row.marginal == pytest.approx(0.0) for row in plan.rows)


def test_only_open_partners_are_paid():
    plan = plan_of(tiny(), 500.0, np.array([True, True, False, False, True]))
    assert set(spend_of(plan)) == {"north"}


def test_lifted_sales_stay_within_capacity():
    # 80 units of north-d leave room for a rise by a sixteenth: 0.1 ln(1 + w / 100) = 1/16
    scenario = tiny().replace({"candidates.north-d.capacity": 85.0})
    plan = plan_of(scenario, 5000.0)
    assert spend_of(plan)["north"] == pytest.approx(100 * (np.exp(0.625) - 1))


def test_least_spend_is_kept_up():
    responses = tuple(
        replace(r, min_spend=300.0 * (r.partner == "south")) for r in tiny().responses
    )
    plan = plan_of(tiny().replace(responses=responses), 500.0)
    assert spend_of(plan) == pytest.approx({"north": 200.0, "south": 300.0})


def test_short_supply_calls_for_the_pieces():
    scenario = tiny().replace(economics=Economics(40.0, supply_capacity=1050.0))
    flows, plan = flows_of(scenario), plan_of(scenario, 5000.0)
    layout = scenario.today.of(c.id for c in scenario.candidates)
    after = planned(scenario, layout.replace(incentives=plan.spend), flows)
    assert plan.method == "piecewise linear"
    assert after.units == pytest.approx(1050.0)
    assert 0 <= plan.error_bound <= 1e-4 * plan.gain


@pytest.mark.parametrize("budget", [0.0, 500.0])
def test_without_responses_or_money_there_is_no_plan(budget):
    scenario = tiny() if budget == 0 else tiny().replace(responses=())
    plan = plan_of(scenario, budget)
    assert (plan.method, plan.rows, plan.gain) == ("none", (), 0.0)

"""Plans whose consumers choose, against every layout and against the simulator's own demand."""

import math
from dataclasses import replace

import numpy as np
import pytest

from channelsim.domain.demand import expected_flows
from channelsim.errors import BadValue
from channelsim.optimise.plan import SolveLimits
from channelsim.optimise.recommend import recommend
from channelsim.optimise.scenario_inputs import scenario_inputs
from channelsim.optimise.settle import settle
from tests.instances import tiny
from tests.optimise.chooser import best
from tests.optimise.oracle import Enumerated
from tests.optimise.small import small_scenario
from tests.optimise.small_limits import LIMITS, limited_scenario, some_limits

ALL = 1 << 7
OF_PLANNERS = ("single_source", "contiguous_km", "max_imbalance")
SHARED = {"exclusive_territories": False}
FREE = tuple(name for name in LIMITS if name not in OF_PLANNERS)


def settled(scenario, layouts=None):
    limits = SolveLimits(gap=0.0, layouts=layouts)
    return settle(scenario, *scenario_inputs(scenario, "choice"), limits)


def is_best_of_all(scenario, layouts=None):
    every, found = Enumerated(scenario), settled(scenario, layouts)
    most = best(every)
    if most == -math.inf:
        assert (found.plan, found.status) == (None, "infeasible")
        return
    assert found.status == "optimal"
    assert every.meets(found.plan.is_open)
    assert found.plan.holds_cap
    assert found.plan.objective == pytest.approx(most, rel=1e-6)
    assert found.plan.bound >= most - 1e-6 * abs(most)


@pytest.mark.parametrize("seed", range(5000, 5060))
def test_the_best_of_all_layouts(seed):
    is_best_of_all(small_scenario(seed, **SHARED))


@pytest.mark.parametrize("seed", range(5100, 5140))
def test_the_best_where_the_solver_gives_one_layout_after_the_other(seed):
    is_best_of_all(small_scenario(seed, **SHARED), layouts=ALL)


@pytest.mark.parametrize("seed", range(5500, 5504))
@pytest.mark.parametrize("name", FREE)
def test_each_limit_alone_is_met_at_least_cost(name, seed):
    is_best_of_all(limited_scenario(seed, (name,), **SHARED))


@pytest.mark.parametrize("seed", range(5600, 5620))
def test_limits_together_are_met_at_least_cost(seed):
    is_best_of_all(limited_scenario(seed, some_limits(seed, FREE), **SHARED), layouts=ALL)


@pytest.mark.parametrize("seed", range(5300, 5310))
def test_a_planned_sale_is_an_expected_one(seed):
    scenario = small_scenario(seed, **SHARED)
    roomy = tuple(replace(c, capacity=None) for c in scenario.candidates)
    scenario = scenario.replace(candidates=roomy)
    plan = settled(scenario).plan
    if plan is not None:
        expected = expected_flows(scenario, plan.layout)
        np.testing.assert_allclose(plan.flows.units, expected.units, rtol=1e-12)


@pytest.mark.parametrize(
    ("name", "value"),
    [("exclusive_territories", True), ("single_source", True)],
)
def test_who_serves_whom_is_no_limit_where_consumers_choose(name, value):
    case = tiny().replace({f"goals.{name}": value})
    with pytest.raises(BadValue, match=f"goals.{name} says who serves whom, and in choice mode"):
        recommend(case, mode="choice")


@pytest.mark.parametrize("seed", range(5700, 5720))
def test_a_maker_that_runs_short_turns_away_from_all_alike(seed):
    """What its program shares out more kindly is looked at again, layout after layout."""
    names = ("min_volume", "no_worse_than_today")[seed % 2 : seed % 2 + 1]
    case = limited_scenario(seed, names, **SHARED)
    case = case.replace({"economics.supply_capacity": 120.0}, idle=True)
    is_best_of_all(case, layouts=ALL)


@pytest.mark.parametrize("attraction", [40.0, -40.0])
def test_what_everybody_or_nobody_wants_can_be_planned(attraction):
    case = tiny().replace({"candidates.*.attraction": attraction})
    assert recommend(case, mode="choice").status in ("optimal", "feasible", "infeasible")


@pytest.mark.parametrize(
    "empty",
    [{"segments.*.purchase_rate": 0.0}, {"candidates.*.eligible": False}],
)
def test_an_empty_market_is_no_accident(empty):
    case = tiny().replace({**empty, "economics.supply_capacity": 200.0}, idle=True)
    assert recommend(case, mode="choice", min_coverage=0.0).status


def test_the_mode_is_named():
    found = recommend(tiny(), mode="choice")
    assert found.mode == "choice"
    assert "in choice mode" in str(found)


def test_choosing_consumers_are_worth_no_less_to_a_plan_that_knows_them():
    """Tiny has no room to spare: without capacities both plans are judged by choice alone."""
    case = tiny()
    case = case.replace(candidates=tuple(replace(c, capacity=None) for c in case.candidates))
    case = case.replace({"goals.incentive_budget": 0.0, "goals.budget": 900.0}, idle=True)
    chosen, assigned = (recommend(case, mode=m, gap=0.0) for m in ("choice", "assignment"))
    assert chosen.expected.profit >= assigned.expected.profit

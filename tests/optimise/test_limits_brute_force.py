"""Recommendations under the limits of real channel plans against every layout."""

import math

import pytest

from channelsim.optimise.plan import SolveLimits
from channelsim.optimise.recommend import recommend
from channelsim.optimise.scenario_inputs import scenario_inputs
from channelsim.optimise.settle import settle
from tests.optimise.oracle import Enumerated
from tests.optimise.small_limits import LIMITS, limited_scenario, some_limits

SHAPED = ("contiguous_km", "max_imbalance")
"""Limits on exclusive territories."""


def recommends_the_best_of_all(scenario) -> float:
    every, found = Enumerated(scenario), recommend(scenario, gap=0.0)
    best = every.best()
    if best == -math.inf:
        assert found.status == "infeasible"
        assert found.clashes
        return best
    assert found.status == "optimal"
    assert found.objective == pytest.approx(best, rel=1e-6)
    assert found.bound == pytest.approx(best, rel=1e-6)
    return best


@pytest.mark.parametrize("seed", range(5000, 5012))
@pytest.mark.parametrize("name", LIMITS)
def test_each_limit_alone_is_met_at_least_cost(name, seed):
    recommends_the_best_of_all(limited_scenario(seed, (name,)))


@pytest.mark.parametrize("seed", range(6000, 6060))
def test_limits_together_are_met_at_least_cost(seed):
    recommends_the_best_of_all(limited_scenario(seed, some_limits(seed)))


@pytest.mark.parametrize("seed", range(6100, 6130))
def test_limits_are_met_where_territories_are_exclusive(seed):
    goals = {"exclusive_territories": True, "max_conflict": None if seed % 2 else 0.1}
    recommends_the_best_of_all(limited_scenario(seed, some_limits(seed), **goals))


@pytest.mark.parametrize("name", LIMITS)
def test_each_limit_binds_somewhere(name):
    alike = {"exclusive_territories": True} if name in SHAPED else {}
    cases = (
        (limited_scenario(s, (name,), **alike), limited_scenario(s, (), **alike))
        for s in range(5000, 5040)
    )
    found = ([recommend(case, gap=0.0) for case in pair] for pair in cases)
    assert any(
        limited.layout.openings and limited.objective < free.objective - 1
        for limited, free in found
    )


@pytest.mark.parametrize("seed", range(6200, 6220))
def test_the_index_alone_is_honest_under_limits(seed):
    names, cap = some_limits(seed), 0.02 + seed % 10 / 50
    goals = {"exclusive_territories": seed % 2 == 0, "max_conflict": cap}
    scenario = limited_scenario(seed, names, **goals)
    best = Enumerated(scenario).best()
    found = settle(scenario, *scenario_inputs(scenario), SolveLimits(gap=0.0, layouts=0))
    if found.plan is None:
        assert (found.status == "infeasible") <= (best == -math.inf)
        return
    assert found.plan.holds_cap
    assert found.plan.objective <= best + 1e-6 * abs(best)
    assert found.plan.bound >= best - 1e-6 * abs(best)


@pytest.mark.parametrize("seed", range(6300, 6312))
def test_limits_are_met_where_layouts_are_ruled_out_one_by_one(seed):
    goals = {"exclusive_territories": seed % 2 == 0, "max_conflict": 0.1}
    scenario = limited_scenario(seed, some_limits(seed), **goals)
    best = Enumerated(scenario).best()
    found = settle(scenario, *scenario_inputs(scenario), SolveLimits(gap=0.0, layouts=150))
    if best == -math.inf:
        assert (found.plan, found.status) == (None, "infeasible")
    else:
        assert found.status == "optimal"
        assert found.plan.objective == pytest.approx(best, rel=1e-6)

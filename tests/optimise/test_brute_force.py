"""The recommendation against every layout, on small scenarios with every kind of limit."""

import numpy as np
import pytest

from channelsim.optimise.plan import Effort
from channelsim.optimise.scenario_inputs import scenario_inputs
from channelsim.optimise.settle import settle
from tests.instances import tiny
from tests.optimise.small import Enumerated, small_scenario

SEEDS = range(200)


def best_of_all(every: Enumerated, plan) -> float:
    """Return the best objective of the layouts whose conflict index is within the plan's cap."""
    terms, best = plan.terms, -np.inf
    for is_open in every.layouts():
        index = 0.0 if terms is None else terms.index(is_open)
        if terms is None or terms.cap is None or index <= terms.cap + 1e-9:
            charge = every.scenario.goals.conflict_price * index
            best = max(best, every.profit(is_open, best + charge) - charge)
    return best


@pytest.mark.parametrize("seed", SEEDS)
def test_recommendation_is_the_best_of_all_layouts(seed):
    scenario = small_scenario(seed)
    every = Enumerated(scenario)
    found = settle(scenario, *scenario_inputs(scenario), Effort(gap=0.0))
    if found.plan is None:
        assert found.status == "infeasible"
        capped = scenario.goals.max_conflict is not None
        assert capped or not any(True for _ in every.layouts())
        return
    assert found.status == "optimal"
    assert every.meets(found.plan.is_open)
    assert found.plan.holds_cap
    assert found.plan.objective == pytest.approx(best_of_all(every, found.plan), rel=1e-6)


def test_all_kinds_of_limit_come_up():
    goals = [small_scenario(seed).goals for seed in SEEDS]
    assert sum(g.max_conflict is not None for g in goals) >= 40
    assert sum(g.exclusive_territories for g in goals) >= 20
    assert sum(g.min_coverage is not None for g in goals) >= 80
    found = [settle_status(seed) for seed in SEEDS[:60]]
    assert found.count("infeasible") >= 5


def settle_status(seed: int) -> str:
    scenario = small_scenario(seed)
    return settle(scenario, *scenario_inputs(scenario), Effort(gap=0.0)).status


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"goals.max_open": 2},
        {"goals.budget": 700.0},
        {"goals.budget": 300.0, "goals.min_coverage": 0.3},
        {"goals.max_conflict": 0.1},
        {"goals.max_conflict": 0.05},
        {"goals.exclusive_territories": True},
        {"goals.conflict_price": 60_000.0},
        {"candidates.web.must_close": True},
        {"candidates.north-d.must_open": True, "goals.max_open": 2},
        {"goals.setup_budget": 4_000.0},
        {"goals.min_coverage": 1.0, "goals.budget": 100.0},
    ],
)
def test_tiny_is_solved_as_by_looking_at_all_32_layouts(changes):
    scenario = tiny().replace({"goals.incentive_budget": 0.0, **changes})
    every = Enumerated(scenario)
    found = settle(scenario, *scenario_inputs(scenario), Effort(gap=0.0))
    if found.plan is None:
        assert not any(True for _ in every.layouts())
    else:
        best = best_of_all(every, found.plan)
        assert found.plan.objective == pytest.approx(best, rel=1e-6)

"""The recommendation against every layout, on small scenarios with every kind of limit."""

import math
from dataclasses import replace

import pytest

from channelsim.optimise.plan import SolveLimits
from channelsim.optimise.recommend import recommend
from channelsim.optimise.scenario_inputs import scenario_inputs
from channelsim.optimise.settle import Settled, settle
from tests.instances import tiny
from tests.optimise.oracle import Enumerated
from tests.optimise.small import small_scenario

SEEDS = [*range(200), 1317]


def settled(scenario) -> Settled:
    return settle(scenario, *scenario_inputs(scenario), SolveLimits(gap=0.0))


def is_best_of_all(scenario) -> None:
    every, found = Enumerated(scenario), settled(scenario)
    best = every.best()
    if best == -math.inf:
        assert (found.plan, found.status) == (None, "infeasible")
        return
    assert found.status == "optimal"
    assert every.meets(found.plan.is_open)
    assert found.plan.holds_cap
    assert found.plan.objective == pytest.approx(best, rel=1e-6)
    assert found.plan.bound == pytest.approx(best, rel=1e-6)


def recommends_the_best_of_all(scenario) -> None:
    every, found = Enumerated(scenario), recommend(scenario, gap=0.0)
    best = every.best()
    if best == -math.inf:
        assert found.status == "infeasible"
        assert found.clashes
        return
    is_open = [c.id in found.layout.open_ids for c in scenario.candidates]
    cap = scenario.goals.max_conflict
    assert found.status == "optimal"
    assert every.meets(is_open)
    assert cap is None or found.planned.conflict <= cap + 1e-9
    assert found.objective == pytest.approx(best, rel=1e-6)
    assert found.bound == pytest.approx(best, rel=1e-6)


@pytest.mark.parametrize("seed", SEEDS)
def test_recommendation_is_the_best_of_all_layouts(seed):
    recommends_the_best_of_all(small_scenario(seed))


@pytest.mark.parametrize("seed", range(4000, 4010))
def test_recommendation_is_the_best_where_layouts_are_too_many_to_list(seed):
    goals = {"exclusive_territories": False, "conflict_price": 0.0, "max_conflict": None}
    recommends_the_best_of_all(small_scenario(seed, count=14, **goals))


@pytest.mark.parametrize("seed", range(2000, 2030))
def test_recommendation_is_the_best_with_incentives_at_work(seed):
    goals = {"incentive_budget": 3_000.0, "exclusive_territories": False}
    is_best_of_all(small_scenario(seed, **goals, max_conflict=0.02 + seed % 10 / 50))


@pytest.mark.parametrize("seed", range(300, 340))
def test_best_of_all_under_a_cap_that_binds(seed):
    free = small_scenario(seed, exclusive_territories=False, conflict_price=0.0, max_conflict=None)
    start = settled(free).plan
    if start is not None:
        cap = 0.7 * start.conflict
        is_best_of_all(free.replace(goals=replace(free.goals, max_conflict=cap)))


@pytest.mark.parametrize(("seed", "best"), [(107, 2_129.93), (1317, 1_482.65)])
def test_layouts_that_the_conflict_index_misses_are_found(seed, best):
    scenario = small_scenario(seed).replace({"policy.planned_attainment": 1 / 1.12})
    inputs = scenario_inputs(scenario)
    guided = settle(scenario, *inputs, SolveLimits(gap=0.0, layouts=0))
    assert guided.plan is None or guided.plan.objective < 0.95 * best
    assert guided.status in {"feasible", "no_solution"}
    assert settled(scenario).plan.objective == pytest.approx(best, abs=0.01)
    is_best_of_all(scenario)


@pytest.mark.parametrize("seed", range(60))
def test_the_index_alone_is_honest(seed):
    scenario = small_scenario(seed, max_conflict=0.02 + seed % 10 / 50)
    every = Enumerated(scenario)
    found = settle(scenario, *scenario_inputs(scenario), SolveLimits(gap=0.0, layouts=0))
    best = every.best()
    if found.plan is None:
        assert (found.status == "infeasible") <= (best == -math.inf)
        return
    assert every.meets(found.plan.is_open)
    assert found.plan.holds_cap
    assert found.plan.objective <= best + 1e-6 * abs(best)
    assert found.plan.bound >= best - 1e-6 * abs(best)
    assert (found.status == "optimal") <= (found.plan.objective == pytest.approx(best, rel=1e-6))


def test_all_kinds_of_limit_come_up():
    goals = [small_scenario(seed).goals for seed in SEEDS]
    assert sum(g.max_conflict is not None for g in goals) >= 40
    assert sum(g.exclusive_territories for g in goals) >= 20
    assert sum(g.min_coverage is not None for g in goals) >= 80
    both = [g for g in goals if g.exclusive_territories and g.max_conflict is not None]
    assert len(both) >= 10
    found = [settled(small_scenario(seed)).status for seed in SEEDS[:60]]
    assert found.count("infeasible") >= 5


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
    is_best_of_all(tiny().replace({"goals.incentive_budget": 0.0, **changes}))

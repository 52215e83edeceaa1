"""The shipped goals can be met, and they bind: without them the plan would be another."""

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from channelsim.domain.scenario import Scenario
from channelsim.files.scenario import read_scenario
from channelsim.optimise.recommend import Recommendation, recommend

ROOT = Path(__file__).parents[2] / "scenarios"
BUILT = ("yangtze_delta", "yangtze_delta_64", "china_cities", "us_counties")
each = pytest.mark.parametrize("name", BUILT)


@cache
def plan(name: str) -> tuple[Scenario, Recommendation]:
    scenario = read_scenario(ROOT / name)
    return scenario, recommend(scenario)


def set_up(scenario: Scenario, ids: tuple[str, ...]) -> float:
    return sum(c.setup_cost for c in scenario.candidates if c.id in ids and not c.open_today)


@each
def test_goals_are_met_with_a_proof(name):
    scenario, found = plan(name)
    assert found.status == "optimal"
    assert found.gap <= 1e-3
    assert found.planned.coverage >= scenario.goals.min_coverage
    assert found.planned.conflict <= scenario.goals.max_conflict


@each
def test_setup_budget_binds(name):
    """What is left does not pay for another mean opening; freed, the plan opens more."""
    scenario, found = plan(name)
    spent = set_up(scenario, found.layout.open_ids)
    assert 0.9 * scenario.goals.setup_budget <= spent <= scenario.goals.setup_budget
    free = scenario.replace(goals=replace(scenario.goals, setup_budget=None, max_conflict=None))
    assert recommend(free).objective > found.objective


@each
def test_budget_binds(name):
    """Layout and incentives use up the money of a week."""
    scenario, found = plan(name)
    spends = sum(spend.value for spend in found.layout.incentives)
    used = found.planned.fixed + found.planned.setup + spends
    assert used == pytest.approx(scenario.goals.budget, rel=0.06)
    assert used <= scenario.goals.budget * (1 + 1e-9)


@pytest.mark.parametrize("name", ["yangtze_delta", "china_cities", "us_counties"])
def test_coverage_floor_binds(name):
    scenario, found = plan(name)
    free = recommend(scenario.replace(goals=replace(scenario.goals, min_coverage=None)))
    assert free.planned.coverage < scenario.goals.min_coverage
    assert free.objective > found.objective


def test_us_plan_opens_as_much_as_it_may():
    scenario, found = plan("us_counties")
    assert len(found.layout.open_ids) == scenario.goals.max_open


@pytest.mark.parametrize("name", ["yangtze_delta", "china_cities"])
def test_the_plan_closes_flagships_alone(name):
    """Contracts of partners run on; only the maker's own stores are free to close."""
    scenario, found = plan(name)
    closed = set(scenario.today.open_ids) - set(found.layout.open_ids)
    assert {c.channel_type for c in scenario.candidates if c.id in closed} == {"flagship"}

"""What an explanation says to change is enough, and a little less is not, by enumeration."""

import math

import pytest

from channelsim.optimise.recommend import recommend
from tests.optimise.oracle import Enumerated
from tests.optimise.small_limits import limited_scenario, some_limits

STEPS = {
    "goals.min_coverage": 2e-4,
    "goals.min_share": 2e-4,
    "goals.budget": -1.0,
    "goals.setup_budget": -1.0,
    "goals.max_open": -1,
    "goals.max_changes": -1,
    "policy.sales_heads": -0.1,
    "count_rules.some.least": 1,
    "count_rules.some.most": -1,
}
"""Limit with a figure of its own -> how much further back than the cure is too little."""
SEEDS = range(8000, 8080)


def infeasible(seed):
    """A random scenario and its clashes, each enough alone; none where some layout will do."""
    goals = {"max_conflict": None, "conflict_price": 0.0, "exclusive_territories": False}
    names = tuple(n for n in some_limits(seed) if n not in ("contiguous_km", "max_imbalance"))
    scenario = limited_scenario(seed, names, **goals)
    clashes = recommend(scenario, gap=0.0).clashes
    return scenario, [c for c in clashes if c.alone and c.limit in STEPS]


@pytest.mark.parametrize("seed", SEEDS)
def test_the_change_to_a_limit_is_enough_and_no_less_is(seed):
    scenario, clashes = infeasible(seed)
    for clash in clashes:
        whole = isinstance(STEPS[clash.limit], int)
        figure = round(clash.reachable) if whole else clash.reachable
        cured = scenario.replace({clash.limit: figure})
        assert Enumerated(cured).best() > -math.inf, clash
        less = figure + STEPS[clash.limit]
        if less >= 0 and (less - clash.asked) * (figure - clash.asked) > 0:
            assert Enumerated(scenario.replace({clash.limit: less})).best() == -math.inf, clash


def test_cures_of_several_limits_come_up():
    cured = {clash.limit for seed in SEEDS for clash in infeasible(seed)[1]}
    assert len(cured) >= 5

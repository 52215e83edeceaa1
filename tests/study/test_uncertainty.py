from dataclasses import replace

import pytest

from channelsim.domain.measures import planned
from channelsim.domain.scenario import Assumption
from channelsim.errors import BadValue
from channelsim.optimise.uncertain import worth_under
from channelsim.study.uncertainty import drawn, recommend_under, saa
from tests.instances import tiny


def unsure():
    """Tiny with demand that may be anything from next to nothing to twice as much."""
    base = tiny().replace(goals=replace(tiny().goals, min_coverage=None, incentive_budget=0.0))
    rate = Assumption("segments.everyone.purchase_rate", 0.1, 0.001, 0.2, "a week", "made up", "L")
    return base.replace(assumptions=(rate,))


def test_draws_are_those_of_the_assumptions():
    rates = [case.segments[0].purchase_rate for case in drawn(unsure(), 10, seed=3).values()]
    assert len(rates) == 10
    assert min(rates) < 0.02
    assert max(rates) > 0.18


def test_a_scenario_is_planned_for_its_draws():
    found = recommend_under(unsure(), draws=8, seed=1)
    assert len(found.names) == 8
    assert found.names[0] == "draw 1"
    worth = worth_under(list(drawn(unsure(), 8, seed=1).values()), found.layout)
    assert found.worth == pytest.approx(worth)


def test_named_scenarios_are_planned_as_they_are():
    cases = {"now": unsure(), "low": unsure().replace({"segments.everyone.purchase_rate": 0.01})}
    assert recommend_under(cases).names == ("now", "low")


@pytest.mark.parametrize("alpha", [0.5, 0.9])
def test_what_guards_the_worst_earns_more_there_and_less_on_average(alpha):
    mean = recommend_under(unsure(), draws=10, seed=2, alpha=alpha, gap=0.0)
    safe = recommend_under(unsure(), draws=10, seed=2, alpha=alpha, objective="cvar", gap=0.0)
    assert safe.tail >= mean.tail - 1e-6
    assert safe.expected <= mean.expected + 1e-6


def test_least_regret_regrets_less():
    mean = recommend_under(unsure(), draws=6, gap=0.0)
    calm = recommend_under(unsure(), draws=6, objective="regret", gap=0.0)
    assert calm.regret.max() <= mean.regret.max() + 1e-6


def test_a_cap_on_loss_is_kept():
    free = recommend_under(unsure(), draws=10, seed=2)
    held = recommend_under(unsure(), draws=10, seed=2, max_cvar_loss=100.0)
    assert free.tail < -100.0
    assert held.tail >= -100.0 - 1e-6


def test_a_sampled_plan_comes_with_its_gap():
    found = saa(unsure(), sample=5, batches=4, seed=7)
    assert len(found.gap.gaps) == 4
    assert min(found.gap.gaps) >= -1e-6
    assert found.gap.high >= found.gap.mean
    assert "beyond the sample: gap at most" in str(found)


def test_limits_are_those_of_the_figures_as_given():
    # a low draw of demand covers nothing less, but a dear one of set-up would break the budget
    dear = Assumption("candidates.*.setup_cost", 1.0, 1.0, 9.0, "times", "made up", "L")
    asked = unsure().replace(assumptions=(*unsure().assumptions, dear))
    asked = asked.replace({"goals.min_coverage": 0.9, "goals.budget": 900.0})
    found = recommend_under(asked, draws=6, seed=4)
    assert found.planned[0].coverage >= 0.9
    spent = found.planned[0].fixed + found.planned[0].setup
    assert spent > 900.0
    assert planned(asked, found.layout).fixed + planned(asked, found.layout).setup <= 900.0


def test_without_ranges_there_is_nothing_to_draw():
    sure = tiny().replace(assumptions=())
    with pytest.raises(BadValue, match="tiny has no assumption with a range to draw from; give"):
        recommend_under(sure)

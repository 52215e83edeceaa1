from dataclasses import replace

import numpy as np
import pytest

from channelsim.domain.measures import planned
from channelsim.domain.outcome import Series
from channelsim.domain.policy import Goals
from channelsim.report.risks import risks
from tests.report.made import made, outcome, scaled


def of(recommendation, scenario, plan, comparison=None, most=9):
    """Return the risks of a plan in a changed scenario."""
    cases = comparison or made({"today": (scenario, scenario.today), "plan": (scenario, plan)})
    return risks(replace(recommendation, scenario=scenario, layout=plan), cases, most)


def naming(found, words):
    return [sentence for sentence in found if words in sentence]


def test_at_most_three_are_named(recommendation, comparison):
    assert 1 <= len(risks(recommendation, comparison)) <= 3


def test_a_goal_missed_in_the_simulation_comes_first(recommendation, scenario, plan):
    asked = scenario.replace(goals=Goals(min_coverage=0.95))
    found = of(recommendation, asked, plan)
    assert found[0].startswith("The simulation covers 90.0% ±")
    assert "short of the goal of 95.0%" in found[0]


def test_conflict_above_its_limit_is_named(recommendation, scenario, plan):
    asked = scenario.replace(goals=Goals(max_conflict=0.01))
    assert naming(of(recommendation, asked, plan), "above the limit of 0.010")


def test_a_goal_that_is_met_is_no_risk(recommendation, scenario, plan):
    asked = scenario.replace(goals=Goals(min_coverage=0.5))
    assert not naming(of(recommendation, asked, plan), "The simulation covers")


def test_a_simulation_below_the_plan_is_named(recommendation, scenario, plan):
    found = of(recommendation, scenario, plan)
    (sentence,) = naming(found, "less than planned on paper")
    assert "The simulation earns 10% less" in sentence


def test_a_gain_that_may_be_a_loss_is_named(recommendation, scenario, plan):
    cases = made({"today": (scenario, scenario.today), "plan": (scenario, plan)})
    before = planned(scenario, scenario.today)
    spread = {"today": (before,) * 4, "plan": tuple(scaled(before, f) for f in (0.5, 2, 2, 2))}
    found = of(recommendation, scenario, plan, replace(cases, drawn=spread))
    assert naming(found, "earns more than today in 75% of the draws")


def test_operations_below_their_reservation_are_named(recommendation, scenario, plan):
    dear = scenario.replace({"candidates.south-c.reservation_profit": 1e6})
    (sentence,) = naming(of(recommendation, dear, plan), "earn their partner less")
    assert sentence.startswith("1 of 2 operations")
    assert "(south-c)" in sentence


def test_operations_at_capacity_are_named(recommendation, scenario, plan):
    small = scenario.replace({"candidates.south-c.capacity": 100.0})
    (sentence,) = naming(of(recommendation, small, plan), "as much as they can")
    assert "(south-c)" in sentence


def test_dependence_on_one_partner_is_named_but_not_on_oneself(recommendation, scenario, plan):
    assert naming(of(recommendation, scenario, plan), "North alone sells")
    assert not naming(of(recommendation, scenario, plan), "Maker alone sells")


def test_the_kind_of_conflict_that_rises_most_is_named(recommendation, scenario, plan, comparison):
    calm = scaled(planned(scenario, scenario.today), 0.9)
    rough = replace(calm, territory_conflict=calm.territory_conflict + 0.3)
    runs = {
        name: tuple(outcome(scenario, name, r, measures) for r in range(3))
        for name, measures in {"today": calm, "plan": rough}.items()
    }
    found = of(recommendation, scenario, plan, replace(comparison, outcomes=runs))
    assert naming(found, "Territory conflict rises by 0.300")


@pytest.mark.parametrize("most", [1, 2])
def test_fewer_can_be_asked_for(recommendation, comparison, most):
    assert len(risks(recommendation, comparison, most)) == most


def test_partners_that_leave_in_the_simulation_are_named(
    recommendation, scenario, plan, comparison
):
    def run(r, south):
        active = np.array([[1.0, 1.0, 1.0], [1.0, 1.0, south]])
        series = Series("partner", ("maker", "north", "south"), "active", "partners", active)
        base = comparison.outcomes["plan"][0]
        return replace(base, replication=r, series=(*base.series, series))

    runs = {**comparison.outcomes, "plan": (run(0, 0.0), run(1, 1.0))}
    found = of(recommendation, scenario, plan, replace(comparison, outcomes=runs))
    (sentence,) = naming(found, "leave in some run")
    assert sentence.startswith("1 of 3 partners")
    assert "South first (in 50% of the runs)" in sentence


def test_partners_that_never_joined_do_not_leave(recommendation, scenario, plan, comparison):
    base = comparison.outcomes["plan"][0]
    active = Series(
        "partner", ("maker", "north", "south"), "active", "partners", np.array([[1.0, 1.0, 0.0]])
    )
    runs = {**comparison.outcomes, "plan": (replace(base, series=(*base.series, active)),)}
    found = of(recommendation, scenario, plan, replace(comparison, outcomes=runs))
    assert not naming(found, "leave in some run")

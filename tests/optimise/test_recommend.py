import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from channelsim.domain.measures import COST_PARTS
from channelsim.domain.scenario import Scenario
from channelsim.errors import BadValue, ChannelsimError
from channelsim.optimise.assignment import assign
from channelsim.optimise.layout_problem import build
from channelsim.optimise.recommend import Recommendation, recommend
from channelsim.optimise.scenario_inputs import scenario_inputs
from channelsim.optimise.solve import solve
from tests.instances import tiny
from tests.optimise.small import small_scenario


@pytest.fixture(scope="module")
def plan() -> Recommendation:
    return recommend(tiny())


# Everything pays on tiny. The flagship (58 a unit, 300 units at most) and north-a (24.5) share
# 400 + 133 1/3 in A and B; south-c sells 320 in C and north-d 80 in D (23.5); the web shop sells
# 100 (22). That is 17,400 + 5,716 2/3 + 7,520 + 1,880 + 2,200, less 2,100 + 120 x 3 + 550 for being
# open.
def test_tiny_opens_everything(plan):
    assert plan.layout.open_ids == ("flagship-a", "north-a", "south-c", "north-d", "web")
    assert plan.status == "optimal"


def test_objective_of_tiny_by_hand(plan):
    assert plan.objective == pytest.approx(34_716 + 2 / 3 - 3_010)
    assert plan.bound == pytest.approx(plan.objective)
    assert plan.gap == pytest.approx(0.0, abs=1e-9)


def test_profit_of_tiny_is_the_objective_and_what_incentives_earn(plan):
    assert plan.planned.profit == pytest.approx(plan.objective + plan.incentives.gain)


def test_incentives_of_tiny_by_hand(plan):
    assert {s.partner: s.value for s in plan.layout.incentives} == pytest.approx(
        {"north": 251.775083, "south": 248.224917}
    )


def test_parts_of_tiny_by_hand():
    # the flagship sells 300, the dealers 700/3 + 320 + 80, the web shop 100
    found = recommend(tiny().replace({"goals.incentive_budget": 0.0}))
    planned = found.planned
    dealer = 700 / 3 + 400
    assert planned.units == pytest.approx(300 + dealer + 100)
    assert planned.revenue == pytest.approx(100 * (300 + dealer) + 90 * 100)
    assert planned.production == pytest.approx(40 * planned.units)
    assert planned.fixed == pytest.approx(2_000 + 3 * 100 + 500)
    assert planned.setup == pytest.approx((15_600 + 3 * 3_120 + 7_800) / 156)
    assert planned.logistics == pytest.approx(300 + 700 / 3 + 2 * 400 + 10 * 100)
    assert planned.channel == pytest.approx(30 * dealer + 300 + 18 * 100)
    assert planned.incentives == pytest.approx(3.5 * dealer)
    assert planned.governance == pytest.approx(dealer)


def test_tiny_covers_all(plan):
    assert plan.planned.coverage == 1.0


@settings(max_examples=40)
@given(st.integers(0, 5_000))
def test_objective_equals_the_measures_part_by_part(seed):
    scenario = small_scenario(seed, incentive_budget=0.0)
    found = recommend(scenario, gap=0.0)
    if found.planned is None:
        return
    inputs, _ = scenario_inputs(scenario)
    is_open = np.array([c.id in found.layout.open_ids for c in scenario.candidates])
    if scenario.goals.exclusive_territories:
        assert all(t.exclusive for t in found.layout.territories)
        zones = [t.zone for t in found.layout.territories]
        assert len(set(zones)) == len(zones)
    units = found.flows.by_candidate(len(is_open))
    parts = {name: float(getattr(found.planned, name)) for name in COST_PARTS}
    profit = found.planned.revenue - found.planned.production - sum(parts.values())
    price = scenario.goals.conflict_price * found.planned.conflict
    assert found.objective == pytest.approx(profit - price)
    assert (units[~is_open] == 0).all()
    assert (units <= scenario.columns.capacity * (1 + 1e-6)).all()


@settings(max_examples=25)
@given(st.integers(0, 5_000))
def test_objective_of_the_program_is_the_sum_of_the_parts(seed):
    scenario = small_scenario(
        seed, exclusive_territories=False, conflict_price=0.0, max_conflict=None
    )
    inputs, nodes = scenario_inputs(scenario)
    solution = solve(build(inputs).problem, gap=0.0)
    if not solution.found:
        return
    count = len(scenario.candidates)
    is_open = np.array([solution.values[f"open_{j}"] > 0.5 for j in range(count)], dtype=bool)
    served = assign(inputs, is_open)
    parts = inputs.objective_parts(is_open, served)
    from channelsim.domain.layout import Layout
    from channelsim.domain.measures import planned

    rows = zip(scenario.candidates, is_open.tolist(), strict=True)
    layout = Layout.of(c.id for c, live in rows if live)
    measures = planned(scenario, layout, nodes.flows(served))
    for name, value in parts.items():
        assert value == pytest.approx(getattr(measures, name), abs=1e-6)
    costs = sum(value for name, value in parts.items() if name != "revenue")
    assert solution.objective == pytest.approx(parts["revenue"] - costs, rel=1e-6, abs=1e-4)


def test_goals_asked_for_replace_the_scenarios():
    found = recommend(tiny(), min_coverage=0.3, budget=150, incentive_budget=0)
    assert found.scenario.goals.min_coverage == 0.3
    assert found.scenario.goals.budget == 150
    assert found.layout.open_ids == ("north-a",)


def test_incentives_get_what_the_layout_leaves():
    found = recommend(tiny(), min_coverage=0.3, budget=150)
    assert sum(s.value for s in found.layout.incentives) == pytest.approx(30.0)


def test_goal_out_of_range_is_refused():
    with pytest.raises(BadValue, match="min_coverage"):
        recommend(tiny(), min_coverage=1.5)


def test_unknown_solver_is_refused():
    with pytest.raises(ChannelsimError, match="write one of"):
        recommend(tiny(), solver="Abacus")


def test_inputs_are_left_as_they_were():
    scenario = tiny()
    recommend(scenario, max_open=2)
    assert scenario == tiny()


def without_goals(scenario: Scenario) -> Scenario:
    return scenario.replace(goals=replace(scenario.goals, min_coverage=None))


@pytest.mark.parametrize(
    "scenario",
    [
        without_goals(tiny()).replace({"zones.*.population": 0.0}),
        without_goals(tiny()).replace({"goals.budget": 1.0}),
        without_goals(tiny()).replace(candidates=(), appeals=tiny().appeals),
        without_goals(tiny()).replace({"candidates.*.eligible": False}),
        without_goals(tiny()).replace({"economics.unit_cost": 99.0}),
    ],
    ids=["no demand", "no budget", "no candidates", "none eligible", "no margin"],
)
def test_nothing_worth_opening_is_an_empty_layout(scenario):
    found = recommend(scenario)
    assert (found.status, found.layout.open_ids) == ("optimal", ())
    assert found.objective == pytest.approx(0.0)
    assert found.planned.units == 0.0


def test_closing_what_is_open_today_is_charged():
    scenario = without_goals(tiny()).replace(
        {"candidates.web.must_close": True, "candidates.web.closing_cost": 15_600.0}
    )
    found = recommend(scenario, incentive_budget=0)
    assert "web" not in found.layout.open_ids
    assert found.planned.setup == pytest.approx((15_600 + 3 * 3_120) / 156 + 100)


def test_exclusive_territories_have_one_seller_each():
    found = recommend(tiny().replace({"goals.exclusive_territories": True}))
    flows, scenario = found.flows, tiny()
    holder = {t.zone: t.partner for t in found.layout.territories}
    assert all(t.exclusive for t in found.layout.territories)
    sold = flows.units.sum(axis=1) > 0
    for zone, site in zip(flows.arcs.zone[sold], flows.arcs.candidate[sold], strict=True):
        candidate = scenario.candidates[site]
        if candidate.zone:
            assert candidate.partner == holder[scenario.zones[zone].id]


def test_conflict_cap_holds_on_the_measure_with_incentives_at_work():
    found = recommend(tiny(), max_conflict=0.09)
    assert found.planned.conflict <= 0.09
    assert found.bound >= found.objective
    assert found.layout.incentives


def test_error_of_the_index_is_reported():
    found = recommend(tiny(), max_conflict=0.09)
    assert found.conflict_error == found.conflict_index - found.planned.conflict
    assert abs(found.conflict_error) < 0.01


def test_no_plan_opens_what_gives_too_little_service():
    case = tiny().replace({"candidates.south-c.service": 0.4})
    assert "south-c" in recommend(case).layout.open_ids
    assert "south-c" not in recommend(case.replace({"goals.min_service": 0.45})).layout.open_ids


def test_infeasible_is_a_result():
    found = recommend(tiny(), budget=100)
    assert (found.status, found.planned, found.layout.openings) == ("infeasible", None, ())
    assert np.isnan(found.objective)
    assert len(found.clashes) == 2


def test_summary_shows_the_headline_with_units_and_the_proof(plan):
    lines = plan.summary().splitlines()
    assert lines[0] == "Tiny 小例: proven optimal, 5 of 5 candidates open"
    assert any(line.split() == ["Coverage", "1.0000", "share"] for line in lines)
    assert "objective 31,707, bound 31,707 CNY/week" in lines[-1]
    assert "counted by the solver in assignment mode" in lines[-1]


def test_summary_of_an_infeasible_case_tells_the_cures():
    text = str(recommend(tiny(), budget=100))
    assert "no layout meets all limits" in text
    assert "raise it to 240 CNY a week" in text


def test_summary_claims_a_proof_on_the_measure_where_conflict_binds_a_small_case():
    found = recommend(tiny(), max_conflict=0.09)
    assert "proven optimal" in found.summary()
    assert found.conflict_limit is None


def test_a_fresh_process_recommends_the_same():
    code = (
        "from tests.optimise.small import small_scenario\n"
        "from channelsim.optimise.recommend import recommend\n"
        "r = recommend(small_scenario(9, max_conflict=0.2))\n"
        "print(r.layout, r.objective, r.conflict_index)"
    )
    run = [sys.executable, "-c", code]
    found = subprocess.run(run, capture_output=True, text=True, check=True).stdout
    here = recommend(small_scenario(9, max_conflict=0.2))
    assert found == f"{here.layout} {here.objective} {here.conflict_index}\n"


@pytest.mark.parametrize("setting", ["gap", "time_limit"])
@pytest.mark.parametrize("value", [-1.0, float("nan")])
def test_a_senseless_effort_is_refused(setting, value):
    with pytest.raises(BadValue, match=f"{setting} must be"):
        recommend(tiny(), **{setting: value})

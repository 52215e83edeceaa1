import pytest

from channelsim.domain.layout import Layout
from channelsim.optimise.recommend import recommend
from channelsim.study.variants import Setting, variant_cases
from tests.instances import tiny


@pytest.fixture(scope="module")
def base():
    scenario = tiny()
    return Setting(scenario, {"today": scenario.today, "none": Layout()})


@pytest.fixture(scope="module")
def dear(base):
    scenario = base.scenario.replace({"economics.unit_cost": 50.0})
    return Setting(scenario, {"today": scenario.today})


def test_the_scenarios_own_cases_come_first(base, dear):
    cases, plans = variant_cases(base, {"dear": dear})
    assert list(cases) == ["today", "none", "dear: today"]
    assert plans == {}


def test_a_case_is_a_layout_in_its_scenario(base, dear):
    cases, _ = variant_cases(base, {"dear": dear})
    assert cases["none"] == (base.scenario, Layout())
    assert cases["dear: today"] == (dear.scenario, dear.scenario.today)


def test_each_scenario_is_planned_for_itself(base, dear):
    cases, plans = variant_cases(base, {"dear": dear}, reoptimise=True)
    assert list(plans) == ["tiny", "dear"]
    assert cases["dear: plan"][1] == recommend(dear.scenario).layout


def test_a_scenario_without_a_plan_keeps_its_other_cases(base):
    poor = base.scenario.replace({"goals.budget": 1.0})
    cases, plans = variant_cases(base, {"poor": Setting(poor, base.layouts)}, reoptimise=True)
    assert "poor: today" in cases
    assert "poor: plan" not in cases
    assert plans["poor"].status == "infeasible"


def test_a_layout_called_plan_is_kept_beside_the_new_plan(base):
    setting = Setting(base.scenario, {"plan": Layout()})
    cases, plans = variant_cases(setting, {}, reoptimise=True)
    assert cases["plan"] == (base.scenario, Layout())
    assert cases["new plan"] == (base.scenario, plans["tiny"].layout)

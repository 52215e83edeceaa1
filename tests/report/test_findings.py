import pytest

from channelsim.errors import BadValue
from channelsim.report.findings import SUMMARY_MEASURES, findings, headline, plan_case
from tests.report.made import made


def test_there_are_eight_summary_measures(comparison):
    assert len(findings(comparison, "plan")) == len(set(SUMMARY_MEASURES)) == 8


def test_a_finding_holds_means_of_the_runs_and_their_paired_difference(comparison):
    (row,) = findings(comparison, "plan", ("units",))
    assert row.today.mean == pytest.approx(0.9 * row.planned_today)
    assert row.plan.mean == pytest.approx(0.9 * row.planned_plan)
    assert row.difference.realised.mean == pytest.approx(row.plan.mean - row.today.mean)


def test_the_plan_is_the_case_with_the_recommended_layout(recommendation, comparison):
    assert plan_case(recommendation, comparison) == "plan"


def test_a_comparison_without_the_plan_is_refused(scenario, recommendation):
    with pytest.raises(BadValue, match="none of the cases today plays the recommended layout"):
        plan_case(recommendation, made({"today": (scenario, scenario.today)}))


def test_the_same_layout_in_a_variant_is_not_the_plan(recommendation, scenario, plan):
    dearer = scenario.replace({"economics.unit_cost": 50.0})
    cases = made({"today": (scenario, scenario.today), "dearer": (dearer, plan)})
    with pytest.raises(BadValue, match="compare today's layout"):
        plan_case(recommendation, cases)


def test_the_headline_says_what_to_do_and_what_it_brings(recommendation, comparison):
    text = headline(recommendation, comparison)
    assert text.startswith("Open 1 and keep 2 operations: coverage from 54.0% to 90.0%, ")
    assert "CNY/week" in text
    assert "over the assumptions' ranges" in text
    assert text.endswith(".")


def test_without_draws_the_headline_gives_the_replication_interval(recommendation, comparison):
    cases = made(dict(comparison.cases), draws=0)
    assert "between replications" in headline(recommendation, cases)


def test_with_one_run_the_headline_gives_no_interval(recommendation, comparison):
    cases = made(dict(comparison.cases), runs=1, draws=0)
    assert " to -" not in headline(recommendation, cases)
    assert "between" not in headline(recommendation, cases)

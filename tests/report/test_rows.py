import numpy as np
import pytest

from channelsim.domain.layout import Layout
from channelsim.domain.measures import planned
from channelsim.optimise.recommend import recommend
from channelsim.report.incentive_rows import incentive_rows
from channelsim.report.rows import comparison_rows, coverage_rows, layout_rows


def total(rows, name):
    return sum(row[name] for row in rows)


@pytest.mark.parametrize(
    "opened", [["north-a", "web", "south-c"], ["flagship-a"], ["north-a", "north-d", "web"], []]
)
def test_layout_rows_add_up_to_the_planned_measures(scenario, opened):
    layout = Layout.of(opened)
    rows, measures = layout_rows(scenario, layout), planned(scenario, layout)
    assert total(rows, "units") == pytest.approx(measures.units)
    assert total(rows, "cost") == pytest.approx(measures.cost)
    assert total(rows, "contribution") == pytest.approx(measures.profit)


def test_layout_rows_leave_incentive_money_to_the_partners(scenario, plan):
    measures = planned(scenario, plan)
    assert total(layout_rows(scenario, plan), "cost") == pytest.approx(measures.cost - 100)


def test_one_off_money_is_set_up_or_compensation(scenario):
    paid = scenario.replace({"candidates.north-a.closing_cost": 900.0})
    rows = {row["candidate"]: row for row in layout_rows(paid, Layout.of(["south-c", "web"]))}
    assert [rows[c]["once"] for c in ("south-c", "north-a", "web", "north-d")] == [3120, 900, 0, 0]


def test_layout_rows_name_zones_in_both_languages_and_online_ones_have_none(scenario, plan):
    rows = {row["candidate"]: row for row in layout_rows(scenario, plan)}
    assert (rows["north-a"]["zone"], rows["north-a"]["zone_en"]) == ("甲城", "Alpha")
    assert (rows["web"]["zone"], rows["web"]["region"]) == ("", "")


def test_coverage_rows_agree_with_planned_coverage(scenario, plan):
    rows = coverage_rows(scenario, plan)
    covered = sum(row["demand"] for row in rows if row["covered"])
    assert covered / total(rows, "demand") == pytest.approx(planned(scenario, plan).coverage)


def test_coverage_rows_give_the_nearest_outlet_by_road(scenario):
    rows = coverage_rows(scenario, Layout.of(["north-a", "south-c", "web"]))
    assert [(row["nearest"], row["km"]) for row in rows] == [
        ("north-a", 0),
        ("north-a", 10),
        ("south-c", 0),
        ("south-c", 10),
    ]


def test_coverage_rows_without_any_outlet_have_no_distance(scenario):
    rows = coverage_rows(scenario, Layout.of(["web"]))
    assert {(row["nearest"], row["km"], row["covered"]) for row in rows} == {("", None, False)}


def test_coverage_rows_tell_what_today_covers(scenario, plan):
    assert [row["covered_today"] for row in coverage_rows(scenario, plan)] == [1, 1, 0, 0]


def test_comparison_rows_put_differences_beside_figures(comparison):
    table = comparison_rows(comparison).set_index(["case", "measure"])
    units = comparison.difference("plan", "units")
    row = table.loc["plan", "units"]
    assert row["difference"] == units.realised.mean
    assert row["difference_assumption_high"] == units.assumption.high
    assert row["wins"] == 1.0
    assert np.isnan(table.loc[("today", "units"), "difference"])


def test_comparison_rows_tell_the_regret_of_a_case_beside_its_contribution(comparison):
    table = comparison_rows(comparison).set_index(["case", "measure"])
    today, plan = comparison.regret
    for regret in (today, plan):
        row = table.loc[regret.case, "profit"]
        told = (row["best"], row["regret"], row["regret_worst"])
        assert told == (regret.best, regret.mean, regret.worst)
    assert today.worst > 0
    assert table.drop("profit", level="measure")["regret"].isna().all()


def test_comparison_rows_state_money_in_the_currency(comparison):
    table = comparison_rows(comparison)
    assert set(table.loc[table["measure"] == "profit", "unit"]) == {"CNY/week"}


def test_the_gain_of_an_incentive_is_its_change_of_planned_profit(scenario, plan):
    rows = {row["partner"]: row for row in incentive_rows(scenario, plan)}
    without = planned(scenario, plan.replace(incentives=())).profit
    assert rows["南方商贸"]["gain"] == pytest.approx(planned(scenario, plan).profit - without)


def test_the_marginal_return_is_the_gain_of_one_more_unit_of_money(scenario, plan):
    def gain(value):
        (spend,) = plan.incentives
        changed = plan.replace(incentives=(type(spend)("south", "training", value),))
        return {row["partner"]: row for row in incentive_rows(scenario, changed)}["南方商贸"]

    step = (gain(100.01)["gain"] - gain(99.99)["gain"]) / 0.02
    assert gain(100.0)["marginal"] == pytest.approx(step, rel=1e-6)


def test_a_partner_without_spend_shows_what_the_first_unit_would_bring(scenario, plan):
    row = next(r for r in incentive_rows(scenario, plan) if r["partner"] == "北方商贸")
    assert row["spend"] == row["gain"] == 0
    assert row["marginal"] > -1


def test_the_solvers_own_sales_give_the_solvers_own_gains(scenario):
    best = recommend(scenario)
    rows = {r["instrument"] + r["partner"]: r for r in _rows_of(best)}
    names = {p.id: p.name for p in scenario.partners}
    assert best.incentives.rows
    for told in best.incentives.rows:
        row = rows[told.instrument + names[told.partner]]
        assert row["gain"] == pytest.approx(told.gain)
        assert row["marginal"] == pytest.approx(told.marginal)


def _rows_of(best):
    return incentive_rows(best.scenario, best.layout, best.flows)

from dataclasses import replace

import pytest
from openpyxl import load_workbook

from channelsim.report.findings import headline
from channelsim.report.workbook import write_workbook
from tests.report.made import made

SHEETS = ["Summary", "Layout", "Coverage", "Incentives", "Comparison", "Assumptions"]
HOSTILE = ["=1+1", "+cmd|' /C calc'!A0", "-2", "@SUM(A1)", "<b>&", "x" * 40_000, "\u202eabc"]


@pytest.fixture(scope="module")
def book(recommendation, comparison, tmp_path_factory):
    path = tmp_path_factory.mktemp("book") / "plan.xlsx"
    return load_workbook(write_workbook(recommendation, comparison, path))


def table(book, name):
    head, *rows = book[name].values
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_the_workbook_has_its_six_sheets(book):
    assert book.sheetnames == SHEETS


def test_the_summary_opens_with_the_headline(book, recommendation, comparison):
    assert book["Summary"]["A2"].value == headline(recommendation, comparison)


def test_the_summary_shows_eight_measures_with_their_differences(book, comparison):
    rows = list(book["Summary"].iter_rows(min_row=5, max_row=12, values_only=True))
    assert len({row[0] for row in rows}) == 8
    coverage = rows[0]
    difference = comparison.difference("plan", "coverage").realised
    assert coverage[0] == "Coverage"
    assert coverage[2:7] == pytest.approx(
        [0.54, 0.9, difference.mean, difference.low, difference.high]
    )


def test_the_summary_states_the_proof(book, recommendation):
    facts = {row[0]: row[1] for row in book["Summary"].values}
    assert facts["Status"] == "proven optimal"
    assert facts["Scenario hash"] == recommendation.scenario.digest
    assert facts["Seed"] == 7


def test_the_summary_names_risks(book):
    words = [row[0] for row in book["Summary"].values if row[0]]
    at = words.index("Risks")
    assert [text[:2] for text in words[at + 1 : at + 4]] == ["1.", "2.", "3."]


def test_the_layout_sheet_has_every_candidate(book, scenario):
    rows = {row["Candidate"]: row for row in table(book, "Layout")}
    assert list(rows) == [c.id for c in scenario.candidates]
    assert rows["south-c"]["Action"] == "open"
    assert rows["south-c"]["Open today"] == "no"
    assert rows["south-c"]["One-off cost, CNY"] == 3120
    assert rows["web"]["Zone"] is None


def test_the_coverage_sheet_has_every_zone(book, scenario):
    rows = table(book, "Coverage")
    assert [row["Zone"] for row in rows] == [z.name for z in scenario.zones]
    assert [row["Road distance, km"] for row in rows] == [0, 10, 0, 10]
    assert [row["Covered today"] for row in rows] == ["yes", "yes", "no", "no"]


def test_the_incentives_sheet_shows_spend_and_returns(book):
    rows = {row["Partner"]: row for row in table(book, "Incentives")}
    assert rows["南方商贸"]["Spend, CNY/week"] == 100
    assert rows["南方商贸"]["Instrument"] == "Training"
    assert rows["北方商贸"]["Spend, CNY/week"] == 0


def test_the_comparison_sheet_has_every_measure_of_every_case(book, comparison):
    rows = table(book, "Comparison")
    assert len(rows) == 23 * 2
    assert [row["Case"] for row in rows[:2]] == ["today", "plan"]


def test_the_comparison_sheet_has_differences_over_draws_and_regret(book, comparison):
    rows = {(row["Case"], row["Measure"]): row for row in table(book, "Comparison")}
    plan = rows["plan", "Maker's contribution"]
    gain = comparison.difference("plan", "profit")
    assert plan["Difference over assumptions, low"] == pytest.approx(gain.assumption.low)
    assert (plan["Better in, of draws"], plan["Best of all cases in"]) == (1.0, 1.0)
    today = rows["today", "Maker's contribution"]
    assert today["Regret, worst"] == pytest.approx(comparison.regret[0].worst)
    assert rows["today", "Coverage"]["Regret, worst"] is None


def test_the_assumptions_sheet_lists_ranges_and_sources(book, scenario):
    (row,) = table(book, "Assumptions")
    assert (row["Low"], row["Value"], row["High"]) == (0.008, 0.01, 0.012)
    assert row["Confidence"] == "L"


@pytest.mark.parametrize("name", SHEETS[1:])
def test_headers_are_frozen_and_tables_filtered(book, name):
    assert book[name].freeze_panes == "B2"
    assert book[name].auto_filter.ref.startswith("A1:")


def test_percentages_money_and_indices_look_like_themselves(book):
    sheet = book["Summary"]
    formats = {sheet.cell(row, 1).value: sheet.cell(row, 3).number_format for row in range(5, 13)}
    assert formats["Coverage"] == "0.0%"
    assert formats["Cost to serve"].startswith("#,##0")
    assert formats["Conflict"] == "0.000"


def test_names_that_begin_like_formulas_stay_text(scenario, recommendation, tmp_path):
    rows = [
        replace(c, name=hostile) for c, hostile in zip(scenario.candidates, HOSTILE, strict=False)
    ]
    zones = [replace(z, name=h) for z, h in zip(scenario.zones, HOSTILE, strict=False)]
    bad = scenario.replace(candidates=tuple(rows), zones=tuple(zones), title="=HYPERLINK(1)")
    cases = made({"=today": (bad, bad.today), "plan": (bad, recommendation.layout)})
    path = write_workbook(replace(recommendation, scenario=bad), cases, tmp_path / "plan.xlsx")
    book = load_workbook(path)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
    assert book["Summary"]["A1"].value == "=HYPERLINK(1)"
    assert [row["Name"] for row in table(book, "Layout")] == HOSTILE[:5]


def test_longer_text_than_a_cell_holds_is_cut(scenario, recommendation, plan, tmp_path):
    long = scenario.replace({"candidates.north-a.name": "x" * 40_000})
    cases = made({"today": (long, long.today), "plan": (long, plan)})
    path = write_workbook(replace(recommendation, scenario=long), cases, tmp_path / "plan.xlsx")
    assert len(table(load_workbook(path), "Layout")[1]["Name"]) == 32_767


def test_the_same_plan_gives_the_same_workbook(recommendation, comparison, tmp_path):
    first, again = (
        write_workbook(recommendation, comparison, tmp_path / name).read_bytes()
        for name in ("a.xlsx", "b.xlsx")
    )
    assert first == again


def test_the_workbook_speaks_chinese(recommendation, comparison, tmp_path):
    book = load_workbook(write_workbook(recommendation, comparison, tmp_path / "b.xlsx", "zh"))
    assert book.sheetnames == ["摘要", "渠道布局", "市场覆盖", "渠道激励", "比较", "假设"]
    assert table(book, "渠道布局")[2]["动作"] == "新开"

from dataclasses import replace

import pytest

from channelsim.domain.layout import Layout
from channelsim.study.comparison_text import comparison_text, measure_head, runs_line
from tests.instances import tiny
from tests.report.made import made

TINY = tiny()
DEAR = TINY.replace({"economics.unit_cost": 50.0})
WIDE = Layout.of(["north-a", "south-c", "web"])
CASES = {
    "today": (TINY, TINY.today),
    "wide": (TINY, WIDE),
    "dear: today": (DEAR, TINY.today),
    "dear: wide": (DEAR, WIDE),
}


def blocks(comparison):
    """Return the blocks of a comparison's text by their heads, each a list of lines."""
    lines = [block.splitlines() for block in comparison_text(comparison).split("\n\n")]
    return {head: rest for head, *rest in lines}


def cells(line):
    return [cell.strip() for cell in line.split("   ") if cell.strip()]


@pytest.fixture(scope="module")
def four():
    """Four cases; the runs are 0.89 and 0.91 of what is planned, the draws 0.7, 0.9 and 1.1."""
    return blocks(made(CASES))


def test_every_headline_measure_and_the_regret_have_a_block(four):
    assert list(four)[:5] == [
        "Coverage",
        "Cost to serve, CNY/week",
        "Conflict",
        "Maker's contribution, CNY/week",
        "Regret: contribution short of the best of these cases, CNY/week",
    ]


def test_every_case_has_a_row_in_every_block(four):
    for rows in list(four.values())[:5]:
        assert [cells(row)[0] for row in rows[1:]] == list(CASES)


def test_a_case_is_shown_on_paper_simulated_and_against_the_baseline_with_both_intervals(four):
    """Planned 0.6 and 1; mean gain 0.36, t 12.706 of 0.356 and 0.364; draws 0.28, 0.36, 0.44."""
    head, _, wide, *_ = four["Coverage"]
    assert cells(head) == [
        "on paper",
        "simulated",
        "against today",
        "over assumptions",
        "better in",
    ]
    assert cells(wide) == [
        "wide",
        "100.0%",
        "90.0% ±12.7",
        "+36.0 ±5.1 points",
        "+28.4 to +43.6 points",
        "100% of draws",
    ]


def test_the_baseline_differs_from_nothing(four):
    assert cells(four["Coverage"][1]) == ["today", "60.0%", "54.0% ±7.6"]


def test_without_draws_a_case_is_better_in_runs_and_no_range_is_shown():
    head, _, wide, *_ = blocks(made(CASES, draws=0))["Coverage"]
    assert "over assumptions" not in head
    assert cells(wide)[-2:] == ["+36.0 ±5.1 points", "100% of runs"]


def test_a_single_draw_shows_no_range():
    assert cells(blocks(made(CASES, draws=1))["Coverage"][2])[-2:] == ["-", "100% of draws"]


def test_regret_says_how_often_a_case_is_best_and_what_it_costs_else(four):
    head, *rows = list(four.values())[4]
    assert cells(head) == ["best in", "mean", "worst"]
    comparison = made(CASES)
    for row, regret in zip(rows, comparison.regret, strict=True):
        money = [f"{value:,.0f}" for value in (regret.mean, regret.worst)]
        assert cells(row) == [regret.case, f"{regret.best:.0%} of draws", *money]


def test_four_cases_with_money_in_millions_fit_a_terminal():
    zones = tuple(replace(z, population=100 * z.population) for z in TINY.zones)
    cases = {
        "today": (TINY.replace(zones=zones), TINY.today),
        "plan": (TINY.replace(zones=zones), WIDE),
        "cheaper_wholesale: today": (DEAR.replace(zones=zones), TINY.today),
        "cheaper_wholesale: plan": (DEAR.replace(zones=zones), WIDE),
    }
    comparison = made(cases)
    assert comparison.planned["today"].cost > 1e6
    assert max(map(len, comparison_text(comparison).splitlines())) <= 120


def test_a_single_case_shows_every_measure():
    text = comparison_text(made({"today": CASES["today"]}))
    assert len(text.splitlines()) == 1 + 23 + 1 + 2
    assert "against" not in text
    assert "Regret" not in text


def test_a_single_case_shows_its_own_range_over_the_assumptions():
    text = comparison_text(made({"today": CASES["today"]}))
    assert cells(text.splitlines()[1]) == ["Coverage", "60.0%", "54.0% ±7.6", "42.6% to 65.4%"]


def test_the_runs_line_counts_replications_and_draws():
    assert runs_line(made(CASES)) == (
        "Simulated: 2 replications, seed 7; ± is the 95% interval of the mean\n"
        "Over assumptions: the middle 95% of 3 draws from the assumptions' ranges, shared by all "
        "cases"
    )


def test_the_runs_line_of_one_run_speaks_of_no_interval():
    assert runs_line(made(CASES, runs=1, draws=0)) == "Simulated: 1 replication, seed 7"


def test_a_head_has_the_unit_where_there_is_one():
    assert measure_head("coverage", "USD") == "Coverage"
    assert measure_head("cost", "USD") == "Cost to serve, USD/week"

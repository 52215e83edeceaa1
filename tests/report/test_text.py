from channelsim.report.text import aligned, comparison_text, plan_text, runs_line, solver_line
from tests.report.made import made


def test_columns_are_aligned_whatever_the_script():
    text = aligned([["区域", "1"], ["zone", "200"]])
    assert text.splitlines() == ["区域     1", "zone   200"]


def test_a_plan_shows_the_headline_measures_with_units(recommendation, comparison):
    text = plan_text(recommendation, comparison)
    for words in ("Coverage ", "Cost to serve, CNY/week", "Conflict ", "contribution, CNY/week"):
        assert words in text


def test_a_plan_shows_planned_and_simulated_figures_apart(recommendation, comparison):
    (row,) = (r for r in plan_text(recommendation, comparison).splitlines() if r[:8] == "Coverage")
    cells = [cell.strip() for cell in row.split("   ") if cell.strip()]
    assert cells[:4] == ["Coverage", "54.0% ±7.6", "100.0%", "90.0% ±12.7"]


def test_the_solver_line_gives_status_gap_and_time(recommendation):
    line = solver_line(recommendation)
    assert line.startswith("Solver: HiGHS, proven optimal; gap ")
    assert " s; assignment mode" in line


def test_the_runs_line_counts_replications_and_draws(comparison):
    assert runs_line(comparison) == (
        "Simulated: 2 replications, seed 7; ± is the 95% interval of the mean; "
        "3 draws of the assumptions"
    )
    single = made(dict(comparison.cases), runs=1, draws=0)
    assert runs_line(single) == "Simulated: 1 replication, seed 7"


def test_cases_are_shown_against_the_baseline(comparison):
    lines = comparison_text(comparison).splitlines()
    assert lines[0].split("   ")[0] == "Coverage"
    assert "against today" in lines[0]
    assert lines[2].endswith("100%")


def test_a_single_case_shows_every_measure(scenario):
    text = comparison_text(made({"today": (scenario, scenario.today)}))
    assert len(text.splitlines()) == 1 + 23 + 2
    assert "against" not in text

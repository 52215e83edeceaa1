from channelsim.report.text import plan_text, solver_line


def test_a_plan_shows_the_headline_measures_with_units(recommendation, comparison):
    text = plan_text(recommendation, comparison)
    for words in ("Coverage ", "Cost to serve, CNY/week", "Conflict ", "contribution, CNY/week"):
        assert words in text


def test_a_plan_shows_planned_and_simulated_figures_apart(recommendation, comparison):
    (row,) = (r for r in plan_text(recommendation, comparison).splitlines() if r[:8] == "Coverage")
    cells = [cell.strip() for cell in row.split("   ") if cell.strip()]
    assert cells[:4] == ["Coverage", "54.0% ±7.6", "100.0%", "90.0% ±12.7"]


def test_the_solver_line_gives_status_gap_time_and_what_is_proven(recommendation):
    line = solver_line(recommendation)
    assert line.startswith("Solver: HiGHS, proven optimal; gap ")
    objective = f"{recommendation.objective:,.0f}"
    assert line.endswith(f" s; objective {objective} CNY/week in assignment mode")

import numpy as np
import pytest

from channelsim.report.weekly_lines import MOST_CASES, WEEKLY, weekly_panels
from tests.report.made import WEEKS, made


def test_there_is_a_panel_for_each_recorded_measure(comparison):
    assert tuple(panel.measure for panel in weekly_panels(comparison)) == WEEKLY


def test_a_measure_that_was_not_recorded_has_no_panel(comparison):
    assert weekly_panels(comparison, ("revenue",)) == ()


def test_a_line_is_the_mean_of_the_runs_within_its_band(comparison):
    line = weekly_panels(comparison, ("units",))[0].lines[1]
    runs = [run.weekly("units")[:, 0] for run in comparison.outcomes["plan"]]
    assert line.case == "plan"
    assert line.mean == pytest.approx(np.mean(runs, axis=0))
    assert (line.low < line.mean).all()
    assert (line.mean < line.high).all()
    assert len(line.mean) == WEEKS


def test_many_cases_are_cut_to_what_can_be_told_apart(scenario):
    cases = made({f"case {n}": (scenario, scenario.today) for n in range(9)})
    assert len(weekly_panels(cases)[0].lines) == MOST_CASES

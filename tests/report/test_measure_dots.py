import pytest

from channelsim.domain.policy import Goals
from channelsim.report.measure_dots import dot_handles, dot_panels
from tests.report.made import made


def test_a_panel_shows_each_case_planned_and_realised(comparison):
    (panel,) = dot_panels(comparison, ("profit",))
    assert [dot.case for dot in panel.dots] == ["today", "plan"]
    assert panel.dots[1].planned == comparison.planned["plan"].profit
    assert panel.dots[1].realised == comparison.realised["plan"]["profit"]
    assert panel.dots[1].assumption == comparison.assumption["plan"]["profit"]


def test_without_draws_there_is_no_assumption_interval(comparison):
    panels = dot_panels(made(dict(comparison.cases), draws=0))
    assert {dot.assumption for panel in panels for dot in panel.dots} == {None}
    assert "over the assumptions' ranges" not in [h.get_label() for h in dot_handles(panels)]


def test_goals_are_shown_where_there_are_any(scenario):
    asked = scenario.replace(goals=Goals(min_coverage=0.8, max_conflict=0.3))
    panels = dot_panels(made({"today": (asked, asked.today)}))
    assert {p.measure: p.limit for p in panels} == {
        "coverage": 0.8,
        "cost": None,
        "conflict": 0.3,
        "profit": None,
    }


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_legend_names_every_sign(comparison, lang):
    names = [h.get_label() for h in dot_handles(dot_panels(comparison), lang)]
    assert len(set(names)) == 5

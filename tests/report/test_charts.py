import numpy as np
import pytest

from channelsim.report.charts import (
    comparison_figure,
    map_figure,
    save_charts,
    save_comparison_charts,
    weekly_figure,
)
from channelsim.report.style import house_style
from tests.report.made import made

PNG = b"\x89PNG\r\n\x1a\n"


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_chart_of_a_plan_is_written(recommendation, comparison, tmp_path, lang):
    lines = (np.array([[120.0, 30.0], [121.0, 31.0]]),)
    files = save_charts(recommendation, comparison, tmp_path, lines, lang)
    names = [file.name for file in files]
    assert names == ["map.png", "comparison.png", "cost.png", "weekly.png"]
    assert all(file.read_bytes().startswith(PNG) for file in files)


def test_the_same_plan_gives_the_same_pictures(recommendation, comparison, tmp_path):
    first, again = (
        [file.read_bytes() for file in save_charts(recommendation, comparison, tmp_path)]
        for _ in range(2)
    )
    assert first == again


def test_a_comparison_has_charts_without_a_plan(comparison, tmp_path):
    files = save_comparison_charts(comparison, tmp_path)
    assert [file.name for file in files] == ["comparison.png", "weekly.png"]


def test_the_map_shows_every_zone_and_marker(scenario, plan):
    with house_style():
        (axes,) = map_figure(scenario, scenario.today, plan).axes
    (bubbles,) = (c for c in axes.collections if len(c.get_offsets()) == len(scenario.zones))
    assert bubbles.get_sizes()[0] == pytest.approx(5 * bubbles.get_sizes()[3])
    assert sorted(line.get_marker() for line in axes.lines if len(line.get_xdata()) == 1) == [
        "^",
        "o",
    ]


def test_the_map_keeps_its_scale(scenario, plan):
    with house_style():
        (axes,) = map_figure(scenario, scenario.today, plan).axes
    assert axes.get_aspect() == 1


def test_one_run_of_one_case_can_be_drawn(scenario):
    single = made({"today": (scenario, scenario.today)}, runs=1, draws=0)
    with house_style():
        assert len(comparison_figure(single).axes) == 4
        assert len(weekly_figure(single).axes) == 4


def test_hostile_names_are_drawn_as_text(scenario, recommendation, comparison, tmp_path):
    case = "$\\frac{" + "x" * 10_000
    cases = made({case: (scenario, scenario.today), "<b>": (scenario, scenario.today)})
    assert len(save_comparison_charts(cases, tmp_path)) == 2


def test_names_on_the_map_cover_neither_markers_nor_each_other(scenario, plan):
    with house_style():
        figure = map_figure(scenario, scenario.today, plan)
        (axes,) = figure.axes
        figure.draw_without_rendering()
        names = [text for text in axes.texts if text.get_text() in {"Alpha", "Beta", "Gamma"}]
        boxes = [text.get_window_extent() for text in names]
        points = [
            axes.transData.transform((line.get_xdata()[0], line.get_ydata()[0]))
            for line in axes.lines
            if len(line.get_xdata()) == 1
        ]
    assert len(names) >= 2
    assert not any(a.overlaps(b) for a in boxes for b in boxes if a is not b)
    assert not any(box.contains(*point) for box in boxes for point in points)

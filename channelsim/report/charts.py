"""The charts of a plan and of a comparison, each written as one PNG file."""

from pathlib import Path
from typing import TYPE_CHECKING

from matplotlib.figure import Figure

from channelsim.domain.layout import Layout
from channelsim.domain.policy import Goals
from channelsim.domain.scenario import Scenario
from channelsim.report.cost_waterfall import paint_waterfall, waterfall
from channelsim.report.findings import plan_case
from channelsim.report.layout_map import Lines, layout_map
from channelsim.report.layout_map_paint import map_size, paint_map
from channelsim.report.measure_dots import dot_handles, dot_panels, paint_dots
from channelsim.report.style import headline, house_style, save, shown
from channelsim.report.weekly_lines import paint_weekly, weekly_panels
from channelsim.study.compare import Comparison

if TYPE_CHECKING:
    from channelsim.optimise.recommend import Recommendation


def save_charts(
    recommendation: "Recommendation",
    comparison: Comparison,
    folder: Path,
    lines: Lines = (),
    lang: str = "en",
) -> list[Path]:
    """Write every chart of a plan into a folder and return the files.

    Parameters
    ----------
    lines
        Borders and coasts to draw behind the map, each (N, 2) of longitude and latitude.
    """
    scenario = recommendation.scenario
    case = plan_case(recommendation, comparison)
    cases = (comparison.baseline, case) if case != comparison.baseline else (case,)
    with house_style():
        figures = {
            "map": map_figure(scenario, scenario.today, recommendation.layout, lines, lang),
            "comparison": comparison_figure(comparison, scenario.goals, lang),
            "cost": cost_figure(comparison, cases, lang),
            "weekly": weekly_figure(comparison, lang),
        }
        return [save(figure, folder / f"{name}.png") for name, figure in figures.items()]


def save_comparison_charts(comparison: Comparison, folder: Path, lang: str = "en") -> list[Path]:
    """Write the charts of a comparison without a recommendation and return the files."""
    with house_style():
        figures = {
            "comparison": comparison_figure(comparison, lang=lang),
            "weekly": weekly_figure(comparison, lang),
        }
        return [save(figure, folder / f"{name}.png") for name, figure in figures.items()]


def map_figure(
    scenario: Scenario, today: Layout, plan: Layout, lines: Lines = (), lang: str = "en"
) -> Figure:
    """Return the map of a plan against today's layout."""
    picture = layout_map(scenario, today, plan, lines, lang)
    figure = Figure(figsize=map_size(picture))
    title = ("Recommended layout against today", "推荐布局与现状")[lang == "zh"]
    zones, operations = picture.outside
    note = f"Outside the frame: {zones} zones, {operations} operations" if zones else ""
    if zones and lang == "zh":
        note = f"图框之外：{zones} 个区域，{operations} 个网点"
    headline(figure, f"{title}: {shown(scenario.title or scenario.name, lang=lang)}", note)
    paint_map(figure.add_subplot(), picture, lang)
    return figure


def comparison_figure(
    comparison: Comparison, goals: Goals | None = None, lang: str = "en"
) -> Figure:
    """Return the cases side by side in coverage, cost, conflict and contribution."""
    panels = dot_panels(comparison, goals=goals, lang=lang)
    currency = comparison.cases[comparison.baseline][0].currency
    figure = Figure(figsize=(9.0, 2.4 + 0.62 * len(comparison.names)))
    headline(figure, ("Planned and simulated", "计划与模拟")[lang == "zh"])
    for axes, panel in zip(figure.subplots(2, 2, sharey=True).flat, panels, strict=True):
        paint_dots(axes, panel, currency, lang)
    figure.legend(handles=dot_handles(panels, lang), loc="outside lower center", ncols=5)
    return figure


def cost_figure(comparison: Comparison, cases: tuple[str, ...], lang: str = "en") -> Figure:
    """Return where consumers' money goes in each of the cases, on one scale."""
    currency = comparison.cases[comparison.baseline][0].currency
    figure = Figure(figsize=(9.0, 0.6 + 3.0 * len(cases)))
    title = ("Where consumers' money goes, simulated", "消费者支出的去向（模拟）")[lang == "zh"]
    headline(figure, title)
    grid = figure.subplots(len(cases), 1, sharey=True, squeeze=False)
    for axes, case in zip(grid.flat, cases, strict=True):
        paint_waterfall(axes, waterfall(comparison, case), currency, shown(case, lang=lang), lang)
    return figure


def weekly_figure(comparison: Comparison, lang: str = "en") -> Figure:
    """Return how the cases fare week by week."""
    panels = weekly_panels(comparison, lang=lang)
    currency = comparison.cases[comparison.baseline][0].currency
    figure = Figure(figsize=(9.0, 6.0))
    runs = comparison.replications
    note = f"Mean of {runs} runs; the band holds nine runs in ten" if runs > 1 else "One run"
    if lang == "zh":
        note = f"{runs} 次模拟的均值；色带包含十分之九的模拟" if runs > 1 else "一次模拟"
    headline(figure, ("Week by week, simulated", "逐周模拟")[lang == "zh"], note)
    grid = figure.subplots(2, 2, squeeze=False)
    for axes, panel in zip(grid.flat, panels, strict=False):
        paint_weekly(axes, panel, currency, lang)
    for axes in list(grid.flat)[len(panels) :]:
        axes.set_axis_off()
    if panels:
        handles, names = grid.flat[0].get_legend_handles_labels()
        figure.legend(handles, names, loc="outside upper right", ncols=len(names))
    return figure

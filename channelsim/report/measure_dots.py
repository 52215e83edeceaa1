"""Cases side by side in the headline measures: planned, realised, and the two intervals apart."""

import math
from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from channelsim.domain.measures import HEADLINE
from channelsim.domain.policy import Goals
from channelsim.report.style import FAINT, INK, PLAN, TODAY, measure_axis, shown
from channelsim.study.compare import Comparison
from channelsim.study.intervals import Interval


class Dot(NamedTuple):
    """One case in one measure."""

    case: str
    """Case, drawable."""
    planned: float
    """Planned figure, consumers choosing by logit."""
    realised: Interval
    """Realised figure with its replication interval."""
    assumption: Interval | None
    """Realised figure over the assumptions' ranges, where they were drawn."""


class DotPanel(NamedTuple):
    """One measure of all cases."""

    measure: str
    """Measure."""
    dots: tuple[Dot, ...]
    """One a case, the baseline first."""
    limit: float | None
    """What the goals ask of the measure, if anything."""


def dot_panels(
    comparison: Comparison,
    measures: tuple[str, ...] = HEADLINE,
    goals: Goals | None = None,
    lang: str = "en",
) -> tuple[DotPanel, ...]:
    """Return one panel a measure, with the goals given or else the baseline's."""
    goals = goals or comparison.cases[comparison.baseline][0].goals
    limits = {"coverage": goals.min_coverage, "conflict": goals.max_conflict}
    realised, assumption = comparison.realised, comparison.assumption
    planned = {name: m.as_dict() for name, m in comparison.planned.items()}
    return tuple(
        DotPanel(
            measure,
            tuple(
                Dot(
                    shown(name, lang=lang),
                    planned[name][measure],
                    realised[name][measure],
                    assumption.get(name, {}).get(measure),
                )
                for name in comparison.names
            ),
            limits.get(measure),
        )
        for measure in measures
    )


def paint_dots(axes: Axes, panel: DotPanel, currency: str, lang: str = "en") -> None:
    """Paint one measure: a dot a case, its intervals, and its planned figure as a diamond."""
    rows = np.arange(len(panel.dots))[::-1]
    for row, dot, first in zip(rows, panel.dots, [True] + [False] * len(rows), strict=False):
        colour = TODAY if first else PLAN
        if dot.assumption is not None:
            ends = [dot.assumption.low, dot.assumption.high]
            axes.plot(ends, [row, row], color=colour, linewidth=1.0, alpha=0.55, zorder=2)
            axes.plot(ends, [row, row], "|", color=colour, markersize=6, alpha=0.55, zorder=2)
        if math.isfinite(dot.realised.low):
            axes.plot(
                [dot.realised.low, dot.realised.high],
                [row, row],
                color=colour,
                linewidth=4.5,
                alpha=0.45,
                solid_capstyle="butt",
                zorder=3,
            )
        axes.plot(dot.realised.mean, row, "o", color=colour, markersize=6, zorder=5)
        axes.plot(dot.planned, row, "D", mfc="white", mec=colour, mew=1.1, markersize=6, zorder=4)
    if panel.limit is not None:
        axes.axvline(panel.limit, color=INK, linewidth=0.8, linestyle=(0, (4, 3)), zorder=1)
    peak = max(abs(value) for value in axes.get_xlim())
    axes.set_title(measure_axis(axes.xaxis, panel.measure, peak, currency, lang))
    axes.set_yticks(rows, [dot.case for dot in panel.dots])
    axes.set_ylim(-0.6, len(panel.dots) - 0.4)
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    axes.grid(axis="x", color=FAINT, linewidth=0.5)
    axes.margins(x=0.08)


def dot_handles(panels: tuple[DotPanel, ...], lang: str = "en") -> list[Line2D]:
    """Return the legend of the panels, with an entry for each sign that they use."""
    at = 1 if lang == "zh" else 0
    dots = [dot for panel in panels for dot in panel.dots]
    handles = [_handle(("Simulated, mean", "模拟均值")[at], marker="o", color=PLAN)]
    if any(math.isfinite(dot.realised.low) for dot in dots):
        words = ("95% interval of the mean", "均值的95%区间")[at]
        handles.append(_handle(words, color=PLAN, linewidth=4.5, alpha=0.45))
    if any(dot.assumption is not None and math.isfinite(dot.assumption.low) for dot in dots):
        words = ("over the assumptions' ranges", "假设取值范围内")[at]
        handles.append(_handle(words, color=PLAN, linewidth=1.0, alpha=0.55))
    handles.append(
        _handle(("Planned", "计划值")[at], marker="D", markerfacecolor="white", color=PLAN)
    )
    if any(panel.limit is not None for panel in panels):
        handles.append(
            _handle(("Goal", "目标")[at], color=INK, linestyle=(0, (4, 3)), linewidth=0.8)
        )
    return handles


def _handle(text: str, **look: object) -> Line2D:
    base: dict[str, object] = {"linestyle": "" if "marker" in look else "-", "markersize": 6}
    return Line2D([], [], label=text, **{**base, **look})  # type: ignore[arg-type]

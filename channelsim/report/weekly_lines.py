"""How cases fare week by week: the mean over replications with a band of nine runs in ten."""

from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes

from channelsim.domain.columns import Floats
from channelsim.report.style import FAINT, PALETTE, TODAY, measure_axis, shown
from channelsim.study.compare import Comparison
from channelsim.words import label

WEEKLY = ("units", "profit", "conflict", "coverage")
BAND = (0.05, 0.95)
MOST_CASES = 6
DASHES = ("-", (0, (5, 1.5)), (0, (1, 1)), (0, (5, 1, 1, 1)), (0, (8, 2)), (0, (3, 1)))


class Line(NamedTuple):
    """One measure of one case by week."""

    case: str
    """Case, drawable."""
    mean: Floats
    """(W,) mean over replications."""
    low: Floats
    """(W,) lower end of the band."""
    high: Floats
    """(W,) upper end of the band."""


class WeeklyPanel(NamedTuple):
    """One measure by week."""

    measure: str
    """Measure."""
    lines: tuple[Line, ...]
    """One a case, the baseline first."""


def weekly_panels(
    comparison: Comparison, measures: tuple[str, ...] = WEEKLY, lang: str = "en"
) -> tuple[WeeklyPanel, ...]:
    """Return one panel for each measure that was recorded by week; at most six cases."""
    first = comparison.outcomes[comparison.baseline][0]
    recorded = {s.measure for s in first.series if s.level == "total"}
    names = comparison.names[:MOST_CASES]
    return tuple(
        WeeklyPanel(m, tuple(_line(comparison, name, m, lang) for name in names))
        for m in measures
        if m in recorded
    )


def _line(comparison: Comparison, case: str, measure: str, lang: str) -> Line:
    runs = np.stack([run.weekly(measure)[:, 0] for run in comparison.outcomes[case]])
    low, high = np.quantile(runs, BAND, axis=0)
    return Line(shown(case, lang=lang), runs.mean(axis=0), low, high)


def paint_weekly(axes: Axes, panel: WeeklyPanel, currency: str, lang: str = "en") -> None:
    """Paint one measure by week; cases differ in colour and in dashes."""
    for row, line in enumerate(panel.lines):
        colour = TODAY if row == 0 else PALETTE[row - 1]
        weeks = np.arange(len(line.mean))
        axes.fill_between(weeks, line.low, line.high, color=colour, alpha=0.22, linewidth=0)
        axes.plot(
            weeks, line.mean, color=colour, linestyle=DASHES[row], linewidth=1.3, label=line.case
        )
    low, high = axes.get_ylim()
    axes.set_ylim(min(low, 0.0), high + 0.04 * (high - min(low, 0.0)))
    axes.set_title(measure_axis(axes.yaxis, panel.measure, max(abs(low), high), currency, lang))
    axes.set_xlabel(label("week", lang))
    axes.grid(axis="y", color=FAINT, linewidth=0.5)
    axes.margins(x=0.01)

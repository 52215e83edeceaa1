"""Where consumers' money goes: spending, production, each part of cost to serve, contribution."""

from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes

from channelsim.domain.measures import COST_PARTS
from channelsim.report.style import FAINT, INK, PALETTE, QUIET, money_scale
from channelsim.study.compare import Comparison
from channelsim.study.intervals import Interval
from channelsim.words import label, unit

STEPS = ("revenue", "production", *COST_PARTS, "profit")
COLOURS = {"revenue": "#BDBDBD", "production": QUIET, "profit": PALETTE[2]}
COST = PALETTE[1]
THOUSANDS = 1e6


class Bar(NamedTuple):
    """One step of the way from consumers' spending to the maker's contribution."""

    name: str
    """Measure."""
    low: float
    """Lower end of the bar, money per week."""
    high: float
    """Upper end of the bar, money per week."""
    value: Interval
    """The measure, realised, money per week."""
    share: float
    """The measure over consumers' spending."""


def waterfall(comparison: Comparison, case: str) -> tuple[Bar, ...]:
    """Return the steps of one case from its realised figures."""
    realised = comparison.realised[case]
    revenue = realised["revenue"].mean
    bars, top = [], revenue
    for name in STEPS:
        value = realised[name]
        share = value.mean / revenue if revenue > 0 else 0.0
        if name in ("revenue", "profit"):
            low, high = min(0.0, value.mean), max(0.0, value.mean)
        else:
            low, high = top - value.mean, top
            top = low
        bars.append(Bar(name, low, high, value, share))
    return tuple(bars)


def paint_waterfall(
    axes: Axes, bars: tuple[Bar, ...], currency: str, title: str, lang: str = "en"
) -> None:
    """Paint the steps from left to right, each with its value and its share of spending."""
    peak = max(bar.high for bar in bars)
    floor = min(bar.low for bar in bars)
    room = peak - floor or 1.0  # nothing sold, nothing paid: still a chart
    scale, word = money_scale(min(peak, THOUSANDS), lang)
    x = np.arange(len(bars))
    axes.bar(
        x,
        [bar.high - bar.low for bar in bars],
        bottom=[bar.low for bar in bars],
        color=[COLOURS.get(bar.name, COST) for bar in bars],
        edgecolor=[COLOURS.get(bar.name, COST) for bar in bars],
        linewidth=0.8,
        width=0.7,
        zorder=2,
    )
    for row, bar in enumerate(bars[:-1]):
        level = bar.high if row == 0 else bar.low
        axes.plot([row + 0.35, row + 0.65], [level] * 2, color=QUIET, linewidth=0.6, zorder=1)
    for at, bar in enumerate(bars):
        text = f"{_short(bar.value.mean / scale)}\n{bar.share:.1%}"
        axes.text(at, bar.high + 0.012 * room, text, ha="center", va="bottom", fontsize=7.5)
        if bar.name in ("revenue", "profit") and bar.value.low == bar.value.low:
            ends = [[bar.value.mean - bar.value.low], [bar.value.high - bar.value.mean]]
            axes.errorbar(at, bar.value.mean, yerr=ends, color=INK, linewidth=1, capsize=3)
    axes.axhline(0, color=QUIET, linewidth=0.6)
    axes.set_title(title)
    axes.set_xticks(x, [label(bar.name, lang).replace(" ", "\n", 1) for bar in bars])
    axes.tick_params(axis="x", length=0, labelsize=7.5)
    axes.yaxis.set_major_formatter(lambda v, _: f"{v / scale:,.6g}")
    axes.set_ylabel(f"{word}{unit('money/week', currency, lang)}")
    low, high = axes.get_ylim()  # of all charts that share the axis
    axes.set_ylim(min(low, 1.05 * floor), max(high, peak + 0.14 * room))
    axes.grid(axis="y", color=FAINT, linewidth=0.5, zorder=0)
    axes.set_axisbelow(True)


def _short(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:,.3g}"

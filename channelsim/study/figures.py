"""How figures are written in text: shares in percent, money in the scenario's currency."""

import math

from channelsim.domain.watched import unit_of
from channelsim.study.intervals import Interval
from channelsim.words import unit

NOTHING = "-"
POINTS = " points"


def figure(measure: str, value: float) -> str:
    """Return the value of a measure as people write it, without money's or units' unit."""
    if not math.isfinite(value):
        return NOTHING
    kind = unit_of(measure)
    if kind.startswith("share"):
        return f"{value:.1%}"
    if kind.startswith("index"):
        return f"{value:.3f}"
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:,.4g}"


def change(measure: str, value: float) -> str:
    """Return a difference of a measure with its sign; shares differ in percentage points."""
    if not math.isfinite(value):
        return NOTHING
    sign = "-" if value < 0 else "+"
    if unit_of(measure).startswith("share"):
        return f"{sign}{abs(value) * 100:.1f}{POINTS}"
    size = abs(value)
    small = size < 100 and not unit_of(measure).startswith("index")
    return sign + (f"{size:,.3g}" if small else figure(measure, size))


def unit_after(measure: str, currency: str) -> str:
    """Return the unit that follows a figure written by `figure`, blank first; empty for shares."""
    kind = unit_of(measure)
    return "" if kind.startswith(("share", "index")) else f" {unit(kind, currency)}"


def with_interval(measure: str, interval: Interval) -> str:
    """Return a mean with half its replication interval; one run has none."""
    return figure(measure, interval.mean) + _half(measure, interval)


def change_with_interval(measure: str, interval: Interval) -> str:
    """Return a mean difference with half its replication interval; one run has none."""
    mean = change(measure, interval.mean)
    tail = POINTS if mean.endswith(POINTS) else ""
    return mean.removesuffix(POINTS) + _half(measure, interval) + tail


def span(measure: str, interval: Interval) -> str:
    """Return the ends of an interval of a difference; a single draw has none."""
    if not math.isfinite(interval.low):
        return NOTHING
    ends = [change(measure, end).removesuffix(POINTS) for end in (interval.low, interval.high)]
    return f"{ends[0]} to {ends[1]}{POINTS * unit_of(measure).startswith('share')}"


def level_span(measure: str, interval: Interval) -> str:
    """Return the ends of an interval of a figure; a single draw has none."""
    if not math.isfinite(interval.low):
        return NOTHING
    return f"{figure(measure, interval.low)} to {figure(measure, interval.high)}"


def _half(measure: str, interval: Interval) -> str:
    if not math.isfinite(interval.low):
        return ""
    # an interval that ends where shares do is wider on one side
    half = max(interval.high - interval.mean, interval.mean - interval.low)
    if unit_of(measure).startswith(("share", "index")) or half >= 100:
        return f" ±{figure(measure, half).removesuffix('%')}"
    return f" ±{half:,.2g}"

"""ADBUDG from four judgements (Little 1970).

Sales over those of today, with x the spend over today's:

    s(x) = low + (high - low) x^c / (d + x^c),   s(0) = low, s(inf) = high, s(1), s(1.5) as judged,

so that d = (high - s(1)) / (s(1) - low) and c = ln(d (s(1.5) - low) / (high - s(1.5))) / ln 1.5.
A response of a scenario is the rise over sales without the money: lift = (high - low) / low,
scale = spend d^(1/c), exponent c.
"""

from dataclasses import dataclass, replace

import numpy as np

from channelsim.domain import checks
from channelsim.domain.columns import Floats
from channelsim.domain.response import Response
from channelsim.domain.scenario import Scenario
from channelsim.study.calibrate.calibration import Calibration, checked_level, estimates_of
from channelsim.study.calibrate.responses import with_response

STEP = 1e-6


@dataclass(frozen=True)
class Judgements:
    """What sales would be, in any one unit: of all, and of the spend, only ratios count."""

    none: float
    """Without the money."""
    now: float
    """With the money spent today."""
    half_more: float
    """With half as much again."""
    most: float
    """With any amount of money."""

    def __post_init__(self) -> None:
        checks.at_least("none", self.none, 0)
        order = (self.none, self.now, self.half_more, self.most)
        checks.require(
            all(a < b for a, b in zip(order, order[1:], strict=False)),
            f"the judgements must rise from none over now and half_more to most, got {order}; "
            "judge again",
        )


def adbudg(judged: Judgements) -> tuple[float, float]:
    """Return d and c of Little's curve."""
    d = (judged.most - judged.now) / (judged.now - judged.none)
    above = (judged.half_more - judged.none) / (judged.most - judged.half_more)
    return d, float(np.log(d * above) / np.log(1.5))


def calibrate_adbudg(
    scenario: Scenario,
    partner: str,
    instrument: str,
    judged: Judgements,
    *,
    spend: float,
    doubt: float = 0.0,
    level: float = 0.95,
) -> Calibration:
    """Write a partner's response to an instrument from four judgements of its sales.

    Parameters
    ----------
    spend
        What is spent today, money per week.
    doubt
        Standard error of each judgement, in its unit, independent of the others'; 0: none, and
        intervals without width.
    level
        Level of the intervals.

    Raises
    ------
    BadValue
        If sales without money are 0, so that there is no relative rise, the partner is unknown, or
        a value is out of range.
    """
    checks.positive("none", judged.none, "a scenario counts the rise over sales without the money")
    checks.positive("spend", spend)
    checks.at_least("doubt", doubt, 0)
    d, c = adbudg(judged)
    lift = (judged.most - judged.none) / judged.none
    concave = c <= 1
    # a plan's curves are concave: of an S only the part beyond today's spend is
    form = (lift, spend * d ** (1 / c), c) if concave else (lift, spend * d, 1.0)
    note = (
        f"the curve is S-shaped (exponent {c:.3g}); plans hold concave curves, so it was written "
        "with exponent 1 through today's sales and the most"
    )
    slopes = _slopes(judged)
    return Calibration(
        model=f"ADBUDG of {partner}, {instrument}, from four judgements",
        estimates=estimates_of(
            ("delta", "gamma"), ("1", "1"), np.array([d, c]),
            doubt**2 * slopes @ slopes.T, checked_level(level),
        ),
        scenario=with_response(
            scenario, Response(partner, instrument, "hill", form[0], form[1], form[2])
        ),
        notes=() if concave else (note,),
        level=level,
    )  # fmt: skip


def _slopes(judged: Judgements) -> Floats:
    """Return d (d, c) / d judgement: (2, 4)."""
    columns = []
    for name in ("none", "now", "half_more", "most"):
        at, step = getattr(judged, name), STEP * judged.most
        more = adbudg(replace(judged, **{name: at + step}))
        less = adbudg(replace(judged, **{name: at - step}))
        columns.append(np.subtract(more, less) / (2 * step))
    return np.array(columns).T

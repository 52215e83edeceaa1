"""A partner's response to incentive money, from a history of spend and sales.

    ln units_t = ln base + ln(1 + lift g(spend_t / scale)) + error,

with g the form's curve (`domain.response`): log, hill or exponential. Of a power curve lift and
scale are one number, so that none is estimated.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from channelsim.domain import checks
from channelsim.domain.columns import Floats
from channelsim.domain.incentives import lift as rise
from channelsim.domain.response import Response
from channelsim.domain.scenario import Scenario
from channelsim.study.calibrate.calibration import Calibration, checked_level, estimates_of
from channelsim.study.calibrate.least_squares import curved
from channelsim.study.calibrate.responses import response_of, with_response

FORMS = ("log", "hill", "exponential")
HIGHEST = 20.0
"""Most that money may multiply sales by."""


def calibrate_incentive(
    scenario: Scenario,
    partner: str,
    instrument: str,
    spend: Sequence[float],
    units: Sequence[float],
    *,
    form: str = "",
    level: float = 0.95,
) -> Calibration:
    """Estimate lift and scale of a partner's response by non-linear least squares.

    Parameters
    ----------
    spend, units
        Money and units in each week, or each of any other periods of one length that `spend` and
        `units` are weekly means of.
    form
        log, hill or exponential; empty: that of the partner's response, else log. The exponent of
        hill stays what it was, 1 for a new one.
    level
        Level of the intervals.

    Raises
    ------
    BadValue
        If the form or the partner is unknown, series differ in length, a figure is out of range, or
        the spend does not vary enough to tell.
    """
    old = response_of(scenario, partner, instrument)
    curve = _curve(old, partner, instrument, form)
    money, sold = _checked(spend, units)
    top = float(money.max())
    fit = curved(
        lambda v: v[0] + np.log1p(_rises(curve, v[1], v[2], money)),
        np.log(sold),
        np.array([np.log(sold[money <= np.median(money)].mean()), 0.3, max(top / 3, 1e-9)]),
        np.array([-np.inf, 0.0, top / 1000]),
        np.array([np.inf, HIGHEST, top * 1000]),
    )
    base, height, scale = fit.values.tolist()
    return Calibration(
        model=f"response of {partner} to {instrument}, {curve.form}, non-linear least squares",
        estimates=estimates_of(
            ("base", "lift", "scale"), ("log units/week", "share of sales", "money/week"),
            fit.values, fit.covariance, checked_level(level), fit.freedom,
        ),
        scenario=with_response(scenario, replace(curve, lift=height, scale=scale)),
        observed=tuple(sold.tolist()),
        fitted=tuple((np.exp(base) * (1 + _rises(curve, height, scale, money))).tolist()),
        level=level,
    )  # fmt: skip


def _curve(old: Response | None, partner: str, instrument: str, form: str) -> Response:
    wanted = form or (old.form if old else "log")
    checks.one_of("form", wanted, FORMS)
    if old is not None and old.form == wanted:
        return old
    return Response(partner, instrument, wanted, 0.1, 1.0)


def _rises(curve: Response, height: float, scale: float, money: Floats) -> Floats:
    now = replace(curve, lift=height, scale=scale)
    values, row = np.unique(money, return_inverse=True)
    return np.array([rise(now, value) for value in values.tolist()])[row]


def _checked(spend: Sequence[float], units: Sequence[float]) -> tuple[Floats, Floats]:
    money, sold = np.asarray(spend, dtype=np.float64), np.asarray(units, dtype=np.float64)
    checks.require(
        money.shape == sold.shape and money.ndim == 1,
        f"spend and units must be as long as each other, got {money.size} and {sold.size}; "
        "write one of each a week",
    )
    for value in money.tolist():
        checks.at_least("spend", value, 0)
    for value in sold.tolist():
        checks.positive("units", value, "leave out weeks without sales")
    checks.require(
        len(np.unique(money)) > 2,
        "spend must take 3 values or more to tell a curve; add weeks in which it differs",
    )
    return money, sold

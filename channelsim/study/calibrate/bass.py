"""Bass's diffusion from a series of adoptions, by non-linear least squares.

With F(t) = (1 - e^{-(p+q)t}) / (1 + (q/p) e^{-(p+q)t})   (Bass 1969),

    adoptions of period k = m (F(k) - F(k - 1)) + error   (Srinivasan & Mason 1986).
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from channelsim.domain import checks
from channelsim.domain.columns import Floats
from channelsim.domain.scenario import Scenario
from channelsim.study.calibrate.calibration import Calibration, checked_level, estimates_of
from channelsim.study.calibrate.least_squares import curved

LARGEST = 5.0
"""Most that p or q may be per period: of a population that grows so, one period shows nothing."""


def calibrate_bass(
    scenario: Scenario,
    adoptions: Sequence[float],
    *,
    weeks: float = 52.0,
    level: float = 0.95,
) -> Calibration:
    """Estimate innovation p, imitation q and the market m from the adoptions of each period.

    The scenario's segments take p and q per week, and its zones are scaled so that m people live in
    them, all unaware: the market at launch.

    Parameters
    ----------
    adoptions
        New adopters in each period from the launch on, people.
    weeks
        Weeks of a period.
    level
        Level of the intervals.

    Raises
    ------
    BadValue
        If there are fewer than 4 periods, one is negative, or they do not show a diffusion.
    """
    data = np.asarray(adoptions, dtype=np.float64)
    _check(data, weeks)
    fit = curved(
        lambda v: bass_adoptions(v[0], v[1], v[2], len(data)),
        data,
        _start(data),
        np.array([1e-9, 0.0, float(data.max())]),
        np.array([LARGEST, LARGEST, np.inf]),
    )
    p, q, m = fit.values.tolist()
    return Calibration(
        model="Bass diffusion, non-linear least squares",
        estimates=estimates_of(
            ("p", "q", "m"), ("per period", "per period", "people"),
            fit.values, fit.covariance, checked_level(level), fit.freedom,
        ),
        scenario=_launched(scenario, p / weeks, q / weeks, m),
        observed=tuple(data.tolist()),
        fitted=tuple(bass_adoptions(p, q, m, len(data)).tolist()),
        level=level,
    )  # fmt: skip


def bass_adoptions(p: float, q: float, m: float, periods: int) -> Floats:
    """Return the new adopters of each period: (periods,) in the unit of m."""
    gone = np.exp(-(p + q) * np.arange(periods + 1))
    adopted = (1 - gone) / (1 + q / p * gone)
    result: Floats = m * np.diff(adopted)
    return result


def _check(data: Floats, weeks: float) -> None:
    checks.require(
        data.ndim == 1 and len(data) > 3,
        f"adoptions must be 4 periods or more, got {data.size}; add periods",
    )
    for value in data.tolist():
        checks.at_least("adoptions", value, 0, "write people, 0 where nobody adopted")
    checks.require(
        bool(data.sum() > 0), "adoptions are all 0; write the new adopters of each period"
    )
    checks.positive("weeks", weeks)


def _start(data: Floats) -> Floats:
    """Return Bass's own estimates, from adoptions = pm + (q - p) N - (q/m) N^2, where they are
    sensible.
    """
    before = np.concatenate([[0.0], np.cumsum(data)[:-1]])
    total = float(data.sum())
    c, b, a = np.polyfit(before, data, 2).tolist()
    if c < 0 and a > 0 and b * b - 4 * a * c > 0:
        m = (-b - (b * b - 4 * a * c) ** 0.5) / (2 * c)
        return np.array([a / m, max(-m * c, 1e-3), max(m, total)])
    return np.array([max(float(data[0]) / (2 * total), 1e-4), 0.3, 2 * total])


def _launched(scenario: Scenario, p: float, q: float, m: float) -> Scenario:
    people = sum(zone.population for zone in scenario.zones)
    factor = m / people if people > 0 else 1.0
    zones = tuple(
        replace(zone, population=zone.population * factor, awareness=0.0) for zone in scenario.zones
    )
    segments = tuple(replace(s, innovation=p, imitation=q) for s in scenario.segments)
    return scenario.replace(zones=zones, segments=segments)

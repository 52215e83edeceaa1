"""Price elasticity from a history of prices and sales.

    ln units_it = a_i + e ln price_it + error,

with a constant for each outlet i, by least squares within outlets; with instruments, such as costs,
by two stages, for prices that follow demand bias the first (Wright 1928; Angrist & Pischke 2009,
ch. 4).

A scenario's demand has the elasticity (sum_j p_j d units_j / d p_j) / sum_j units_j at today's
layout and listed prices. It is proportional to the segments' price sensitivity as long as utilities
stay, so the sensitivity is scaled to it, and what listed prices cost in utils is given back as
attraction.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from channelsim.domain import checks
from channelsim.domain.columns import Floats, Ints
from channelsim.domain.demand import demand_of, open_mask
from channelsim.domain.layout import Layout
from channelsim.domain.scenario import Scenario
from channelsim.domain.utility import price_term
from channelsim.study.calibrate.attraction import mean_sensitivity, unit_of, written
from channelsim.study.calibrate.calibration import (
    Calibration,
    Estimate,
    checked_level,
    estimates_of,
)
from channelsim.study.calibrate.least_squares import centred, linear

NAME = "price_sensitivity"
WITH_PRICE = ("logit", "mci")


def calibrate_price(
    scenario: Scenario,
    prices: Sequence[float],
    units: Sequence[float],
    *,
    outlets: Sequence[str] = (),
    instruments: Sequence[Sequence[float]] = (),
    layout: Layout | None = None,
    level: float = 0.95,
) -> Calibration:
    """Estimate the price elasticity of an outlet's sales, and the sensitivity that gives it.

    Parameters
    ----------
    prices, units
        Price and units of each observation.
    outlets
        What each observation is of; empty: all of one outlet.
    instruments
        Series that move prices but not demand, each as long as `prices`; empty: none.
    layout
        What was open; today's by default.
    level
        Level of the intervals.

    Raises
    ------
    BadValue
        If series differ in length, a figure is not positive, prices do not vary within outlets, or
        sales do not fall as prices rise.
    """
    checks.one_of("market.demand", scenario.market.demand, WITH_PRICE)
    checks.require(len(prices) > 0, "there are no prices; write the price of each observation")
    price, sold = _logs("prices", prices, len(prices)), _logs("units", units, len(prices))
    group, tools = _groups(outlets, len(price)), _tools(instruments, len(price))
    x, y = centred(price, group), centred(sold, group)
    checks.require(
        bool(np.abs(x).max(initial=0) > 1e-9),
        "prices do not vary within outlets; add weeks in which they differ",
    )
    z = None if tools is None else centred(tools, group)
    fit = linear(x[:, None], y, z, absorbed=int(group.max()) + 1)
    (elasticity,) = estimates_of(
        ("elasticity",), ("1",), fit.values, fit.covariance, checked_level(level), fit.freedom
    )
    checks.require(
        elasticity.value < 0,
        f"sales rise with the price (elasticity {elasticity.value:.3g}); pass instruments such as "
        "costs, for prices may have followed demand",
    )
    per_unit = _elasticity_per_unit(scenario, layout or scenario.today)
    sensitivity = _scaled(elasticity, per_unit, unit_of(NAME, scenario.market.demand))
    return Calibration(
        model="price elasticity, " + ("least squares" if z is None else "two-stage least squares"),
        estimates=(elasticity, sensitivity),
        scenario=held(scenario, sensitivity.value),
        observed=tuple(np.exp(sold).tolist()),
        fitted=tuple(np.exp(sold - y + x * elasticity.value).tolist()),
        level=level,
    )


def held(scenario: Scenario, sensitivity: float) -> Scenario:
    """Return the scenario with another mean price sensitivity, utilities at listed prices held."""
    new = written(scenario, {NAME: sensitivity})
    more = sensitivity - mean_sensitivity(scenario, NAME)
    worth = more * price_term(scenario, scenario.columns.price)
    rows = zip(scenario.candidates, worth.tolist(), strict=True)
    return new.replace(candidates=tuple(replace(c, attraction=c.attraction + w) for c, w in rows))


def _elasticity_per_unit(scenario: Scenario, layout: Layout) -> float:
    """Return the elasticity that a price sensitivity of 1 has, utilities held."""
    price = scenario.columns.price
    small = 1e-3 / float(price.max())
    trial, is_open = held(scenario, small), open_mask(scenario, layout)
    checks.require(bool(is_open.any()), "nothing is open; pass the layout that sold")
    demand, none = demand_of(trial), np.zeros_like(price)
    slope = np.diag(demand.slopes(price, none, is_open).by_candidate(len(price)))
    total = float(demand.units(price, none, is_open).sum())
    checks.require(total > 0, "the scenario sells nothing at listed prices; look at its demand")
    return float((price * slope).sum()) / total / small


def _scaled(elasticity: Estimate, per_unit: float, unit: str) -> Estimate:
    ends = [v / per_unit for v in (elasticity.value, elasticity.high, elasticity.low)]
    return Estimate(NAME, ends[0], ends[1], ends[2], unit)


def _logs(name: str, values: Sequence[float], count: int) -> Floats:
    checks.require(
        len(values) == count,
        f"{name} must be as long as prices, got {len(values)} and {count}; write one a price",
    )
    for value in values:
        checks.positive(name, value, "leave out weeks without sales")
    result: Floats = np.log(np.asarray(values, dtype=np.float64))
    return result


def _groups(outlets: Sequence[str], count: int) -> Ints:
    checks.require(
        len(outlets) in (0, count),
        f"outlets must be as long as prices, got {len(outlets)} and {count}; name one a price",
    )
    if not len(outlets):
        return np.zeros(count, dtype=np.int64)
    return np.unique(np.asarray(outlets), return_inverse=True)[1].astype(np.int64)


def _tools(instruments: Sequence[Sequence[float]], count: int) -> Floats | None:
    for series in instruments:
        checks.require(
            len(series) == count,
            f"an instrument must be as long as prices, got {len(series)} and {count}; "
            "write one figure a price",
        )
    return np.array(instruments, dtype=np.float64).T if len(instruments) else None

"""Comparisons made by hand, so that every figure in them is known."""

from dataclasses import fields

import numpy as np

from channelsim.domain.measures import UNITS, Measures, planned
from channelsim.domain.outcome import Outcome, Series
from channelsim.domain.scenario import Scenario
from channelsim.study.compare import Case, Comparison

WEEKS = 6


def made(cases: dict[str, Case], runs: int = 2, draws: int = 3) -> Comparison:
    """Return a comparison whose runs are the planned figures, times 0.89, 0.91, ..."""
    plans = {name: planned(*case) for name, case in cases.items()}
    outcomes = {
        name: tuple(
            outcome(case[0], name, r, scaled(plans[name], 0.89 + 0.02 * r)) for r in range(runs)
        )
        for name, case in cases.items()
    }
    drawn = {
        name: tuple(scaled(plans[name], 0.7 + 0.2 * d) for d in range(draws))
        for name in cases
        if draws
    }
    return Comparison(next(iter(cases)), cases, plans, outcomes, drawn, seed=7)


def scaled(measures: Measures, factor: float) -> Measures:
    return Measures(**{f.name: factor * getattr(measures, f.name) for f in fields(Measures)})


def outcome(scenario: Scenario, name: str, replication: int, realised: Measures) -> Outcome:
    series = tuple(
        Series("total", ("total",), m, UNITS[m], np.full((WEEKS, 1), realised.as_dict()[m]))
        for m in ("units", "profit", "conflict", "coverage")
    )
    zones = tuple(z.id for z in scenario.zones)
    by_zone = np.arange(WEEKS * len(zones), dtype=float).reshape(WEEKS, len(zones))
    series += (Series("zone", zones, "units", UNITS["units"], by_zone),)
    return Outcome(scenario.name, name, 7, replication, series, realised)

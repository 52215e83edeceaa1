"""What runs of a layout showed, in the terms in which a plan is corrected."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from channelsim.domain.columns import Floats
from channelsim.domain.layout import Layout
from channelsim.domain.outcome import Outcome
from channelsim.domain.scenario import Scenario
from channelsim.simulate.run import simulate
from channelsim.study.intervals import Interval, replication_interval

LEVELS = ("total", "zone", "outlet")
FIGURES = ("coverage", "cost", "conflict", "profit", "incentives")
"""Measures that a plan is held to."""


@dataclass(frozen=True, eq=False)
class Seen:
    """Means over the weeks and runs of one layout."""

    figures: tuple[Mapping[str, float], ...]
    """Realised `FIGURES`, one mapping a run."""
    units: Floats
    """(J,) units per week of each candidate."""
    price: Floats
    """(J,) what a unit brought, money; NaN where nothing was sold."""
    aware: Floats
    """(Z,) share of people who knew the brand."""
    bare_units: Floats
    """(J,) units per week without the layout's incentive money, the same consumers; `units` where
    that was not played."""

    def mean(self, measure: str) -> float:
        """Return a measure's mean over runs."""
        return float(np.mean(self._values(measure)))

    def interval(self, measure: str) -> Interval:
        """Return a measure's mean with its 95% interval over runs."""
        return replication_interval(self._values(measure))

    def _values(self, measure: str) -> list[float]:
        return [run[measure] for run in self.figures]


def see(scenario: Scenario, layout: Layout, seed: int, replications: Iterable[int]) -> Seen:
    """Play a layout, with its incentive money and without, and return what was seen."""
    numbers = tuple(replications)
    runs = [_run(scenario, layout, seed, r, None) for r in numbers]
    figures = tuple({name: run.realised.as_dict()[name] for name in FIGURES} for run in runs)
    if not layout.incentives:
        return _seen(runs, figures, None)
    without = layout.replace(incentives=())
    bare = _mean([_run(scenario, without, seed, r, None) for r in numbers], "units", "outlet")
    return _seen(runs, figures, bare)


def see_lately(
    scenario: Scenario, layout: Layout, seed: int, replication: int, since: int, until: int
) -> Seen:
    """Play one run up to a week and return what its weeks from `since` on showed."""
    run = _run(scenario, layout, seed, replication, until)
    figures = {name: float(run.weekly(name)[since:].mean()) for name in FIGURES}
    return _seen([run], (figures,), None, since)


def _seen(
    runs: list[Outcome],
    figures: tuple[Mapping[str, float], ...],
    bare: Floats | None,
    since: int = 0,
) -> Seen:
    units = _mean(runs, "units", "outlet", since)
    revenue = _mean(runs, "revenue", "outlet", since)
    return Seen(
        figures=figures,
        units=units,
        price=np.divide(revenue, units, out=np.full(len(units), np.nan), where=units > 0),
        aware=_mean(runs, "aware", "zone", since),
        bare_units=units if bare is None else bare,
    )


def _run(scenario: Scenario, layout: Layout, seed: int, r: int, weeks: int | None) -> Outcome:
    return simulate(scenario, layout, seed=seed, replication=r, weeks=weeks, record=LEVELS)


def _mean(runs: list[Outcome], measure: str, level: str, since: int = 0) -> Floats:
    """Return a series' mean over weeks and runs: (N,)."""
    result: Floats = np.mean([run.weekly(measure, level)[since:].mean(axis=0) for run in runs], 0)
    return result

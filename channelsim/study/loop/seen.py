"""What runs of a layout showed, in the terms in which a plan is corrected."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from channelsim.domain.columns import Floats
from channelsim.domain.layout import Layout
from channelsim.domain.measures import Measures
from channelsim.domain.outcome import Outcome
from channelsim.domain.scenario import Scenario
from channelsim.simulate.run import simulate
from channelsim.study.intervals import Interval, replication_interval

LEVELS = ("zone", "outlet")


@dataclass(frozen=True, eq=False)
class Seen:
    """Means over the weeks and runs of one layout."""

    runs: tuple[Measures, ...]
    """Realised measures, one a run."""
    units: Floats
    """(J,) units per week of each candidate."""
    price: Floats
    """(J,) what a unit brought, money; NaN where nothing was sold."""
    aware: Floats
    """(Z,) share of people who knew the brand."""
    bare_units: Floats
    """(J,) units per week without the layout's incentive money, the same consumers; `units` where
    it has none."""

    def mean(self, measure: str) -> float:
        """Return a measure's mean over runs."""
        return float(np.mean(self._values(measure)))

    def interval(self, measure: str) -> Interval:
        """Return a measure's mean with its 95% interval over runs."""
        return replication_interval(self._values(measure))

    def _values(self, measure: str) -> list[float]:
        return [float(run.as_dict()[measure]) for run in self.runs]


def see(
    scenario: Scenario, layout: Layout, seed: int, replications: range, weeks: int | None = None
) -> Seen:
    """Play a layout, with its incentive money and without, and return what was seen."""
    runs = [_run(scenario, layout, seed, r, weeks) for r in replications]
    units = _mean(runs, "units", "outlet")
    revenue = _mean(runs, "revenue", "outlet")
    bare = units
    if layout.incentives:
        without = layout.replace(incentives=())
        bare = _mean((_run(scenario, without, seed, r, weeks) for r in replications), "units")
    return Seen(
        runs=tuple(run.realised for run in runs),
        units=units,
        price=np.divide(revenue, units, out=np.full(len(units), np.nan), where=units > 0),
        aware=_mean(runs, "aware", "zone"),
        bare_units=bare,
    )


def _run(scenario: Scenario, layout: Layout, seed: int, r: int, weeks: int | None) -> Outcome:
    return simulate(scenario, layout, seed=seed, replication=r, weeks=weeks, record=LEVELS)


def _mean(runs: Iterable[Outcome], measure: str, level: str = "outlet") -> Floats:
    """Return a series' mean over weeks and runs: (N,)."""
    means = [run.weekly(measure, level).mean(axis=0) for run in runs]
    result: Floats = np.mean(means, axis=0)
    return result

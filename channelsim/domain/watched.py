"""What can be watched in a run: the measures of `domain.measures`, and what lies behind them.

The measures behind are recorded week by week; each is summed up to one figure a run here. The units
of one channel type are watched as `units.TYPE`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from channelsim.domain import measures
from channelsim.domain.columns import Floats
from channelsim.domain.measures import Measures
from channelsim.domain.outcome import Outcome

if TYPE_CHECKING:
    from channelsim.domain.scenario import Scenario

WEEKS_A_YEAR = 52
YEAR_END = 5
"""Weeks at the end of a year in which quotas are filled by force (`data/ASSUMPTIONS.md` 8.2)."""
OF_TYPE = "units."


@dataclass(frozen=True)
class Watch:
    """A weekly series of a run, and the one figure that it comes to."""

    series: str
    """Measure of level total that is recorded."""
    unit: str
    """Unit of the figure."""
    lower_is_better: bool
    """Whether less of it is better."""
    figure: Callable[[Floats], float]
    """From the series (W,) to the figure."""


def _mean(weekly: Floats) -> float:
    return float(weekly.mean())


def _last(weekly: Floats) -> float:
    return float(weekly[-1])


def _per_year(weekly: Floats) -> float:
    return float(weekly.mean() * WEEKS_A_YEAR)


def _at_year_ends(weekly: Floats) -> float:
    """Return what a year's last weeks bring, per year; years that a run does not end have none."""
    years = len(weekly) // WEEKS_A_YEAR
    if years == 0:
        return 0.0
    whole = weekly[: years * WEEKS_A_YEAR].reshape(years, WEEKS_A_YEAR)
    return float(whole[:, -YEAR_END:].sum() / years)


def _growth(weekly: Floats) -> float:
    """Return the growth of the last whole year of a run on the year before; without two, 0."""
    if len(weekly) < 2 * WEEKS_A_YEAR:
        return 0.0
    before, last = weekly[-2 * WEEKS_A_YEAR :].reshape(2, WEEKS_A_YEAR).sum(axis=1)
    return float(last / before - 1) if before > 0 else 0.0


WATCHES = {
    "sales_growth": Watch("units", "share a year", False, _growth),
    "diverted": Watch("diverted", "units/year", True, _per_year),
    "year_end_diverted": Watch("diverted", "units/year", True, _at_year_ends),
    "lost": Watch("lost", "units/week", True, _mean),
    "exits": Watch("exits", "partners", True, _last),
    "terminated": Watch("terminated", "partners", True, _last),
    "below_floor": Watch("below_floor", "share of units", True, _mean),
    "happy": Watch("happy", "share of buyers", False, _mean),
    "after_sales_wait": Watch("after_sales_wait", "weeks", True, _mean),
    "trust": Watch("trust", "index 0-1", False, _last),
    "stock": Watch("stock", "units", True, _mean),
    "maker_stock": Watch("maker_stock", "units", True, _mean),
    "bullwhip": Watch("bullwhip", "times", True, _last),
    "production_bullwhip": Watch("production_bullwhip", "times", True, _last),
    "attainment": Watch("attainment", "share of quota", False, _mean),
}
"""Measures behind those of `Measures` that can be watched."""

_BOUNDED = ("share of units", "share of buyers", "index 0-1")


def names(scenario: "Scenario") -> tuple[str, ...]:
    """Return the names of all that can be watched in a scenario."""
    types = (OF_TYPE + kind.id for kind in scenario.channel_types)
    return (*Measures.names(), *WATCHES, *types)


def unit_of(measure: str) -> str:
    """Return the unit of a measure that can be watched."""
    if measure in WATCHES:
        return WATCHES[measure].unit
    return "units/week" if measure.startswith(OF_TYPE) else measures.UNITS[measure]


def lower_is_better(measure: str) -> bool:
    """Return whether less of a measure is better."""
    if measure in WATCHES:
        return WATCHES[measure].lower_is_better
    return measure in measures.LOWER_IS_BETTER


def is_bounded(measure: str) -> bool:
    """Return whether a measure lies between 0 and 1."""
    return measure in measures.BOUNDED or unit_of(measure) in _BOUNDED


def level_of(measure: str) -> str | None:
    """Return the level at which a run must be recorded to be watched; None: any will do."""
    if measure.startswith(OF_TYPE):
        return "outlet"
    return "total" if measure in WATCHES else None


def watched(scenario: "Scenario", run: Outcome, measure: str) -> float:
    """Return the figure of a run.

    Raises
    ------
    KeyError
        If it was not recorded, or there is no such measure.
    """
    if measure.startswith(OF_TYPE):
        kind = measure.removeprefix(OF_TYPE)
        rows = np.array([c.channel_type == kind for c in scenario.candidates], dtype=np.bool_)
        return float(run.weekly("units", "outlet")[:, rows].sum(axis=1).mean())
    if measure in WATCHES:
        watch = WATCHES[measure]
        return watch.figure(run.weekly(watch.series)[:, 0])
    return float(run.realised.as_dict()[measure])

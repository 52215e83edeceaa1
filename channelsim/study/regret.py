"""What a decision made on wrong information costs: the regret against full information.

The same layout is played twice under the same random numbers: once on what partners let the maker
see, once on their sell-out and stock as they are, at once and without error. The difference is the
value of information (Raiffa and Schlaifer 1961); it may be small, or even of either sign in one
run, for a long history of orders says much of what sell-out says (Raghunathan 2001).
"""

from dataclasses import dataclass, replace

import numpy as np

from channelsim.domain import checks
from channelsim.domain.layout import Layout
from channelsim.domain.measures import LOWER_IS_BETTER, UNITS
from channelsim.domain.scenario import Scenario
from channelsim.simulate.run import simulate
from channelsim.study.intervals import Interval, replication_interval


@dataclass(frozen=True)
class InformationRegret:
    """A measure on the information that there is and on full information, with intervals."""

    measure: str
    """Measure."""
    unit: str
    """Its unit."""
    as_is: Interval
    """On what the maker sees."""
    full: Interval
    """On full information."""
    regret: Interval
    """What full information betters the measure by, paired by replication."""

    def __str__(self) -> str:
        return (
            f"{self.measure}, {self.unit}: {self.as_is} as is, {self.full} on full information, "
            f"regret {self.regret}"
        )


def information_regret(
    scenario: Scenario,
    layout: Layout,
    *,
    measure: str = "profit",
    replications: int = 20,
    seed: int = 0,
    weeks: int | None = None,
    level: float = 0.95,
) -> InformationRegret:
    """Return what the maker's wrong information costs it under a layout.

    Parameters
    ----------
    measure
        Realised measure to compare, such as profit (money per week).
    weeks
        Weeks to play; the scenario's horizon by default.
    level
        Level of the intervals.

    Raises
    ------
    BadValue
        If the measure is unknown, or replications is below 1.
    """
    return _regret(scenario, informed(scenario), layout, measure, replications, seed, weeks, level)


def selection_regret(
    scenario: Scenario,
    layout: Layout,
    *,
    measure: str = "profit",
    replications: int = 20,
    seed: int = 0,
    weeks: int | None = None,
    level: float = 0.95,
) -> InformationRegret:
    """Return what it costs the maker to select partners without knowing how able they are: adverse
    selection, after the event (Akerlof 1970).

    Parameters and errors are those of `information_regret`.
    """
    known = scenario.replace(policy=replace(scenario.policy, applicants_known=True))
    return _regret(scenario, known, layout, measure, replications, seed, weeks, level)


def _regret(
    scenario: Scenario,
    full: Scenario,
    layout: Layout,
    measure: str,
    replications: int,
    seed: int,
    weeks: int | None,
    level: float,
) -> InformationRegret:
    checks.one_of("measure", measure, UNITS)
    checks.whole("replications", replications, 1)

    def values(case: Scenario) -> list[float]:
        runs = (
            simulate(case, layout, seed=seed, replication=r, weeks=weeks, record=())
            for r in range(replications)
        )
        return [float(run.realised.as_dict()[measure]) for run in runs]

    here, there = values(scenario), values(full)
    sign = -1.0 if measure in LOWER_IS_BETTER else 1.0
    lost = sign * (np.array(there) - np.array(here))
    shown = (replication_interval(row, level) for row in (here, there, lost.tolist()))
    return InformationRegret(measure, UNITS[measure], *shown)


def informed(scenario: Scenario) -> Scenario:
    """Return the scenario with a maker that sees sell-out and stock as they are."""
    policy = replace(
        scenario.policy,
        information="inventory",
        information_lag=0,
        report_weeks=1,
        information_noise=0.0,
        distortion=0.0,
    )
    return scenario.replace(policy=policy)

"""Compare layouts and scenarios under common random numbers, planned beside realised.

Every case meets the same consumers in replication r (the streams' keys never hold the layout), so
differences are paired. Two kinds of doubt are kept apart: the noise between replications, and the
range of the assumptions, whose draws are shared by all cases.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from channelsim.domain import checks, watched
from channelsim.domain.measures import Measures, planned
from channelsim.domain.outcome import Outcome
from channelsim.domain.scenario import Scenario
from channelsim.errors import BadValue
from channelsim.study.comparison_text import comparison_text
from channelsim.study.draws import draw_assumptions, with_draw
from channelsim.study.intervals import (
    Interval,
    assumption_interval,
    replication_interval,
    tail_mean,
)
from channelsim.study.playing import Case, over_draws, replicated

if TYPE_CHECKING:
    import pandas as pd

type Progress = Callable[[int, int], None]
type Figures = dict[str, dict[str, Interval]]
type Watched = Mapping[str, Mapping[str, tuple[float, ...]]]
"""Case -> measure -> a figure a run."""

NOT_PLANNED = float("nan")
"""Planned figure of what no plan foresees."""


@dataclass(frozen=True)
class Difference:
    """How one case differs from the baseline in one measure."""

    case: str
    """Case."""
    measure: str
    """Measure."""
    unit: str
    """Its unit."""
    planned: float
    """Difference of the planned figures."""
    realised: Interval
    """Paired difference of the realised figures, replication interval."""
    assumption: Interval | None
    """Paired difference over the draws of the assumptions; None without draws."""
    wins: float
    """Share of replications in which the case is better than the baseline."""
    wins_assumption: float | None
    """Share of the draws in which it is better; None without draws."""

    @property
    def is_likely(self) -> bool:
        """Whether the noise between replications does not hide it, or else the draws show it."""
        over = self.assumption
        if self.realised.is_known:
            return self.realised.excludes_zero
        return over is not None and over.is_known and over.excludes_zero

    @property
    def is_told(self) -> bool:
        """Whether there is an interval, and every one there is excludes 0."""
        over = self.assumption
        drawn = over is None or not over.is_known or over.excludes_zero
        return self.is_likely and drawn


@dataclass(frozen=True)
class Regret:
    """What choosing a case costs against the best case, in contribution, money per week."""

    case: str
    """Case."""
    best: float
    """Share of the draws (replications without draws) in which the case is the best of all."""
    mean: float
    """Mean regret, money per week."""
    worst: float
    """Largest regret, money per week."""


@dataclass(frozen=True, eq=False, repr=False)
class Comparison:
    """Cases side by side; intervals are of the given level."""

    baseline: str
    """The case the others are compared with."""
    cases: Mapping[str, Case]
    """Name -> (scenario, layout)."""
    planned: Mapping[str, Measures]
    """Planned measures by case, consumers choosing by logit."""
    outcomes: Mapping[str, tuple[Outcome, ...]]
    """Runs by case, one a replication."""
    drawn: Mapping[str, tuple[Measures, ...]]
    """Realised measures by case, one a draw of the assumptions; empty without draws."""
    seed: int
    """Root seed."""
    level: float = 0.95
    """Level of the intervals."""
    watch: tuple[str, ...] = ()
    """Measures watched besides those of `Measures`."""
    watched: Watched = field(default_factory=dict)
    """Their figures by case, one a replication."""
    watched_drawn: Watched = field(default_factory=dict)
    """Their figures by case, one a draw of the assumptions; empty without draws."""

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the cases, the baseline first."""
        return (self.baseline, *(name for name in self.cases if name != self.baseline))

    @property
    def measures(self) -> tuple[str, ...]:
        """Names of all measures, those watched last."""
        return (*Measures.names(), *self.watch)

    @property
    def replications(self) -> int:
        """Number of replications."""
        return len(self.outcomes[self.baseline])

    @property
    def draws(self) -> int:
        """Number of draws of the assumptions."""
        return len(self.drawn.get(self.baseline, ()))

    def summary(self) -> str:
        """Return the headline measures of the cases as aligned text, with both intervals."""
        return comparison_text(self)

    def __str__(self) -> str:
        return self.summary()

    def __repr__(self) -> str:
        return (
            f"Comparison(cases={self.names!r}, replications={self.replications}, "
            f"draws={self.draws}, seed={self.seed})"
        )

    @property
    def realised(self) -> Figures:
        """Realised figures with replication intervals: case -> measure -> interval."""
        return {
            case: {m: self._interval(m, self.values(case, m), least=0.0) for m in self.measures}
            for case in self.names
        }

    @property
    def assumption(self) -> Figures:
        """Realised figures over the draws of the assumptions; empty without draws."""
        return {
            case: {
                m: assumption_interval(self.drawn_values(case, m), self.level)
                for m in self.measures
            }
            for case in self.drawn
        }

    @property
    def differences(self) -> tuple[Difference, ...]:
        """Differences from the baseline, case by case and measure by measure."""
        others = [name for name in self.names if name != self.baseline]
        return tuple(self._difference(case, m) for case in others for m in self.measures)

    def difference(self, case: str, measure: str) -> Difference:
        """Return the difference of one case from the baseline in one measure.

        Raises
        ------
        BadValue
            If the case or the measure is not there.
        """
        if case not in self.cases or measure not in self.measures:
            raise BadValue(
                f"no difference of {case!r} in {measure!r}; write one of the cases "
                f"{', '.join(self.names)} and one of the measures {', '.join(self.measures)}"
            )
        return self._difference(case, measure)

    def against(self, baseline: str) -> "Comparison":
        """Return the same runs compared with another of the cases."""
        return replace(self, baseline=_checked_baseline(self.cases, baseline))

    @property
    def regret(self) -> tuple[Regret, ...]:
        """Regret in the maker's contribution, over the draws where there are any."""
        profit = np.array(
            [self.drawn_values(c, "profit") or self.values(c, "profit") for c in self.names]
        )
        loss = profit.max(axis=0) - profit
        return tuple(
            Regret(case, float((row == 0).mean()), float(row.mean()), float(row.max()))
            for case, row in zip(self.names, loss, strict=True)
        )

    def tail_mean(self, case: str, measure: str = "profit", share: float = 0.1) -> float:
        """Return the mean of a measure in the worst share of the draws, or of the replications
        without draws: the conditional value at risk.
        """
        values = self.drawn_values(case, measure) or self.values(case, measure)
        return tail_mean(values, share, watched.lower_is_better(measure))

    @property
    def table(self) -> "pd.DataFrame":
        """One row a case and measure: planned, realised with its interval, assumption range."""
        import pandas as pd

        realised, assumption = self.realised, self.assumption
        rows = []
        for case in self.names:
            plan = self.planned[case].as_dict()
            for measure in self.measures:
                seen = realised[case][measure]
                drawn = assumption.get(case, {}).get(measure)
                rows.append(
                    {
                        "case": case,
                        "measure": measure,
                        "unit": watched.unit_of(measure),
                        "planned": plan.get(measure, NOT_PLANNED),
                        "realised": seen.mean,
                        "low": seen.low,
                        "high": seen.high,
                        "assumption_low": drawn.low if drawn else float("nan"),
                        "assumption_high": drawn.high if drawn else float("nan"),
                    }
                )
        return pd.DataFrame(rows)

    def values(self, case: str, measure: str) -> tuple[float, ...]:
        """Return a measure of a case, one figure a replication."""
        if measure in self.watch:
            return self.watched[case][measure]
        return tuple(run.realised.as_dict()[measure] for run in self.outcomes[case])

    def drawn_values(self, case: str, measure: str) -> tuple[float, ...]:
        """Return a measure of a case, one figure a draw of the assumptions."""
        if measure in self.watch:
            return self.watched_drawn[case][measure] if self.watched_drawn else ()
        return tuple(m.as_dict()[measure] for m in self.drawn.get(case, ()))

    def _interval(self, measure: str, values: Sequence[float], least: float) -> Interval:
        """Return a replication interval that ends where the measure does: least, 1."""
        if watched.is_bounded(measure):
            return replication_interval(values, self.level, least, 1.0)
        return replication_interval(values, self.level)

    def _difference(self, case: str, measure: str) -> Difference:
        sign = -1.0 if watched.lower_is_better(measure) else 1.0
        first = self.baseline
        noise = np.subtract(self.values(case, measure), self.values(first, measure))
        spread = np.subtract(self.drawn_values(case, measure), self.drawn_values(first, measure))
        plans = [self.planned[name].as_dict().get(measure, NOT_PLANNED) for name in (case, first)]
        return Difference(
            case=case,
            measure=measure,
            unit=watched.unit_of(measure),
            planned=plans[0] - plans[1],
            realised=self._interval(measure, noise.tolist(), least=-1.0),
            assumption=assumption_interval(spread.tolist(), self.level) if len(spread) else None,
            wins=float((sign * noise > 0).mean()),
            wins_assumption=float((sign * spread > 0).mean()) if len(spread) else None,
        )


def compare(
    cases: Mapping[str, Case],
    *,
    replications: int = 20,
    draws: int = 0,
    seed: int = 0,
    baseline: str | None = None,
    record: Sequence[str] = ("total", "zone", "partner"),
    watch: Sequence[str] = (),
    progress: Progress | None = None,
) -> Comparison:
    """Play every case under common random numbers and set them side by side.

    Parameters
    ----------
    cases
        Name -> (scenario, layout).
    replications
        Runs of each case; run r of every case meets the same consumers.
    draws
        Draws of the baseline's assumptions, each played once by every case.
    baseline
        Case the others are compared with; the first by default.
    record
        Levels kept in the outcomes.
    watch
        Measures of `domain.watched` to compare besides those of `Measures`.
    progress
        Called with (runs done, runs in all).

    Raises
    ------
    BadValue
        If there is no case, no replication, the baseline is none of the cases, a measure cannot be
        watched, or an assumption's range goes beyond what its path allows.
    """
    first = _checked_baseline(cases, baseline)
    _check_runs(replications, draws, watch, cases[first][0])
    drawn_values = _drawn(cases, first, draws, seed)
    tell = _counter(progress, len(cases) * (replications + len(drawn_values)))
    more = tuple(dict.fromkeys(m for m in watch if m not in Measures.names()))
    runs = {
        name: replicated(name, case, replications, seed, record, more, tell)
        for name, case in cases.items()
    }
    drawn = {
        name: over_draws(case, drawn_values, seed, more, tell)
        for name, case in cases.items()
        if drawn_values
    }
    return Comparison(
        baseline=first,
        cases=dict(cases),
        planned={name: planned(scenario, layout) for name, (scenario, layout) in cases.items()},
        outcomes={name: played.runs for name, played in runs.items()},
        drawn={name: tuple(r.realised for r in played.runs) for name, played in drawn.items()},
        seed=seed,
        watch=more,
        watched={name: played.figures for name, played in runs.items()},
        watched_drawn={name: played.figures for name, played in drawn.items()},
    )


def _drawn(cases: Mapping[str, Case], first: str, draws: int, seed: int) -> list[dict[str, float]]:
    """Draw the baseline's assumptions; what a case refuses is told before the first run."""
    drawn = draw_assumptions(cases[first][0], draws, seed)
    for scenario, _ in cases.values():
        for draw in drawn:
            with_draw(scenario, draw)
    return drawn


def _checked_baseline(cases: Mapping[str, Case], baseline: str | None) -> str:
    if not cases:
        raise BadValue("there is nothing to compare; pass at least one case")
    first = next(iter(cases)) if baseline is None else baseline
    if first not in cases:
        raise BadValue(f"the baseline {first!r} is no case; write one of {', '.join(cases)}")
    return first


def _check_runs(replications: int, draws: int, watch: Sequence[str], scenario: Scenario) -> None:
    checks.whole("replications", replications, 1, "ask for at least one run")
    checks.whole("draws", draws, 0, "ask for 0 to leave assumptions alone")
    for measure in watch:
        checks.one_of("watch", measure, watched.names(scenario))


def _counter(progress: Progress | None, total: int) -> Callable[[], None]:
    done = 0

    def tell() -> None:
        nonlocal done
        done += 1
        if progress is not None:
            progress(done, total)

    return tell

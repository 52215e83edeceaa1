"""Plan on a rolling horizon: every so many weeks anew, on what the weeks so far have shown.

Each replication is a history of its own: its firm learns from nothing but its own sales, so that
what it plans differs from one to the next. Openings and closings are planned anew; territories and
incentive money stay those of the first plan, for contracts fix them at signing, and what was closed
is not opened again.

Switching costs money. The set-up of what is open is sunk: runs charge it on after a closing, so
that a plan made later counts it, with the closing cost, as the price of closing. Runs compensate
only what was open before the first plan; for what closes besides, its closing cost is taken off
their profit, at the weekly rate at which all set-up money is counted.
"""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from channelsim.domain import checks
from channelsim.domain.layout import Layout, Opening
from channelsim.domain.scenario import Scenario
from channelsim.errors import NoPlan
from channelsim.optimise.recommend import Recommendation, recommend
from channelsim.simulate.run import simulate
from channelsim.study.aligned import aligned
from channelsim.study.figures import change_with_interval, unit_after, with_interval
from channelsim.study.intervals import Interval, replication_interval
from channelsim.study.loop.learning import learn
from channelsim.study.loop.learnt import Learnt
from channelsim.study.loop.neighbours import bettered
from channelsim.study.loop.seen import see_lately

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, eq=False)
class History:
    """One replication played on a rolling horizon."""

    layout: Layout
    """Every opening with its weeks."""
    opened: tuple[int, ...]
    """Candidates opened at each review."""
    closed: tuple[int, ...]
    """Candidates closed at each review."""
    switching: float
    """Closing costs that runs do not charge, money per week of the horizon."""
    profit: float
    """The maker's contribution less the cost of switching, money per week."""
    one_off: float
    """The contribution of the first plan kept throughout, the same consumers, money per week."""


@dataclass(frozen=True, eq=False, repr=False)
class Replanning:
    """A network planned anew every so many weeks, beside one planned once."""

    scenario: Scenario
    """The scenario."""
    every_weeks: int
    """Weeks between plans."""
    one_off: Recommendation
    """The first plan."""
    histories: tuple[History, ...]
    """One a replication."""

    @property
    def profit(self) -> Interval:
        """The contribution less the cost of switching, money per week, with its 95% interval."""
        return replication_interval([h.profit for h in self.histories])

    @property
    def gain(self) -> Interval:
        """What planning anew earns beyond the first plan, money per week, paired by replication."""
        return replication_interval([h.profit - h.one_off for h in self.histories])

    @property
    def table(self) -> "pd.DataFrame":
        """One row a replication and review: week, opened, closed."""
        import pandas as pd

        return pd.DataFrame(
            {"replication": r, "week": (k + 1) * self.every_weeks, "opened": up, "closed": down}
            for r, h in enumerate(self.histories)
            for k, (up, down) in enumerate(zip(h.opened, h.closed, strict=True))
        )

    def __str__(self) -> str:
        unit = unit_after("profit", self.scenario.currency)
        once = replication_interval([h.one_off for h in self.histories])
        paid = replication_interval([h.switching for h in self.histories])
        name = self.scenario.title or self.scenario.name
        rows = [
            ("planned once", with_interval("profit", once) + unit),
            (f"every {self.every_weeks} weeks", with_interval("profit", self.profit) + unit),
            ("difference", change_with_interval("profit", self.gain) + unit),
            ("of it compensation", change_with_interval("profit", _negative(paid)) + unit),
        ]
        moved = sum(sum(h.opened) + sum(h.closed) for h in self.histories) / len(self.histories)
        head = f"{name}: contribution over {self.scenario.horizon_weeks} weeks, "
        return "\n".join([f"{head}{moved:.1f} openings and closings a history", aligned(rows)])


def replan(
    scenario: Scenario,
    every_weeks: int = 26,
    *,
    replications: int = 5,
    seed: int = 0,
    damping: float = 0.5,
    gap: float = 1e-4,
    time_limit: float | None = None,
) -> Replanning:
    """Plan anew every so many weeks of the horizon, and compare with the first plan kept.

    Parameters
    ----------
    every_weeks
        Weeks between plans.
    replications
        Histories to play.
    damping
        How earlier weeks count beside the latest, 0 to 1 (`close_loop`).
    gap, time_limit
        Those of `recommend`, for each plan.

    Raises
    ------
    NoPlan
        If no layout meets the limits at the start.
    BadValue
        If weeks or replications are below 1, or damping is out of range.
    """
    checks.whole("every_weeks", every_weeks, 1)
    checks.whole("replications", replications, 1, "ask for at least one run")
    checks.share("damping", damping)
    first = recommend(scenario, gap=gap, time_limit=time_limit)
    if first.planned is None:
        raise NoPlan(first.summary())
    rolling = _Rolling(scenario, every_weeks, seed, damping, gap, time_limit)
    histories = tuple(rolling.history(first, r) for r in range(replications))
    return Replanning(scenario, every_weeks, first, histories)


@dataclass(frozen=True)
class _Rolling:
    scenario: Scenario
    every: int
    seed: int
    damping: float
    gap: float
    time_limit: float | None

    def history(self, first: Recommendation, replication: int) -> History:
        scenario, horizon = self.scenario, self.scenario.horizon_weeks
        learnt, plan = Learnt.nothing(scenario), first
        layout = now = first.layout
        opened, closed, switching = [], [], 0.0
        for week in range(self.every, horizon, self.every):
            seen = see_lately(scenario, layout, self.seed, replication, week - self.every, week)
            learnt = learn(scenario, learnt, plan, now, seen, self.damping)
            new = self._again(learnt, layout)
            plan = plan if new is None else new
            wanted = bettered(plan.scenario, now if new is None else new.layout)
            up, down = changes(layout, wanted.open_ids)
            opened.append(len(up))
            closed.append(len(down))
            lasts = (horizon - week) / horizon
            switching += lasts * sum(compensation(scenario, o.candidate) for o in down)
            layout = changed(layout, up, down, week)
            now = first.layout.replace(openings=live(layout))
        profit = self._profit(layout, replication)
        once = profit if layout == first.layout else self._profit(first.layout, replication)
        return History(layout, tuple(opened), tuple(closed), switching, profit - switching, once)

    def _again(self, learnt: Learnt, layout: Layout) -> Recommendation | None:
        believed = standing(learnt.believed(self.scenario), layout)
        plan = recommend(believed, gap=self.gap, time_limit=self.time_limit)
        return None if plan.planned is None else plan

    def _profit(self, layout: Layout, replication: int) -> float:
        run = simulate(self.scenario, layout, seed=self.seed, replication=replication, record=())
        return run.realised.profit


def standing(scenario: Scenario, layout: Layout) -> Scenario:
    """Return the scenario as a review finds it: what is open is open today, and closing it costs
    its closing cost with its set-up gained back by nobody; what was closed cannot be opened.
    """
    weeks = {o.candidate: o for o in layout.openings}
    rows = []
    for c in scenario.candidates:
        opening = weeks.get(c.id)
        if opening is None:
            rows.append(replace(c, open_today=False))
        elif opening.close_week is not None:
            rows.append(replace(c, open_today=False, eligible=False, must_open=False))
        else:
            sunk = c.closing_cost + c.setup_cost
            rows.append(replace(c, open_today=True, closing_cost=sunk))
    return scenario.replace(candidates=tuple(rows))


def compensation(scenario: Scenario, candidate: str) -> float:
    """Return what closing a candidate costs that runs do not charge, money per week from then."""
    row = scenario.candidates[scenario.columns.candidate_index[candidate]]
    return 0.0 if row.open_today else row.closing_cost * scenario.economics.setup_rate


def changes(layout: Layout, wanted: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[Opening, ...]]:
    """Return the candidates to open, and the openings to close, for those wanted to be open."""
    known = {o.candidate for o in layout.openings}
    up = tuple(name for name in wanted if name not in known)
    return up, tuple(o for o in live(layout) if o.candidate not in wanted)


def changed(layout: Layout, up: tuple[str, ...], down: tuple[Opening, ...], week: int) -> Layout:
    """Return the layout with openings and closings from a week on."""
    kept = tuple(replace(o, close_week=week) if o in down else o for o in layout.openings)
    return layout.replace(openings=(*kept, *(Opening(name, week) for name in up)))


def live(layout: Layout) -> tuple[Opening, ...]:
    """Return the openings that are not closed yet."""
    return tuple(o for o in layout.openings if o.close_week is None)


def _negative(interval: Interval) -> Interval:
    return Interval(-interval.mean, -interval.high, -interval.low)

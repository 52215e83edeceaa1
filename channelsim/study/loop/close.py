"""Close the loop: plan, play, learn what the plan got wrong, plan again until the layout repeats.

A mixed-integer plan has no contraction guarantee, so the loop may come back to layouts without
settling, and says so. What it promises comes from the end: every layout visited is played anew on
the same consumers, and the one with the highest realised profit within the limits is chosen.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from channelsim.domain import checks
from channelsim.domain.layout import Layout
from channelsim.domain.measures import HEADLINE
from channelsim.domain.scenario import Scenario
from channelsim.errors import NoPlan
from channelsim.optimise.recommend import Recommendation, recommend
from channelsim.study.compare import Comparison, compare
from channelsim.study.loop.learning import learn
from channelsim.study.loop.learnt import Learnt
from channelsim.study.loop.neighbours import bettered
from channelsim.study.loop.result import ClosedLoop, Round, alike
from channelsim.study.loop.seen import Seen, see

RETURNS = 3
"""Visits at which a layout that was left in between makes a cycle."""

type Progress = Callable[[int, int], None]


def close_loop(
    scenario: Scenario,
    max_rounds: int = 10,
    *,
    replications: int = 5,
    seed: int = 0,
    damping: float = 1.0,
    gap: float = 1e-4,
    time_limit: float | None = None,
    progress: Progress | None = None,
) -> ClosedLoop:
    """Plan and play in turn, correcting the plan by what was played, and choose among the layouts.

    Each round is played with random numbers of its own, so that the error of a plan is measured on
    runs it has not learnt from.

    Parameters
    ----------
    max_rounds
        Most rounds.
    replications
        Runs of a layout in each round, and of every layout visited in the end.
    damping
        How what is seen again counts, 0 to 1: at 0 what is seen last counts alone, at 1 all that
        was seen counts alike.
    gap, time_limit
        Those of `recommend`, for each plan.
    progress
        Called with (rounds done, most rounds).

    Raises
    ------
    NoPlan
        If no layout meets the limits.
    BadValue
        If there is no round, no replication, or damping does not lie between 0 and 1.
    """
    _check(max_rounds, replications, damping)
    learnt = Learnt.nothing(scenario)
    rounds: list[Round] = []
    verdict = ""
    while not verdict:
        plan = replanned(scenario, learnt, gap, time_limit)
        layout = bettered(plan.scenario, plan.layout) if rounds else plan.layout
        number = len(rounds) + 1
        runs = range(number * replications, (number + 1) * replications)
        seen = see(scenario, layout, seed, runs)
        rounds.append(_round(scenario, rounds, layout, learnt, seen))
        learnt = learn(scenario, learnt, plan, layout, seen, damping)
        verdict = verdict_of([one.name for one in rounds], max_rounds)
        if progress is not None:
            progress(number, max_rounds)
    compared = _compared(scenario, rounds, replications, seed)
    chosen, within = best(scenario, compared)
    return ClosedLoop(scenario, tuple(rounds), verdict, compared, chosen, within, learnt)


def _round(
    scenario: Scenario, rounds: Sequence[Round], layout: Layout, learnt: Learnt, seen: Seen
) -> Round:
    return Round(
        number=len(rounds) + 1,
        name=_name(rounds, layout),
        layout=layout,
        planned=learnt.forecast(scenario, layout),
        realised={name: seen.interval(name) for name in HEADLINE},
        learnt=learnt,
    )


def verdict_of(names: Sequence[str], most: int) -> str:
    """Return agreed, cycle or budget for the layouts visited round by round; empty: go on."""
    if len(names) > 1 and names[-1] == names[-2]:
        return "agreed"
    if names.count(names[-1]) >= RETURNS:
        return "cycle"
    return "budget" if len(names) >= most else ""


def replanned(
    scenario: Scenario, learnt: Learnt, gap: float, time_limit: float | None
) -> Recommendation:
    """Return the plan for what is believed; where its limits, moved by what was learnt, cannot be
    met, for the scenario's own limits.

    Raises
    ------
    NoPlan
        If these cannot be met either.
    """
    believed = learnt.believed(scenario)
    for goals in (believed.goals, scenario.goals):
        plan = recommend(replace(believed, goals=goals), gap=gap, time_limit=time_limit)
        if plan.planned is not None:
            return plan
    raise NoPlan(plan.summary())


def best(scenario: Scenario, compared: Comparison) -> tuple[str, bool]:
    """Return the layout with the highest realised profit within the limits of coverage and
    conflict, and whether any keeps them; else the one that misses them by least.
    """
    realised = compared.realised
    missed = {name: _missed(scenario, name, compared) for name in compared.names}
    least = min(missed.values())
    able = [name for name in compared.names if missed[name] <= least]
    return max(able, key=lambda name: realised[name]["profit"].mean), least == 0


def _missed(scenario: Scenario, name: str, compared: Comparison) -> float:
    goals, figures = scenario.goals, compared.realised[name]
    over = 0.0 if goals.max_conflict is None else figures["conflict"].mean - goals.max_conflict
    short = 0.0 if goals.min_coverage is None else goals.min_coverage - figures["coverage"].mean
    return max(over, 0.0) + max(short, 0.0)


def _compared(
    scenario: Scenario, rounds: Sequence[Round], replications: int, seed: int
) -> Comparison:
    visited = {one.name: (scenario, one.layout) for one in rounds}
    return compare(visited, replications=replications, seed=seed, record=())


def _name(rounds: Sequence[Round], layout: Layout) -> str:
    for one in rounds:
        if alike(one.layout, layout):
            return one.name
    return f"layout {len({one.name for one in rounds}) + 1}"


def _check(max_rounds: int, replications: int, damping: float) -> None:
    checks.whole("max_rounds", max_rounds, 1)
    checks.whole("replications", replications, 1, "ask for at least one run")
    checks.share("damping", damping)

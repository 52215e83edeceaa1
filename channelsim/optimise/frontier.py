"""What coverage, cost and conflict cost one another: the Pareto front of a scenario's layouts.

1. Where the candidates free to open or close are few, every layout is looked at, on the measures
   themselves: the front is exact.
2. Else AUGMECON2 (`augmecon`) runs on the layout problem (`frontier_problem`), with conflict by its
   index; each layout found is then measured, and those that the measures show to be dominated are
   marked.

Territories follow each node's best earner; which division of them would suit each point better is
not asked.
"""

from collections.abc import Sequence
from dataclasses import replace
from time import perf_counter
from typing import TYPE_CHECKING

from channelsim.domain import checks
from channelsim.optimise.every_layout import are_few
from channelsim.optimise.frontier_points import Question, among_all, by_program
from channelsim.optimise.frontier_problem import MORE_IS_BETTER
from channelsim.optimise.frontier_result import Frontier, FrontierPoint
from channelsim.optimise.layout_inputs import Coverage
from channelsim.optimise.plan import SolveLimits
from channelsim.optimise.scenario_inputs import scenario_inputs
from channelsim.optimise.search import Search
from channelsim.optimise.solve import HIGHS

if TYPE_CHECKING:
    from channelsim.domain.scenario import Scenario

__all__ = ["Frontier", "FrontierPoint", "frontier"]

MODES = ("pareto", "lexicographic", "weighted")


def frontier(
    scenario: "Scenario",
    objectives: Sequence[str] = ("cost", "coverage", "conflict"),
    *,
    mode: str = "pareto",
    weights: Sequence[float] | None = None,
    points: int = 10,
    within_goals: bool = False,
    gap: float = 1e-4,
    time_limit: float | None = None,
    solver: str = HIGHS,
    resume: Frontier | None = None,
) -> Frontier:
    """Return the layouts between which the objectives can be traded off.

    Parameters
    ----------
    objectives
        Two or more of profit, cost, coverage and conflict; the first is optimised, the others
        are kept above floors. Coverage counts only in plans that ask for it.
    mode
        pareto: all layouts that no other dominates; lexicographic: the one that is best by the
        first objective, then by the second without loss of the first, and so on; weighted: the
        one with the best weighted sum of the objectives, each as a share of its range.
    weights
        Weight of each objective, all equal by default; for the weighted mode.
    points
        Floors of each objective where layouts are too many to look at every one.
    within_goals
        Whether the scenario's goals for what is traded off hold; by default they are laid aside.
    gap
        Relative gap at which a solve may stop.
    time_limit
        Seconds at which to stop with what was found; None: no limit.
    solver
        Name of a PuLP solver.
    resume
        An incomplete front of the same question to go on from.

    Raises
    ------
    BadValue
        If an objective or mode is unknown, or a number is out of range.
    NoPlan
        If no layout meets the limits.
    """
    begin = perf_counter()
    names, weights = _checked(objectives, mode, weights, points)
    deadline = None if time_limit is None else begin + time_limit
    search = _search(scenario, names, within_goals, SolveLimits(solver, gap, deadline))
    question = Question(search, names, mode, weights, points)
    if are_few(search.inputs):
        found = among_all(question)
    else:
        found = by_program(question, None if resume is None else resume.front)
    return replace(found, seconds=perf_counter() - begin)


def _checked(
    objectives: Sequence[str], mode: str, weights: Sequence[float] | None, points: int
) -> tuple[tuple[str, ...], tuple[float, ...]]:
    names = tuple(objectives)
    checks.require(
        len(set(names)) == len(names) >= 2,
        f"objectives must be 2 or more different names, got {', '.join(names) or 'none'}; "
        f"write some of {', '.join(MORE_IS_BETTER)}",
    )
    for name in names:
        checks.one_of("objectives", name, MORE_IS_BETTER)
    checks.one_of("mode", mode, MODES)
    checks.whole("points", points, 2)
    given = tuple(weights) if weights is not None else (1.0,) * len(names)
    checks.require(
        len(given) == len(names),
        f"weights must be {len(names)} numbers, got {len(given)}; write one for each objective",
    )
    for weight in given:
        checks.positive("weights", weight)
    return names, given


def _search(
    scenario: "Scenario", names: tuple[str, ...], within_goals: bool, limits: SolveLimits
) -> Search:
    goals = replace(scenario.goals, conflict_price=0.0)
    if not within_goals and "coverage" in names:
        goals = replace(goals, min_coverage=None)
    if not within_goals and "conflict" in names:
        goals = replace(goals, max_conflict=None)
    asked = scenario.replace(goals=goals)
    inputs, nodes = scenario_inputs(asked)
    if "coverage" in names and inputs.limits.coverage is None:
        inputs = inputs.limited(coverage=_whose_coverage(asked))
    return Search(asked, inputs, nodes, limits)


def _whose_coverage(scenario: "Scenario") -> Coverage | None:
    """Return which candidates cover which demand, no floor being asked for."""
    whole = scenario.replace(goals=replace(scenario.goals, min_coverage=1.0))
    cover = scenario_inputs(whole)[0].limits.coverage
    return None if cover is None else replace(cover, least=0.0)

"""The points of a front: among all layouts, or by AUGMECON2 on the layout problem."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from channelsim.domain.columns import Floats
from channelsim.errors import NoPlan
from channelsim.optimise.augmecon import Front, pareto_front
from channelsim.optimise.dominance import knee, non_dominated, normalised
from channelsim.optimise.every_layout import every_layout
from channelsim.optimise.frontier_problem import MORE_IS_BETTER, frontier_problem
from channelsim.optimise.frontier_result import Frontier, FrontierPoint, values_of
from channelsim.optimise.layout_variables import LayoutProblem
from channelsim.optimise.objectives import Objective, Point, point_of, working_copy
from channelsim.optimise.payoff import Payoff, lexicographic, payoff_table
from channelsim.optimise.plan import Plan
from channelsim.optimise.search import Search
from channelsim.optimise.solve import solve

ALIKE = 1e-9
"""Difference of two values, as a share of the largest, that counts as none."""

FINEST = 1e-5
"""Least step of a floor, as a share of the best value: solvers do not see finer ones."""


@dataclass(frozen=True, eq=False)
class Question:
    """What is asked of a front."""

    search: Search
    """The layout problem."""
    names: tuple[str, ...]
    """What is traded off."""
    mode: str
    """pareto, lexicographic or weighted."""
    weights: tuple[float, ...]
    """Weight of each objective in the weighted mode."""
    points: int
    """Floors of each objective but the first."""

    @property
    def signs(self) -> tuple[float, ...]:
        """1 for an objective of which more is better, else -1."""
        return tuple(1.0 if MORE_IS_BETTER[name] else -1.0 for name in self.names)


def among_all(question: Question) -> Frontier:
    """Return the front among all layouts within the limits, by the measures.

    Raises
    ------
    NoPlan
        If there is none.
    """
    plans, complete = [], True
    for plan in every_layout(question.search):
        if plan is None or question.search.limits.over:
            complete = False
            break
        if plan.holds_cap:
            plans.append(plan)
    if not plans:
        if not complete:
            raise NoPlan("no layout was found in time; give more", "no_solution")
        raise NoPlan("no layout meets the limits; loosen one", "infeasible")
    values = _alike(values_of(plans, question.names, question.signs))
    rows = np.flatnonzero(non_dominated(values))
    rows = rows[np.unique(values[rows], axis=0, return_index=True)[1]]
    if question.mode == "lexicographic":
        rows = rows[[max(range(len(rows)), key=lambda r: tuple(values[rows[r]]))]]
    elif question.mode == "weighted":
        worth = normalised(values[rows]) @ np.array(question.weights)
        rows = rows[[int(np.argmax(worth))]]
    found = [(plans[row], Point((), {})) for row in rows.tolist()]
    return _frontier(question, found, complete=complete, exact=True)


def by_program(question: Question, resume: Front | None) -> Frontier:
    """Return the front that AUGMECON2 finds on the layout problem, each point then measured.

    Where conflict has a cap, what breaks it by the measure is left out, and the front incomplete.

    Raises
    ------
    NoPlan
        If no layout meets the limits, or none was found in time.
    """
    search = question.search
    free = search.find()
    if not isinstance(free, Plan):
        raise NoPlan(f"no layout was found ({free.status}); loosen a limit", free.status)
    bare = search.opening(search.inputs.sites.must_open, np.inf)
    around = (free,) if bare is None else (free, bare)
    posed = frontier_problem(search, question.names, around)
    front: Front | None = None
    points: tuple[Point, ...]
    if question.mode == "lexicographic":
        order = range(len(question.names))
        problem = posed.model.problem
        points = (lexicographic(problem, posed.objectives, order, search.limits),)
    elif question.mode == "weighted":
        points = (_weighted_best(question, posed.model, posed.objectives),)
    else:
        front = _front(question, posed.model, posed.objectives, resume)
        points = front.points
    measured = _measured(search, points)
    found = [(plan, point) for plan, point in measured if plan.holds_cap]
    if not found:
        raise NoPlan(
            "no layout found holds the conflict cap by the measure; raise goals.max_conflict",
            "no_solution",
        )
    whole = len(found) == len(measured) and (front is None or front.complete)
    return _frontier(question, found, complete=whole, exact=False, front=front)


def _front(
    question: Question,
    model: LayoutProblem,
    objectives: tuple[Objective, ...],
    resume: Front | None,
) -> Front:
    limits = question.search.limits
    payoff = resume.payoff if resume else payoff_table(model.problem, objectives, limits)
    stepped = _stepped(objectives, payoff, question.points, limits.gap)
    begun = Front(stepped, payoff, resume.answers if resume else (), complete=False)
    return pareto_front(model.problem, stepped, nadir=payoff.worst[1:], limits=limits, resume=begun)


def _stepped(
    objectives: Sequence[Objective], payoff: Payoff, points: int, gap: float
) -> tuple[Objective, ...]:
    """Return the objectives with the steps of a grid, that of the first within the gap."""
    ranges = [abs(b - w) for b, w in zip(payoff.ideal, payoff.worst, strict=True)]
    least = max(gap * abs(payoff.ideal[0]), ALIKE * max(ranges[0], 1.0))
    steps = [least]
    for best, width in zip(payoff.ideal[1:], ranges[1:], strict=True):
        finest = FINEST * max(1.0, abs(best))
        steps.append(max((1 - ALIKE) * width / (points - 1), finest))
    return tuple(replace(o, step=step) for o, step in zip(objectives, steps, strict=True))


def _weighted_best(
    question: Question, model: LayoutProblem, objectives: tuple[Objective, ...]
) -> Point:
    limits = question.search.limits
    payoff = payoff_table(model.problem, objectives, limits)
    work, signed = working_copy(model.problem, objectives)
    target = signed[0] * 0.0
    rows = zip(signed, question.weights, payoff.ideal, payoff.worst, strict=True)
    for expression, weight, best, worst in rows:
        target = target + expression * (weight / (abs(best - worst) or 1.0))
    work.setObjective(target)
    found = solve(work, solver=limits.solver, gap=limits.gap, time_limit=limits.seconds_left)
    if not found.found:
        raise NoPlan(f"no layout was found ({found.status}); give more time", found.status)
    return point_of(found, objectives)


def _measured(search: Search, points: Sequence[Point]) -> list[tuple[Plan, Point]]:
    """Return the plan of each point, those that open the same once."""
    found: dict[bytes, tuple[Plan, Point]] = {}
    for point in points:
        count = search.inputs.sites.count
        is_open = np.array([point.variables[f"open_{j}"] > 0.5 for j in range(count)], dtype=bool)
        plan = search.opening(is_open, np.inf, point.variables)
        if plan is not None:
            found.setdefault(is_open.tobytes(), (plan, point))
    return list(found.values())


def _frontier(
    question: Question,
    found: Sequence[tuple[Plan, Point]],
    *,
    complete: bool,
    exact: bool,
    front: Front | None = None,
) -> Frontier:
    plans = [plan for plan, _ in found]
    values = _alike(values_of(plans, question.names, question.signs))
    kept = non_dominated(values)
    bend = int(np.flatnonzero(kept)[knee(values[kept])])
    points = [
        FrontierPoint(
            layout=plan.layout,
            planned=plan.planned,
            dominated=not kept[row],
            knee=row == bend,
            status=point.status,
            gap=point.gap,
            conflict_error=point.variables.get("conflict", plan.conflict) - plan.conflict,
        )
        for row, (plan, point) in enumerate(found)
    ]
    order = np.argsort(values[:, 0] * question.signs[0], kind="stable").tolist()
    return Frontier(
        scenario=question.search.scenario,
        objectives=question.names,
        mode=question.mode,
        points=tuple(points[row] for row in order),
        complete=complete,
        exact=exact,
        front=front,
    )


def _alike(values: Floats) -> Floats:
    """Return values (K, P) without differences that count as none."""
    unit = np.maximum(np.abs(values).max(axis=0), 1e-12) * ALIKE
    result: Floats = np.round(values / unit) * unit
    return result

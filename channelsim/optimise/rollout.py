"""A plan over several periods: what opens when, within a budget a year.

Periods t = 1 .. T of some weeks each; period t has its own layout problem, of demand grown so far,
and they are linked by

    start_jt  >= 0     candidate j opens at the start of period t
    stop_jt   >= 0     it closes then

    maximise   1/T sum_t W_t        W_t what period t earns a week, as `layout_problem` counts it

    starts          open_jt - open_j,t-1 <= start_jt           open_j0: open today
    stops           open_j,t-1 - open_jt <= stop_jt
    once            sum_t start_jt <= 1, and 0 if open today: what closes stays closed
    yearly_budget   sum over the periods of a year of S_j start_jt + C_j stop_jt <= B
    setup_total     sum S_j start_jt <= B0                     the one-off set-up budget, over all

with S_j and C_j the set-up and closing money, paid when j opens or closes; W_t also counts it
written off, as in a plan of one period. Every limit holds in every period, but what a plan has to
reach (`REACHED`) only in the last. The conflict cap is checked on the measure, period by period.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from operator import mul
from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np
from pulp import LpAffineExpression, LpVariable, lpSum_vars_coefs

from channelsim.domain import checks
from channelsim.domain.columns import Bools, Floats
from channelsim.errors import NoPlan
from channelsim.optimise.constraints.expressions import Row, ones, weighted
from channelsim.optimise.division import divide
from channelsim.optimise.extensive import Extensive, merged
from channelsim.optimise.layout_problem import CONSTRAINTS, build
from channelsim.optimise.plan import Plan, SolveLimits
from channelsim.optimise.rollout_plan import RollOut, rolled_out
from channelsim.optimise.scenario_inputs import scenario_inputs
from channelsim.optimise.search import Search
from channelsim.optimise.solve import HIGHS, Solution, relative_gap, solve

if TYPE_CHECKING:
    from channelsim.domain.scenario import Scenario

__all__ = ["RollOut", "roll_out"]

YEAR = 52
"""Weeks of a year."""
REACHED = ("coverage_floor", "must_open", "type_min")
"""Constraints that hold in the last period only."""
LAYOUTS = 32
"""Layouts of a period that are ruled out for their conflict before giving up."""


def roll_out(
    scenario: "Scenario",
    *,
    periods: int = 6,
    weeks: int = 26,
    yearly_budget: float | None = None,
    growth: float = 0.0,
    gap: float = 1e-4,
    time_limit: float | None = None,
    solver: str = HIGHS,
) -> RollOut:
    """Return what to open and close when, over several periods under a budget a year.

    Parameters
    ----------
    periods
        Number of periods.
    weeks
        Weeks of a period: 52, or a number that divides it.
    yearly_budget
        Most one-off money a year for opening and closing; the scenario's `goals.yearly_budget` by
        default.
    growth
        Growth of purchase rates a year, such as 0.05; it comes in steps, period by period.
    gap
        Relative gap at which to stop.
    time_limit
        Seconds at which to stop with the best so far; None: no limit.
    solver
        Name of a PuLP solver.

    Raises
    ------
    BadValue
        If a number is out of range, or conflict has a price.
    NoPlan
        If no plan meets all limits, or none was found.
    """
    begin = perf_counter()
    checks.whole("periods", periods, 1)
    checks.require(
        weeks > 0 and weeks % 1 == 0 and YEAR % weeks == 0,
        f"weeks must divide a year of {YEAR}, got {weeks}; write 4, 13, 26 or 52",
    )
    checks.within("growth", growth, -0.9, 10)
    checks.at_least("yearly_budget", yearly_budget, 0, "leave it out for no limit")
    checks.require(
        not scenario.goals.conflict_price,
        f"goals.conflict_price must be 0 in a plan over several periods, got "
        f"{scenario.goals.conflict_price:g}; set goals.max_conflict instead",
    )
    if yearly_budget is not None:
        scenario = scenario.replace(goals=replace(scenario.goals, yearly_budget=yearly_budget))
    limits = SolveLimits(solver, gap, None if time_limit is None else begin + time_limit)
    factors = [(1 + growth) ** (t * weeks / YEAR) for t in range(periods)]
    cases = [grown(scenario, factor) for factor in factors]
    searches = [Search(case, *scenario_inputs(case), limits) for case in cases]
    plans, solution = _best(searches, weeks)
    value = float(np.mean([plan.objective for plan in plans]))
    bound = max(solution.bound, value)
    found = rolled_out(scenario, plans, weeks)
    proven = solution.status == "optimal" and relative_gap(value, bound) <= max(gap, 1e-6)
    return replace(
        found,
        status="optimal" if proven else "feasible",
        objective=value,
        bound=bound,
        gap=relative_gap(value, bound),
        seconds=perf_counter() - begin,
    )


def grown(scenario: "Scenario", factor: float) -> "Scenario":
    """Return a scenario whose purchase rates have grown by a factor."""
    if factor == 1.0:
        return scenario
    return scenario.changed({"segments.*.purchase_rate": partial(mul, factor)}, idle=True)


def _best(searches: Sequence[Search], weeks: int) -> tuple[list[Plan], Solution]:
    excluded: list[tuple[Bools, ...]] = [() for _ in searches]
    while True:
        model = roll_out_problem(searches, weeks, excluded)
        solution = searches[0].limits
        found = solve(
            model.extensive.problem,
            solver=solution.solver,
            gap=solution.gap,
            time_limit=solution.seconds_left,
        )
        if not found.found:
            raise NoPlan(
                f"no plan over the periods meets all limits ({found.status}); raise the yearly "
                "budget, or plan for more periods",
                found.status,
            )
        opened = [
            np.array([found.values[v.name] > 0.5 for v in row], dtype=bool)
            for row in model.extensive.open
        ]
        pairs = list(zip(searches, opened, strict=True))
        plans = [divide(search, search.opening(row, np.inf)).plan for search, row in pairs]
        if all(plan is not None for plan in plans):
            return [plan for plan in plans if plan is not None], found
        for t, plan in enumerate(plans):
            excluded[t] = excluded[t] if plan else (*excluded[t], opened[t])
        if max(map(len, excluded)) > LAYOUTS or solution.over:
            raise NoPlan(
                "no plan that holds the conflict cap in every period was found; raise "
                "goals.max_conflict",
                "no_solution",
            )


@dataclass(frozen=True, eq=False)
class RollOutModel:
    """The periods as one problem, with the variables that link them."""

    extensive: Extensive
    """The periods as one problem."""
    today: Bools
    """(J,) open today."""
    setup: Floats
    """(J,) set-up money."""
    closing: Floats
    """(J,) closing money."""
    year: Sequence[int]
    """(T,) year of each period, from 0."""
    yearly: float | None
    """Most money a year."""
    total: float | None
    """Most set-up money in all."""
    start: Sequence[Sequence[LpVariable]]
    """(T, J) start_jt."""
    stop: Sequence[Sequence[LpVariable]]
    """(T, J) stop_jt."""


def roll_out_problem(
    searches: Sequence[Search], weeks: int, excluded: Sequence[tuple[Bools, ...]]
) -> RollOutModel:
    """Return the problem of the periods.

    Parameters
    ----------
    searches
        Layout problem of each period.
    weeks
        Weeks of a period.
    excluded
        Sets of open candidates that are ruled out in each period.
    """
    early = [name for name in CONSTRAINTS if name not in (*REACHED, "setup_budget")]
    late = [name for name in CONSTRAINTS if name != "setup_budget"]
    last = len(searches) - 1
    models = [
        build(search.inputs.limited(excluded=out), None, late if t == last else early)
        for t, (search, out) in enumerate(zip(searches, excluded, strict=True))
    ]
    goals, rows = searches[0].scenario.goals, searches[0].scenario.candidates
    model = linked(
        merged(models, shared=False),
        today=np.array([c.open_today for c in rows], dtype=bool),
        setup=np.array([c.setup_cost for c in rows]),
        closing=np.array([c.closing_cost for c in rows]),
        year=[t * weeks // YEAR for t in range(len(searches))],
        yearly=goals.yearly_budget,
        total=goals.setup_budget,
    )
    worth = LpAffineExpression.empty()
    for one in model.extensive.worth:
        worth = worth + one * (1 / len(searches))
    model.extensive.problem.setObjective(worth)
    return model


def linked(
    extensive: Extensive,
    *,
    today: Bools,
    setup: Floats,
    closing: Floats,
    year: Sequence[int],
    yearly: float | None,
    total: float | None,
) -> RollOutModel:
    """Return periods with the variables and rows that link them."""
    problem = extensive.problem

    def made(name: str) -> list[list[LpVariable]]:
        return [
            [problem.add_variable(f"{name}_{j}_at_{t}", 0, 1) for j in range(len(row))]
            for t, row in enumerate(extensive.open)
        ]

    model = RollOutModel(
        extensive, today, setup, closing, year, yearly, total, made("start"), made("stop")
    )
    for rule in ROLL_OUT_ROWS.values():
        for row, expression in rule(model):
            problem.addConstraint(expression, row)
    return model


def starts(model: RollOutModel) -> Iterator[Row]:
    """Count what opens."""
    for t, j, step, was in _steps(model):
        yield f"starts_{j}_at_{t}", step - model.start[t][j] <= was


def stops(model: RollOutModel) -> Iterator[Row]:
    """Count what closes."""
    for t, j, step, was in _steps(model):
        yield f"stops_{j}_at_{t}", step + model.stop[t][j] >= was


def once(model: RollOutModel) -> Iterator[Row]:
    """Open each candidate once at most: what closes stays closed."""
    for j, is_open in enumerate(model.today.tolist()):
        yield f"once_{j}", ones(row[j] for row in model.start) <= float(not is_open)


def yearly_budget(model: RollOutModel) -> Iterator[Row]:
    """Pay no more a year for opening and closing."""
    if model.yearly is None:
        return
    for year in range(max(model.year) + 1):
        spent = LpAffineExpression.empty()
        for t in (t for t, own in enumerate(model.year) if own == year):
            spent = spent + weighted(model.start[t], model.setup.tolist())
            spent = spent + weighted(model.stop[t], model.closing.tolist())
        yield f"yearly_budget_{year}", spent <= model.yearly


def setup_total(model: RollOutModel) -> Iterator[Row]:
    """Pay no more for opening in all."""
    if model.total is not None:
        spent = LpAffineExpression.empty()
        for row in model.start:
            spent = spent + weighted(row, model.setup.tolist())
        yield "setup_total", spent <= model.total


ROLL_OUT_ROWS = {rule.__name__: rule for rule in (starts, stops, once, yearly_budget, setup_total)}
"""Name -> rows that link the periods of a plan."""


def _steps(model: RollOutModel) -> Iterator[tuple[int, int, LpAffineExpression, float]]:
    """Yield period, candidate, what is open now less before, and what was open today if first."""
    for t, now in enumerate(model.extensive.open):
        for j, variable in enumerate(now):
            if t:
                before = model.extensive.open[t - 1][j]
                yield t, j, lpSum_vars_coefs([(variable, 1.0), (before, -1.0)]), 0.0
            else:
                was = float(model.today[j])
                yield t, j, lpSum_vars_coefs([(variable, 1.0)]), was

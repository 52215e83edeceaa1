"""A plan over several periods: what opens when, within a budget a year.

Demand grows from period to period; set-up and closing money is paid when something opens or closes,
within a budget a year, and what has closed stays closed. `rollout_problem` states the mathematics.
The conflict cap is checked on the measure, period by period, and what breaks it is ruled out.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from operator import mul
from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np

from channelsim.domain import checks
from channelsim.domain.columns import Bools
from channelsim.errors import NoPlan
from channelsim.optimise.division import divide
from channelsim.optimise.layout_problem import CONSTRAINTS
from channelsim.optimise.plan import Plan, SolveLimits
from channelsim.optimise.rollout_plan import RollOut, rolled_out
from channelsim.optimise.rollout_problem import REACHED, YEAR, roll_out_problem
from channelsim.optimise.scenario_inputs import scenario_inputs
from channelsim.optimise.search import Search
from channelsim.optimise.solve import HIGHS, Solution, relative_gap, solve

if TYPE_CHECKING:
    from channelsim.domain.scenario import Scenario

__all__ = ["RollOut", "roll_out"]

LAYOUTS = 32
"""Layouts of a period that are ruled out for their conflict before giving up."""


def roll_out(
    scenario: "Scenario",
    *,
    periods: int = 6,
    weeks: int = 26,
    yearly_budget: float | None = None,
    growth: float = 0.0,
    at_the_end: Sequence[str] = REACHED,
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
    at_the_end
        Names of the layout problem's constraints that need to hold in the last period only; add
        `budget` or `stay_shut` where today's operations are beyond them and closing takes time.
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
    _check(scenario, periods, weeks, yearly_budget, growth, at_the_end)
    if yearly_budget is not None:
        scenario = scenario.replace(goals=replace(scenario.goals, yearly_budget=yearly_budget))
    limits = SolveLimits(solver, gap, None if time_limit is None else begin + time_limit)
    factors = [(1 + growth) ** (t * weeks / YEAR) for t in range(periods)]
    cases = [grown(scenario, factor) for factor in factors]
    searches = [Search(case, *scenario_inputs(case), limits) for case in cases]
    plans, solution = _best(searches, weeks, at_the_end)
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


def _check(
    scenario: "Scenario",
    periods: int,
    weeks: int,
    yearly_budget: float | None,
    growth: float,
    at_the_end: Sequence[str],
) -> None:
    checks.whole("periods", periods, 1)
    checks.require(
        weeks > 0 and weeks % 1 == 0 and YEAR % weeks == 0,
        f"weeks must divide a year of {YEAR}, got {weeks}; write 4, 13, 26 or 52",
    )
    checks.within("growth", growth, -0.9, 10)
    for name in at_the_end:
        checks.one_of("at_the_end", name, CONSTRAINTS)
    checks.at_least("yearly_budget", yearly_budget, 0, "leave it out for no limit")
    checks.require(
        not scenario.goals.conflict_price,
        f"goals.conflict_price must be 0 in a plan over several periods, got "
        f"{scenario.goals.conflict_price:g}; set goals.max_conflict instead",
    )


def grown(scenario: "Scenario", factor: float) -> "Scenario":
    """Return a scenario whose purchase rates have grown by a factor."""
    if factor == 1.0:
        return scenario
    return scenario.changed({"segments.*.purchase_rate": partial(mul, factor)}, idle=True)


def _best(
    searches: Sequence[Search], weeks: int, at_the_end: Sequence[str]
) -> tuple[list[Plan], Solution]:
    excluded: list[tuple[Bools, ...]] = [() for _ in searches]
    while True:
        model = roll_out_problem(searches, weeks, excluded, at_the_end)
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
        opening = (s.opening(row, np.inf) for s, row in zip(searches, opened, strict=True))
        plans = [
            None if plan is None else divide(search, plan).plan
            for search, plan in zip(searches, opening, strict=True)
        ]
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

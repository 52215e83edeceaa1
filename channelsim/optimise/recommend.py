"""Recommend a layout: the planner's question in one call."""

import math
from dataclasses import replace
from time import perf_counter
from typing import TYPE_CHECKING, Any

from channelsim.domain import checks
from channelsim.domain.layout import Layout
from channelsim.optimise.diagnose import Clash, Nearest, diagnose
from channelsim.optimise.layout_inputs import LayoutInputs
from channelsim.optimise.plan import Plan, SolveLimits
from channelsim.optimise.recommendation import Recommendation
from channelsim.optimise.scenario_inputs import ASSIGNMENT, MODES, scenario_inputs
from channelsim.optimise.settle import Settled, settle
from channelsim.optimise.solve import HIGHS, relative_gap

if TYPE_CHECKING:
    from channelsim.domain.scenario import Scenario

GRACE = 10.0
"""Seconds that an explanation may take beyond the time limit."""

__all__ = ["Recommendation", "recommend"]


def recommend(
    scenario: "Scenario",
    *,
    min_coverage: float | None = None,
    max_conflict: float | None = None,
    budget: float | None = None,
    setup_budget: float | None = None,
    incentive_budget: float | None = None,
    max_open: int | None = None,
    gap: float = 1e-4,
    time_limit: float | None = None,
    solver: str = HIGHS,
    mode: str = ASSIGNMENT,
) -> Recommendation:
    """Recommend the layout that earns the maker most within all limits.

    In assignment mode the planner assigns demand; in choice mode consumers choose by the logit of
    the simulator, and go without where what they chose has no room for them. The incentive money is
    divided after the layout is settled, from what `budget` and `incentive_budget` leave.

    Parameters
    ----------
    min_coverage, max_conflict, budget, setup_budget, incentive_budget, max_open
        Goals in place of the scenario's own; None keeps the scenario's.
    gap
        Relative gap at which to stop.
    time_limit
        Seconds at which to stop with the best layout so far, or to start explaining why there is
        none; None: no limit.
    solver
        Name of a PuLP solver.
    mode
        Who decides who buys where: assignment or choice.

    Raises
    ------
    ChannelsimError
        If the solver is not available.
    BadValue
        If a goal, the gap or the time limit is out of range, or the mode unknown.
    """
    begin = perf_counter()
    checks.at_least("gap", gap, 0)
    checks.one_of("mode", mode, MODES)
    checks.at_least("time_limit", time_limit, 0, "leave it out for no limit")
    asked = _asked(
        scenario,
        min_coverage=min_coverage,
        max_conflict=max_conflict,
        budget=budget,
        setup_budget=setup_budget,
        incentive_budget=incentive_budget,
        max_open=max_open,
    )
    limits = SolveLimits(solver, gap, None if time_limit is None else begin + time_limit)
    inputs, nodes = scenario_inputs(asked, mode)
    settled = settle(asked, inputs, nodes, limits)
    if settled.plan is None:
        found = _without_layout(asked, inputs, settled, limits)
    else:
        found = _with_layout(settled.plan)
    return replace(found, seconds=perf_counter() - begin, mode=mode)


def _asked(scenario: "Scenario", **wanted: Any) -> "Scenario":
    """Return a scenario with goals in place of its own; None keeps its own."""
    given = {name: value for name, value in wanted.items() if value is not None}
    return scenario.replace(goals=replace(scenario.goals, **given))


def _with_layout(plan: Plan) -> Recommendation:
    bound = plan.bound if math.isfinite(plan.bound) else math.nan
    return Recommendation(
        scenario=plan.scenario,
        layout=plan.layout,
        status=plan.status,
        objective=plan.objective,
        bound=bound,
        gap=relative_gap(plan.objective, bound),
        seconds=0.0,
        solver=plan.solver,
        planned=plan.planned,
        flows=plan.flows,
        conflict_index=plan.index,
        conflict_limit=None if plan.terms is None else plan.terms.cap,
        incentives=plan.incentives,
        plan=plan,
    )


def _without_layout(
    scenario: "Scenario", inputs: LayoutInputs, settled: Settled, limits: SolveLimits
) -> Recommendation:
    clashes: tuple[Clash, ...] = ()
    if settled.status == "infeasible" or settled.terms is not None:
        more = None if limits.deadline is None else max(limits.deadline, perf_counter() + GRACE)
        limits = replace(limits, deadline=more)
        nearest = None
        if settled.terms is not None:
            proven = settled.status == "infeasible"
            nearest = Nearest(settled.terms, settled.least_conflict, proven)
        clashes = diagnose(scenario, inputs, limits, nearest)
    return Recommendation(
        scenario=scenario,
        layout=Layout(),
        status=settled.status,
        objective=math.nan,
        bound=math.nan,
        gap=math.nan,
        seconds=0.0,
        solver=limits.solver,
        clashes=clashes,
    )

"""What one more unit of each limit is worth at a layout: dual prices, each tested by solving again.

What is open, who holds which territory and every other yes or no are held as the plan has them; the
rest is a linear program over who serves whom, whose dual prices say what the next little bit of a
limit earns (Dantzig 1963, ch. 12). They are local: a whole unit may earn less where another limit
is met on the way, which the solution beside each shows, and a plan with other openings may earn
more, which neither shows.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from channelsim.domain.columns import Bools
from channelsim.optimise.assignment import fix
from channelsim.optimise.incentives import allocate
from channelsim.optimise.layout_problem import SERVING_LIMITS, build
from channelsim.optimise.layout_variables import LayoutProblem
from channelsim.optimise.plan import Plan
from channelsim.optimise.solve import HIGHS, solve

if TYPE_CHECKING:
    from channelsim.domain.scenario import Scenario

ROWS = ("assign", "link", "capacity", "supply", "one_holder", "territory", "engaged")
LEAST = 1e-6
"""Money per unit below which a limit is worth nothing: errors of rounding."""


@dataclass(frozen=True)
class ShadowPrice:
    """What one more unit of a limit is worth, with what is open held as it is."""

    limit: str
    """Path of the limit in the scenario, such as candidates.north-a.capacity."""
    price: float
    """Dual price: money per week that the maker gains per unit by which the limit rises."""
    gain: float
    """What the maker gains if it rises by a whole unit, solved again, money per week."""
    unit: str
    """What a unit of the limit is."""


@dataclass(frozen=True)
class _Named:
    limit: str
    row: str
    scale: float
    """By how much the row's right side rises with a unit of the limit."""
    unit: str = "unit/week"


def shadow_prices(plan: Plan) -> tuple[ShadowPrice, ...]:
    """Return the dual price of each limit that binds at a plan, the dearest first.

    Limits worth nothing are left out.
    """
    model = _program(plan)
    base = solve(model.problem, solver=HIGHS, gap=0.0)
    found = [] if not base.found else list(_priced(plan, model, base.objective, base.prices))
    return tuple(sorted([*found, *_of_incentives(plan)], key=lambda row: -abs(row.price)))


def _priced(
    plan: Plan, model: LayoutProblem, base: float, prices: Mapping[str, float]
) -> Iterator[ShadowPrice]:
    for named in _limits(plan.scenario, plan):
        price = prices.get(named.row, 0.0) * named.scale
        if abs(price) > LEAST:
            gain = _solved_again(model, named) - base
            yield ShadowPrice(named.limit, price, gain, named.unit)


def _program(plan: Plan) -> LayoutProblem:
    """Return the linear program of a plan: its arcs, every yes or no as the plan has it."""
    model = build(plan.inputs.keeping(np.flatnonzero(_usable(plan))), constraints=_rows())
    fix(model, plan.is_open)
    first = solve(model.problem, solver=HIGHS, gap=0.0)
    for variable in model.problem.variables():
        if variable.cat != "Continuous" and first.found:
            variable.lowBound = variable.upBound = float(round(first.values[variable.name]))
            variable.cat = "Continuous"
    return model


def _rows() -> tuple[str, ...]:
    return (*ROWS, *SERVING_LIMITS)


def _usable(plan: Plan) -> Bools:
    """Return the arcs (M,) from what is open to whom it may serve.

    Who serves a territory holds it.
    """
    arcs, inputs = plan.inputs.arcs, plan.inputs
    usable: Bools = plan.is_open[arcs.site]
    if inputs.limits.exclusive:
        partner = inputs.sites.partner[arcs.site]
        holder = np.full(arcs.nodes, -1, dtype=np.int64)
        serves = plan.served > 0
        holder[arcs.node[serves]] = partner[serves]
        holder[list(plan.held)] = list(plan.held.values())
        usable = usable & (~arcs.shared[arcs.node] | (holder[arcs.node] == partner))
    return usable


def _solved_again(model: LayoutProblem, named: _Named) -> float:
    row = model.problem.get_constraint_by_name(named.row)
    if row is None:
        return np.nan
    before = -row.constant
    row.changeRHS(before + named.scale)
    again = solve(model.problem, solver=HIGHS, gap=0.0)
    row.changeRHS(before)
    return again.objective


def _limits(scenario: "Scenario", plan: Plan) -> Iterator[_Named]:
    limits, serving = plan.inputs.limits, plan.inputs.limits.serving
    for j in np.flatnonzero(plan.is_open & np.isfinite(plan.inputs.sites.capacity)).tolist():
        row = scenario.candidates[j]
        scale = plan.inputs.sites.capacity[j].item() / (row.capacity or 1.0)
        yield _Named(f"candidates.{row.id}.capacity", f"capacity_{j}", scale)
    if limits.supply is not None:
        scale = limits.supply / (scenario.economics.supply_capacity or 1.0)
        yield _Named("economics.supply_capacity", "supply", scale)
    for j in np.flatnonzero(serving.min_volume * plan.is_open).tolist():
        yield _Named(f"candidates.{scenario.candidates[j].id}.min_volume", f"min_volume_{j}", 1.0)
    for f in np.flatnonzero(serving.partner_volume).tolist():
        yield _Named(f"partners.{scenario.partners[f].id}.min_volume", f"partner_volume_{f}", 1.0)
    if serving.min_units:
        share = scenario.goals.min_share or 1.0
        yield _Named("goals.min_share", "min_share", serving.min_units / share / 100, "1%")


def _of_incentives(plan: Plan) -> Iterator[ShadowPrice]:
    """Yield what more incentive money earns, where all of it is spent."""
    spent = plan.incentives
    if spent.multiplier > LEAST:
        goals, open_ = plan.scenario.goals, plan.is_open
        more = allocate(plan.scenario, open_, plan.flows, spent.budget + 1, solver=plan.solver)
        tight = spent.budget < goals.incentive_budget
        limit = "goals.budget" if tight else "goals.incentive_budget"
        gain = more.gain - spent.gain
        yield ShadowPrice(limit, spent.multiplier, gain, f"{plan.scenario.currency}/week")

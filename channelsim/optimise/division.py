"""The best division of exclusive territories, once it is settled what is open.

What others than its holder would sell into a zone from outside follows from what is open alone
(`domain.conflict`), so with that fixed planned conflict is linear in who holds what:

    conflict = bare + w_territory sum u_nf holds_nf / units

and one small program finds the best division within the cap, on the measure itself. A zone may stay
nobody's; nothing is then sold there but online. Incentive money lifts u and the units, and follows
from the division in turn: the cap is then tightened by what the answer exceeds it.
"""

from dataclasses import dataclass

import numpy as np

from channelsim.domain.columns import Floats
from channelsim.domain.conflict import foreign_arcs
from channelsim.domain.demand import expected_flows
from channelsim.domain.measures import lifted
from channelsim.optimise.assignment import fix
from channelsim.optimise.layout_inputs import Foreign
from channelsim.optimise.layout_problem import SERVING_LIMITS, build
from channelsim.optimise.plan import TOLERANCE, Plan
from channelsim.optimise.search import Search

ROWS = (
    *("assign", "link", "capacity", "supply", "one_holder", "territory", "foreign_cap", "engaged"),
    *SERVING_LIMITS,
)
ROUNDS = 4
"""Tries at a division that still holds the cap with its incentives at work."""


@dataclass(frozen=True, eq=False)
class Divided:
    """The best plan with what some plan opens."""

    plan: Plan | None
    """The plan; None if none that holds the cap was found."""
    bound: float
    """Proven bound on the objective of any plan that opens this and holds the cap."""
    least: float
    """Least conflict of any plan that opens this, by the measure."""


def divide(search: Search, plan: Plan) -> Divided:
    """Return the best plan that opens what a plan opens and holds the conflict cap.

    The plan's own bound must hold for all plans that open what it opens.
    """
    goals = search.scenario.goals
    if not goals.exclusive_territories:
        held = Divided(plan, plan.most, plan.conflict)
        return held if plan.holds_cap else Divided(None, -np.inf, plan.conflict)
    incentives = goals.incentive_budget > 0 and bool(search.scenario.responses)
    if _room(plan) < -TOLERANCE:
        return Divided(None, plan.bound if incentives else -np.inf, _least_conflict(search, plan))
    found, bound = _best_division(search, plan)
    least = _least_conflict(search, plan) if found is None else found.conflict
    return Divided(found, plan.bound if incentives else bound, least)


def _least_conflict(search: Search, plan: Plan) -> float:
    """Return the least conflict of a division, incentives as in the plan.

    Nobody need hold anything, unless the limits on who serves whom call for sales.
    """
    if not search.inputs.limits.serving.binds:
        return plan.bare_conflict
    units, total = _foreign_units(search, plan)
    inputs = search.inputs.limited(foreign=Foreign(units, np.inf, 1.0))
    model = build(inputs, constraints=ROWS, profit=False)
    fix(model, plan.is_open)
    solution = search.solve(model)
    if not solution.found or total <= 0:
        return plan.conflict
    weight = search.scenario.policy.conflict_weights[1]
    return plan.bare_conflict - weight * solution.objective / total


def _best_division(search: Search, plan: Plan) -> tuple[Plan | None, float]:
    goals, weight = search.scenario.goals, search.scenario.policy.conflict_weights[1]
    units, total = _foreign_units(search, plan)
    room, bound = max(_room(plan), 0.0), plan.bound
    for attempt in range(ROUNDS):
        most = room * total / weight if weight > 0 else np.inf
        price = goals.conflict_price * weight / total if total > 0 else 0.0
        inputs = search.inputs.limited(foreign=Foreign(units, most, price))
        model = build(inputs, constraints=ROWS)
        fix(model, plan.is_open)
        solution = search.solve(model)
        if solution.status == "infeasible" and attempt == 0:
            return None, -np.inf
        if not solution.found:
            break
        bound = min(bound, solution.bound - goals.conflict_price * plan.bare_conflict)
        found = search.plan(solution, inputs=inputs)
        if found is None:
            break
        if found.holds_cap:
            return found, bound
        room = max(room - found.excess, 0.0)
    return None, bound


def _room(plan: Plan) -> float:
    """Return what the cap leaves for territory conflict."""
    cap = plan.scenario.goals.max_conflict
    return np.inf if cap is None else cap - plan.bare_conflict


def _foreign_units(search: Search, plan: Plan) -> tuple[Floats, float]:
    """Return units per week sold into a node by others than its holder (N, P), and all units."""
    scenario, columns = search.scenario, search.scenario.columns
    flows = lifted(scenario, plan.layout, expected_flows(scenario, plan.layout))
    arcs, units = flows.arcs, flows.units.sum(axis=1)
    zones = len(scenario.zones)
    foreign = np.zeros((zones + 1, len(scenario.partners)))
    for partner in range(len(scenario.partners)):
        everywhere = np.full(zones, partner, dtype=np.int64)
        outside = foreign_arcs(arcs, columns.partner_of, columns.zone_of, everywhere)
        foreign[:zones, partner] = np.bincount(arcs.zone[outside], units[outside], minlength=zones)
    return foreign[search.nodes.zone], float(units.sum())

"""The best layout under every limit, the conflict cap included.

Planned conflict is not linear, so the program holds a surrogate, the conflict index
(`conflict_pairs`), and the cap is checked on the measure itself:

1. Solve without conflict. If that layout meets the cap and conflict has no price, it is the answer.
2. Build the index around that layout and solve with index <= kappa, the cap. If the answer's
   planned conflict still exceeds the cap, add a piece built around that answer, which rules it out;
   after some rounds lower kappa as well, by the excess.
3. If nothing held, look for the layout of least conflict.
4. From a layout that holds the cap do as from the first, with the index built around it, as long as
   that finds better ones that hold it.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from channelsim.domain.layout import Layout
from channelsim.domain.measures import planned
from channelsim.optimise.assignment import assign
from channelsim.optimise.conflict_pairs import ConflictPairs, ConflictTerms, conflict_pairs
from channelsim.optimise.demand_nodes import DemandNodes
from channelsim.optimise.layout_inputs import LayoutInputs
from channelsim.optimise.layout_problem import LayoutProblem, build
from channelsim.optimise.plan import Effort, Plan
from channelsim.optimise.solve import Solution, solve
from channelsim.optimise.territories import exclusive_holders

if TYPE_CHECKING:
    from channelsim.domain.scenario import Scenario

ROUNDS = 8
"""Pieces that the index may have before giving up."""
PATIENCE = 2
"""Pieces that are added before the cap on the index is lowered too."""


@dataclass(frozen=True, eq=False)
class Settled:
    """The best plan, or how close one came."""

    plan: Plan | None
    """The best plan that meets every limit, if one was found."""
    status: str
    """Status of the search: that of the plan, or infeasible or no_solution."""
    terms: ConflictTerms | None = None
    """The conflict terms that nothing met."""
    least_conflict: float = math.nan
    """The least planned conflict found where the cap cannot be met."""


def settle(
    scenario: "Scenario", inputs: LayoutInputs, nodes: DemandNodes, effort: Effort
) -> Settled:
    """Return the best layout that meets all limits."""
    goals = scenario.goals
    search = _Search(scenario, inputs, nodes, effort)
    free = search.find(None)
    if not isinstance(free, Plan):
        return Settled(None, free.status)
    if not goals.conflict_price and free.holds_cap:
        return Settled(free, free.status)
    start = next((plan for plan in search.rounds(free) if plan.holds_cap), None)
    if start is None:
        least = search.least_conflict(free)
        if not isinstance(least, Plan):
            return Settled(None, "no_solution", least_conflict=free.conflict)
        if not least.holds_cap:
            proven = "infeasible" if least.status == "optimal" else "no_solution"
            terms = search.terms((search.piece(least),), goals.max_conflict)
            return Settled(None, proven, terms, min(free.conflict, least.conflict))
        start = replace(least, status="feasible", bound=free.bound)
    best = search.improved(start)
    return Settled(best, best.status)


@dataclass(frozen=True, eq=False)
class _Search:
    scenario: "Scenario"
    inputs: LayoutInputs
    nodes: DemandNodes
    effort: Effort

    def find(self, terms: ConflictTerms | None) -> Plan | Solution:
        """Return the best plan under these conflict terms, or the solution that is none."""
        solution = self._solve(build(self.inputs, terms))
        return self._plan(terms, solution) if solution.found else solution

    def rounds(self, start: Plan) -> Iterator[Plan]:
        """Yield plans from around a start, each with a piece of the index more than the last."""
        cap, margin = self.scenario.goals.max_conflict, 0.0
        pieces: tuple[ConflictPairs, ...] = (self.piece(start),)
        for attempt in range(ROUNDS):
            found = self.find(self.terms(pieces, None if cap is None else cap - margin))
            if isinstance(found, Plan):
                yield found
                pieces = (*pieces, self.piece(found))
                margin += found.excess if attempt >= PATIENCE else 0.0
            elif margin > 0 and found.status == "infeasible":
                margin /= 2
            else:
                return

    def improved(self, plan: Plan) -> Plan:
        """Return the best of plans that hold the cap, each sought from around the last.

        Gains within the gap are not worth another search.
        """
        for _ in range(ROUNDS):
            found = next((other for other in self.rounds(plan) if other.holds_cap), None)
            if found is None:
                return plan
            gain = found.worth - plan.worth
            if (found.is_open == plan.is_open).all() or gain > 0:
                plan = found
            if gain <= self.effort.gap * abs(plan.worth):
                return plan
        return plan

    def least_conflict(self, start: Plan) -> Plan | Solution:
        """Return the plan of least conflict found, whatever it earns.

        It is sought from a start downwards and, if that is not enough, from the barest layout up.
        """
        down = self._least(self.piece(start))
        if not isinstance(down, Plan) or down.holds_cap:
            return down
        up = self._least(self._bare_piece())
        return up if isinstance(up, Plan) and up.conflict < down.conflict else down

    def _least(self, piece: ConflictPairs) -> Plan | Solution:
        pieces: tuple[ConflictPairs, ...] = (piece,)
        best: Plan | None = None
        for _ in range(ROUNDS):
            terms = ConflictTerms(pieces, price=1.0)
            solution = self._solve(build(self.inputs.without_arcs(), terms, profit=False))
            found = self._plan(None, solution) if solution.found else None
            if found is None or (best is not None and found.conflict >= best.conflict):
                return best or solution
            best = found
            pieces = (*pieces, self.piece(found))
        return best or solution

    def piece(self, around: Plan) -> ConflictPairs:
        """Return the piece of the conflict index around a plan."""
        usable = ~self.inputs.sites.shut
        return conflict_pairs(self.scenario, around.is_open, usable, around.conflict)

    def _bare_piece(self) -> ConflictPairs:
        """Return the piece of the conflict index around what must open alone."""
        bare = self.inputs.sites.must_open
        rows = zip(self.scenario.candidates, bare.tolist(), strict=True)
        layout = Layout.of(c.id for c, is_open in rows if is_open)
        measured = planned(self.scenario, layout).conflict
        return conflict_pairs(self.scenario, bare, ~self.inputs.sites.shut, measured)

    def terms(self, pieces: tuple[ConflictPairs, ...], cap: float | None) -> ConflictTerms:
        """Return the conflict terms of some pieces."""
        return ConflictTerms(pieces, cap, self.scenario.goals.conflict_price)

    def _solve(self, model: LayoutProblem) -> Solution:
        effort = self.effort
        return solve(
            model.problem, solver=effort.solver, gap=effort.gap, time_limit=effort.seconds_left
        )

    def _plan(self, terms: ConflictTerms | None, solution: Solution) -> Plan:
        values = solution.values
        count = self.inputs.sites.count
        is_open = np.array([values[f"open_{j}"] > 0.5 for j in range(count)], dtype=bool)
        holder = exclusive_holders(self.inputs, is_open, values)
        return Plan(
            scenario=self.scenario,
            inputs=self.inputs,
            nodes=self.nodes,
            is_open=is_open,
            served=assign(self.inputs, is_open, holder, solver=self.effort.solver),
            terms=terms,
            status=solution.status,
            bound=solution.bound,
            solver=self.effort.solver,
        )

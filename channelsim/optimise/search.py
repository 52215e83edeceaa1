"""The best plan of the layout problem, under conflict terms and without some layouts."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from channelsim.domain.columns import Bools, Ints, frozen
from channelsim.optimise.assignment import Assigned, assign, assign_within
from channelsim.optimise.choice_nodes import Nodes
from channelsim.optimise.conflict_pairs import ConflictTerms
from channelsim.optimise.layout_inputs import LayoutInputs
from channelsim.optimise.layout_problem import build
from channelsim.optimise.layout_variables import LayoutProblem
from channelsim.optimise.plan import Plan, SolveLimits
from channelsim.optimise.solve import Solution, solve
from channelsim.optimise.territories import exclusive_holders

if TYPE_CHECKING:
    from channelsim.domain.scenario import Scenario


@dataclass(frozen=True, eq=False)
class Search:
    """A layout problem, and what solves it."""

    scenario: "Scenario"
    """What is planned for."""
    inputs: LayoutInputs
    """Its arrays."""
    nodes: Nodes
    """The nodes they speak of."""
    limits: SolveLimits
    """What solves it, and when it stops."""

    def find(
        self, terms: ConflictTerms | None = None, excluded: tuple[Bools, ...] = ()
    ) -> Plan | Solution:
        """Return the best plan under conflict terms, or the solution that is none.

        Parameters
        ----------
        excluded
            Sets of open candidates (J,) that are ruled out.
        """
        while True:
            inputs = self.inputs.limited(excluded=excluded) if excluded else self.inputs
            solution = self.solve(build(inputs, terms))
            found = self.plan(solution, terms) if solution.found else None
            if found or not solution.found or self.inputs.arcs.odds is None or self.limits.over:
                return found or _none(solution)
            # what consumers choose breaks a limit that the program's bounds on it hold
            excluded = (*excluded, self._opened(solution))

    def least(self, terms: ConflictTerms) -> Plan | Solution:
        """Return the plan whose conflict costs least by these terms, whatever it earns."""
        binds = self.inputs.limits.serving.binds
        inputs = self.inputs if binds else self.inputs.without_arcs()
        solution = self.solve(build(inputs, terms, profit=False))
        found = self.plan(solution) if solution.found else None
        return found or _none(solution)

    def solve(self, model: LayoutProblem) -> Solution:
        """Return the solution of a problem, within the limits."""
        limits = self.limits
        return solve(
            model.problem, solver=limits.solver, gap=limits.gap, time_limit=limits.seconds_left
        )

    def plan(
        self,
        solution: Solution,
        terms: ConflictTerms | None = None,
        inputs: LayoutInputs | None = None,
    ) -> Plan | None:
        """Return the plan that a solution stands for; None if rounding breaks a limit.

        Parameters
        ----------
        inputs
            The arrays of the problem that was solved; the search's own by default.
        """
        values, is_open = solution.values, self._opened(solution)
        bound = math.inf if math.isnan(solution.bound) else solution.bound
        plan = self.opening(is_open, bound, values, inputs)
        return plan and replace(plan, terms=terms, status=solution.status)

    def _opened(self, solution: Solution) -> Bools:
        """Return the candidates that a solution opens: (J,)."""
        rows = range(self.inputs.sites.count)
        return np.array([solution.values[f"open_{j}"] > 0.5 for j in rows], dtype=bool)

    def opening(
        self,
        is_open: Bools,
        bound: float,
        values: Mapping[str, float] | None = None,
        inputs: LayoutInputs | None = None,
    ) -> Plan | None:
        """Return the plan that opens this (J,); None if it cannot meet what serving must meet.

        Each contested node is its best earner's, or as best meets the limits on who serves whom.

        Parameters
        ----------
        values
            Value of each variable of a layout problem whose division of territories to follow.
        inputs
            The arrays of that problem; the search's own by default.
        """
        followed = inputs or self.inputs
        binds, divided = self.inputs.limits.serving.binds, followed.limits.foreign is not None
        free = binds and not divided
        holder = None if free else exclusive_holders(followed, is_open, values or {})
        found = self._served(is_open, holder)
        if found is None and binds and values and self.inputs.arcs.odds is None:
            found = self._as_solved(values)
        if found is None:
            return None
        together = self.inputs.limits.serving.neighbours is not None
        return Plan(
            scenario=self.scenario,
            inputs=self.inputs,
            nodes=self.nodes,
            is_open=is_open,
            served=found.served,
            terms=None,
            status="optimal",
            bound=bound,
            solver=self.limits.solver,
            slack=max(found.bound - self.inputs.profit(is_open, found.served), 0.0),
            held=found.held if together else {},
        )

    def _served(self, is_open: Bools, holder: Ints | None) -> Assigned | None:
        """Return who serves what, None if nobody may."""
        solver = self.limits.solver
        if not self.inputs.limits.serving.binds:
            served = assign(self.inputs, is_open, holder, solver=solver)
            return Assigned(served, self.inputs.profit(is_open, served), {})
        left = self.limits.seconds_left
        return assign_within(self.inputs, is_open, holder, solver=solver, time_limit=left)

    def _as_solved(self, values: Mapping[str, float]) -> Assigned:
        """Return who serves what in a solution, for want of time to find better."""
        arcs = self.inputs.arcs
        names = zip(arcs.node.tolist(), arcs.site.tolist(), strict=True)
        served = np.array([values[f"serve_{n}_{j}"] for n, j in names]).clip(0.0, 1.0)
        held = [name.split("_")[1:] for name, value in values.items() if _is_held(name, value)]
        return Assigned(frozen(served), math.inf, {int(n): int(f) for n, f in held})


def _is_held(name: str, value: float) -> bool:
    return name.startswith("holds_") and value > 0.5


def _none(solution: Solution) -> Solution:
    """Return a solution that stands for no plan."""
    return replace(solution, status="no_solution") if solution.found else solution

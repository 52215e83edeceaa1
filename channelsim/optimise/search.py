"""The best plan of the layout problem, under conflict terms and without some layouts."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from channelsim.domain.columns import Bools
from channelsim.optimise.assignment import assign
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
        inputs = self.inputs.limited(excluded=excluded) if excluded else self.inputs
        solution = self.solve(build(inputs, terms))
        return self.plan(solution, terms) if solution.found else solution

    def least(self, terms: ConflictTerms) -> Plan | Solution:
        """Return the plan whose conflict costs least by these terms, whatever it earns."""
        solution = self.solve(build(self.inputs.without_arcs(), terms, profit=False))
        return self.plan(solution) if solution.found else solution

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
    ) -> Plan:
        """Return the plan that a solution stands for.

        Parameters
        ----------
        inputs
            The arrays of the problem that was solved; the search's own by default.
        """
        values = solution.values
        count = self.inputs.sites.count
        is_open = np.array([values[f"open_{j}"] > 0.5 for j in range(count)], dtype=bool)
        bound = math.inf if math.isnan(solution.bound) else solution.bound
        plan = self.opening(is_open, bound, values, inputs)
        return replace(plan, terms=terms, status=solution.status)

    def opening(
        self,
        is_open: Bools,
        bound: float,
        values: Mapping[str, float] | None = None,
        inputs: LayoutInputs | None = None,
    ) -> Plan:
        """Return the plan that opens this (J,), each contested node its best earner's.

        Parameters
        ----------
        values
            Value of each variable of a layout problem whose division of territories to follow.
        inputs
            The arrays of that problem; the search's own by default.
        """
        holder = exclusive_holders(inputs or self.inputs, is_open, values or {})
        return Plan(
            scenario=self.scenario,
            inputs=self.inputs,
            nodes=self.nodes,
            is_open=is_open,
            served=assign(self.inputs, is_open, holder, solver=self.limits.solver),
            terms=None,
            status="optimal",
            bound=bound,
            solver=self.limits.solver,
        )

"""The best layout under every limit, the conflict cap included.

Planned conflict is not linear, so the program holds its surrogate, the conflict index
(`conflict_pairs`), and the cap is checked on the measure itself:

1. Solve without conflict. If that layout meets the cap and conflict has no price, it is the answer.
2. Build the index around the layout at hand and solve with index <= kappa. If the answer's planned
   conflict still exceeds the cap, build the index anew around that answer and lower kappa by the
   excess; a few times over.
3. If nothing held, look for the layout of least conflict.
4. From a layout that holds the cap, build the index anew around it and solve with kappa at the cap,
   as long as that finds better ones that hold it.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np

from channelsim.domain.columns import Bools, Floats
from channelsim.domain.demand import Flows
from channelsim.domain.layout import Layout
from channelsim.domain.measures import Measures, planned
from channelsim.optimise.assignment import assign
from channelsim.optimise.conflict_pairs import conflict_pairs
from channelsim.optimise.demand_nodes import DemandNodes
from channelsim.optimise.incentives import IncentivePlan, allocate
from channelsim.optimise.layout_inputs import LayoutInputs
from channelsim.optimise.layout_problem import ConflictTerms, LayoutProblem, build
from channelsim.optimise.solve import HIGHS, Solution, solve
from channelsim.optimise.territories import exclusive_holders, territories

if TYPE_CHECKING:
    from channelsim.domain.scenario import Scenario

ROUNDS = 5
"""Times that the index is built anew before giving up."""
TOLERANCE = 1e-9
"""By how much planned conflict may exceed its cap."""


@dataclass(frozen=True)
class Effort:
    """How hard to try, and with what."""

    solver: str = HIGHS
    """Name of a PuLP solver."""
    gap: float = 1e-4
    """Relative gap at which to stop."""
    deadline: float | None = None
    """Reading of `perf_counter` at which to stop; None: no limit."""

    @property
    def seconds_left(self) -> float | None:
        """Seconds to the deadline, at least a hundredth; None: no limit."""
        return None if self.deadline is None else max(self.deadline - perf_counter(), 0.01)


@dataclass(frozen=True, eq=False)
class Plan:
    """A layout found, in the problem's arrays."""

    scenario: "Scenario"
    """What it was planned for."""
    inputs: LayoutInputs
    """The arrays it was planned with."""
    nodes: DemandNodes
    """The nodes they speak of."""
    is_open: Bools
    """(J,) what is open."""
    served: Floats
    """(M,) share of its node served on each arc."""
    terms: ConflictTerms | None
    """The conflict terms of the problem that it solves; None without any."""
    status: str
    """optimal or feasible."""
    bound: float
    """Proven bound on the objective of that problem, money per week."""
    solver: str = HIGHS
    """Name of the solver."""

    @cached_property
    def flows(self) -> Flows:
        """Planned sales before incentives."""
        return self.nodes.flows(self.served)

    @cached_property
    def incentives(self) -> IncentivePlan:
        """The division of what the goals leave for incentives once the layout is paid."""
        goals, sites = self.scenario.goals, self.inputs.sites
        money = goals.incentive_budget
        if goals.budget is not None:
            layout_cost = float(sites.charge[self.is_open].sum()) + sites.constant
            money = max(min(money, goals.budget - layout_cost), 0.0)
        return allocate(self.scenario, self.is_open, self.flows, money, solver=self.solver)

    @cached_property
    def layout(self) -> Layout:
        """The layout, incentives included."""
        rows = zip(self.scenario.candidates, self.is_open.tolist(), strict=True)
        held = territories(self.scenario, self.inputs, self.nodes, self.served)
        layout = Layout.of(c.id for c, is_open in rows if is_open)
        return layout.replace(territories=held, incentives=self.incentives.spend)

    @cached_property
    def planned(self) -> Measures:
        """Planned measures, incentives at work."""
        return planned(self.scenario, self.layout, self.flows)

    @property
    def conflict(self) -> float:
        """Planned conflict, by the measure."""
        return self.planned.conflict

    @cached_property
    def index(self) -> float:
        """The conflict index; the measure itself where no index was needed."""
        return self.conflict if self.terms is None else self.terms.pairs.index(self.is_open)

    @cached_property
    def objective(self) -> float:
        """Planned profit before incentives, less the price of the conflict index."""
        price = self.scenario.goals.conflict_price
        return self.inputs.profit(self.is_open, self.served) - price * self.index

    @property
    def excess(self) -> float:
        """By how much planned conflict exceeds its cap; 0 if it does not."""
        cap = self.scenario.goals.max_conflict
        return 0.0 if cap is None else max(self.conflict - cap, 0.0)

    @property
    def holds_cap(self) -> bool:
        """Whether planned conflict is within the cap."""
        return self.excess <= TOLERANCE


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
            terms = search.terms(free, goals.max_conflict)
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
        """Yield plans, each with the index built around the last, its cap lowered step by step."""
        cap, plan, margin = self.scenario.goals.max_conflict, start, 0.0
        for attempt in range(ROUNDS):
            found = self.find(self.terms(plan, None if cap is None else cap - margin))
            if isinstance(found, Plan):
                plan = found
                yield plan
                # built anew, the index may do without a margin; if not, it needs one
                margin += plan.excess if attempt else 0.0
            elif margin > 0 and found.status == "infeasible":
                margin /= 2
            else:
                return

    def improved(self, plan: Plan) -> Plan:
        """Return the best of plans that hold the cap, each sought from around the last."""
        for _ in range(ROUNDS):
            found = next((other for other in self.rounds(plan) if other.holds_cap), plan)
            same = bool((found.is_open == plan.is_open).all())
            if found.objective <= plan.objective and not same:
                return plan
            plan = found
            if same:
                return plan
        return plan

    def least_conflict(self, around: Plan) -> Plan | Solution:
        """Return the plan of least conflict found, whatever it earns."""
        best: Plan | Solution | None = None
        for _ in range(ROUNDS):
            terms = replace(self.terms(around, None), price=1.0)
            solution = self._solve(build(self.inputs.without_arcs(), terms, profit=False))
            if not solution.found:
                return best or solution
            around = self._plan(None, solution)
            if isinstance(best, Plan) and around.conflict >= best.conflict:
                return best
            best = around
        return around

    def terms(self, around: Plan, cap: float | None) -> ConflictTerms:
        """Return the conflict terms around a plan."""
        pairs = conflict_pairs(
            self.scenario, around.is_open, ~self.inputs.sites.shut, around.conflict
        )
        return ConflictTerms(pairs, cap, self.scenario.goals.conflict_price)

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

"""A layout found, with everything that follows from it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from time import perf_counter
from typing import TYPE_CHECKING

from channelsim.domain.columns import Bools, Floats
from channelsim.domain.demand import Flows
from channelsim.domain.layout import Layout
from channelsim.domain.measures import Measures, planned
from channelsim.optimise.choice_nodes import Nodes
from channelsim.optimise.conflict_pairs import ConflictTerms
from channelsim.optimise.incentives import IncentivePlan, allocate
from channelsim.optimise.layout_inputs import LayoutInputs
from channelsim.optimise.solve import HIGHS
from channelsim.optimise.territories import territories

if TYPE_CHECKING:
    from channelsim.domain.scenario import Scenario

TOLERANCE = 1e-9
"""By how much planned conflict may exceed its cap."""


@dataclass(frozen=True)
class SolveLimits:
    """What solves, and when it stops."""

    solver: str = HIGHS
    """Name of a PuLP solver."""
    gap: float = 1e-4
    """Relative gap at which to stop."""
    deadline: float | None = None
    """Reading of `perf_counter` at which to stop; None: no limit."""
    layouts: int | None = None
    """Layouts that may be ruled out one by one before the conflict index guides the search; None:
    every one where they are few, else as many as pay (`ranked`)."""

    @property
    def over(self) -> bool:
        """Whether the deadline has passed."""
        return self.deadline is not None and perf_counter() >= self.deadline

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
    nodes: Nodes
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
    """Proven bound on the objective of that problem; once the plan is settled, on that of every
    layout within all limits; money per week."""
    solver: str = HIGHS
    """Name of the solver."""
    slack: float = 0.0
    """By how much another assignment with the same open may earn more, money per week."""
    held: Mapping[int, int] = field(default_factory=dict)
    """Node -> partner row that holds its territory, sales or none, where territories must hang
    together."""

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
        zone = self.nodes.zone
        kept = {int(zone[node]): partner for node, partner in self.held.items()}
        held = territories(self.scenario, self.inputs, self.is_open, self.flows, kept)
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

    @property
    def bare_conflict(self) -> float:
        """Planned conflict if the plan, where it may choose, gave no territory to anybody."""
        if not self.scenario.goals.exclusive_territories:
            return self.conflict
        weight = self.scenario.policy.conflict_weights[1]
        return self.conflict - weight * self.planned.territory_conflict

    @cached_property
    def index(self) -> float:
        """The conflict index; the measure itself where no index was needed."""
        return self.conflict if self.terms is None else self.terms.index(self.is_open)

    @cached_property
    def objective(self) -> float:
        """Planned profit before incentives, less the price of planned conflict."""
        price = self.scenario.goals.conflict_price
        return self.inputs.profit(self.is_open, self.served) - price * self.conflict

    @property
    def most(self) -> float:
        """Most that a plan with the same open can be worth, conflict being what is open alone."""
        return min(self.objective + self.slack, max(self.bound, self.objective))

    @property
    def excess(self) -> float:
        """By how much planned conflict exceeds its cap; 0 if it does not."""
        cap = self.scenario.goals.max_conflict
        return 0.0 if cap is None else max(self.conflict - cap, 0.0)

    @property
    def holds_cap(self) -> bool:
        """Whether planned conflict is within the cap."""
        return self.excess <= TOLERANCE

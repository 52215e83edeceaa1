"""What `recommend` returns: a layout, what it is planned to do, and the proof of its quality."""

from dataclasses import dataclass
from functools import cached_property

from channelsim.domain.demand import Flows
from channelsim.domain.layout import Layout
from channelsim.domain.measures import COST_PARTS, HEADLINE, UNITS, Measures, planned
from channelsim.domain.scenario import Scenario
from channelsim.optimise.diagnose import Clash
from channelsim.optimise.incentives import IncentivePlan
from channelsim.optimise.plan import Plan
from channelsim.optimise.shadow_prices import ShadowPrice, shadow_prices
from channelsim.words import label


@dataclass(frozen=True, eq=False)
class Recommendation:
    """A recommended layout, or why there is none."""

    scenario: Scenario
    """The scenario, with the goals that were asked for."""
    layout: Layout
    """What to open, who holds which territory, who gets incentive money; empty if none is found."""
    status: str
    """optimal, feasible, infeasible or no_solution."""
    objective: float
    """The maker's contribution as the solver counts it, before incentive money and less the price
    of planned conflict, money per week; NaN without a layout."""
    bound: float
    """Proven bound on the objective of every layout within all limits, money per week; NaN without
    a layout."""
    gap: float
    """|bound - objective| / |objective|; NaN without a layout."""
    seconds: float
    """Seconds of building and solving."""
    solver: str
    """Name of the solver."""
    mode: str = "assignment"
    """How demand was modelled."""
    planned: Measures | None = None
    """Planned measures as the solver counts them, who buys where being the planner's choice,
    incentives at work; None without a layout."""
    flows: Flows | None = None
    """Planned sales before incentives; None without a layout."""
    conflict_index: float = float("nan")
    """The linear surrogate of planned conflict that guided the search; planned conflict itself
    where none was needed; NaN without a layout."""
    conflict_limit: float | None = None
    """The cap that the index was held to; None where the search needed no index."""
    clashes: tuple[Clash, ...] = ()
    """Why no layout meets all limits."""
    incentives: IncentivePlan | None = None
    """The division of the incentive money; None without a layout."""
    plan: Plan | None = None
    """The layout in the arrays of the layout problem; None without one."""

    @cached_property
    def expected(self) -> Measures | None:
        """Planned measures with consumers choosing where to buy, as all tables show them; or
        None.

        Where the plan itself let them choose they are the plan's own, within the capacities.
        """
        if self.planned is None or self.mode == "choice":
            return self.planned
        return planned(self.scenario, self.layout)

    @cached_property
    def shadow_prices(self) -> tuple[ShadowPrice, ...]:
        """What one more unit of each limit that binds would earn with what is open held as it is,
        the dearest first, each beside the solution with that unit; empty without a layout.
        """
        return () if self.plan is None else shadow_prices(self.plan)

    @property
    def conflict_error(self) -> float:
        """The index less planned conflict; NaN without a layout."""
        return float("nan") if self.planned is None else self.conflict_index - self.planned.conflict

    def summary(self) -> str:
        """Return the headline measures, the parts of cost and the proof as aligned text."""
        head = f"{self.scenario.title or self.scenario.name}: {label(self.status)}"
        if self.expected is None or self.incentives is None:
            return "\n".join([head, *(f"  {clash.sentence}" for clash in self.clashes)])
        names = (*HEADLINE, "units", "revenue", *COST_PARTS)
        rows = [self._row(self.expected, name) for name in names]
        count = f"{len(self.layout.openings)} of {len(self.scenario.candidates)} candidates open"
        notes = [*_incentive_notes(self.incentives, self.scenario.currency), *self._notes()]
        return "\n".join([f"{head}, {count}", *rows, *notes, self._proof()])

    def __str__(self) -> str:
        return self.summary()

    def _row(self, measures: Measures, name: str) -> str:
        value = float(getattr(measures, name))
        unit = UNITS[name].replace("money", self.scenario.currency)
        figure = f"{value:,.0f}" if "/week" in unit else f"{value:.4f}"
        return f"  {label(name):<28}{figure:>16}  {unit}"

    def _notes(self) -> list[str]:
        if self.conflict_limit is None:
            return []
        return [
            f"  conflict index {self.conflict_index:.4f} held to {self.conflict_limit:.4f}; "
            f"it errs by {self.conflict_error:+.4f}"
        ]

    def _proof(self) -> str:
        return (
            f"  counted by the solver in {self.mode} mode, before incentives: "
            f"objective {self.objective:,.0f}, bound {self.bound:,.0f} "
            f"{self.scenario.currency}/week, gap {self.gap:.2e}, {self.seconds:.1f} s "
            f"({self.solver})"
        )


def _incentive_notes(plan: IncentivePlan, currency: str) -> list[str]:
    if not plan.rows:
        return []
    spent = sum(row.value for row in plan.rows)
    return [
        f"  incentives {spent:,.0f} of {plan.budget:,.0f} {currency}/week earn {plan.gain:,.0f} "
        f"beyond their cost, within {plan.error_bound:,.2f} of the optimum ({plan.method})",
        f"  the next {currency} of incentive budget earns {plan.multiplier:,.2f} beyond its cost",
    ]

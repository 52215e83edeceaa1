"""What `recommend` returns: a layout, what it is planned to do, and the proof of its quality."""

from dataclasses import dataclass

from channelsim.domain.demand import Flows
from channelsim.domain.layout import Layout
from channelsim.domain.measures import COST_PARTS, HEADLINE, UNITS, Measures
from channelsim.domain.scenario import Scenario
from channelsim.optimise.diagnose import Clash
from channelsim.optimise.incentives import IncentivePlan
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
    """Planned profit before incentive money, less the price of the conflict index, money per week;
    NaN without a layout."""
    bound: float
    """Proven bound on the objective of any layout with a conflict index within `conflict_limit`,
    money per week; NaN without a layout."""
    gap: float
    """|bound - objective| / |objective|; NaN without a layout."""
    seconds: float
    """Seconds of building and solving."""
    solver: str
    """Name of the solver."""
    mode: str = "assignment"
    """How demand was modelled."""
    planned: Measures | None = None
    """Planned measures, incentives at work; None without a layout."""
    flows: Flows | None = None
    """Planned sales before incentives; None without a layout."""
    conflict_index: float = float("nan")
    """The linear surrogate of planned conflict that was held to the cap; NaN without a layout."""
    conflict_limit: float | None = None
    """The cap that the index was held to; None where conflict did not bind."""
    clashes: tuple[Clash, ...] = ()
    """Why no layout meets all limits."""
    incentives: IncentivePlan | None = None
    """The division of the incentive money; None without a layout."""

    @property
    def conflict_error(self) -> float:
        """The index less planned conflict; NaN without a layout."""
        return float("nan") if self.planned is None else self.conflict_index - self.planned.conflict

    def summary(self) -> str:
        """Return the headline measures, the parts of cost and the proof as aligned text."""
        head = f"{self.scenario.title or self.scenario.name}: {label(self.status)}"
        if self.planned is None or self.incentives is None:
            return "\n".join([head, *(f"  {clash.sentence}" for clash in self.clashes)])
        rows = [self._row(name) for name in (*HEADLINE, "units", "revenue", *COST_PARTS)]
        count = f"{len(self.layout.openings)} of {len(self.scenario.candidates)} candidates open"
        proof = (
            f"  objective {self.objective:,.0f}, bound {self.bound:,.0f} "
            f"{self.scenario.currency}/week, gap {self.gap:.2e}, {self.seconds:.1f} s "
            f"({self.solver}, {self.mode})"
        )
        return "\n".join([f"{head}, {count}", *rows, *self._notes(), proof])

    def __str__(self) -> str:
        return self.summary()

    def _row(self, name: str) -> str:
        value = float(getattr(self.planned, name))
        unit = UNITS[name].replace("money", self.scenario.currency)
        figure = f"{value:,.0f}" if "/week" in unit else f"{value:.4f}"
        return f"  {label(name):<28}{figure:>16}  {unit}"

    def _notes(self) -> list[str]:
        notes = []
        if self.conflict_limit is not None:
            notes.append(
                f"  conflict index {self.conflict_index:.4f} held to {self.conflict_limit:.4f}; "
                f"it errs by {self.conflict_error:+.4f}"
            )
        plan = self.incentives
        if plan is not None and plan.rows:
            total = sum(row.value for row in plan.rows)
            notes.append(
                f"  incentives {total:,.0f} of {plan.budget:,.0f} {self.scenario.currency}/week "
                f"earn {plan.gain:,.0f} beyond their cost ({plan.method})"
            )
        return notes

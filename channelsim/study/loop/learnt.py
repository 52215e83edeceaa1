"""What a plan has learnt from runs, and the scenario that it then believes in.

Corrections are values of the scenario that is planned with; the one that is played stays as it is.
"""

from dataclasses import dataclass, replace

import numpy as np

from channelsim.domain.columns import Floats, Ints
from channelsim.domain.contract import Contract
from channelsim.domain.economics import INCENTIVES
from channelsim.domain.layout import Layout
from channelsim.domain.measures import Measures, planned
from channelsim.domain.scenario import Scenario


@dataclass(frozen=True, eq=False)
class Learnt:
    """Corrections to a plan's view of a scenario of Z zones and J candidates."""

    attraction: Floats
    """(J,) utils on top of a candidate's attraction."""
    capture: Floats
    """(J,) factor on the demand that an assignment counts on."""
    price: Floats
    """(J,) price paid over the price listed."""
    aware: Floats
    """(Z,) share of people who know the brand over the weeks played."""
    response: float = 1.0
    """Factor on the lift of every response to incentive money."""
    rebate: float = 1.0
    """Factor on contracts' rates of rebate, co-op and marketing."""
    unit_cost: float = 0.0
    """Cost to serve that plans miss, money per unit."""
    conflict: float = 0.0
    """Realised conflict less planned."""
    coverage: float = 0.0
    """Realised coverage less planned."""
    rounds: int = 0
    """Rounds seen."""
    visits: Ints | None = None
    """(J,) rounds in which a candidate was open; None: no round yet."""

    @classmethod
    def nothing(cls, scenario: Scenario) -> "Learnt":
        """Return what is believed before the first round: the scenario."""
        count = len(scenario.candidates)
        return cls(
            attraction=np.zeros(count),
            capture=np.array([c.capture for c in scenario.candidates]),
            price=np.ones(count),
            aware=scenario.columns.awareness,
            visits=np.zeros(count, dtype=np.int64),
        )

    def believed(self, scenario: Scenario) -> Scenario:
        """Return the scenario with the corrections written in, limits on coverage and conflict
        among them.
        """
        goals = scenario.goals
        return scenario.replace(
            candidates=tuple(
                replace(
                    c,
                    attraction=float(np.clip(c.attraction + self.attraction[j], -100, 100)),
                    capture=float(self.capture[j]),
                    price=float(scenario.columns.price[j] * self.price[j]),
                    supply_cost=max(c.supply_cost + self.unit_cost, 0.0),
                )
                for j, c in enumerate(scenario.candidates)
            ),
            zones=tuple(
                replace(z, awareness=float(np.clip(a, 0, 1)))
                for z, a in zip(scenario.zones, self.aware, strict=True)
            ),
            responses=tuple(replace(r, lift=r.lift * self.response) for r in scenario.responses),
            contracts=tuple(_corrected(c, self.rebate) for c in scenario.contracts),
            goals=replace(
                goals,
                max_conflict=_shifted(goals.max_conflict, -self.conflict),
                min_coverage=_shifted(goals.min_coverage, -self.coverage),
            ),
        )

    def forecast(self, scenario: Scenario, layout: Layout) -> Measures:
        """Return what a layout is expected to realise, the gaps of conflict and coverage added."""
        plan = planned(self.believed(scenario), layout)
        return replace(
            plan,
            conflict=float(np.clip(plan.conflict + self.conflict, 0, 1)),
            coverage=float(np.clip(plan.coverage + self.coverage, 0, 1)),
        )

    def __str__(self) -> str:
        seen = np.ones(len(self.capture), bool) if self.visits is None else self.visits > 0
        if not seen.any():
            return "nothing learnt yet"
        return (
            f"attraction {self.attraction[seen].mean():+.2f} utils, capture "
            f"{self.capture[seen].mean():.2f}, prices x {self.price[seen].mean():.3f}, awareness "
            f"{self.aware.mean():.2f}, responses x {self.response:.2f}, rebates x "
            f"{self.rebate:.2f}, {self.unit_cost:+.2f} a unit, conflict {self.conflict:+.3f}, "
            f"coverage {self.coverage:+.3f}"
        )


def _shifted(limit: float | None, by: float) -> float | None:
    return None if limit is None else float(np.clip(limit + by, 0, 1))


def _corrected(contract: Contract, factor: float) -> Contract:
    if contract.instrument not in INCENTIVES:
        return contract
    return replace(contract, rate=min(contract.rate * factor, 1.0))

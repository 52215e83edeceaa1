"""Coverage, cost to serve, conflict and the rest: each defined once, planned and realised alike.

A plan feeds these definitions with expected flows, a simulation with what it observed.

    coverage   demand in zones with an available physical outlet within the standard / all demand
    cost       fixed + set-up + logistics + channel + incentives + governance
               = what consumers spend - production - the maker's contribution
    conflict   importance-weighted sum of its four kinds (`domain.conflict`)
"""

from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING

import numpy as np

from channelsim.domain import conflict
from channelsim.domain.columns import Bools, Floats, Ints, across, dot, row_of
from channelsim.domain.demand import Flows, Reach, arcs_within, expected_flows, open_mask
from channelsim.domain.economics import (
    UnitMoney,
    distributor_profit,
    partner_profit,
    reservation,
    unit_money,
)
from channelsim.domain.incentives import partner_lift
from channelsim.domain.layout import Layout

if TYPE_CHECKING:
    from channelsim.domain.scenario import Scenario

COST_PARTS = ("fixed", "setup", "logistics", "channel", "incentives", "governance")
CONFLICT_KINDS = ("price_conflict", "territory_conflict", "customer_conflict", "goal_conflict")
HEADLINE = ("coverage", "cost", "conflict", "profit")
UNITS = {
    "coverage": "share",
    "online_reach": "share",
    "share": "share",
    "occasions": "occasions/week",
    "units": "units/week",
    "revenue": "money/week",
    "production": "money/week",
    "profit": "money/week",
    "cost": "money/week",
    "cost_share": "share of revenue",
    "partner_profit": "money/week",
    "viable": "share of operations",
    "conflict": "index 0-1",
    **dict.fromkeys(COST_PARTS, "money/week"),
    **dict.fromkeys(CONFLICT_KINDS, "index 0-1"),
}
BOUNDED = frozenset(
    name for name, kind in UNITS.items() if kind in ("share", "share of operations", "index 0-1")
)
"""Measures that lie between 0 and 1."""
LOWER_IS_BETTER = frozenset({"cost", "cost_share", "conflict", *COST_PARTS, *CONFLICT_KINDS})


@dataclass(frozen=True)
class Measures:
    """The measures of one layout; money per week in the scenario's currency, units per week."""

    coverage: float
    """Share of demand within the service standard of an available physical outlet."""
    online_reach: float
    """Share of demand that an available online outlet reaches."""
    share: float
    """Units over occasions at which the brand is considered by people who know it."""
    occasions: float
    """Occasions per week."""
    units: float
    """Units sold per week."""
    revenue: float
    """What consumers spend."""
    production: float
    """Production cost of the units sold."""
    fixed: float
    """The maker's fixed cost of open operations."""
    setup: float
    """Set-up and closing money, written off and charged for capital."""
    logistics: float
    """Line haul, fulfilment and delivery."""
    channel: float
    """Channel margin, commissions and fees, less royalties."""
    incentives: float
    """Rebates, co-op, marketing and incentive spend."""
    governance: float
    """Audits, training and administration."""
    price_conflict: float
    """Price conflict, 0 to 1."""
    territory_conflict: float
    """Territory conflict, 0 to 1."""
    customer_conflict: float
    """Customer conflict, 0 to 1."""
    goal_conflict: float
    """Goal conflict, 0 to 1."""
    conflict: float
    """Importance-weighted sum of the four kinds."""
    partner_profit: float
    """Profit of all independent partners, distributors included."""
    viable: float
    """Share of operations with a reservation profit that reach it."""

    @property
    def cost(self) -> float:
        """Cost to serve, money per week."""
        return sum(float(getattr(self, part)) for part in COST_PARTS)

    @property
    def cost_share(self) -> float:
        """Cost to serve over revenue."""
        return self.cost / self.revenue if self.revenue > 0 else 0.0

    @property
    def profit(self) -> float:
        """The maker's contribution before overheads, money per week."""
        return self.revenue - self.production - self.cost

    @property
    def return_on_cost(self) -> float:
        """The maker's contribution over the cost to serve; 0 without cost."""
        return self.profit / self.cost if self.cost > 0 else 0.0

    def as_dict(self) -> dict[str, float]:
        """Return every measure by name, the derived ones included."""
        derived = {"cost": self.cost, "cost_share": self.cost_share, "profit": self.profit}
        return {**asdict(self), **derived}

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """Return the names of all measures."""
        return (*(f.name for f in fields(cls)), "cost", "cost_share", "profit")


def potential_demand(scenario: "Scenario") -> Floats:
    """Return each zone's occasions per week, aware or not: (Z,)."""
    columns = scenario.columns
    result: Floats = columns.people @ columns.purchase_rate
    return result


def standard_arcs(scenario: "Scenario") -> Reach:
    """Return the arcs from zones to physical candidates within the service standard."""
    standard = scenario.market.service_standard_km
    return arcs_within(scenario, np.where(scenario.columns.online, -1.0, standard))


def coverage(near: Reach, available: Bools, demand: Floats) -> float:
    """Return the demand-weighted share of zones with an available outlet on their arcs.

    Parameters
    ----------
    near
        Arcs within the standard (`standard_arcs`), or any other notion of presence.
    available
        (J,) open, and in a simulation still in stock after the week's first round.
    demand
        (Z,) weights.
    """
    covered = np.zeros(len(demand), dtype=bool)
    covered[near.zone[available[near.candidate]]] = True
    total = demand.sum()
    return float(demand[covered].sum() / total) if total > 0 else 0.0


def exclusive_holders(scenario: "Scenario", layout: Layout) -> Ints:
    """Return the partner row that holds each zone exclusively, -1 where none does: (Z,).

    Raises
    ------
    BadValue
        If the layout names a zone or partner the scenario does not have.
    """
    columns = scenario.columns
    holder = np.full(len(scenario.zones), -1, dtype=np.int64)
    for territory in layout.territories:
        zone = row_of(columns.zone_index, territory.zone, "zone")
        partner = row_of(columns.partner_index, territory.partner, "partner")
        if territory.exclusive:
            holder[zone] = partner
    return holder


def planned(scenario: "Scenario", layout: Layout, flows: Flows | None = None) -> Measures:
    """Return the planned measures of a layout.

    Parameters
    ----------
    flows
        Expected sales without incentive money; the logit's by default, an assignment's where the
        optimiser planned in assignment mode. The layout's incentives lift them. Conflict is
        always that of consumers who choose by logit.

    Raises
    ------
    BadValue
        If the layout names a candidate, zone or partner the scenario does not have.
    """
    is_open = open_mask(scenario, layout)
    chosen = lifted(scenario, layout, expected_flows(scenario, layout))
    flows = chosen if flows is None else lifted(scenario, layout, flows)
    money = unit_money(scenario)
    units = flows.by_candidate(len(is_open))
    potential = potential_demand(scenario)
    occasions = float(
        (scenario.columns.people.T @ scenario.columns.awareness) @ scenario.columns.purchase_rate
    )
    conflicts = _planned_conflict(scenario, layout, chosen, money)
    ops = is_open & (money.reservation + money.reservation_rate > 0)
    viable = partner_profit(money, units) >= reservation(money, units)
    independent = is_open & ~own_mask(scenario)
    parts = cost_parts(scenario, layout, is_open, flows, money)
    parts["governance"] += _contact_cost(scenario, independent)
    return Measures(
        coverage=coverage(standard_arcs(scenario), is_open, potential),
        online_reach=float((is_open & scenario.columns.online).any()),
        share=float(units.sum()) / occasions if occasions > 0 else 0.0,
        occasions=occasions,
        units=float(units.sum()),
        revenue=dot(units, money.price),
        production=dot(units, money.production),
        **parts,
        **conflicts,
        partner_profit=float(
            partner_profit(money, units)[independent].sum()
            + distributor_profit(scenario, units).sum()
        ),
        viable=float(viable[ops].mean()) if ops.any() else 1.0,
    )


def cost_parts(
    scenario: "Scenario", layout: Layout, is_open: Bools, flows: Flows, money: UnitMoney
) -> dict[str, float]:
    """Return the six parts of cost to serve, money per week."""
    units = flows.by_candidate(len(is_open))
    carried = across(flows.units) * flows.arcs.km
    per_km = money.delivery_per_km[flows.arcs.candidate]
    spend = sum(s.value for s in layout.incentives)
    return {
        "fixed": float(money.fixed[is_open].sum()),
        "setup": float(money.setup[is_open].sum() + money.closing[~is_open].sum()),
        "logistics": dot(units, money.logistics) + dot(carried, per_km),
        "channel": dot(units, money.channel),
        "incentives": dot(units, money.incentives) + spend,
        "governance": dot(units, money.governance),
    }


def _contact_cost(scenario: "Scenario", independent: Bools) -> float:
    """Return what the sales team and meetings with the partners of some outlets (J,) cost: money
    per week.
    """
    policy, partners = scenario.policy, len(np.unique(scenario.columns.partner_of[independent]))
    team = policy.sales_heads * (policy.head_salary + policy.head_training)
    meetings = policy.meeting_cost * partners / policy.meeting_weeks if policy.meeting_weeks else 0
    return team + meetings


def lifted(scenario: "Scenario", layout: Layout, flows: Flows) -> Flows:
    """Return flows with the layout's incentive money at work, by the partners' response curves."""
    if not layout.incentives:
        return flows
    rise = 1 + partner_lift(scenario, layout)[scenario.columns.partner_of]
    return Flows(flows.arcs, flows.units * rise[flows.arcs.candidate][:, None], flows.price)


def own_mask(scenario: "Scenario") -> Bools:
    """Return which candidates are the maker's own: (J,)."""
    own = np.array([p.own for p in scenario.partners], dtype=bool)
    mask: Bools = own[scenario.columns.partner_of]
    return mask


def weigh_conflict(scenario: "Scenario", kinds: dict[str, float]) -> dict[str, float]:
    """Return the four kinds and, as `conflict`, their importance-weighted sum."""
    weights = scenario.policy.conflict_weights
    total = sum(w * kinds[k] for w, k in zip(weights, CONFLICT_KINDS, strict=True))
    return {**kinds, "conflict": total}


def _planned_conflict(
    scenario: "Scenario", layout: Layout, flows: Flows, money: UnitMoney
) -> dict[str, float]:
    columns = scenario.columns
    units = across(flows.units)
    sells = units > 0  # pairs of rivals are many: count those that meet
    arcs, units = flows.arcs.only(sells), units[sells]
    rivalry = conflict.Rivalry.of(arcs, columns.partner_of, columns.model)
    demand = potential_demand(scenario)
    holder = exclusive_holders(scenario, layout)
    foreign = conflict.foreign_arcs(arcs, columns.partner_of, columns.zone_of, holder)
    tolerance = scenario.policy.price_gap_tolerance
    price = flows.price[arcs.candidate]
    kinds = {
        "price_conflict": conflict.price_conflict(rivalry, units, price, demand, tolerance),
        "territory_conflict": conflict.territory_conflict(
            float(units[foreign].sum()), float(units.sum())
        ),
        "customer_conflict": conflict.customer_conflict(
            conflict.overlap(rivalry, units, demand), 1.0
        ),
        "goal_conflict": _planned_goal_conflict(scenario, layout, flows, money),
    }
    return weigh_conflict(scenario, kinds)


def _planned_goal_conflict(
    scenario: "Scenario", layout: Layout, flows: Flows, money: UnitMoney
) -> float:
    is_open = open_mask(scenario, layout)
    units = flows.by_candidate(len(is_open))
    count = len(scenario.partners)
    partner = scenario.columns.partner_of

    def total(values: Floats) -> Floats:
        summed: Floats = np.bincount(partner, np.where(is_open, values, 0.0), minlength=count)
        return summed

    independent = is_open & ~own_mask(scenario)
    return conflict.goal_conflict(
        attainment=np.full(count, scenario.policy.planned_attainment),
        profit=total(partner_profit(money, units)),
        reservation=total(reservation(money, units)),
        active=np.bincount(partner, independent, minlength=count) > 0,
    )

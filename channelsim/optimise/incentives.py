"""How the incentive money of a plan is divided among its partners and instruments."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from channelsim.domain.columns import Bools, Floats, frozen
from channelsim.domain.demand import Flows
from channelsim.domain.economics import unit_money
from channelsim.domain.incentives import slope
from channelsim.domain.layout import Spend
from channelsim.optimise.incentive_pieces import piecewise
from channelsim.optimise.incentive_problem import Curves, water_fill
from channelsim.optimise.scenario_inputs import curves
from channelsim.optimise.solve import HIGHS

if TYPE_CHECKING:
    from channelsim.domain.scenario import Scenario

CENT = 0.01
"""Money per week below which a spend is left out."""


@dataclass(frozen=True)
class IncentiveRow:
    """What one partner gets through one instrument."""

    partner: str
    """Partner id."""
    instrument: str
    """Instrument."""
    value: float
    """Money per week."""
    lift: float
    """Relative rise of the partner's sales that it is expected to bring."""
    gain: float
    """What it is expected to earn beyond its cost, money per week."""
    marginal: float
    """What the next unit of money would earn beyond its cost."""


@dataclass(frozen=True)
class IncentivePlan:
    """The division of the incentive money."""

    rows: tuple[IncentiveRow, ...]
    """Who gets what."""
    budget: float
    """Money per week that could be spent."""
    gain: float
    """What all of it is expected to earn beyond its cost, money per week."""
    multiplier: float
    """What the next unit of budget would earn beyond its cost; 0 where money is left over."""
    error_bound: float
    """By how much the best division may earn more, money per week."""
    method: str
    """none, water-filling (exact) or piecewise linear."""

    @property
    def spend(self) -> tuple[Spend, ...]:
        """The spend as a layout holds it."""
        return tuple(Spend(row.partner, row.instrument, row.value) for row in self.rows)


def allocate(
    scenario: "Scenario", is_open: Bools, flows: Flows, budget: float, *, solver: str = HIGHS
) -> IncentivePlan:
    """Divide incentive money among the partners of a plan.

    Parameters
    ----------
    is_open
        (J,) what the plan opens.
    flows
        What the plan sells before incentives.
    budget
        Money per week.
    """
    units = flows.by_candidate(len(is_open))
    sold = _by_partner(scenario, units)
    open_curves = _curves(scenario, is_open, flows, budget)
    if not open_curves.count or budget <= 0:
        return IncentivePlan((), budget, 0.0, 0.0, 0.0, "none")
    value, level = water_fill(open_curves, budget)
    multiplier, error, method = level - 1, 0.0, "water-filling"
    supply = scenario.economics.supply_capacity
    left = np.inf if supply is None else supply - float(units.sum())
    if float(sold @ open_curves.partner_lifts(value)) > left:
        value, multiplier, error = piecewise(open_curves, budget, sold, left, solver=solver)
        method = "piecewise linear"
    rows = _rows(scenario, open_curves, value)
    return IncentivePlan(rows, budget, sum(row.gain for row in rows), multiplier, error, method)


def _rows(scenario: "Scenario", found: Curves, value: Floats) -> tuple[IncentiveRow, ...]:
    lifts = found.lifts(value)
    margin = found.margin[found.partner]
    return tuple(
        IncentiveRow(
            partner=scenario.partners[found.partner[k]].id,
            instrument=found.response[k].instrument,
            value=value[k].item(),
            lift=lifts[k].item(),
            gain=(margin[k] * lifts[k] - value[k]).item(),
            marginal=margin[k].item() * slope(found.response[k], value[k].item()) - 1,
        )
        for k in np.flatnonzero(value >= CENT).tolist()
    )


def _curves(scenario: "Scenario", is_open: Bools, flows: Flows, budget: float) -> Curves:
    columns = scenario.columns
    active = {scenario.partners[p].id for p in columns.partner_of[is_open]}
    found = tuple(c for c in curves(scenario).values() if c.partner in active)
    partner = np.array([columns.partner_index[c.partner] for c in found], dtype=np.int64)
    low = np.array([c.min_spend for c in found])
    most = np.array([budget if c.max_spend is None else min(c.max_spend, budget) for c in found])
    return Curves(
        response=found,
        partner=partner,
        margin=_margin(scenario, flows),
        room=_room(scenario, is_open, flows),
        low=low,
        high=np.maximum(low, most),
    )


def _margin(scenario: "Scenario", flows: Flows) -> Floats:
    """Return what the maker earns from each partner's sales: (P,) money per week."""
    money, arcs, units = unit_money(scenario), flows.arcs, flows.units.sum(axis=1)
    per_unit = money.margin[arcs.candidate] - money.delivery_per_km[arcs.candidate] * arcs.km
    earned = np.bincount(arcs.candidate, units * per_unit, minlength=len(scenario.candidates))
    return _by_partner(scenario, earned)


def _room(scenario: "Scenario", is_open: Bools, flows: Flows) -> Floats:
    """Return the rise of sales that each partner's fullest operation leaves room for: (P,)."""
    units = flows.by_candidate(len(is_open))
    capacity = scenario.columns.capacity
    rise = np.full(len(units), np.inf)
    selling = units > 0
    rise[selling] = np.maximum(capacity[selling] / units[selling] - 1, 0.0)
    room = np.full(len(scenario.partners), np.inf)
    np.minimum.at(room, scenario.columns.partner_of, rise)
    return frozen(room)


def _by_partner(scenario: "Scenario", values: Floats) -> Floats:
    partner = scenario.columns.partner_of
    total: Floats = np.bincount(partner, values, minlength=len(scenario.partners))
    return total

"""Demand nodes in assignment mode: a zone's physical occasions, or a class of online ones.

A segment s makes the share th_s (`online_preference`) of its occasions online; a candidate j can
sell to zone z, if the planner gives it the whole node, at most

    a_zsj = c_j share_s occasions_zs g_zsj / (1 + g_zsj),   g = exp(V - R) at the plan's price,

with c_j its `capture`, 1 unless learnt from runs, and share_s = th_s online and 1 - th_s in shops
(`domain.demand`). Online candidates without a place look alike from zones of one rival strength and
segment mix, up to scale. Such zones form one online node, and nothing is lost: serving all of them
in the same proportions is as good as any other way.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from channelsim.domain.columns import Bools, Floats, Ints, frozen
from channelsim.domain.demand import Flows, Reach, occasions, require_choice, utility
from channelsim.domain.economics import UnitMoney, unit_money
from channelsim.optimise.layout_inputs import Arcs

if TYPE_CHECKING:
    from channelsim.domain.scenario import Scenario


@dataclass(frozen=True, eq=False)
class DemandNodes:
    """Demand nodes, and how their arcs split into the scenario's own."""

    reach: Reach
    """The A arcs between zones and candidates."""
    full: Floats
    """(A, S) units per week if the candidate serves the whole node."""
    merged: Ints
    """(A,) row of the nodes' arc that each arc belongs to, -1 where no plan would use it."""
    arcs: Arcs
    """The nodes' M arcs."""
    zone: Ints
    """(N,) zone row of a physical node, -1 online."""
    price: Floats
    """(J,) consumer price, money per unit."""

    def flows(self, served: Floats) -> Flows:
        """Return expected sales when these shares (M,) of the nodes are served."""
        share = np.append(served, 0.0)[self.merged]
        return Flows(self.reach, frozen(self.full * share[:, None]), self.price)


def demand_nodes(scenario: "Scenario", shut: Bools) -> DemandNodes:
    """Build the nodes, without arcs that earn nothing or lead to a candidate that stays shut (J,).

    No plan that may leave demand unserved would use such arcs.
    """
    arcs, money = scenario.arcs, unit_money(scenario)
    full = full_units(scenario, arcs)
    units = full.sum(axis=1)
    parts = money_by_arc(arcs.candidate, arcs.km, units, money)
    value = parts["revenue"] - sum(parts[name] for name in list(parts)[1:])
    useful = np.flatnonzero((units > 0) & (value > 0) & ~shut[arcs.candidate])
    node, zone = _nodes_of(scenario, arcs, useful)
    count = max(len(scenario.candidates), 1)
    key, row = np.unique(node * count + arcs.candidate[useful], return_inverse=True)
    merged = np.full(arcs.arcs, -1, dtype=np.int64)
    merged[useful] = row

    def total(values: Floats) -> Floats:
        summed = np.bincount(row, values[useful], minlength=len(key))
        return frozen(summed.astype(np.float64))  # without arcs bincount counts in integers

    by_node = Arcs(
        node=frozen(key // count),
        site=frozen(key % count),
        units=total(units),
        value=total(value),
        nodes=len(zone),
        shared=frozen(zone >= 0),
        parts={name: total(values) for name, values in parts.items()},
    )
    return DemandNodes(arcs, frozen(full), frozen(merged), by_node, frozen(zone), money.price)


def full_units(scenario: "Scenario", arcs: Reach) -> Floats:
    """Return units per week on each arc if its candidate serves the whole node: (A, S).

    Raises
    ------
    BadValue
        If the market's demand is not one of choice.
    """
    require_choice(scenario)
    online = scenario.columns.online[arcs.candidate][:, None]
    preference = np.array([s.online_preference for s in scenario.segments])
    share = np.where(online, preference, 1 - preference)
    take = _logistic(utility(scenario, arcs, scenario.columns.price))
    capture = np.array([c.capture for c in scenario.candidates])[arcs.candidate][:, None]
    result: Floats = capture * share * occasions(scenario)[arcs.zone] * take
    return result


def _logistic(value: Floats) -> Floats:
    small = np.exp(-np.abs(value))
    result: Floats = np.where(value >= 0, 1.0, small) / (1 + small)
    return result


def money_by_arc(site: Ints, km: Floats, units: Floats, money: UnitMoney) -> dict[str, Floats]:
    """Return the money per week behind what arcs sell, by part: (M,) each.

    Parameters
    ----------
    site, km, units
        (M,) candidate row, road distance and units per week of each arc.
    """
    return {
        "revenue": units * money.price[site],
        "production": units * money.production[site],
        "logistics": units * (money.logistics[site] + money.delivery_per_km[site] * km),
        "channel": units * money.channel[site],
        "incentives": units * money.incentives[site],
        "governance": units * money.governance[site],
    }


def _nodes_of(scenario: "Scenario", arcs: Reach, useful: Ints) -> tuple[Ints, Ints]:
    """Return the node of each useful arc, and each node's zone (-1 online)."""
    zones = len(scenario.zones)
    online = scenario.columns.online[arcs.candidate[useful]]
    zone = arcs.zone[useful]
    raw = np.where(online, zones + _online_class(scenario)[zone], zone)
    names, node = np.unique(raw, return_inverse=True)
    return node, np.where(names < zones, names, -1)


def _online_class(scenario: "Scenario") -> Ints:
    """Return a number for each zone, the same for zones that look alike to online shops."""
    columns = scenario.columns
    if (columns.zone_of[columns.online] >= 0).any():
        return np.arange(len(scenario.zones))
    mixes = [tuple(sorted(z.shares.items())) for z in scenario.zones]
    looks = list(zip(map(tuple, scenario.outside.tolist()), mixes, strict=True))
    number = {look: row for row, look in enumerate(dict.fromkeys(looks))}
    return np.array([number[look] for look in looks], dtype=np.int64)

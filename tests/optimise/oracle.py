"""The best layout of a small scenario by looking at every one.

Money, utility, distance and coverage are worked out here from the scenario's fields, in plain
Python; only conflict and the division of incentive money are the package's own.
"""

import itertools
import math
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from channelsim.domain.demand import Flows
from channelsim.domain.layout import Layout, Territory
from channelsim.domain.measures import planned
from channelsim.domain.scenario import Scenario
from channelsim.optimise.incentives import allocate
from tests.optimise.oracle_limits import (
    balance_rows,
    best_served,
    hangs_together,
    rules_hold,
    serving_rows,
    sourcings,
)

EARTH_RADIUS_KM = 6371.0
NOBODY = ""


@dataclass(frozen=True)
class Arc:
    """What a candidate could sell to a zone."""

    zone: int
    site: int
    partner: str
    online: bool
    units: tuple[float, ...]  # per week by segment, if it serves all of the zone
    value: float  # money per week that this earns

    @property
    def node(self) -> tuple[int, bool]:
        return self.zone, self.online

    @property
    def total(self) -> float:
        return sum(self.units)


def road_km(scenario: Scenario, one, other) -> float:
    for row in scenario.distances:
        if {row.from_zone, row.to_zone} == {one.id, other.id}:
            return row.km
    lat, lon = math.radians(other.latitude - one.latitude), other.longitude - one.longitude
    across = math.cos(math.radians(one.latitude)) * math.cos(math.radians(other.latitude))
    half = math.sin(lat / 2) ** 2 + across * math.sin(math.radians(lon) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(half)) * scenario.market.detour_factor


def price_of(candidate, kind) -> float:
    return kind.price if candidate.price is None else candidate.price


def wholesale_of(candidate, kind):
    return kind.wholesale_price if candidate.wholesale_price is None else candidate.wholesale_price


def margin(scenario: Scenario, candidate, kind) -> float:
    """Money the maker keeps of a unit sold, before delivery; contracts are rebates of a type."""
    price = price_of(candidate, kind)
    buy = wholesale_of(candidate, kind)
    buy = price if buy is None else buy
    rebate = 0.0
    for row in sorted(scenario.contracts, key=lambda r: r.attainment_from):
        assert (row.instrument, row.base, row.partner) == ("rebate", "purchases", "")
        reached = row.attainment_from <= scenario.policy.planned_attainment
        if row.channel_type == kind.id and reached:
            rebate = row.rate * buy
    costs = scenario.economics.unit_cost + candidate.supply_cost + kind.fulfilment_cost
    return buy - costs - rebate - price * (kind.fee_rate + kind.governance_rate)


@dataclass(frozen=True, eq=False)
class Enumerated:
    """Every layout of a small scenario."""

    scenario: Scenario

    @cached_property
    def kinds(self):
        by_id = {k.id: k for k in self.scenario.channel_types}
        return [by_id[c.channel_type] for c in self.scenario.candidates]

    @cached_property
    def km(self) -> list[list[float]]:
        """Road km from each zone to each candidate, 0 online."""
        zones = {z.id: z for z in self.scenario.zones}
        return [
            [road_km(self.scenario, z, zones[c.zone]) if c.zone else 0.0 for c in self.candidates]
            for z in self.scenario.zones
        ]

    def road(self, one, other) -> float:
        """Road km between two zones."""
        return road_km(self.scenario, one, other)

    @property
    def candidates(self):
        return self.scenario.candidates

    @cached_property
    def arcs(self) -> list[Arc]:
        """All that earns something."""
        s = self.scenario
        assert (s.market.demand, s.rivals) == ("logit", ())
        appeal = {(a.channel_type, a.segment): a.appeal for a in s.appeals}
        found = []
        for z, zone in enumerate(s.zones):
            for j, (c, kind) in enumerate(zip(self.candidates, self.kinds, strict=True)):
                km, price = self.km[z][j], price_of(c, kind)
                if c.zone and kind.reach_km is not None and km > kind.reach_km:
                    continue
                service = kind.service if c.service is None else c.service
                units = []
                for g in s.segments:
                    people = zone.population * zone.shares.get(g.id, g.share) * zone.awareness
                    worth = appeal.get((kind.id, g.id), 0.0) + c.attraction
                    worth += g.service_weight * service - g.price_sensitivity * price
                    worth -= g.distance_sensitivity * km + zone.rival_strength
                    online = g.online_preference if kind.online else 1 - g.online_preference
                    take = 1 / (1 + math.exp(-worth))
                    units.append(people * g.purchase_rate * online * take)
                each = margin(s, c, kind) - kind.delivery_cost_per_km * km
                if each > 0 and sum(units) > 0:
                    value = each * sum(units)
                    found.append(Arc(z, j, c.partner, kind.online, tuple(units), value))
        return found

    def layouts(self):
        """Yield each set of open candidates that meets every limit but that on conflict."""
        for bits in itertools.product([False, True], repeat=len(self.candidates)):
            if self.meets(bits):
                yield bits

    def meets(self, is_open) -> bool:
        """Whether a layout meets every limit but that on conflict."""
        goals = self.scenario.goals
        rows = list(zip(self.candidates, is_open, strict=True))
        opened = [c for c, live in rows if live]
        shut = [c for c, live in rows if not live]
        new = sum(c.setup_cost for c in opened if not c.open_today)
        number = Counter(c.channel_type for c in opened)
        return (
            all(c.eligible and not c.must_close for c in opened)
            and all(self.margin_left(c) >= _floor(goals.min_margin) for c in opened)
            and not any(c.must_open for c in shut)
            and all(k.min_open <= number[k.id] for k in self.scenario.channel_types)
            and all(number[k.id] <= _cap(k.max_open) for k in self.scenario.channel_types)
            and len(opened) <= _cap(goals.max_open)
            and self.charge(is_open) <= _cap(goals.budget) + 1e-6
            and new <= _cap(goals.setup_budget) + 1e-6
            and rules_hold(self, is_open)
            and self.coverage(is_open) >= (goals.min_coverage or 0.0) - 1e-9
        )

    def margin_left(self, candidate) -> float:
        """Margin that an independent buyer of goods has, share of the price; 1 for others."""
        kind = self.kinds[self.candidates.index(candidate)]
        own = next(p.own for p in self.scenario.partners if p.id == candidate.partner)
        buy = wholesale_of(candidate, kind)
        return 1.0 if own or buy is None else 1 - buy / price_of(candidate, kind)

    def charge(self, is_open) -> float:
        """Money per week for what is open and what closes."""
        once = self.scenario.economics.setup_rate
        rows = list(zip(self.candidates, is_open, strict=True))
        spent = sum(c.maker_fixed_cost + once * c.setup_cost for c, live in rows if live)
        return spent + sum(once * c.closing_cost for c, live in rows if not live and c.open_today)

    def coverage(self, is_open) -> float:
        """Share of demand with a shop within the standard."""
        s, near = self.scenario, self.scenario.market.service_standard_km
        demand = [
            z.population * sum(z.shares.get(g.id, g.share) * g.purchase_rate for g in s.segments)
            for z in s.zones
        ]
        shops = [j for j, k in enumerate(self.kinds) if is_open[j] and not k.online]
        covered = [any(self.km[z][j] <= near for j in shops) for z in range(len(s.zones))]
        total = sum(demand)
        here = sum(d for d, is_in in zip(demand, covered, strict=True) if is_in)
        return here / total if total > 0 else 0.0

    def best(self) -> float:
        """Return the best objective of all layouts within all limits, -inf if there is none.

        A layout's own arcs, without capacities and conflict, bound what it earns: once no other's
        bound is above the best, none is better.
        """
        goals, best = self.scenario.goals, -math.inf
        for loose, is_open, holders in sorted(self._loose(), key=lambda row: -row[0]):
            if loose <= best:
                break
            if goals.exclusive_territories and not self._bears(is_open):
                continue
            earned, served = self.served(is_open, holders)
            if earned == -math.inf:
                continue
            conflict = self.conflict(is_open, holders, served)
            if goals.max_conflict is None or conflict <= goals.max_conflict + 1e-9:
                charged = self.charge(is_open) + goals.conflict_price * conflict
                best = max(best, earned - charged)
        return best

    def _bears(self, is_open) -> bool:
        """Whether a layout is within the conflict cap before anybody holds a territory."""
        cap = self.scenario.goals.max_conflict
        return cap is None or planned(self.scenario, self.layout(is_open)).conflict <= cap + 1e-9

    def _loose(self):
        """Yield each way to open candidates and to divide the zones, with a bound on its worth.

        Zones are given to one partner each, or to nobody, where territories are exclusive.
        """
        for is_open in self.layouts():
            most: dict[tuple[int, bool, str], float] = {}
            for arc in self.arcs:
                if is_open[arc.site]:
                    partner = arc.partner if self._divided and not arc.online else NOBODY
                    key = (*arc.node, partner)
                    most[key] = max(most.get(key, 0.0), arc.value)
            fixed = sum(value for key, value in most.items() if key[2] == NOBODY)
            choices = [
                [(NOBODY, 0.0), *((k[2], v) for k, v in most.items() if k[0] == z and k[2])]
                for z in range(len(self.scenario.zones))
            ]
            for division in itertools.product(*choices):
                loose = fixed + sum(value for _, value in division) - self.charge(is_open)
                yield loose, is_open, [name for name, _ in division]

    @property
    def _divided(self) -> bool:
        return self.scenario.goals.exclusive_territories

    def served(self, is_open, holders) -> tuple[float, list[tuple[Arc, float]]]:
        """Return what the best assignment earns, and the share of its node served on each arc."""
        used = [
            arc
            for arc in self.arcs
            if is_open[arc.site]
            and (not self._divided or arc.online or holders[arc.zone] == arc.partner)
        ]
        if not hangs_together(self, holders):
            return -math.inf, []
        best: tuple[float, list[tuple[Arc, float]]] = (-math.inf, [])
        for some in sourcings(self, used):
            rows = [*serving_rows(self, is_open, some), *balance_rows(self, some)]
            found = best_served(self, some, rows)
            if found is not None and found[0] > best[0]:
                best = found[0], list(zip(some, found[1], strict=True))
        return best

    def conflict(self, is_open, holders, served) -> float:
        """Return planned conflict by the measure, incentives at work."""
        sold = {arc.zone for arc, share in served if share > 1e-9 and not arc.online}
        if self.scenario.goals.contiguous_km is not None:
            sold |= {z for z, holder in enumerate(holders) if holder != NOBODY}
        names = [z.id for z in self.scenario.zones]
        held = {names[z]: holders[z] for z in sold} if self._divided else self.lone(is_open, sold)
        layout = self.layout(is_open).replace(
            territories=tuple(Territory(who, zone, True) for zone, who in held.items()),
            incentives=self._incentives(is_open, served),
        )
        return planned(self.scenario, layout).conflict

    def lone(self, is_open, sold) -> dict[str, str]:
        """Return the zones with sales and one dealer of a territorial type, and who that is."""
        at: dict[str, set[str]] = {}
        for c, kind, live in zip(self.candidates, self.kinds, is_open, strict=True):
            if live and kind.territorial:
                at.setdefault(c.zone, set()).add(c.partner)
        zones = [self.scenario.zones[z].id for z in sold]
        return {zone: min(at[zone]) for zone in zones if len(at.get(zone, ())) == 1}

    def _incentives(self, is_open, served):
        goals, arcs = self.scenario.goals, self.scenario.arcs
        left = _cap(goals.budget) - self.charge(is_open)
        money = max(min(goals.incentive_budget, left), 0.0)
        if not money:
            return ()
        row = {key: a for a, key in enumerate(zip(arcs.zone, arcs.candidate, strict=True))}
        units = np.zeros((arcs.arcs, len(self.scenario.segments)))
        for arc, share in served:
            units[row[arc.zone, arc.site]] = share * np.array(arc.units)
        flows = Flows(arcs, units, self.scenario.columns.price)
        return allocate(self.scenario, np.array(is_open), flows, money).spend

    def layout(self, is_open) -> Layout:
        """Return the layout of a set of open candidates."""
        return Layout.of(c.id for c, live in zip(self.candidates, is_open, strict=True) if live)


def _cap(limit: float | None) -> float:
    return math.inf if limit is None else limit


def _floor(limit: float | None) -> float:
    return -math.inf if limit is None else limit

"""The best layout of a small scenario whose consumers choose, by looking at every one.

Utilities, shares and what is turned away are worked out here from the scenario's fields, zone by
zone and segment by segment, in plain Python.
"""

import itertools
import math

import numpy as np

from channelsim.domain.layout import Territory
from channelsim.domain.measures import planned
from tests.optimise.oracle import Arc, Enumerated, margin, price_of
from tests.optimise.oracle_limits import earned_by_partners, serving_rows


def best(every: Enumerated) -> float:
    """Return the best objective of all layouts within all limits, -inf if there is none."""
    return max((worth(every, is_open) for is_open in every.layouts()), default=-math.inf)


def worth(every: Enumerated, is_open) -> float:
    """Return the objective of one layout, -inf if it breaks the cap on conflict."""
    goals = every.scenario.goals
    earned, sold = served(every, is_open)
    if not _limits_hold(every, is_open, sold):
        return -math.inf
    conflict = conflict_of(every, is_open, sold)
    if goals.max_conflict is not None and conflict > goals.max_conflict + 1e-9:
        return -math.inf
    return earned - every.charge(is_open) - goals.conflict_price * conflict


def served(every: Enumerated, is_open) -> tuple[float, dict[tuple[int, int], float]]:
    """Return what a layout earns from sales, and units by (zone, candidate)."""
    wanted = demanded(every, is_open)
    asked: dict[int, float] = {}
    for (_, j), units in wanted.items():
        asked[j] = asked.get(j, 0.0) + units
    part = {j: _part(every.candidates[j].capacity, units) for j, units in asked.items()}
    shipped = sum(part[j] * units for j, units in asked.items())
    whole = _part(every.scenario.economics.supply_capacity, shipped)
    earned, sold = 0.0, {}
    for (z, j), units in wanted.items():
        candidate, kind = every.candidates[j], every.kinds[j]
        kept = units * part[j] * whole
        each = margin(every.scenario, candidate, kind) - kind.delivery_cost_per_km * every.km[z][j]
        earned += kept * each
        sold[z, j] = kept
    return earned, sold


def _part(room: float | None, asked: float) -> float:
    """Return the part of what is asked for that there is room for."""
    return 1.0 if room is None or asked <= room else room / asked


def demanded(every: Enumerated, is_open) -> dict[tuple[int, int], float]:
    """Return the units that consumers want, by (zone, candidate): multinomial logit."""
    s, wanted = every.scenario, {}
    appeal = {(a.channel_type, a.segment): a.appeal for a in s.appeals}
    for (z, zone), g in itertools.product(enumerate(s.zones), s.segments):
        people = zone.population * zone.shares.get(g.id, g.share) * zone.awareness
        odds = {}
        for j, (c, kind) in enumerate(zip(every.candidates, every.kinds, strict=True)):
            km = every.km[z][j]
            if not is_open[j] or (c.zone and kind.reach_km is not None and km > kind.reach_km):
                continue
            value = appeal.get((kind.id, g.id), 0.0) + c.attraction - zone.rival_strength
            value += g.service_weight * (kind.service if c.service is None else c.service)
            value -= g.price_sensitivity * price_of(c, kind) + g.distance_sensitivity * km
            odds[j] = math.exp(value)
        for j, pull in odds.items():
            units = people * g.purchase_rate * pull / (1 + sum(odds.values()))
            wanted[z, j] = wanted.get((z, j), 0.0) + units
    return wanted


def _limits_hold(every: Enumerated, is_open, sold) -> bool:
    """Whether sales meet the limits on them."""
    today = None
    if every.scenario.goals.no_worse_than_today:
        now = [c.open_today for c in every.candidates]
        earned, _ = was = served(every, now)
        used = _as_arcs(every, was[1])
        partners = earned_by_partners(every, now, used, np.ones(len(used)))
        today = earned - every.charge(now), partners
    rows = serving_rows(every, is_open, _as_arcs(every, sold), today)
    return all(sum(row) <= most + 1e-7 * (1 + abs(most)) for row, most in rows)


def _as_arcs(every: Enumerated, sold) -> list[Arc]:
    """Return sales as arcs that are served in full."""
    arcs = []
    for (z, j), units in sold.items():
        candidate, kind = every.candidates[j], every.kinds[j]
        each = margin(every.scenario, candidate, kind) - kind.delivery_cost_per_km * every.km[z][j]
        arcs.append(Arc(z, j, candidate.partner, kind.online, (units,), units * each))
    return arcs


def conflict_of(every: Enumerated, is_open, sold) -> float:
    """Return planned conflict, lone dealers of a territorial type holding their zones."""
    zones = {z for (z, j), units in sold.items() if units > 0 and not every.kinds[j].online}
    held = every.lone(is_open, sorted(zones)).items()
    territories = tuple(Territory(who, zone, True) for zone, who in held)
    return planned(every.scenario, every.layout(is_open).replace(territories=territories)).conflict

"""What must hold between a scenario's tables: one row an id, references that lead somewhere."""

from collections import Counter
from collections.abc import Iterable
from operator import attrgetter
from typing import TYPE_CHECKING

from channelsim.domain.addressed import ambiguity, meanings
from channelsim.domain.distribution import supplier_problems
from channelsim.domain.market import CHOICE_FORMS

if TYPE_CHECKING:
    from channelsim.domain.scenario import Scenario

_KEYS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("zones", "segments", "channel_types", "partners", "candidates"), ("id",)),
    **dict.fromkeys(("rivals", "promotions", "customer_tiers", "events", "sites"), ("id",)),
    **dict.fromkeys(("attributes", "pairs", "count_rules"), ("id",)),
    "attribute_weights": ("attribute", "segment"),
    "appeals": ("channel_type", "segment"),
    "contracts": ("partner", "channel_type", "instrument", "attainment_from", "units_from"),
    "responses": ("partner", "instrument"),
    "seasons": ("week",),
    "assumptions": ("path",),
    "history": ("period", "partner", "zone"),
}
"""Table -> the fields that together name a row."""


def reference_problems(scenario: "Scenario") -> Iterable[str]:
    """Yield what is wrong between the tables: duplicate ids, unknown references, shares."""
    yield from _duplicates(scenario)
    zones = {z.id for z in scenario.zones}
    segments = {s.id for s in scenario.segments}
    types = {t.id for t in scenario.channel_types}
    partners = {p.id for p in scenario.partners}
    yield from _unknown("appeals: channel_type", (a.channel_type for a in scenario.appeals), types)
    yield from _unknown("appeals: segment", (a.segment for a in scenario.appeals), segments)
    yield from _attribute_problems(scenario, segments)
    yield from _unknown("candidates: partner", (c.partner for c in scenario.candidates), partners)
    kinds = (c.channel_type for c in scenario.candidates)
    yield from _unknown("candidates: channel_type", kinds, types)
    places = (c.zone for c in scenario.candidates if c.zone)
    yield from _unknown("candidates: zone", places, zones)
    sites = {s.id for s in scenario.sites}
    yield from _unknown("candidates: site", (c.site for c in scenario.candidates if c.site), sites)
    yield from _unknown(
        "sites: partner", (s.partner for s in scenario.sites if s.partner), partners
    )
    yield from supplier_problems(scenario)
    yield from _unknown("rivals: zone", (r.zone for r in scenario.rivals if r.zone), zones)
    ends = (z for d in scenario.distances for z in (d.from_zone, d.to_zone))
    yield from _unknown("distances: zone", ends, zones)
    named = (c.partner for c in scenario.contracts if c.partner)
    yield from _unknown("contracts: partner", named, partners)
    named = (c.channel_type for c in scenario.contracts if c.channel_type)
    yield from _unknown("contracts: channel_type", named, types)
    yield from _unknown("responses: partner", (r.partner for r in scenario.responses), partners)
    yield from _history_problems(scenario, partners, zones)
    for table in ("promotions", "events"):
        yield from _channel_problems(scenario, table, partners, types)
    places = (e.zone for e in scenario.events if e.zone)
    yield from _unknown("events: zone", places, zones)
    yield from _place_problems(scenario)
    yield from _service_problems(scenario)
    yield from _margin_problems(scenario)
    yield from _rule_problems(scenario, partners, types)
    yield from _tier_problems(scenario)
    yield from _demand_problems(scenario)
    yield from _share_problems(scenario, segments)


def _attribute_problems(scenario: "Scenario", segments: set[str]) -> Iterable[str]:
    known, rows = {a.id for a in scenario.attributes}, scenario.attribute_weights
    yield from _unknown("attribute_weights: attribute", (w.attribute for w in rows), known)
    yield from _unknown("attribute_weights: segment", (w.segment for w in rows), segments)


def _history_problems(scenario: "Scenario", partners: set[str], zones: set[str]) -> Iterable[str]:
    rows = scenario.history
    yield from _unknown("history: partner", (row.partner for row in rows), partners)
    yield from _unknown("history: zone", (row.zone for row in rows if row.zone), zones)


def _channel_problems(
    scenario: "Scenario", table: str, partners: set[str], types: set[str]
) -> Iterable[str]:
    outlets = [(c.id, c.partner, c.channel_type) for c in scenario.candidates]
    known = {*types, *partners, *(outlet[0] for outlet in outlets)}
    named = (row.channel for row in getattr(scenario, table) if row.channel)
    for channel in dict.fromkeys(named):
        yield from _unknown(f"{table}: channel", (channel,), known)
        problem = ambiguity(channel, meanings(channel, outlets, partners, types))
        if problem:
            yield f"{table}: channel {problem}"


def _rule_problems(scenario: "Scenario", partners: set[str], types: set[str]) -> Iterable[str]:
    candidates = {c.id for c in scenario.candidates}
    named = [name for pair in scenario.pairs for name in (pair.first, pair.second)]
    for name in dict.fromkeys(named):
        yield from _unknown("pairs: id", (name,), partners | candidates)
        if name in partners and name in candidates:
            yield f"pairs: {name} is a partner and a candidate; give one of them another id"
    kinds = [kind for r in scenario.count_rules for kind in (r.channel_type, r.per) if kind]
    yield from _unknown("count_rules: channel_type", kinds, types)
    regions = {z.region for z in scenario.zones}
    for rule in scenario.count_rules:
        if rule.region and rule.region not in regions:
            yield (
                f"count_rules: {rule.id} is about the region {rule.region!r}, which no zone is in; "
                "write the region of a zone, or leave it empty for everywhere"
            )


def _service_problems(scenario: "Scenario") -> Iterable[str]:
    least, of_type = scenario.goals.min_service, {t.id: t.service for t in scenario.channel_types}
    for row in scenario.candidates:
        service = of_type.get(row.channel_type) if row.service is None else row.service
        if row.must_open and least is not None and service is not None and service < least:
            yield (
                f"candidates: {row.id} must open, but its service of {service:g} is below "
                f"goals.min_service, {least:g}; lower the goal or drop must_open"
            )


def _margin_problems(scenario: "Scenario") -> Iterable[str]:
    least, kinds = scenario.goals.min_margin, {t.id: t for t in scenario.channel_types}
    own = {p.id for p in scenario.partners if p.own}
    for row in scenario.candidates:
        kind = kinds.get(row.channel_type)
        if least is None or kind is None or not row.must_open or row.partner in own:
            continue
        price = kind.price if row.price is None else row.price
        paid = kind.wholesale_price if row.wholesale_price is None else row.wholesale_price
        if paid is not None and price - paid < least * price:
            margin = 1 - paid / price
            yield (
                f"candidates: {row.id} must open, but its margin of {margin:.4g} is below "
                f"goals.min_margin, {least:g}; lower the goal or drop must_open"
            )


def _place_problems(scenario: "Scenario") -> Iterable[str]:
    online = {t.id: t.online for t in scenario.channel_types}
    for row in scenario.candidates:
        placeless = online.get(row.channel_type)
        kind = f"candidates: {row.id} is of the type {row.channel_type}, which is"
        if placeless is False and not row.zone:
            yield f"{kind} physical, but has no zone; name its zone"
        if placeless and row.zone:
            yield f"{kind} online, but has the zone {row.zone}; leave its zone empty"


def _tier_problems(scenario: "Scenario") -> Iterable[str]:
    tiers = scenario.customer_tiers
    if not tiers:
        return
    if tiers[0].lapse > 0:
        yield f"customer_tiers: {tiers[0].id} is the lowest tier; leave its lapse empty"
    if tiers[-1].rise > 0:
        yield f"customer_tiers: {tiers[-1].id} is the highest tier; leave its rise empty"
    for tier in tiers[1:]:
        if tier.lapse == 0:
            yield (
                f"customer_tiers: nobody would ever leave {tier.id}; write the chance of lapsing "
                "in a week without a purchase, such as 0.02"
            )


def _demand_problems(scenario: "Scenario") -> Iterable[str]:
    market = scenario.market
    if market.demand not in CHOICE_FORMS:
        for rival in scenario.rivals:
            if rival.price is not None:
                yield (
                    f"rivals: {rival.id} has a price, but {market.demand} demand knows no rival "
                    "outlets; write a strength instead"
                )
    if market.demand == "spatial":
        length = 1.0 if market.space_km is None else market.space_km
        for row in scenario.candidates:
            if row.position_km > length:
                yield (
                    f"candidates: {row.id} has position_km {row.position_km:g}, beyond the "
                    f"market's {length:g}; raise market.space_km or lower it"
                )


def _share_problems(scenario: "Scenario", segments: set[str]) -> Iterable[str]:
    total = sum(s.share for s in scenario.segments)
    if abs(total - 1) > 1e-6:
        yield f"segments: the shares must sum to 1, got {total:g}; mend them"
    for zone in scenario.zones:
        if zone.shares:
            yield from _unknown(f"zones: {zone.id} has a share of segment", zone.shares, segments)


def _duplicates(scenario: "Scenario") -> Iterable[str]:
    for table, key in _KEYS.items():
        name_of = attrgetter(*key)
        twice = Counter(name_of(row) for row in getattr(scenario, table))
        for name, count in twice.items():
            if count > 1:
                what = name if len(key) == 1 else ", ".join(str(part) for part in name if part)
                cure = "give each row its own id" if key == ("id",) else "keep one row"
                yield f"{table}: {what} stands twice; {cure}"
    roads: dict[frozenset[str], float] = {}
    for road in scenario.distances:
        ends = frozenset((road.from_zone, road.to_zone))
        if roads.setdefault(ends, road.km) != road.km:
            yield (
                f"distances: {road.from_zone} and {road.to_zone} are {roads[ends]:g} km and "
                f"{road.km:g} km apart; keep one row"
            )
    for table in ("zones", "segments", "channel_types"):
        if not getattr(scenario, table):
            yield f"{table}: the table is empty; add at least one row"


def _unknown(what: str, names: Iterable[str], known: Iterable[str]) -> Iterable[str]:
    have = set(known)
    for name in dict.fromkeys(names):
        if name not in have:
            near = ", ".join(sorted(have)[:5])
            cure = f"write one of the ids, such as {near}" if near else "add a row with this id"
            yield f"{what} {name!r} is unknown; {cure}"

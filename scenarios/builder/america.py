"""The United States: 3,215 counties, a mass merchant possible in each of 967, money in USD."""

import math
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from channelsim.domain.channel import Candidate
from channelsim.domain.goodwill import Goodwill
from channelsim.domain.layout import Layout
from channelsim.domain.market import Market, Segment, Zone
from channelsim.domain.partner import Partner
from channelsim.domain.policy import Economics, Goals, Policy
from channelsim.domain.scenario import Scenario
from scenarios.builder import archetypes
from scenarios.builder.american_formats import (
    APPEALS,
    CONTRACTS,
    FORMATS,
    ONLINE,
    UNIT_COST,
    Format,
)
from scenarios.builder.chinese_market import SEGMENTS as CHINESE_SEGMENTS
from scenarios.builder.chinese_market import seasons
from scenarios.builder.places import DETOUR, Place, largest, road_km
from scenarios.builder.responses import responses

CREDITS = (
    "Counties: labour force 2009 (BLS) and polygon centroids (U.S. Census Bureau), public domain. "
    "Population is taken as labour force x 2.0. All other numbers are assumptions."
)
STANDARD_KM = 40.0
CANDIDATE_FLOOR = 50_000
OPEN_TODAY, METROPOLITAN = 400, 25
AWARE_NEAR, AWARE_FAR = 0.60, 0.41
PORTS = (
    "los-angeles-county-ca",
    "pierce-county-wa",
    "harris-county-tx",
    "chatham-county-ga",
    "essex-county-nj",
)
LINE_HAUL, LINE_HAUL_KM = 1.3, 0.0012
KM_A_WEEK, LONGEST_LEAD = 2500, 3
NOTICE_WEEKS, RESTOCKING_RATE = 8, 0.05
TRAINING_SCALE = 58.0
SELLING = frozenset({"distributor"})
"""Types that sell by the effort of their people, under contracts that run for the plan's two years;
listings in a retailer's stores may end."""
GOALS = Goals(
    min_coverage=0.78,
    max_conflict=0.16,
    budget=30_000,
    setup_budget=45_000,
    incentive_budget=5000,
    max_open=500,
)

# price sensitivity, distance sensitivity, share, online preference
_TASTES = {
    "value": (0.095, 0.05, 0.38, 0.50),
    "mainstream": (0.070, 0.04, 0.47, 0.48),
    "premium": (0.045, 0.03, 0.15, 0.45),
}
_NATIONAL = {
    "mass_merchant": ("mass-merchant", "Mass merchant", archetypes.CHAIN),
    "warehouse_club": ("warehouse-club", "Warehouse club", archetypes.CHAIN),
    "chain": ("electronics-chain", "Electronics chain", archetypes.CHAIN),
    "department": ("department-group", "Department group", archetypes.STORE_GROUP),
    "platform_retail": ("platform", "Platform", archetypes.PLATFORM),
    "retail_sites": ("mass-merchant", "Mass merchant", archetypes.CHAIN),
}
# maker's fixed cost a week, set-up, capacity, line haul, reservation rate, open today
_ONLINE = {
    "platform_retail": (3000, 20_000, 40_000, LINE_HAUL, 0.04, True),
    "platform": (2500, 15_000, 12_000, LINE_HAUL, 0.0, False),
    "retail_sites": (1500, 10_000, 15_000, LINE_HAUL, 0.05, True),
    "own_online": (2000, 40_000, 6000, 0.0, 0.0, True),
}
ONLINE_SALES_A_THOUSAND = {
    "platform_retail": 0.045,
    "platform": 0.009,
    "retail_sites": 0.013,
    "own_online": 0.0045,
}
_SEASON = {(28, 28): 1.3, (40, 46): 1.1, (47, 51): 1.9, (48, 48): 2.4}


def build(counties: Iterable[Place]) -> Scenario:
    """Return the scenario, without its assumptions."""
    counties = tuple(counties)
    outlets = tuple(largest(counties, OPEN_TODAY))
    rows = (*_physical_operations(counties, outlets), *_online_operations())
    bare = Scenario(
        name="us_counties",
        title="The United States, 3,215 counties",
        zones=tuple(_zones(counties, outlets)),
        segments=tuple(_segments()),
        channel_types=(*(shape.kind for shape in FORMATS), *ONLINE),
        appeals=APPEALS,
        partners=tuple({firm.id: firm for _, firm in rows}.values()),
        candidates=tuple(candidate for candidate, _ in rows),
        economics=Economics(unit_cost=UNIT_COST, capital_charge=0.0015, holding_rate=0.005),
        contracts=CONTRACTS,
        seasons=seasons(_SEASON, 0.86),
        market=Market(
            detour_factor=DETOUR,
            service_standard_km=STANDARD_KM,
            goodwill=0.11,
            freight_per_km=0.0031,
            contagion=0.2,
            contagion_km=150,
            claim_rate=0.08,
        ),
        policy=Policy(
            price_floor=48,
            audit_probability=0.07,
            fine=5500,
            mediation_cost=500,
        ),
        goals=GOALS,
        goodwill=Goodwill(
            decay=0.02, satisfaction=0.3, penalty=2, coop=0.02, discount=0.3, violation=0.2
        ),
        currency="USD",
        tax="excluded",
        credits=CREDITS,
    )
    units = _planned_units(bare, sum(county.population for county in counties))
    return replace(bare, responses=responses(bare, units, TRAINING_SCALE, SELLING))


def today(scenario: Scenario) -> Layout:
    """Return what is open today; U.S. law and custom leave territories open."""
    return scenario.today


def _segments() -> Iterator[Segment]:
    for segment in CHINESE_SEGMENTS:
        price, distance, share, online = _TASTES[segment.id]
        yield replace(
            segment,
            name=segment.name_en,
            share=share,
            purchase_rate=0.0007,
            price_sensitivity=price,
            distance_sensitivity=distance,
            online_preference=online,
        )


def _zones(counties: Iterable[Place], outlets: Collection[Place]) -> Iterator[Zone]:
    for county in counties:
        near = any(_near(county, outlet) for outlet in outlets)
        yield Zone(
            id=county.id,
            name=county.name,
            latitude=county.latitude,
            longitude=county.longitude,
            population=county.population,
            region=county.region,
            awareness=AWARE_NEAR if near else AWARE_FAR,
        )


def _near(county: Place, outlet: Place) -> bool:
    apart = abs(county.latitude - outlet.latitude)
    return apart < 1 and road_km(county, outlet) <= STANDARD_KM


def _physical_operations(
    counties: tuple[Place, ...], outlets: tuple[Place, ...]
) -> Iterator[tuple[Candidate, Partner]]:
    ports = [county for county in counties if county.id in PORTS]
    above = [county for county in counties if county.population > CANDIDATE_FLOOR]
    metropolitan = tuple(largest(counties, METROPOLITAN))
    for shape in FORMATS:
        kind = shape.kind.id
        open_in = {"mass_merchant": outlets, "distributor": metropolitan}.get(kind, ())
        ids = {place.id for place in open_in}
        for county in above if kind == "mass_merchant" else metropolitan:
            firm = _firm(kind, county)
            yield _operation(shape, county, firm, ports, county.id in ids), firm


def _firm(kind: str, county: Place) -> Partner:
    if kind == "distributor":
        id, name = f"dealers-{county.region.lower()}", f"Dealers of {county.region}"
        return archetypes.firm(id, name, name, archetypes.EXCLUSIVE)
    id, name, archetype = _NATIONAL[kind]
    return archetypes.firm(id, name, name, archetype)


def _operation(
    shape: Format, county: Place, firm: Partner, ports: Collection[Place], is_open: bool
) -> Candidate:
    km = min(road_km(port, county) for port in ports)
    doors = shape.doors(county)
    return Candidate(
        id=f"{shape.kind.id}-{county.id}",
        partner=firm.id,
        channel_type=shape.kind.id,
        zone=county.id,
        name=f"{shape.kind.name}, {county.name}",
        doors=doors,
        capacity=shape.units_a_door * doors,
        maker_fixed_cost=round(shape.weekly + shape.weekly_a_thousand * county.thousands, 2),
        setup_cost=round(shape.setup + shape.setup_a_thousand * county.thousands, 2),
        closing_cost=_closing(shape, county) if is_open else 0.0,
        reservation_rate=shape.reserve_rate,
        supply_cost=round(LINE_HAUL + LINE_HAUL_KM * km, 3),
        lead_time=min(LONGEST_LEAD, math.ceil(1 + km / KM_A_WEEK)),
        open_today=is_open,
        must_open=is_open and shape.kind.id in SELLING,
    )


def _closing(shape: Format, county: Place) -> float:
    units = shape.sales_a_thousand * county.thousands
    stock = shape.kind.stock_weeks * units * (shape.kind.wholesale_price or 0.0)
    profit = shape.reserve_rate * shape.kind.price * units
    return round(NOTICE_WEEKS * profit + RESTOCKING_RATE * stock, 2)


def _online_operations() -> Iterator[tuple[Candidate, Partner]]:
    for kind in ONLINE:
        weekly, setup, capacity, haul, reserve_rate, is_open = _ONLINE[kind.id]
        known = _NATIONAL.get(kind.id)
        firm = (
            archetypes.firm(known[0], known[1], known[1], known[2]) if known else archetypes.MAKER
        )
        yield (
            Candidate(
                id=kind.id,
                partner=firm.id,
                channel_type=kind.id,
                name=kind.name,
                capacity=capacity,
                maker_fixed_cost=weekly,
                setup_cost=setup,
                reservation_rate=reserve_rate,
                supply_cost=haul,
                open_today=is_open,
                must_open=is_open,
            ),
            firm,
        )


def _planned_units(scenario: Scenario, people: float) -> dict[str, float]:
    thousands = {zone.id: zone.population / 1000 for zone in scenario.zones}
    rates = {shape.kind.id: shape.sales_a_thousand for shape in FORMATS} | ONLINE_SALES_A_THOUSAND
    return {
        c.id: rates[c.channel_type] * thousands.get(c.zone, people / 1000)
        for c in scenario.candidates
    }

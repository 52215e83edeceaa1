"""Consumers, seasons and policy of the Chinese scenarios."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from channelsim.domain.goodwill import Goodwill
from channelsim.domain.market import Market, Season, Segment, Zone
from channelsim.domain.policy import Economics, Policy
from scenarios.builder.chinese_formats import UNIT_COST
from scenarios.builder.places import DETOUR, Place, road_km

STANDARD_KM = 30.0
AWARE_NEAR, AWARE_FAR = 0.77, 0.55
RIVAL_BY_TIER = {"T1": 0.25, "new T1": 0.0, "T2": 0.0, "T3": -0.10}
SHARES_BY_TIER = {
    "T1": (0.36, 0.41, 0.23),
    "new T1": (0.40, 0.45, 0.15),
    "T2": (0.40, 0.45, 0.15),
    "T3": (0.50, 0.38, 0.12),
}

SEGMENTS = (
    Segment(
        "value",
        "价格型",
        share=0.40,
        purchase_rate=0.00064,
        price_sensitivity=0.0145,
        distance_sensitivity=0.08,
        name_en="Value",
        service_weight=0.4,
        inertia=0.5,
        aversion=-1.2,
        retry=0.50,
        online_preference=0.55,
        innovation=0.0006,
        imitation=0.0073,
        happy_wait_loss=0.02,
    ),
    Segment(
        "mainstream",
        "主流",
        share=0.45,
        purchase_rate=0.00064,
        price_sensitivity=0.0110,
        distance_sensitivity=0.06,
        name_en="Mainstream",
        service_weight=0.6,
        inertia=0.7,
        aversion=-1.2,
        retry=0.55,
        online_preference=0.54,
        innovation=0.0006,
        imitation=0.0073,
        happy_wait_loss=0.02,
    ),
    Segment(
        "premium",
        "品质型",
        share=0.15,
        purchase_rate=0.00064,
        price_sensitivity=0.0070,
        distance_sensitivity=0.05,
        name_en="Premium",
        service_weight=0.9,
        inertia=0.9,
        aversion=-1.2,
        retry=0.60,
        online_preference=0.51,
        innovation=0.0006,
        imitation=0.0073,
        happy_wait_loss=0.02,
    ),
)
MARKET = Market(
    detour_factor=DETOUR,
    service_standard_km=STANDARD_KM,
    goodwill=0.11,
    freight_per_km=0.0227,
    contagion=0.2,
    contagion_km=150,
    claim_rate=0.06,
)
GOODWILL = Goodwill(decay=0.02, satisfaction=0.3, penalty=2, coop=0.02, discount=0.3, violation=0.2)
ECONOMICS = Economics(unit_cost=UNIT_COST, capital_charge=0.0015, holding_rate=0.005)
POLICY = Policy(
    price_floor=319,
    price_gap_tolerance=0.08,
    quota_growth=1.12,
    audit_probability=0.07,
    fine=39_500,
    review_weeks=13,
    exit_weeks=26,
    exit_trust=0.25,
    recruitment=12,
    mediation_cost=3000,
)

_ORDINARY_WEEK = 0.89
_SEASON = {
    (1, 3): 1.03,
    (4, 6): 0.72,
    (7, 7): 0.85,
    (9, 10): 0.99,
    (18, 18): 1.04,
    (21, 22): 1.1,
    (23, 23): 1.39,
    (24, 24): 2.09,
    (25, 25): 1.14,
    (26, 27): 0.80,
    (40, 40): 1.04,
    (42, 43): 1.17,
    (44, 44): 1.59,
    (45, 45): 2.29,
    (46, 46): 0.94,
    (47, 49): 0.85,
    (50, 50): 1.04,
    (51, 52): 0.99,
}


def seasons(spans: Mapping[tuple[int, int], float], ordinary: float) -> tuple[Season, ...]:
    """Return the 52 weekly factors from spans of weeks, first and last; the rest is ordinary."""
    factor = {week: f for (first, last), f in spans.items() for week in range(first, last + 1)}
    return tuple(Season(week, factor.get(week, ordinary)) for week in range(1, 53))


SEASONS = seasons(_SEASON, _ORDINARY_WEEK)


def zones(cities: Iterable[Place], outlets: Collection[Place]) -> Iterator[Zone]:
    """Yield the zones; people know the brand better within the standard of an outlet today."""
    for city in cities:
        near = any(road_km(city, outlet) <= STANDARD_KM for outlet in outlets)
        yield Zone(
            id=city.id,
            name=city.name,
            latitude=city.latitude,
            longitude=city.longitude,
            population=city.population,
            name_en=city.name_en,
            region=city.region,
            tier=city.tier,
            rival_strength=RIVAL_BY_TIER[city.tier],
            awareness=AWARE_NEAR if near else AWARE_FAR,
            shares=dict(zip((s.id for s in SEGMENTS), SHARES_BY_TIER[city.tier], strict=True)),
        )

"""Scenarios that the simulator's tests play: a steady market, and random small ones."""

from dataclasses import replace

import numpy as np

from channelsim.domain.channel import Appeal, Candidate, ChannelType
from channelsim.domain.contract import Contract
from channelsim.domain.customer_tier import CustomerTier
from channelsim.domain.layout import Layout, Opening, Spend, Territory
from channelsim.domain.market import Market, Season, Segment, Zone
from channelsim.domain.partner import Partner
from channelsim.domain.policy import Economics, Policy
from channelsim.domain.promotion import Promotion
from channelsim.domain.response import Response
from channelsim.domain.scenario import Scenario
from tests.instances import tiny
from tests.simulate.levers import (
    governed,
    or_none,
    priced,
    with_aftermath,
    with_distributors,
    with_supply,
    with_support,
)

EVERYTHING = ("total", "zone", "partner", "outlet")


def steady(people: float = 1000.0) -> Scenario:
    """Return `tiny` with `people` times the people, no inertia, no capacity limits, quota as sold:
    a market whose law of large numbers is the plan."""
    base = tiny()
    return base.replace(
        zones=tuple(replace(z, population=z.population * people) for z in base.zones),
        segments=tuple(replace(s, inertia=0.0, aversion=0.0) for s in base.segments),
        candidates=tuple(replace(c, capacity=None) for c in base.candidates),
        policy=replace(base.policy, quota_growth=0.95),
    )


def random_case(seed: int) -> tuple[Scenario, Layout]:
    """Return a small random scenario with every kind of rule, term and calendar, and a layout."""
    rng = np.random.default_rng(seed)
    zones = tuple(_zone(rng, i) for i in range(rng.integers(1, 5)))
    kinds = (
        _kind(rng, "dealer", wholesale_price=70.0, price_setter="partner", reach_km=150.0),
        _kind(rng, "agent", reach_km=80.0),
        _kind(rng, "web", online=True, fee_rate=0.1, fulfilment_cost=5.0),
    )
    partners = (
        Partner("maker", "Maker", own=True, effort="none"),
        *(_partner(rng, f"p{i}") for i in range(rng.integers(1, 5))),
    )
    candidates = tuple(
        _candidate(rng, f"c{i}", partners, kinds, zones) for i in range(rng.integers(2, 12))
    )
    scenario = Scenario(
        name=f"random {seed}",
        zones=zones,
        segments=(_segment(rng, "one", 0.4), _segment(rng, "two", 0.6)),
        channel_types=kinds,
        appeals=tuple(Appeal(k.id, s, float(rng.normal())) for k in kinds for s in ("one", "two")),
        partners=partners,
        candidates=candidates,
        economics=Economics(40.0, supply_capacity=or_none(rng, float(rng.integers(5, 400)))),
        contracts=tuple(_contracts(rng, partners)),
        responses=tuple(
            Response(p.id, "training", "log", 0.1, 100.0) for p in partners if rng.random() < 0.5
        ),
        seasons=tuple(Season(week, float(rng.uniform(0, 3))) for week in range(1, 53)),
        promotions=tuple(_promotions(np.random.default_rng((seed, 52)), candidates)),
        customer_tiers=_tiers(np.random.default_rng((seed, 53))),
        market=Market(trading_weeks=50.0, advertising=0.01, freight_per_km=0.001),
        policy=_policy(rng),
        horizon_weeks=20,
    )
    layout = _layout(rng, scenario)
    scenario = governed(np.random.default_rng((seed, 64)), scenario)
    scenario = priced(np.random.default_rng((seed, 62)), scenario)
    scenario = with_aftermath(np.random.default_rng([seed, 1]), scenario)
    scenario = with_supply(np.random.default_rng((seed, 61)), scenario)
    return with_support(np.random.default_rng((seed, 63)), scenario, layout)


def tiered_case(seed: int) -> tuple[Scenario, Layout]:
    """Return a random case, of dealers who divert half the time, whose goods pass distributors."""
    rng = np.random.default_rng((seed, 71))
    case, layout = (pushed_case if rng.random() < 0.5 else random_case)(seed)
    return with_distributors(rng, case), layout


def pushed_case(seed: int) -> tuple[Scenario, Layout]:
    """Return a random case whose dealers divert: a bonus on a quota hard to reach, cheap freight,
    wholesale prices that differ, and shelves filled for a season that ends.
    """
    case, _ = random_case(seed)
    rng = np.random.default_rng((seed, 64, 1))
    bonus = Contract("bonus", 9000.0, channel_type="dealer", period="quarter", attainment_from=1.0)
    partners = (
        case.partners[0],
        *(
            replace(
                _partner(rng, f"p{i}"),
                diversion=str(rng.choice(["arbitrage", "quota_dumping"])),
                resources_weeks=9.0,
            )
            for i in range(4)
        ),
    )
    candidates = tuple(
        Candidate(
            f"c{i}",
            f"p{i % 4}",
            "dealer",
            case.zones[i % len(case.zones)].id,
            wholesale_price=float(rng.uniform(50, 95)),
            partner_fixed_cost=10.0,
            open_today=bool(rng.random() < 0.7),
        )
        for i in range(7)
    )
    case = case.replace(
        zones=tuple(replace(z, population=3000.0) for z in case.zones),
        contracts=(*(c for c in case.contracts if not c.partner), bonus),
        partners=partners,
        responses=(),
        promotions=(),
        channel_types=tuple(replace(k, stock_weeks=6.0) for k in case.channel_types),
        candidates=candidates,
        seasons=tuple(Season(w, float(rng.uniform(0.9, 1.1))) for w in range(1, 53)),
        economics=replace(case.economics, supply_capacity=None),
        policy=replace(case.policy, quota_growth=float(rng.uniform(1.0, 1.15)), exit_trust=0.0),
    )
    return case, Layout.of(c.id for c in candidates)


def _zone(rng: np.random.Generator, number: int) -> Zone:
    return Zone(
        f"z{number}",
        f"Zone {number}",
        latitude=30 + float(rng.uniform(0, 1)),
        longitude=120 + float(rng.uniform(0, 1)),
        population=float(rng.choice([0, 500, 3000])),
        awareness=float(rng.uniform(0, 1)),
    )


def _segment(rng: np.random.Generator, name: str, share: float) -> Segment:
    return Segment(
        name,
        name,
        share,
        purchase_rate=float(rng.uniform(0, 0.3)),
        price_sensitivity=0.01,
        distance_sensitivity=0.02,
        service_weight=0.5,
        inertia=float(rng.uniform(0, 2)),
        aversion=-float(rng.uniform(0, 2)),
        retry=float(rng.uniform(0, 1)),
        innovation=0.01,
        imitation=0.1,
    )


def _kind(rng: np.random.Generator, name: str, **fields: object) -> ChannelType:
    return ChannelType(
        name,
        name,
        price=float(rng.uniform(85, 115)),
        service=float(rng.uniform(0, 1)),
        selling_cost_rate=0.05,
        governance_rate=0.01,
        delivery_cost_per_km=0.01,
        stock_weeks=float(rng.uniform(0, 3)),
        review_weeks=int(rng.integers(1, 4)),
        **fields,  # type: ignore[arg-type]
    )


def _partner(rng: np.random.Generator, name: str) -> Partner:
    return Partner(
        name,
        name,
        capability=float(rng.uniform(0, 1)),
        reputation=float(rng.uniform(0.2, 1)),
        resources_weeks=float(rng.uniform(0, 5)),
        pricing=str(rng.choice(["list", "cost_plus"])),
        markup=float(rng.uniform(0, 0.5)),
    )


def _candidate(
    rng: np.random.Generator,
    name: str,
    partners: tuple[Partner, ...],
    kinds: tuple[ChannelType, ...],
    zones: tuple[Zone, ...],
) -> Candidate:
    kind = kinds[rng.choice(len(kinds), p=[0.6, 0.2, 0.2])]
    return Candidate(
        name,
        partners[rng.integers(len(partners))].id,
        kind.id,
        "" if kind.online else zones[rng.integers(len(zones))].id,
        capacity=or_none(rng, float(rng.integers(1, 80))),
        maker_fixed_cost=20.0,
        partner_fixed_cost=50.0,
        setup_cost=500.0,
        closing_cost=300.0,
        reservation_profit=float(rng.uniform(0, 800)),
        supply_cost=2.0,
        lead_time=int(rng.integers(0, 4)),
        wholesale_price=float(rng.uniform(50, 95)) if kind.takes_title else None,
        open_today=bool(rng.random() < 0.5),
    )


def _contracts(rng: np.random.Generator, partners: tuple[Partner, ...]) -> list[Contract]:
    rows = [
        Contract("rebate", 0.02, channel_type="dealer", period="quarter", base="purchases"),
        Contract(
            "rebate",
            0.06,
            channel_type="dealer",
            period="quarter",
            attainment_from=0.9,
            base="purchases",
            payment_lag=2,
        ),
        Contract("commission", 0.2, channel_type="agent"),
        Contract("royalty", 0.03, channel_type="dealer"),
        Contract("marketing", 0.01, channel_type="web", payment_lag=1),
        Contract("coop", 0.02, channel_type="dealer", cap=30.0),
    ]
    bonus = Contract("bonus", 200.0, partner=partners[-1].id, period="quarter", attainment_from=0.8)
    return [row for row in (*rows, bonus) if rng.random() < 0.7]


def _tiers(rng: np.random.Generator) -> tuple[CustomerTier, ...]:
    """Return no tiers, or two or three with every effect."""
    count = int(rng.choice([0, 2, 3]))
    return tuple(
        CustomerTier(
            f"tier{t}",
            f"Tier {t}",
            rise=float(rng.random()) if t < count - 1 else 0.0,
            lapse=float(rng.uniform(0.01, 0.5)) if t > 0 else 0.0,
            service=float(rng.uniform(0, 0.5)),
            price_offer=float(rng.uniform(0, 0.2)),
            appeal=float(rng.uniform(-0.2, 0.5)),
            cost=float(rng.uniform(0, 0.1)),
        )
        for t in range(count)
    )


def _promotions(rng: np.random.Generator, candidates: tuple[Candidate, ...]) -> list[Promotion]:
    one = candidates[rng.integers(len(candidates))]
    channels = ("", one.id, one.partner, one.channel_type)
    return [
        Promotion(
            f"promotion {at}",
            from_week=int(rng.integers(1, 53)),
            to_week=int(rng.integers(1, 53)),
            price_cut=float(rng.uniform(0, 0.4)),
            channel=channel,
            lift=float(rng.choice([0.0, 0.3])),
            maker_share=float(rng.uniform(0, 1)),
        )
        for at, channel in enumerate(channels)
        if rng.random() < 0.6
    ]


def _policy(rng: np.random.Generator) -> Policy:
    return Policy(
        price_floor=or_none(rng, 88.0),
        quota_growth=float(rng.uniform(0.7, 1.3)),
        audit_probability=float(rng.uniform(0, 1)),
        fine=float(rng.uniform(0, 50)),
        review_weeks=int(rng.integers(2, 8)),
        exit_weeks=int(rng.integers(1, 12)),
        exit_trust=float(rng.uniform(0, 0.5)),
        mediation_cost=float(rng.choice([0.0, 20.0])),
    )


def _layout(rng: np.random.Generator, scenario: Scenario) -> Layout:
    openings = []
    for candidate in scenario.candidates:
        if rng.random() < 0.7:
            start = int(rng.integers(0, 8)) if rng.random() < 0.4 else 0
            end = start + int(rng.integers(1, 12)) if rng.random() < 0.3 else None
            openings.append(Opening(candidate.id, start, end))
    partner = scenario.partners[-1].id
    instruments = ("rebate", "commission", "bonus", "training", "coop", "priority_supply")
    return Layout(
        tuple(openings),
        tuple(Territory(partner, z.id, exclusive=True) for z in scenario.zones[:1]),
        tuple(Spend(partner, i, float(rng.uniform(0, 50))) for i in instruments),
    )

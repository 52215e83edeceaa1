"""Scenarios that the simulator's tests play: a steady market, and random small ones."""

from dataclasses import replace

import numpy as np

from channelsim.domain.channel import Appeal, Candidate, ChannelType, Contract, Partner, Response
from channelsim.domain.customer_tier import CustomerTier
from channelsim.domain.goodwill import Goodwill
from channelsim.domain.layout import Layout, Opening, Spend, Territory
from channelsim.domain.market import Market, Rival, Season, Segment, Zone
from channelsim.domain.policy import Economics, Policy
from channelsim.domain.promotion import Promotion
from channelsim.domain.rules import FAMILIES, INFORMATION, RATIONING
from channelsim.domain.scenario import Scenario
from channelsim.domain.site import Site
from channelsim.domain.supply import PRODUCTION, Supply
from tests.instances import tiny

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
        economics=Economics(40.0, supply_capacity=_maybe(rng, float(rng.integers(5, 400)))),
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
    scenario = _governed(np.random.default_rng((seed, 64)), scenario)
    scenario = _priced(np.random.default_rng((seed, 62)), scenario)
    scenario = _with_aftermath(np.random.default_rng([seed, 1]), scenario)
    scenario = _with_supply(np.random.default_rng((seed, 61)), scenario)
    return _with_support(np.random.default_rng((seed, 63)), scenario, layout)


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


def _governed(rng: np.random.Generator, scenario: Scenario) -> Scenario:
    """Return a scenario with diversion, boycotts, scorecards and recruitment, or without."""

    def maybe(value: float, none: float = 0.0) -> float:
        return value if rng.random() < 0.5 else none

    return scenario.replace(
        partners=tuple(
            replace(
                p,
                diversion=str(rng.choice(["", "", "", *FAMILIES["diversion"]])),
                relationship=str(rng.choice(["", *FAMILIES["relationship"]])),
            )
            for p in scenario.partners
        ),
        policy=replace(
            scenario.policy,
            detection=maybe(float(rng.uniform(0.5, 1)), 1.0),
            repeat_surcharge=maybe(float(rng.uniform(0, 2))),
            forfeit=bool(rng.random() < 0.3),
            score_coverage=maybe(float(rng.random())),
            score_price_discipline=maybe(float(rng.random())),
            score_service=maybe(float(rng.random())),
            score_reporting=maybe(float(rng.random())),
            terminate_after=int(rng.integers(1, 4)) if rng.random() < 0.5 else None,
            recruitment=maybe(float(rng.uniform(1, 100))),
            trade_shows=maybe(float(rng.uniform(0, 50))),
            inspection=maybe(float(rng.uniform(0, 50))),
            least_capability=float(rng.uniform(0, 0.6)),
            mediation_weeks=int(rng.integers(0, 4)),
            redress=maybe(float(rng.uniform(0, 50))),
            protection=maybe(float(rng.random())),
            transparency=maybe(float(rng.random())),
            complaints_settled=maybe(float(rng.uniform(0, 0.9))),
            complaint_cost=maybe(float(rng.uniform(0, 5))),
        ),
        segments=tuple(replace(s, complain=maybe(float(rng.random()))) for s in scenario.segments),
    )


def _priced(rng: np.random.Generator, scenario: Scenario) -> Scenario:
    """Return a scenario in which partners price by every rule, bargain, and may go below the floor,
    beside rivals that react, or without.
    """
    policy = scenario.policy
    if rng.random() < 0.3:
        return scenario
    if policy.price_floor is not None:
        policy = replace(policy, map_monitoring=_maybe(rng, float(rng.random())))
    return scenario.replace(
        partners=tuple(p if p.own else _pricing_partner(rng, p) for p in scenario.partners),
        channel_types=tuple(
            replace(
                k,
                pass_through=float(rng.choice([0.0, 0.5])),
                reference_cost=_maybe(rng, 60.0),
                match_lag=int(rng.integers(0, 4)),
            )
            for k in scenario.channel_types
        ),
        segments=tuple(
            replace(s, price_sensitivity=float(rng.choice([0.01, 0.06]))) for s in scenario.segments
        ),
        policy=replace(
            policy,
            map_fine=float(rng.choice([0.0, 3.0])),
            map_withheld=float(rng.random()),
            max_price_gap=_maybe(rng, float(rng.uniform(0, 0.1))),
        ),
        rivals=tuple(
            Rival(
                f"rival {i}",
                zone,
                price=90.0,
                appeal=-0.5,
                reaction=float(rng.random()),
                reaction_lag=int(rng.integers(0, 4)),
            )
            for i, zone in enumerate(("", scenario.zones[0].id))
            if rng.random() < 0.5
        ),
    )


def _pricing_partner(rng: np.random.Generator, partner: Partner) -> Partner:
    """Return a partner with a pricing rule and bargaining power of its own."""
    return replace(
        partner,
        pricing=str(rng.choice(FAMILIES["pricing"])),
        undercut=float(rng.uniform(0, 0.1)),
        min_margin=float(rng.uniform(-0.1, 0.2)),
        match_lag=int(rng.integers(0, 5)) if rng.random() < 0.5 else None,
        price_step=_maybe(rng, float(rng.uniform(0.01, 0.2))),
        alignment=float(rng.random()),
        bargaining_power=float(rng.choice([0.0, rng.random()])),
        back_margin_growth=float(rng.choice([0.0, 0.2])),
    )


def _with_supply(rng: np.random.Generator, scenario: Scenario) -> Scenario:
    """Return a scenario with rules of forecasting, ordering, rationing and production, what they
    take and what they cost, and with what the maker sees."""
    forecasting = ("", *FAMILIES["forecasting"])
    scenario = _with_sites(rng, scenario)
    return scenario.replace(
        partners=tuple(
            replace(
                p,
                forecasting=str(rng.choice(forecasting)),
                forecast_window=int(rng.integers(1, 9)),
                forecast_weight=float(rng.uniform(0, 1)),
                forecast_rho=_maybe(rng, float(rng.uniform(-0.9, 1))),
                ordering=str(rng.choice(("", *FAMILIES["ordering"]))),
                inflate=float(rng.choice([0.0, 0.5, 1.5])),
            )
            for p in scenario.partners
        ),
        channel_types=tuple(
            replace(
                k,
                ordering=str(rng.choice(("", *FAMILIES["ordering"]))),
                base_stock=_maybe(rng, float(rng.uniform(0, 200))),
                lot_weeks=float(rng.uniform(0, 6)),
                service_level=float(rng.uniform(0.5, 0.99)),
                salvage=_maybe(rng, float(rng.uniform(0, 1))),
            )
            for k in scenario.channel_types
        ),
        policy=replace(
            scenario.policy,
            rationing=str(rng.choice(RATIONING)),
            information=str(rng.choice(INFORMATION)),
            information_lag=int(rng.integers(0, 4)),
            information_noise=float(rng.choice([0.0, 0.3])),
            distortion=float(rng.choice([0.0, 0.5])),
            digitisation=float(rng.uniform(0, 1)),
        ),
        supply=Supply(
            production=str(rng.choice(PRODUCTION)),
            production_weeks=int(rng.integers(0, 5)),
            production_capacity=_maybe(rng, float(rng.integers(5, 400))),
            safety_weeks=float(rng.uniform(0, 3)),
            forecasting=str(rng.choice(forecasting)),
            holding_rate=float(rng.choice([0.0, 0.01])),
            order_cost=float(rng.choice([0.0, 20.0])),
            digitisation_cost=float(rng.choice([0.0, 100.0])),
        ),
    )


def _with_aftermath(rng: np.random.Generator, scenario: Scenario) -> Scenario:
    """Return a scenario with growth, contagion, after-sales service and goodwill, or without."""
    return scenario.replace(
        market=replace(
            scenario.market,
            contagion=float(rng.choice([0.0, 0.3, 1.0])),
            contagion_km=float(rng.uniform(10, 200)),
            growth=float(rng.uniform(-0.5, 0.5)),
            claim_rate=float(rng.uniform(0, 1)),
        ),
        segments=tuple(
            replace(s, happy_wait_loss=float(rng.uniform(0, 0.1))) for s in scenario.segments
        ),
        candidates=tuple(
            replace(c, after_sales_capacity=_maybe(rng, float(rng.uniform(1, 30))))
            for c in scenario.candidates
        ),
        goodwill=Goodwill(
            decay=float(rng.uniform(0.01, 1)),
            satisfaction=float(rng.choice([0.0, 0.5])),
            coop=float(rng.uniform(0, 0.1)),
            advertising=float(rng.uniform(-0.2, 0.2)),
            discount=float(rng.uniform(0, 0.5)),
            violation=float(rng.uniform(0, 0.5)),
        ),
    )


def _with_support(
    rng: np.random.Generator, scenario: Scenario, layout: Layout
) -> tuple[Scenario, Layout]:
    """Return them with more terms, or none; what partners are helped with, and rules of effort."""
    terms = (
        Contract("quantity_discount", 0.01, channel_type="dealer", period="quarter"),
        Contract("quantity_discount", 0.04, channel_type="dealer", period="quarter", units_from=40),
        Contract("revenue_share", 0.05, channel_type="dealer"),
        Contract("franchise_fee", 60.0, channel_type="dealer", period="quarter", payment_lag=1),
        Contract("buy_back", 0.6, channel_type="dealer", stock_from=float(rng.uniform(0, 4))),
        Contract("credit", 0.0, channel_type="dealer", payment_lag=int(rng.integers(1, 7))),
    )
    policy = replace(
        scenario.policy,
        quota_shape=str(rng.choice(["cliff", "linear"])),
        quota_period=str(rng.choice(["", "quarter", "year"])),
        sales_heads=float(rng.choice([0.0, 0.1])),
        head_salary=100.0,
        head_training=float(rng.uniform(0, 30)),
        meeting_weeks=int(rng.integers(1, 9)) if rng.random() < 0.5 else None,
        meeting_cost=5.0,
        news_lag=int(rng.integers(0, 3)),
        planned_purchases=float(rng.choice([0.0, 100.0])),
    )
    rules = ("", "best_response", "aligned_best_response", "quota_driven")
    named = tuple(
        p if p.own else replace(p, effort=str(rng.choice(rules))) for p in scenario.partners
    )
    spends = tuple(
        Spend(scenario.partners[-1].id, name, float(rng.uniform(0, 50)))
        for name in ("technical_support", "after_sales_support")
        if rng.random() < 0.5
    )
    chosen = tuple(row for row in terms if rng.random() < 0.5)
    return (
        scenario.replace(contracts=(*scenario.contracts, *chosen), policy=policy, partners=named),
        layout.replace(incentives=(*layout.incentives, *spends)),
    )


def _with_sites(rng: np.random.Generator, scenario: Scenario) -> Scenario:
    """Return a scenario with up to two warehouses, which serve some of the outlets."""
    sites = tuple(
        Site(
            f"site{at}",
            f"Site {at}",
            lead_time=int(rng.integers(0, 4)),
            review_weeks=int(rng.integers(1, 4)),
            stock_weeks=float(rng.uniform(0, 2)),
            forecasting=str(rng.choice(("", *FAMILIES["forecasting"]))),
        )
        for at in range(rng.integers(0, 3))
    )
    served = [str(rng.choice(["", *(s.id for s in sites)])) for _ in scenario.candidates]
    rows = zip(scenario.candidates, served, strict=True)
    return scenario.replace(
        sites=sites, candidates=tuple(replace(c, site=site) for c, site in rows)
    )


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
        capacity=_maybe(rng, float(rng.integers(1, 80))),
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
        price_floor=_maybe(rng, 88.0),
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


def _maybe(rng: np.random.Generator, value: float) -> float | None:
    return value if rng.random() < 0.5 else None

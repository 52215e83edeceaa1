"""The levers of random scenarios: each draws some of what firms may do, or leaves it at rest."""

from dataclasses import replace

import numpy as np

from channelsim.domain.channel import ChannelType
from channelsim.domain.contract import Contract
from channelsim.domain.goodwill import Goodwill
from channelsim.domain.layout import Layout, Spend
from channelsim.domain.market import Rival
from channelsim.domain.partner import Partner
from channelsim.domain.rules import FAMILIES, INFORMATION, RATIONING
from channelsim.domain.scenario import Scenario
from channelsim.domain.site import Site
from channelsim.domain.supply import PRODUCTION, Supply


def governed(rng: np.random.Generator, scenario: Scenario) -> Scenario:
    """Return a scenario with diversion, boycotts, scorecards and recruitment, or without."""

    def maybe(value: float, none: float = 0.0) -> float:
        return value if rng.random() < 0.5 else none

    return scenario.replace(
        partners=tuple(
            replace(
                p,
                diversion=str(rng.choice(["", "", "", *FAMILIES["diversion"]])),
                relationship=str(rng.choice(["", *FAMILIES["relationship"]])),
                loading=str(rng.choice(FAMILIES["loading"])),
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


def priced(rng: np.random.Generator, scenario: Scenario) -> Scenario:
    """Return a scenario in which partners price by every rule, bargain, and may go below the floor,
    beside rivals that react, or without.
    """
    policy, models = scenario.policy, rng.spawn(1)[0]
    if rng.random() < 0.3:
        return scenario
    if policy.price_floor is not None:
        policy = replace(policy, map_monitoring=or_none(rng, float(rng.random())))
    return scenario.replace(
        partners=tuple(p if p.own else _pricing_partner(rng, p) for p in scenario.partners),
        channel_types=tuple(
            replace(
                k,
                pass_through=float(rng.choice([0.0, 0.5])),
                reference_cost=or_none(rng, 60.0),
                match_lag=int(rng.integers(0, 4)),
                exclusive_model=bool(models.random() < 0.2),
                match_gap=float(rng.choice([0.0, 0.1])),
                free_riding=float(rng.choice([0.0, 0.6])),
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
            max_price_gap=or_none(rng, float(rng.uniform(0, 0.1))),
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
        price_step=or_none(rng, float(rng.uniform(0.01, 0.2))),
        alignment=float(rng.random()),
        bargaining_power=float(rng.choice([0.0, rng.random()])),
        back_margin_growth=float(rng.choice([0.0, 0.2])),
    )


def with_aftermath(rng: np.random.Generator, scenario: Scenario) -> Scenario:
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
            replace(c, after_sales_capacity=or_none(rng, float(rng.uniform(1, 30))))
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


def with_supply(rng: np.random.Generator, scenario: Scenario) -> Scenario:
    """Return a scenario with rules of forecasting, ordering, rationing and production, what they
    take and what they cost, and with what the maker sees."""
    forecasting, more = ("", *FAMILIES["forecasting"]), rng.spawn(1)[0]
    scenario = _with_seasons(rng.spawn(1)[0], _with_sites(rng, scenario))
    return scenario.replace(
        partners=tuple(
            replace(
                p,
                forecasting=str(rng.choice(forecasting)),
                forecast_window=int(rng.integers(1, 9)),
                forecast_weight=float(rng.uniform(0, 1)),
                forecast_rho=or_none(rng, float(rng.uniform(-0.9, 1))),
                ordering=str(rng.choice(("", *FAMILIES["ordering"]))),
                inflate=float(rng.choice([0.0, 0.5, 1.5])),
            )
            for p in scenario.partners
        ),
        channel_types=tuple(
            replace(
                k,
                ordering=str(rng.choice(("", *FAMILIES["ordering"]))),
                base_stock=or_none(rng, float(rng.uniform(0, 200))),
                lot_weeks=float(rng.uniform(0, 6)),
                service_level=float(rng.uniform(0.5, 0.99)),
                salvage=_salvage(rng, k),
                vendor_managed=bool(more.random() < 0.2),
                brand_fit=float(more.choice([0.0, 0.3])),
            )
            for k in scenario.channel_types
        ),
        policy=replace(
            scenario.policy,
            rationing=str(rng.choice(RATIONING)),
            information=str(rng.choice(INFORMATION)),
            information_lag=int(rng.integers(0, 4)),
            report_weeks=int(more.integers(1, 4)),
            information_noise=float(rng.choice([0.0, 0.3])),
            distortion=float(rng.choice([0.0, 0.5])),
            digitisation=float(rng.uniform(0, 1)),
        ),
        supply=Supply(
            production=str(rng.choice(PRODUCTION)),
            production_weeks=int(rng.integers(0, 5)),
            production_capacity=or_none(rng, float(rng.integers(5, 400))),
            safety_weeks=float(rng.uniform(0, 3)),
            forecasting=str(rng.choice(forecasting)),
            holding_rate=float(rng.choice([0.0, 0.01])),
            order_cost=float(rng.choice([0.0, 20.0])),
            digitisation_cost=float(rng.choice([0.0, 100.0])),
        ),
    )


def _salvage(rng: np.random.Generator, kind: ChannelType) -> float | None:
    """Return what goods left over fetch: something, where they do not outlast a season."""
    share = float(rng.uniform(0, 1))
    drawn = or_none(rng, share)
    return drawn if kind.season_weeks is None else share


def _with_seasons(rng: np.random.Generator, scenario: Scenario) -> Scenario:
    """Return a scenario whose demand swings, and whose goods are shown, returned or sold off."""
    return scenario.replace(
        market=replace(
            scenario.market,
            swing=float(rng.choice([0.0, 0.3])),
            swing_law=str(rng.choice(["normal", "uniform"])),
            swing_memory=float(rng.uniform(-0.9, 0.9)),
            swing_common=float(rng.uniform(0, 1)),
        ),
        channel_types=tuple(
            replace(
                k,
                reserve_units=float(rng.choice([0.0, 5.0])),
                order_returns=bool(rng.random() < 0.3),
                season_weeks=int(rng.integers(1, 9)) if rng.random() < 0.3 else None,
                salvage=0.5,
            )
            for k in scenario.channel_types
        ),
        sites=tuple(replace(s, reserve_units=float(rng.integers(0, 9))) for s in scenario.sites),
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


def with_distributors(rng: np.random.Generator, scenario: Scenario) -> Scenario:
    """Return a scenario in which some partners sell on to others, tier upon tier, most of them with
    a depot; whoever would have a supplier and sells for a fee buys from the maker.
    """
    kinds = {k.id: k for k in scenario.channel_types}
    unable = {
        c.partner
        for c in scenario.candidates
        if c.wholesale_price is None and not kinds[c.channel_type].takes_title
    }
    tiers = tuple(
        Partner(
            f"d{at}",
            f"Distributor {at}",
            supplier=f"d{at - 1}" if at and rng.random() < 0.6 else "",
            wholesale_price=float(rng.uniform(45, 75)),
            ordering=str(rng.choice(("", *FAMILIES["ordering"]))),
        )
        for at in range(3)
    )
    able = [p.id for p in scenario.partners if not p.own and p.id not in unable]
    sellers = {name: str(rng.choice(["", *(t.id for t in tiers)])) for name in able}
    named = {*sellers.values(), *(t.supplier for t in tiers)}
    depots = tuple(
        Site(
            f"depot{at}",
            f"Depot {at}",
            partner=tier.id,
            lead_time=int(rng.integers(0, 4)),
            review_weeks=int(rng.integers(1, 4)),
            stock_weeks=float(rng.uniform(0, 2)),
        )
        for at, tier in enumerate(tiers)
        if rng.random() < 0.7 and tier.id in named
    )
    firms = tuple(replace(p, supplier=sellers.get(p.id, "")) for p in scenario.partners)
    return scenario.replace(partners=(*firms, *tiers), sites=(*scenario.sites, *depots))


def with_support(
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


def or_none(rng: np.random.Generator, value: float) -> float | None:
    return value if rng.random() < 0.5 else None

"""A random scenario with every rule family, lever, contract term and kind of event switched on."""

from dataclasses import replace

import numpy as np

from channelsim.domain.contract import Contract
from channelsim.domain.customer_tier import CustomerTier
from channelsim.domain.event import Event
from channelsim.domain.goodwill import Goodwill
from channelsim.domain.layout import Layout, Spend, Territory
from channelsim.domain.market import Rival
from channelsim.domain.partner import Partner
from channelsim.domain.policy import Policy
from channelsim.domain.promotion import Promotion
from channelsim.domain.rules import FAMILIES, INFORMATION, RATIONING
from channelsim.domain.scenario import Scenario
from channelsim.domain.site import Site
from channelsim.domain.supply import Supply
from tests.simulate.cases import pushed_case

TERMS = ("quantity_discount", "revenue_share", "franchise_fee", "buy_back", "credit")
IDLE = "p3"
"""A partner that waits for a place to become vacant."""
INSTRUMENTS = ("training", "coop", "priority_supply", "technical_support", "after_sales_support")


def full_case(seed: int) -> tuple[Scenario, Layout]:
    """Return a random scenario in which nothing is left at rest, and a layout with money in it."""
    case, layout = pushed_case(seed)
    rng = np.random.default_rng((seed, 70))
    case = case.replace(
        partners=tuple(p if p.own else _partner(rng, p) for p in case.partners),
        channel_types=tuple(
            replace(k, pass_through=0.5, reference_cost=60.0, match_lag=1, lot_weeks=2.0)
            for k in case.channel_types
        ),
        segments=tuple(replace(s, complain=0.5, happy_wait_loss=0.05) for s in case.segments),
        candidates=tuple(
            replace(
                c,
                after_sales_capacity=5.0,
                site=str(rng.choice(["", "north", "south"])),
                open_today=c.open_today and c.partner != IDLE,
            )
            for c in case.candidates
        ),
        sites=(Site("north", "North"), Site("south", "South", lead_time=2, review_weeks=2)),
        contracts=(*(c for c in case.contracts if c.instrument not in TERMS), *_contracts()),
        policy=_policy(rng, case.policy),
        supply=_supply(rng),
        market=replace(case.market, contagion=0.3, growth=0.2, claim_rate=0.3),
        goodwill=Goodwill(0.1, satisfaction=0.5, coop=0.05, discount=0.2, violation=0.3),
        customer_tiers=(
            CustomerTier("some", "Some", rise=0.5),
            CustomerTier("key", "Key", lapse=0.1, service=0.2, price_offer=0.1, cost=0.05),
        ),
        promotions=(Promotion("sale", 3, 12, 0.15, lift=0.2, maker_share=0.5),),
        rivals=(Rival("rival", price=90.0, appeal=-0.5, reaction=0.5, reaction_lag=1),),
        events=tuple(_events(rng, case)),
        horizon_weeks=26,
    )
    spends = tuple(
        Spend(f"p{i % 3}", name, float(rng.uniform(5, 50))) for i, name in enumerate(INSTRUMENTS)
    )
    held = tuple(Territory("p0", z.id, exclusive=True) for z in case.zones[:1])
    opened = tuple(
        o for o in layout.openings if case.candidates[int(o.candidate[1:])].partner != IDLE
    )
    return case, layout.replace(openings=opened, incentives=spends, territories=held)


def _partner(rng: np.random.Generator, partner: Partner) -> Partner:
    """Return a partner with a rule of every family, and all that rules go by."""
    rules = {family: str(rng.choice(names)) for family, names in FAMILIES.items()}
    return replace(
        partner,
        alignment=float(rng.random()),
        inflate=float(rng.uniform(0, 1)),
        undercut=0.03,
        bargaining_power=float(rng.uniform(0.1, 0.9)),
        back_margin_growth=0.001,
        price_step=float(rng.uniform(0.02, 0.2)),
        **rules,
    )


def _contracts() -> tuple[Contract, ...]:
    return (
        Contract("quantity_discount", 0.03, channel_type="dealer", period="quarter", units_from=20),
        Contract("revenue_share", 0.02, channel_type="dealer"),
        Contract("franchise_fee", 30.0, channel_type="dealer", period="quarter", payment_lag=1),
        Contract("buy_back", 0.6, channel_type="dealer", period="quarter", stock_from=3.0),
        Contract("credit", 0.0, channel_type="dealer", payment_lag=3),
    )


def _policy(rng: np.random.Generator, policy: Policy) -> Policy:
    return replace(
        policy,
        price_floor=85.0,
        map_monitoring=0.5,
        map_fine=5.0,
        map_withheld=0.5,
        max_price_gap=0.05,
        audit_probability=0.8,
        detection=0.9,
        fine=40.0,
        repeat_surcharge=0.5,
        forfeit=True,
        review_weeks=4,
        exit_weeks=int(rng.integers(4, 20)),
        score_coverage=0.5,
        score_price_discipline=0.5,
        score_service=0.5,
        score_reporting=0.5,
        terminate_after=int(rng.integers(2, 5)),
        recruitment=50.0,
        trade_shows=10.0,
        inspection=10.0,
        least_capability=0.1,
        mediation_cost=10.0,
        mediation_weeks=2,
        redress=10.0,
        protection=0.5,
        transparency=0.5,
        complaints_settled=0.5,
        complaint_cost=2.0,
        quota_period="quarter",
        sales_heads=0.2,
        head_salary=100.0,
        head_training=10.0,
        meeting_weeks=5,
        meeting_cost=5.0,
        news_lag=1,
        rationing=str(rng.choice(RATIONING)),
        information=str(rng.choice(INFORMATION)),
        information_lag=2,
        information_noise=0.2,
        market_research=20.0,
        research_unit=10.0,
        distortion=0.3,
        digitisation=0.5,
    )


def _supply(rng: np.random.Generator) -> Supply:
    return Supply(
        "to_stock",
        production_weeks=2,
        production_capacity=float(rng.integers(20, 400)),
        holding_rate=0.01,
        order_cost=5.0,
        digitisation_cost=20.0,
    )


def _events(rng: np.random.Generator, case: Scenario) -> list[Event]:
    zone = case.zones[0].id
    return [
        Event("shock", "demand_shock", 2, 6, size=-0.5, zone=zone),
        Event("strike", "supply_disruption", 4, 5, size=0.5),
        Event("entry", "rival_entry", 6, size=0.3, zone=zone),
        Event("war", "price_war", 8, 10, size=0.1),
        Event("platform", "platform_promotion", 10, 11, size=0.1),
        Event("new", "new_product", 12, size=0.2),
        Event("ruin", "bankruptcy", int(rng.integers(12, 24)), channel="p0"),
    ]

"""A nation of dealers to time: 10,000 partners with ten outlets each in the 3,215 U.S. counties.

Every rule of every family is followed by somebody, and every lever of the maker is on: contracts of
every instrument, a price floor that is monitored, quotas, audits, reviews that end contracts,
recruitment, mediation, meetings, warehouses, production to stock, promotions, customer tiers and
events.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

from channelsim import read_scenario
from channelsim.domain.channel import Appeal, Candidate, ChannelType
from channelsim.domain.contract import Contract
from channelsim.domain.customer_tier import CustomerTier
from channelsim.domain.event import Event
from channelsim.domain.layout import Layout, Opening, Spend, Territory
from channelsim.domain.market import Rival, Zone
from channelsim.domain.partner import Partner
from channelsim.domain.policy import Policy
from channelsim.domain.promotion import Promotion
from channelsim.domain.rules import FAMILIES
from channelsim.domain.scenario import Scenario
from channelsim.domain.site import Site
from channelsim.domain.supply import Supply

PARTNERS, OUTLETS_EACH, IDLE = 10_000, 10, 200
KINDS = ("dealer", "agent", "franchise")
SITES = ("east", "middle", "west")
MONEY = (
    *("map_fine", "fine", "trade_shows", "inspection", "mediation_cost", "redress"),
    *("complaint_cost", "head_salary", "head_training", "meeting_cost", "market_research"),
)
TIERS = (
    CustomerTier("occasional", "Occasional", rise=0.5),
    CustomerTier("regular", "Regular", lapse=0.02, service=0.05, rise=0.2),
    CustomerTier("key", "Key", lapse=0.01, service=0.1, price_offer=0.02, cost=0.01),
)
BAND = 2.0
"""Degrees of latitude of a strip in which counties are taken from west to east."""


def nation() -> tuple[Scenario, Layout]:
    """Return the scenario and today's layout with territories and incentive money."""
    counties = read_scenario("scenarios/us_counties")
    zones = tuple(sorted(counties.zones, key=_along_strips))
    candidates = tuple(_candidates(zones))
    case = counties.replace(
        name="nation of dealers",
        channel_types=(*map(_kind, KINDS), _web()),
        appeals=tuple(_appeals(counties)),
        partners=(Partner("maker", "Maker", own=True), *map(_partner, range(PARTNERS))),
        candidates=candidates,
        contracts=tuple(_contracts()),
        responses=(),
        policy=policy(),
        supply=Supply("to_stock", production_weeks=2, holding_rate=0.002, order_cost=1.0),
        sites=tuple(Site(name, name.title(), lead_time=1) for name in SITES),
        rivals=(Rival("rival", price=56.0, appeal=-0.5, reaction=0.5, reaction_lag=2),),
        promotions=tuple(_promotions()),
        customer_tiers=TIERS,
        events=(
            Event("war", "price_war", 10, 12, size=0.05, channel="agent"),
            Event("strike", "supply_disruption", 30, 31, size=0.3),
        ),
        goals=replace(counties.goals, max_open=None),
    )
    return case, _layout(case)


def _along_strips(zone: Zone) -> tuple[float, float]:
    return zone.latitude // BAND, zone.longitude


def _kind(name: str) -> ChannelType:
    shape = {"price": 57.0, "wholesale_price": 43.0, "price_setter": "partner"}
    if name == "agent":
        shape = {"price": 57.0, "fee_rate": 0.12}
    return ChannelType(
        name,
        name.title(),
        reach_km=15.0,
        service=0.6,
        selling_cost_rate=0.05,
        territorial=name == "dealer",
        stock_weeks=2.0,
        after_sales_capacity=0.6,
        match_lag=2,
        pass_through=0.5,
        reference_cost=30.0,
        **shape,
    )


def _web() -> ChannelType:
    return ChannelType("web", "Own shop", price=57.0, online=True, fulfilment_cost=3.0)


def _appeals(case: Scenario) -> Iterator[Appeal]:
    for kind, segment in product((*KINDS, "web"), case.segments):
        yield Appeal(kind, segment.id, -0.5 if kind == "web" else 0.5)


def rules_by_digit(i: int) -> dict[str, str]:
    """Return a rule of each family by the digits of a number: every pair of rules meets."""
    rules, rest = {}, i
    for family, names in FAMILIES.items():
        rest, at = divmod(rest, len(names))
        rules[family] = names[at]
    return rules


def live(case: Scenario) -> Scenario:
    """Return a scenario whose independent partners follow every rule, with every lever on; money
    levers are those of the nation in the scenario's own wholesale prices.
    """
    scale = max(k.wholesale_price or 0.0 for k in case.channel_types) / 43.0
    levers = {name: getattr(policy(), name) for name in policy().__dataclass_fields__}
    levers |= {name: scale * levers[name] for name in MONEY}
    kept = ("price_floor", "conflict_weights", "exit_weeks", "exit_trust", "quota_growth")
    levers |= {name: getattr(case.policy, name) for name in kept}
    return case.replace(
        partners=tuple(
            p if p.own else replace(p, bargaining_power=0.2, inflate=0.3, **rules_by_digit(97 * i))
            for i, p in enumerate(case.partners)
        ),
        policy=Policy(**levers),
        customer_tiers=TIERS,
        supply=Supply("to_stock", production_weeks=2, holding_rate=0.002, order_cost=scale),
    )


def _partner(i: int) -> Partner:
    return Partner(
        f"p{i}",
        f"Dealer {i}",
        capability=0.4 + 0.5 * (i % 7) / 7,
        reputation=0.6 + 0.3 * (i % 5) / 5,
        alignment=(i % 11) / 11,
        markup=0.2,
        bargaining_power=0.3 * (i % 3 == 0),
        back_margin_growth=0.0002 * (i % 10 == 0),
        inflate=0.5 * (i % 4 == 0),
        **rules_by_digit(i),
    )


def _candidates(zones: tuple[Zone, ...]) -> Iterator[Candidate]:
    for i in range(PARTNERS):
        kind = KINDS[i % len(KINDS)]
        for n in range(OUTLETS_EACH):
            at = (i * OUTLETS_EACH + n) * len(zones) // (PARTNERS * OUTLETS_EACH)
            yield Candidate(
                f"p{i}-{n}",
                f"p{i}",
                kind,
                zones[(at + 7 * n) % len(zones)].id,
                capacity=40.0,
                maker_fixed_cost=1.0,
                partner_fixed_cost=0.05,
                setup_cost=300.0,
                reservation_profit=0.1,
                supply_cost=2.0,
                lead_time=i % 3,
                attraction=0.0,
                wholesale_price=None if kind == "agent" else 41.0 + i % 5,
                open_today=i >= IDLE,
                site=SITES[i * len(SITES) // PARTNERS] if i % 2 else "",
            )
    yield Candidate("web", "maker", "web", capacity=60_000.0, open_today=True)


def _contracts() -> Iterator[Contract]:
    for kind in ("dealer", "franchise"):
        yield Contract("rebate", 0.01, channel_type=kind, period="quarter", base="purchases")
        yield Contract(
            "rebate",
            0.03,
            channel_type=kind,
            period="quarter",
            base="purchases",
            attainment_from=1.0,
        )
        yield Contract("quantity_discount", 0.02, channel_type=kind, period="year", units_from=300)
        yield Contract("buy_back", 0.5, channel_type=kind, period="quarter", stock_from=8.0)
        yield Contract("credit", 0.0, channel_type=kind, payment_lag=4)
        yield Contract("coop", 0.01, channel_type=kind)
    yield Contract("bonus", 100.0, channel_type="dealer", period="quarter", attainment_from=1.0)
    yield Contract("franchise_fee", 5.0, channel_type="franchise", period="quarter")
    yield Contract("royalty", 0.03, channel_type="franchise")
    yield Contract("commission", 0.10, channel_type="agent")


def policy() -> Policy:
    """Return every lever of the maker, switched on."""
    return Policy(
        price_floor=50.0,
        map_monitoring=0.2,
        map_fine=20.0,
        map_withheld=1.0,
        max_price_gap=0.08,
        audit_probability=0.1,
        detection=0.7,
        fine=500.0,
        repeat_surcharge=0.5,
        forfeit=True,
        score_coverage=0.5,
        score_price_discipline=0.5,
        score_service=0.3,
        score_reporting=0.3,
        terminate_after=6,
        recruitment=12.0,
        trade_shows=1000.0,
        inspection=100.0,
        least_capability=0.2,
        mediation_cost=50.0,
        mediation_weeks=4,
        redress=20.0,
        protection=0.3,
        transparency=0.3,
        complaints_settled=0.3,
        complaint_cost=2.0,
        sales_heads=300.0,
        head_salary=1000.0,
        head_training=50.0,
        meeting_weeks=13,
        meeting_cost=10.0,
        news_lag=1,
        rationing="turn_and_earn",
        information="sell_out",
        information_lag=1,
        information_noise=0.1,
        distortion=0.2,
        digitisation=0.5,
        market_research=100.0,
    )


def _promotions() -> Iterator[Promotion]:
    yield Promotion("web-festival", 20, 22, 0.1, channel="web")
    yield Promotion("dealers-week", 44, 46, 0.05, channel="dealer", maker_share=0.5)


def _layout(case: Scenario) -> Layout:
    opened = tuple(Opening(c.id) for c in case.candidates if c.open_today)
    held = {c.zone: c.partner for c in case.candidates if c.channel_type == "dealer"}
    names = ("training", "technical_support", "after_sales_support", "coop")
    return Layout(
        opened,
        tuple(
            Territory(partner, zone, i % 3 == 0) for i, (zone, partner) in enumerate(held.items())
        ),
        tuple(Spend(f"p{i}", names[i % 4], 5.0) for i in range(IDLE, PARTNERS, 5)),
    )

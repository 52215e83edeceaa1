"""The literature's models of stock and contracts as scenarios, `channelsim.study.theory`'s too."""

from collections.abc import Iterator
from dataclasses import replace

from channelsim.domain.channel import Appeal, Candidate, ChannelType
from channelsim.domain.contract import Contract
from channelsim.domain.market import Zone
from channelsim.domain.scenario import Scenario
from scenarios.builder.seasons import season

MILLIONS = "a season a week; units are the paper's in millions"


def models() -> Iterator[tuple[Scenario, str]]:
    """Yield every model and the comment that heads its settings."""
    told = "price 10, cost 4, demand uniform on 0 to 100"
    yield (
        wholesale_alone(10.0, 4.0, 100.0),
        f"T07 Lariviere & Porteus (2001): {told}, a wholesale price alone; {MILLIONS}",
    )
    yield (
        revenue_sharing(10.0, 4.0, 100.0, 0.6),
        f"T07 Cachon & Lariviere (2005): {told}, the retailer keeps 0.6 of revenue and pays as "
        f"much of the cost; {MILLIONS}",
    )
    yield (
        buy_back(10.0, 4.0, 6.0, **uniform(100.0), back=10 / 3, name="pasternack"),
        f"T07 Pasternack (1985): {told}, wholesale 6, returns at 3 1/3; {MILLIONS}",
    )
    yield (
        buy_back(
            10.0, 4.0, 6.0, mean=100.0, deviation=20.0, law="normal", salvage=1.0, back=4.0,
            name="pasternack_normal",
        ),
        "T07 Pasternack (1985): price 10, cost 4, demand N(100, 20^2), wholesale 6, returns at 4, "
        f"what is left over fetches 1; {MILLIONS}",
    )  # fmt: skip
    yield (
        newsvendor(18.0, 2.0, 120.0, 10.0),
        "T07 Newsvendor (Arrow, Harris & Marschak 1951; figures of the stockpyl package): a unit "
        f"short costs 18, a unit over 2, demand N(120, 10^2); {MILLIONS}",
    )
    yield (
        target_rebate(10.0, 4.0, 5.0, 100.0, 52.0),
        f"T09 Taylor (2002): {told}, wholesale 5, a rebate of p (w - c) / c = 2.5 on every unit "
        f"above a target of 52; {MILLIONS}",
    )
    yield (
        pooling(4),
        "T08 Eppen (1979): a shop at each of 4 sites, demand N(100, 20^2) and independent, or one "
        f"web shop for all, a service level of 0.95; {MILLIONS}",
    )
    yield (
        turning(2.0, 1),
        "T08 Little (1961): a shop that covers its weeks of lead and review and holds 2 more, "
        f"demand N(100, 20^2), ten years; {MILLIONS[15:]}",
    )


def uniform(top: float) -> dict[str, float | str]:
    """Return demand uniform between 0 and a top, as `season` takes it."""
    return {"mean": top / 2, "deviation": top / 2 * 3**-0.5, "law": "uniform"}


def wholesale_alone(price: float, cost: float, top: float) -> Scenario:
    """Return a newsvendor who buys at a wholesale price, halfway between cost and price."""
    return season(
        price,
        cost,
        (price + cost) / 2,
        **uniform(top),
        name="lariviere_porteus",
        title="A newsvendor under a wholesale price",
    )


def revenue_sharing(price: float, cost: float, top: float, kept: float) -> Scenario:
    """Return a newsvendor who keeps a part of revenue, and pays as much of the cost."""
    return season(
        price,
        cost,
        kept * cost,
        **uniform(top),
        contracts=(Contract("revenue_share", 1 - kept, partner="shop"),),
        name="cachon_lariviere",
        title="A newsvendor who shares revenue",
    )


def buy_back(
    price: float,
    cost: float,
    wholesale: float,
    *,
    back: float,
    name: str,
    mean: float,
    deviation: float,
    law: str,
    salvage: float = 0.0,
) -> Scenario:
    """Return a newsvendor whose unsold stock is bought back at some money a unit."""
    return season(
        price,
        cost,
        wholesale,
        mean=mean,
        deviation=deviation,
        law=law,
        salvage=salvage,
        contracts=(Contract("buy_back", back / wholesale, partner="shop"),),
        name=name,
        title="A newsvendor who may return goods",
    )


def newsvendor(short: float, over: float, mean: float, deviation: float) -> Scenario:
    """Return a newsvendor to whom a unit short and a unit over cost so much."""
    return season(
        short + over,
        over,
        over,
        mean=mean,
        deviation=deviation,
        law="normal",
        name="newsvendor",
        title="A newsvendor",
    )


def target_rebate(
    price: float, cost: float, wholesale: float, top: float, target: float
) -> Scenario:
    """Return a newsvendor who is paid a rebate on units above a target, at Taylor's rate."""
    rebate = Contract(
        "rebate",
        (wholesale - cost) / cost,
        partner="shop",
        attainment_from=target / (top / 2),
        above_only=True,
    )
    return season(
        price,
        cost,
        wholesale,
        **uniform(top),
        contracts=(rebate,),
        name="taylor",
        title="A newsvendor under a target rebate",
    )


def pooling(sites: int, mean: float = 100.0, deviation: float = 20.0) -> Scenario:
    """Return a shop at each of several sites, and a web shop that could serve them all."""
    case = season(
        10.0,
        4.0,
        6.0,
        mean=mean,
        deviation=deviation,
        law="normal",
        name="eppen",
        title="Stock at every site or at one",
    )
    (town,), (kind,) = case.zones, case.channel_types
    rule = replace(kind, ordering="R_S", service_level=0.95, reach_km=1.0)
    return case.replace(
        zones=tuple(_site(town, at) for at in range(sites)),
        channel_types=(rule, replace(rule, id="web", name="Web", online=True, reach_km=None)),
        appeals=(*case.appeals, Appeal("web", "all", 0.0)),
        candidates=(
            *(Candidate(f"shop{at}", "shop", "dealer", f"town{at}", open_today=True, lead_time=0)
              for at in range(sites)),
            Candidate("web", "shop", "web", lead_time=0),
        ),
    )  # fmt: skip


def turning(safety: float, lead: int) -> Scenario:
    """Return a shop whose goods keep, that holds some weeks of sales as safety stock."""
    case = season(
        10.0,
        4.0,
        6.0,
        mean=100.0,
        deviation=20.0,
        law="normal",
        name="little",
        title="How often stock turns over",
    )
    (kind,), (row,), (firm,) = case.channel_types, case.candidates, case.partners
    keeps = ChannelType(
        kind.id, kind.name, kind.price, wholesale_price=6.0, stock_weeks=safety, effort="none",
        diversion="none",
    )  # fmt: skip
    return case.replace(
        channel_types=(keeps,),
        candidates=(replace(row, lead_time=lead),),
        partners=(replace(firm, resources_weeks=99.0),),
        horizon_weeks=10 * 52,
    )


def _site(town: Zone, at: int) -> Zone:
    """Return a town out of the others' reach."""
    return replace(town, id=f"town{at}", name=f"Town {at}", latitude=30.0 + at)

"""The literature on resellers, tariffs, diffusion, response and location as scenarios."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from channelsim.domain.channel import Candidate, ChannelType
from channelsim.domain.contract import Contract
from channelsim.domain.market import Distance, Market, Segment, Zone
from channelsim.domain.partner import Partner
from channelsim.domain.policy import Economics, Goals, Policy
from channelsim.domain.response import Response
from channelsim.domain.scenario import Scenario
from scenarios.builder.chains import NOWHERE, PEOPLE, chain, chosen, resellers

WEEKS = 52
DURABLES: Mapping[str, tuple[float, float, int]] = {
    "refrigerators": (0.0026167, 0.21566, 40_001),
    "freezers": (0.018119, 0.17110, 21_973),
    "television": (0.027877, 0.25105, 96_717),
    "softeners": (0.017703, 0.29695, 5_793),
    "conditioners": (0.010399, 0.41861, 16_895),
    "dryers": (0.017206, 0.35688, 15_092),
    "mowers": (0.0091837, 0.33790, 44_751),
    "coverings": (0.005876, 0.24387, 76_589),
    "coffee": (0.017135, 0.30145, 58_838),
    "irons": (0.028632, 0.32791, 55_696),
    "players": (0.024796, 0.65410, 21_937),
}
"""Product -> innovation and imitation a year, and thousands of people."""
WAREHOUSES = {"bonn": 1, "bordeaux": 4, "london": 2, "paris": 1, "rome": 3}
"""Warehouse -> stores that it can supply."""
SUPPLY_COSTS = (
    (20, 24, 11, 25, 30),
    (28, 27, 82, 83, 74),
    (74, 97, 71, 96, 70),
    (2, 55, 73, 69, 61),
    (46, 96, 59, 83, 4),
    (42, 22, 29, 67, 59),
    (1, 5, 73, 59, 56),
    (10, 73, 13, 43, 96),
    (93, 35, 63, 85, 46),
    (47, 65, 55, 71, 95),
)
"""What each store costs to supply from each warehouse."""


def models() -> Iterator[tuple[Scenario, str]]:
    """Yield every model and the comment that heads its settings."""
    linear = f"people x {PEOPLE:g}, intercept and slopes / {PEOPLE:g}: units are the paper's"
    yield (
        competing(3),
        "T01 Cournot (1838) and Bertrand (1883) resellers after one maker: q = 1 - p in all, no "
        f"cost, goods that replace one another but for a ten-thousandth; {linear}",
    )
    yield (
        moorthy(10.0, 1.0, 2.0),
        "T06 Moorthy (1987): q = 10 - p, unit cost 2, a two-part tariff that leaves the retailer "
        f"what it earned without one; {linear}",
    )
    yield (
        durables(DURABLES),
        "T10 Bass (1969): p and q a year and m of his eleven products, a zone and segment each, "
        "played by the week for 25 years; everybody aware buys one unit a week",
    )
    yield (
        spending((2.0, 1.0), (0.34, 0.34)),
        "T19 Power response, elasticity 0.34 (Albers, Mantrala & Sridhar 2010), of two dealers, "
        "one of whom earns the maker twice the other's margin",
    )
    yield (
        adbudg(0.2, 0.7, 1.5),
        "T19 ADBUDG (Little 1970): 0.2 + 0.5 x / (1.5 + x); its exponent, 2 in his example, is 1 "
        "here, for plans know concave curves alone",
    )
    yield (
        dorfman_steiner(2.0, 0.5),
        "T19 Dorfman & Steiner (1954): q = 400 p^-2, unit cost 1, lifted by 0.2 A^0.5",
    )
    yield (
        commissioned(0.5, 1.0, 1.0),
        "T20 Holmstrom & Milgrom (1987): effort sells a unit at 1 and costs e^2 / 2, sales vary by "
        "1, risk aversion 0.5",
    )
    yield (
        quota_bonus(),
        "T20 Quota bonus (derived in small, no published table): sales are effort + N(0, 1), the "
        "bonus 2, effort costs e^2 / 2",
    )
    yield line(2), "T21 p-median: five towns a km apart, a person each, two shops, 1 a km"
    yield covering(1), "T21 Maximal covering: five towns a km apart, one shop that reaches 1 km"
    yield (
        warehouses(),
        "T21 CSPLib 034: ten stores, five warehouses at 30 each, km are supply costs",
    )


def competing(count: int, a: float = 1.0, b: float = 1.0, cost: float = 0.0) -> Scenario:
    """Return resellers of one maker who compete in quantities."""
    top = a / b
    return resellers(
        count,
        a,
        b,
        cost,
        price=0.8 * top + 0.2 * cost,
        wholesale=0.5 * (top + cost),
        pricing="cournot",
        name="resellers",
        title="Resellers of like goods",
    )


def moorthy(a: float, b: float, cost: float) -> Scenario:
    """Return a chain whose maker may ask a fee besides its wholesale price."""
    top = a / b
    case = chain(
        a,
        b,
        cost=cost,
        price=0.7 * top + 0.3 * cost,
        wholesale=0.5 * (top + cost),
        name="moorthy",
        title="A two-part tariff",
    )
    return case.replace(contracts=(Contract("franchise_fee", 0.0, partner="shop"),))


def durables(products: Mapping[str, tuple[float, float, int]]) -> Scenario:
    """Return durables of which people hear by themselves and from owners, each in its own zone.

    Parameters
    ----------
    products
        Name -> innovation and imitation a year, and thousands of people.
    """
    people = {name: 1000.0 * m for name, (_, _, m) in products.items()}
    total = sum(people.values())
    return Scenario(
        name="bass_durables",
        title="The diffusion of eleven durables",
        zones=tuple(
            replace(
                Zone(name, name.title(), 5.0 * row, 0.0, people[name]),
                awareness=0.0,
                rival_strength=NOWHERE,
                shares={other: float(other == name) for other in products},
            )
            for row, name in enumerate(products)
        ),
        segments=tuple(
            Segment(
                name, name.title(), people[name] / total, 1.0, 0.0, 0.0,
                innovation=p / WEEKS, imitation=q / WEEKS,
            )
            for name, (p, q, _) in products.items()
        ),
        channel_types=(ChannelType("shop", "Shop", price=1.0, reach_km=1.0),),
        appeals=(),
        partners=(Partner("maker", "Maker", own=True),),
        candidates=tuple(
            Candidate(name, "maker", "shop", name, open_today=True) for name in products
        ),
        economics=Economics(unit_cost=0.0, holding_rate=0.0),
        policy=Policy(effort_elasticity=0.0),
        market=Market(demand="logit", trading_weeks=0.0),
        horizon_weeks=25 * WEEKS,
    )  # fmt: skip


def spending(margins: Sequence[float], exponents: Sequence[float]) -> Scenario:
    """Return dealers in zones of their own whose sales answer money by powers of it."""
    names = [f"dealer{i}" for i in range(len(margins))]
    return Scenario(
        name="spending",
        title="Money for two dealers",
        zones=tuple(
            Zone(name, name.title(), 5.0 * row, 0.0, 1000.0, rival_strength=NOWHERE)
            for row, name in enumerate(names)
        ),
        segments=(Segment("all", "All", 1.0, 1.0, 0.0, 0.0),),
        channel_types=(
            ChannelType("dealer", "Dealer", 10.0, reach_km=1.0, effort="none", stock_weeks=0.0),
        ),
        appeals=(),
        partners=tuple(Partner(name, name.title()) for name in names),
        candidates=tuple(
            Candidate(name, name, "dealer", name, open_today=True, price=margin)
            for name, margin in zip(names, margins, strict=True)
        ),
        responses=tuple(
            Response(name, "coop", "power", 0.1, 100.0, exponent)
            for name, exponent in zip(names, exponents, strict=True)
        ),
        economics=Economics(unit_cost=0.0, holding_rate=0.0),
        market=Market(demand="logit"),
    )  # fmt: skip


def adbudg(least: float, most: float, half: float) -> Scenario:
    """Return a dealer whose sales rise from least to most, half of it at a spend."""
    case = spending((1.0,), (1.0,))
    return case.replace(
        name="adbudg",
        title="Sales that answer advertising",
        zones=tuple(replace(z, population=least) for z in case.zones),
        candidates=tuple(replace(c, price=30.0) for c in case.candidates),
        responses=(Response("dealer0", "coop", "hill", most / least - 1, half, 1.0),),
    )


def dorfman_steiner(elasticity: float, exponent: float) -> Scenario:
    """Return a maker's own shop, whose sales fall as a power of price and rise with advertising."""
    case = chosen(
        0.0,
        elasticity,
        Market(demand="isoelastic"),
        1.0,
        price=2.5,
        wholesale=1.0,
        pricing="list",
        name="dorfman_steiner",
        title="Price and advertising",
    )
    return case.replace(
        zones=tuple(replace(z, population=400.0) for z in case.zones),
        channel_types=tuple(
            replace(k, wholesale_price=None, price_setter="maker") for k in case.channel_types
        ),
        responses=(Response("shop", "coop", "power", 0.2, 1.0, exponent),),
    )


def agent(
    name: str, title: str, contracts: tuple[Contract, ...], *, effort: str, cost: float
) -> Scenario:
    """Return an agent who sells as many units as it exerts effort, at a price of 1.

    Parameters
    ----------
    cost
        Half of it times the square of effort is what effort costs, money.
    """
    case = chosen(
        -math.log(PEOPLE),
        0.0,
        Market(demand="isoelastic"),
        price=1.0,
        wholesale=1.0,
        pricing="list",
        partners=("agent",),
        name=name,
        title=title,
    )
    return case.replace(
        zones=tuple(replace(z, population=PEOPLE) for z in case.zones),
        channel_types=tuple(
            replace(k, wholesale_price=None, price_setter="maker", effort=effort, usual_income=cost)
            for k in case.channel_types
        ),
        partners=tuple(replace(p, sales_spread=1.0) for p in case.partners),
        contracts=contracts,
        policy=Policy(effort_elasticity=1.0, least_effort=1e-6, quota_growth=1.0),
    )


def commissioned(aversion: float, cost: float, spread: float) -> Scenario:
    """Return an agent who minds risk, to be paid a commission less a fee."""
    rows = (
        Contract("commission", 0.5, partner="agent"),
        Contract("franchise_fee", 0.0, partner="agent"),
    )
    case = agent("commission", "A commission", rows, effort="best_response", cost=cost)
    return case.replace(
        partners=tuple(
            replace(p, risk_aversion=aversion, sales_spread=spread) for p in case.partners
        )
    )


def quota_bonus(bonus: float = 2.0, spread: float = 1.0) -> Scenario:
    """Return an agent who is paid a bonus for a week's sales above a quota."""
    rows = (Contract("bonus", bonus, partner="agent", attainment_from=1.0),)
    case = agent("quota_bonus", "A bonus on a quota", rows, effort="quota_driven", cost=1.0)
    return case.replace(partners=tuple(replace(p, sales_spread=spread) for p in case.partners))


def line(shops: int, towns: int = 5) -> Scenario:
    """Return towns a km apart, each with a place for a shop, and so many shops to open."""
    names = [f"town{i}" for i in range(towns)]
    km = {(a, b): float(abs(i - j)) for i, a in enumerate(names) for j, b in enumerate(names)}
    kind = ChannelType("shop", "Shop", 100.0, reach_km=1e3, delivery_cost_per_km=1.0)
    return _located("p_median", "Shops along a road", names, names, km, kind, Goals(max_open=shops))


def covering(shops: int, towns: int = 5, reach: float = 1.0) -> Scenario:
    """Return towns a km apart, with a place each for a shop that sells within its reach."""
    case = line(shops, towns)
    return case.replace(
        name="covering",
        title="Shops that reach a km",
        channel_types=tuple(
            replace(k, reach_km=reach, delivery_cost_per_km=0.0) for k in case.channel_types
        ),
    )


def warehouses(charge: float = 30.0) -> Scenario:
    """Return stores to be supplied from warehouses, each at a charge and with a capacity."""
    stores = [f"store{i}" for i in range(len(SUPPLY_COSTS))]
    rows = zip(stores, SUPPLY_COSTS, strict=True)
    km = {
        (store, site): float(cost)
        for store, costs in rows
        for site, cost in zip(WAREHOUSES, costs, strict=True)
    }
    kind = ChannelType("shop", "Shop", 1000.0, reach_km=1e3, delivery_cost_per_km=1.0)
    case = _located("csplib_034", "Warehouses", stores, list(WAREHOUSES), km, kind, Goals())
    return case.replace(
        candidates=tuple(
            replace(c, maker_fixed_cost=charge, capacity=float(WAREHOUSES[c.id]))
            for c in case.candidates
        )
    )


def _located(
    name: str,
    title: str,
    towns: Sequence[str],
    sites: Sequence[str],
    km: Mapping[tuple[str, str], float],
    kind: ChannelType,
    goals: Goals,
) -> Scenario:
    """Return towns of a person each who buy wherever a plan sends them."""
    places = dict.fromkeys((*towns, *sites))
    return Scenario(
        name=name,
        title=title,
        zones=tuple(
            Zone(
                place, place.title(), 0.0, 0.01 * row, float(place in towns), rival_strength=NOWHERE
            )
            for row, place in enumerate(places)
        ),
        segments=(Segment("all", "All", 1.0, 1.0, 0.0, 0.0),),
        channel_types=(kind,),
        appeals=(),
        partners=(Partner("maker", "Maker", own=True),),
        candidates=tuple(Candidate(site, "maker", kind.id, site) for site in sites),
        distances=tuple(Distance(town, site, far) for (town, site), far in km.items()),
        economics=Economics(unit_cost=0.0, holding_rate=0.0),
        market=Market(demand="logit"),
        goals=goals,
    )

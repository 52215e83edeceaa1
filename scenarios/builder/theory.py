"""The literature's models as scenarios: what `channelsim.study.theory` plays."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from channelsim.domain.channel import Appeal, Candidate, ChannelType
from channelsim.domain.contract import Contract
from channelsim.domain.market import Distance, Market, Segment, Zone
from channelsim.domain.partner import Partner
from channelsim.domain.policy import Economics, Policy
from channelsim.domain.scenario import Scenario
from channelsim.files.folder import write_scenario
from channelsim.files.output import write_file
from channelsim.files.sources import TOML
from scenarios.builder import bullwhips, inventory, theory_response
from scenarios.builder.chains import NOWHERE, PEOPLE, chain, chosen, tiered

LINEAR = f"people x {PEOPLE:g}, intercept and slopes / {PEOPLE:g}: units are the paper's"
ONE = "one person: units are the paper's shares"


def models() -> Iterator[tuple[Scenario, str]]:
    """Yield every model and the comment that heads its settings."""
    yield spengler(), f"T01 Spengler (1950): q = 1 - p, no cost, one partner; {LINEAR}"
    yield (
        spengler_tiers(),
        "T01 Spengler (1950) in four stages: q = 1 - p, no cost, two distributors and a partner; "
        f"{LINEAR}",
    )
    yield isoelastic(), f"T01 Spengler (1950): q = p^-2, unit cost 1, one partner; {ONE}"
    yield from theory_response.models()
    yield (
        mcguire_staelin(),
        "T02 McGuire & Staelin (1983): q_i = 1 - p_i + 0.5 p_j, no cost, a partner each; people x "
        "1000, intercept and slopes / 1000: units are the paper's",
    )
    told = "q_i = 10 - 2 p_i + p_j, unit cost 1"
    yield choi("choi", ("shop", "shop")), f"T03 Choi (1991): {told}, one common partner; {LINEAR}"
    yield (
        choi("choi_exclusive", ("left", "right")),
        f"T03 Choi (1991): {told}, exclusive partners; {LINEAR}",
    )
    yield huff(), f"T12 Huff (1964): doors 1000, 500, 250 at 4, 2, 1 km, lambda 2; {ONE}"
    yield hotelling(), f"T13 Hotelling (1929): the ends of a line of 1 km, t 1, cost 1; {ONE}"
    yield salop(4), f"T13 Salop (1979): four outlets on a circle of 1 km, t 1, cost 1; {ONE}"
    yield logit(("shop",)), f"T14 Logit monopoly: utility 2 - p, cost 1; {ONE}"
    yield logit(("left", "right")), f"T14 Logit duopoly: utility 2 - p, cost 1; {ONE}"
    yield (
        chiang(0.6),
        "T04 Chiang, Chhajed & Hess (2003): tastes uniform on 0 to 1, the web worth 0.6 of a shop, "
        f"no cost, the maker's own web at its wholesale price; {ONE}",
    )
    yield (
        jeuland_shugan(0.4, 1.0),
        "T06 Jeuland & Shugan (1983): q = 10 - p, unit cost 2; w(q) = k1 (P(q) - c) + c + k2 / q, "
        f"k1 0.4 and k2 1, is a share k1 of revenue, (1 - k1) c a unit and a fee k2; {LINEAR}",
    )
    yield (
        diversion(),
        "T18 Two-region diversion: q_i = a_i - p_i, a 10 and 6, no cost, a dealer each (derived in "
        f"small, no published table); {LINEAR}",
    )
    yield (
        bullwhip(2.0, 6),
        "T15 Chen, Drezner, Ryan & Simchi-Levi (2000): a moving average of 6 weeks, L 4: a week of "
        "lead, a week of review and two of safety; 100,000 people who buy with chance 0.1 a week",
    )
    yield (
        bass(),
        "T10 Bass (1969): p 0.03, q 0.38 a year (Sultan, Farley & Lehmann 1990), played by the "
        "week for ten years; everybody aware buys one unit a week, so that units are adopters",
    )
    yield from inventory.models()
    yield from bullwhips.models()


def write(out: Path) -> None:
    """Write every model's folder under `theory`."""
    for case, comment in models():
        folder = write_scenario(case, out / "theory" / case.name)
        text = (folder / TOML).read_text("utf-8")
        write_file(folder / TOML, f"# {comment}.\n{text}")


def spengler() -> Scenario:
    """Return a maker and a retailer who each take a margin."""
    return chain(
        1.0, 1.0, price=0.7, wholesale=0.4, name="spengler", title="Double marginalisation"
    )


def spengler_tiers() -> Scenario:
    """Return a maker, two distributors and a retailer who each take a margin."""
    case = chain(
        1.0,
        1.0,
        price=0.94,
        wholesale=0.88,
        name="spengler_tiers",
        title="Margins upon margins",
    )
    return tiered(case, {"first": 0.5, "second": 0.75})


def isoelastic() -> Scenario:
    """Return the same under demand of constant elasticity."""
    return chosen(
        0.0,
        2.0,
        Market(demand="isoelastic"),
        1.0,
        price=3.0,
        wholesale=1.5,
        pricing="linear_best_response",
        name="spengler_isoelastic",
        title="Double marginalisation at constant elasticity",
    )


def mcguire_staelin() -> Scenario:
    """Return two makers of substitutes, each with a retailer of its own."""
    return chain(
        1.0,
        1.0,
        0.5,
        partners=("left", "right"),
        makers=("one", "two"),
        price=1.0,
        wholesale=0.5,
        people=1000.0,
        name="mcguire_staelin",
        title="Integrate or sell through a dealer",
    )


def choi(name: str, partners: Sequence[str]) -> Scenario:
    """Return two makers and one common retailer, or two exclusive ones."""
    return chain(
        10.0,
        2.0,
        1.0,
        1.0,
        partners=partners,
        makers=("one", "two"),
        price=7.0,
        wholesale=4.0,
        name=name,
        title="Two makers and their retailers",
    )


def chiang(theta: float) -> Scenario:
    """Return a retailer and the maker's own web at the wholesale price, theta / 2.

    The retailer starts where both sell: where it sells nothing, it does not see that it could.
    """
    case = chosen(
        1.0,
        1.0,
        Market(demand="vertical"),
        price=0.5 + (1 - theta) / 4,
        wholesale=theta / 2,
        pricing="linear_best_response",
        name="chiang",
        title="A web shop as a threat",
    )
    return case.replace(
        channel_types=(
            *case.channel_types,
            ChannelType("web", "Web", price=theta / 2, online=True),
        ),
        appeals=(*case.appeals, Appeal("web", "all", theta)),
        partners=(*case.partners, Partner("maker", "Maker", own=True)),
        candidates=(*case.candidates, Candidate("web", "maker", "web", open_today=True)),
    )


def jeuland_shugan(share: float, fee: float) -> Scenario:
    """Return a chain whose quantity discount shares out what the whole channel earns."""
    case = chain(
        10.0,
        1.0,
        cost=2.0,
        price=6.0,
        wholesale=(1 - share) * 2.0,
        name="jeuland_shugan",
        title="A quantity discount that coordinates",
    )
    return case.replace(
        contracts=(
            Contract("revenue_share", share, partner="shop"),
            Contract("franchise_fee", fee, partner="shop"),
        )
    )


def diversion() -> Scenario:
    """Return two regions that differ in what people would pay, with a dealer each."""
    case = chain(
        6.0,
        1.0,
        partners=("rich", "poor"),
        makers=("", ""),
        price=4.0,
        wholesale=2.0,
        name="diversion",
        title="Goods that could be resold in another region",
    )
    town, (rich, poor) = case.zones[0], case.candidates
    return case.replace(
        zones=(town, replace(town, id="village", name="Village", latitude=35.0)),
        channel_types=tuple(replace(k, reach_km=1.0) for k in case.channel_types),
        candidates=(
            replace(rich, attraction=4.0 / PEOPLE),
            replace(poor, zone="village"),
        ),
    )


def logit(partners: Sequence[str]) -> Scenario:
    """Return firms that price against logit choice and buy at unit cost."""
    return chosen(
        2.0,
        1.0,
        Market(demand="logit"),
        1.0,
        partners=partners,
        makers=("",) * len(partners),
        price=2.5,
        wholesale=1.0,
        pricing="logit_best_response",
        name="logit_monopoly" if len(partners) == 1 else "logit_duopoly",
        title="Prices under logit choice",
    )


def hotelling() -> Scenario:
    """Return two shops at the ends of a line."""
    return _street("hotelling", "Two shops at the ends of a line", "line", (0.0, 1.0))


def salop(count: int) -> Scenario:
    """Return shops evenly round a circle."""
    at = tuple(i / count for i in range(count))
    return _street("salop", f"{count} shops round a circle", "circle", at)


def _street(name: str, title: str, space: str, at: Sequence[float]) -> Scenario:
    """Return shops that buy at unit cost at places of a space of 1 km, everybody served."""
    case = chosen(
        9.0,
        1.0,
        Market(demand="spatial", space=space, space_km=1.0, travel="linear"),
        1.0,
        partners=tuple(f"shop{i}" for i in range(len(at))),
        makers=("",) * len(at),
        price=2.5,
        wholesale=1.0,
        pricing="linear_best_response",
        name=name,
        title=title,
    )
    placed = zip(case.candidates, at, strict=True)
    return case.replace(
        candidates=tuple(replace(c, position_km=km) for c, km in placed),
        segments=tuple(replace(s, distance_sensitivity=1.0) for s in case.segments),
    )


def huff() -> Scenario:
    """Return three centres that draw one town's people by size and distance."""
    size = {"far": (1000, 4.0), "middle": (500, 2.0), "near": (250, 1.0)}
    home = Zone("home", "Home", 30.0, 120.0, 1.0, rival_strength=NOWHERE)
    return Scenario(
        name="huff",
        title="Three centres that draw one town",
        zones=(home, *(Zone(name, name.title(), 30.0, 120.0, 0.0) for name in size)),
        segments=(Segment("all", "All", 1.0, 1.0, 0.0, 2.0),),
        channel_types=(ChannelType("centre", "Centre", price=1.0),),
        appeals=(Appeal("centre", "all", 0.0),),
        partners=tuple(Partner(name, name.title()) for name in size),
        candidates=tuple(
            Candidate(name, name, "centre", name, doors=doors, open_today=True)
            for name, (doors, _) in size.items()
        ),
        distances=tuple(Distance("home", name, km) for name, (_, km) in size.items()),
        economics=Economics(unit_cost=0.0),
        market=Market(demand="huff", doors_exponent=1.0, nearest_km=0.01),
    )


def bass() -> Scenario:
    """Return a durable of which people hear by themselves and from owners."""
    weeks = 52
    hears = Segment(
        "all", "All", 1.0, 1.0, 0.0, 0.0, innovation=0.03 / weeks, imitation=0.38 / weeks
    )
    return Scenario(
        name="bass",
        title="The diffusion of a durable",
        zones=(Zone("town", "Town", 30.0, 120.0, 1e6, awareness=0.0, rival_strength=NOWHERE),),
        segments=(hears,),
        channel_types=(ChannelType("shop", "Shop", price=1.0),),
        appeals=(Appeal("shop", "all", 0.0),),
        partners=(Partner("maker", "Maker", own=True),),
        candidates=(Candidate("shop", "maker", "shop", "town", open_today=True),),
        economics=Economics(unit_cost=0.0, holding_rate=0.0),
        policy=Policy(effort_elasticity=0.0),
        market=Market(demand="logit", trading_weeks=0.0),
        horizon_weeks=10 * weeks,
    )


def bullwhip(safety: float, window: int) -> Scenario:
    """Return a dealer that orders up to a moving average of sales that nothing correlates.

    What it covers, the L of Chen et al., is the lead and review week and its safety weeks.
    """
    case = chosen(
        0.0,
        0.0,
        Market(demand="logit"),
        price=10.0,
        wholesale=5.0,
        pricing="list",
        name="bullwhip",
        title="Orders vary more than sales",
    )
    return case.replace(
        zones=tuple(replace(z, population=1e5, rival_strength=NOWHERE) for z in case.zones),
        segments=tuple(replace(s, purchase_rate=0.1) for s in case.segments),
        channel_types=tuple(replace(k, stock_weeks=safety) for k in case.channel_types),
        partners=tuple(
            replace(p, forecasting="moving_average", forecast_window=window, resources_weeks=99.0)
            for p in case.partners
        ),
        horizon_weeks=20 * 52,
    )

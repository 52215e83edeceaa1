"""Kinds of firm: what a partner of each archetype brings, and which archetype stands where.

Dealers that price by cost are given the markup that brings them to their archetype's usual street
price: list (369), list less 5%, or 338 for a wholesaler content with a margin of 6% of its own
before its dealers' 16%.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from channelsim.domain.partner import Partner
from scenarios.builder.places import PROVINCES, Place, short_name

NATIONAL_TIERS = ("T1", "new T1")
DEALER_COST, DEALER_SELLING_COST = 268 * (1 - 0.03), 0.155
"""What a unit costs a distributor after the year's rebate, CNY, and its own cost of selling."""


@dataclass(frozen=True)
class Archetype:
    """A kind of firm; the scales are those of `Partner`."""

    name: str
    name_en: str
    capability: float
    reputation: float
    resources: float
    alignment: float
    street_price: float | None = None
    """Usual price of those who price by cost, CNY; None keeps the list price."""
    back_margin_growth: float = 0.0
    diversion: str = ""
    effort: str = ""

    @property
    def markup(self) -> float:
        """Share added to cost: street price = cost (1 + markup) / (1 - selling cost rate)."""
        if self.street_price is None:
            return 0.0
        return round(self.street_price * (1 - DEALER_SELLING_COST) / DEALER_COST - 1, 4)


VETERAN = Archetype("老牌省代", "provincial veteran", 0.80, 0.85, 10, 0.45, 369)
AMBITIOUS = Archetype(
    "进取型经销商", "ambitious city dealer", 0.75, 0.60, 6, 0.60, diversion="quota_dumping"
)
COMFORTABLE = Archetype("坐商", "comfortable local dealer", 0.45, 0.65, 5, 0.55, 350.5)
DIVERTER = Archetype("流通批发商", "wholesaler-diverter", 0.60, 0.35, 8, 0.15, 338)
EXCLUSIVE = Archetype("专营商", "exclusive partner", 0.70, 0.75, 5, 0.85, effort="quota_driven")
AGENT = Archetype("区域代理", "regional agent", 0.55, 0.60, 2, 0.55)
OWNER = Archetype("夫妻加盟店", "owner-operator", 0.55, 0.60, 3, 0.75)
FRANCHISEE = Archetype("多店加盟商", "multi-store franchisee", 0.75, 0.70, 6, 0.55)
CHAIN = Archetype(
    "全国家电连锁", "national appliance chain", 0.80, 0.85, 12, 0.25, back_margin_growth=0.0075
)
SUPERMARKET = Archetype("区域商超", "regional supermarket", 0.55, 0.75, 9, 0.35)
STORE_GROUP = Archetype("百货集团", "department group", 0.65, 0.85, 8, 0.40)
OPERATOR = Archetype("代运营", "flagship operator on platforms", 0.80, 0.70, 4, 0.60)
PLATFORM = Archetype("平台自营", "platform's own retail", 0.85, 0.90, 12, 0.20)
STREAMER = Archetype("头部主播", "live-streamer", 0.75, 0.55, 1, 0.10)
NEWCOMER = Archetype("新招商户", "newcomer", 0.35, 0.30, 3, 0.65, 369)

AT_WORK = (AMBITIOUS, COMFORTABLE, EXCLUSIVE, COMFORTABLE, DIVERTER)
ON_OFFER = (NEWCOMER, AMBITIOUS, NEWCOMER, EXCLUSIVE)
MAKER = Partner(
    "maker",
    "本公司",
    "The maker",
    archetype="maker",
    own=True,
    capability=0.8,
    reputation=0.8,
    resources_weeks=12,
    alignment=1.0,
    effort="none",
)


def firm(id: str, name: str, name_en: str, kind: Archetype) -> Partner:
    """Return a partner of an archetype."""
    return Partner(
        id=id,
        name=name,
        name_en=name_en,
        archetype=kind.name_en,
        capability=kind.capability,
        reputation=kind.reputation,
        resources_weeks=kind.resources,
        alignment=kind.alignment,
        pricing="list" if kind.street_price is None else "cost_plus",
        markup=kind.markup,
        back_margin_growth=kind.back_margin_growth,
        diversion=kind.diversion,
        effort=kind.effort,
    )


def dealer_kinds(cities: Iterable[Place], open_today: set[str]) -> dict[str, Archetype]:
    """Return the archetype of each city's first distributor, by city id.

    The largest city of a province has its veteran and the other big ones an ambitious dealer;
    elsewhere those at work today and the firms on offer each take turns by size of city.
    """
    kinds: dict[str, Archetype] = {}
    working = offered = 0
    for city in sorted(cities, key=lambda place: (-place.population, place.id)):
        if city.capital:
            kinds[city.id] = VETERAN
        elif city.tier in NATIONAL_TIERS:
            kinds[city.id] = AMBITIOUS
        elif city.id in open_today:
            kinds[city.id] = AT_WORK[working % len(AT_WORK)]
            working += 1
        else:
            kinds[city.id] = ON_OFFER[offered % len(ON_OFFER)]
            offered += 1
    return kinds


def second_dealer_kind(first: Archetype) -> Archetype:
    """Return the archetype of a city's second distributor: the challenger of the first."""
    return AMBITIOUS if first is VETERAN else DIVERTER


def dealer(city: Place, kind: Archetype, second: bool = False) -> Partner:
    """Return the firm behind a city's distributor."""
    tail, number, number_en = ("-2", "二", " 2") if second else ("", "", "")
    return firm(
        f"dealer-{city.id}{tail}",
        f"{short_name(city)}经销商{number}·{kind.name}",
        f"{city.name_en} dealer{number_en} ({kind.name_en})",
        kind,
    )


def agent(city: Place) -> Partner:
    """Return the firm behind a city's agent."""
    return firm(f"rep-{city.id}", f"{short_name(city)}代理商", f"{city.name_en} agent", AGENT)


def franchisee(city: Place) -> Partner:
    """Return the firm behind a city's franchise: one a province in big cities, else a family."""
    if city.tier in NATIONAL_TIERS:
        return _provincial(city, "franchisee", "加盟商", "franchisee", FRANCHISEE)
    return firm(f"owner-{city.id}", f"{short_name(city)}加盟店主", f"{city.name_en} owner", OWNER)


def chain(city: Place) -> Partner:
    """Return the firm behind a city's chain stores: a national one in big cities, else regional."""
    if city.tier in NATIONAL_TIERS:
        return firm("national-chain", "全国家电连锁", "National appliance chain", CHAIN)
    return _provincial(city, "supermarket", "商超", "supermarket", SUPERMARKET)


def store_group(city: Place) -> Partner:
    """Return the firm behind a city's department-store counters: one group a province."""
    return _provincial(city, "department-group", "百货集团", "department group", STORE_GROUP)


def platform_operator() -> Partner:
    """Return the firm that runs the platform shop for the maker."""
    return firm("platform-operator", "平台代运营", "Platform shop operator", OPERATOR)


def streamer() -> Partner:
    """Return the live-streamer."""
    return firm("streamer", "头部主播", "Live-streamer", STREAMER)


def _provincial(city: Place, stem: str, name: str, name_en: str, kind: Archetype) -> Partner:
    province = PROVINCES[city.region]
    id = f"{stem}-{province.lower().replace(' ', '-')}"
    return firm(id, f"{_province(city.region)}{name}", f"{province} {name_en}", kind)


def _province(name: str) -> str:
    for tail in ("维吾尔自治区", "壮族自治区", "回族自治区", "自治区", "省", "市"):
        name = name.removesuffix(tail)
    return name

"""Candidates of the Chinese scenarios: every operation with its firm, size and cost."""

import math
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from channelsim.domain.channel import Candidate
from channelsim.domain.partner import Partner
from scenarios.builder import archetypes
from scenarios.builder.chinese_formats import ONLINE, Format
from scenarios.builder.places import Place, road_km, short_name

LINE_HAUL, LINE_HAUL_KM = 3.0, 0.0045
KM_A_WEEK, LONGEST_LEAD = 800, 3
SECOND_PARTNER = -0.3
NATIONAL_PEOPLE = 541.2e6
NOTICE_WEEKS, LEASE_WEEKS, RESTOCKING_RATE = 8, 13, 0.05
FREE_TO_CLOSE = ("flagship",)
"""All else stays: partners' contracts run for two years, and the own shop serves members."""
_ONLINE_WEEKLY = {"platform": 70_000, "own_online": 22_000, "live_stream": 30_000}
_ONLINE_SETUP = {"platform": 50_000, "own_online": 150_000, "live_stream": 30_000}
_ONLINE_FIRMS: dict[str, Callable[[], Partner]] = {
    "platform": archetypes.platform_operator,
    "own_online": lambda: archetypes.MAKER,
    "live_stream": archetypes.streamer,
}
_FIRMS: dict[str, Callable[[Place], Partner]] = {
    "flagship": lambda _: archetypes.MAKER,
    "agent": archetypes.agent,
    "franchise": archetypes.franchisee,
    "chain": archetypes.chain,
    "department": archetypes.store_group,
}


@dataclass(frozen=True)
class Option:
    """A format that may open in a city."""

    format: str
    city: Place
    second: bool = False
    """Whether it would be the city's second distributor."""

    @property
    def id(self) -> str:
        """Id of the candidate."""
        return f"{self.format}-{self.city.id}{'-2' if self.second else ''}"


@dataclass(frozen=True)
class Operation:
    """A candidate with the firm behind it."""

    candidate: Candidate
    partner: Partner


def operations(
    options: Iterable[Option],
    today: Collection[str],
    plant: Place,
    known: Mapping[str, Format],
) -> Iterator[Operation]:
    """Yield the physical operations; `today` holds the ids of those open now."""
    options = tuple(options)
    firsts = [o.city for o in options if o.format == "distributor" and not o.second]
    served = {city.id for city in firsts if f"distributor-{city.id}" in today}
    kinds = archetypes.dealer_kinds(firsts, served)
    for option in options:
        firm = _firm(option, kinds)
        row = _physical(option, firm, known[option.format], plant, option.id in today)
        yield Operation(row, firm)


def online_operations(
    people: float, capacities: Mapping[str, float], today: Collection[str]
) -> Iterator[Operation]:
    """Yield the online operations, their national cost scaled to the people of the scenario."""
    part = people / NATIONAL_PEOPLE
    for kind in ONLINE:
        firm = _ONLINE_FIRMS[kind.id]()
        yield Operation(
            Candidate(
                id=kind.id,
                partner=firm.id,
                channel_type=kind.id,
                name=kind.name,
                capacity=capacities[kind.id],
                maker_fixed_cost=round(_ONLINE_WEEKLY[kind.id] * part, 2),
                setup_cost=round(_ONLINE_SETUP[kind.id] * part, 2),
                open_today=kind.id in today,
                must_open=kind.id in today,
            ),
            firm,
        )


def _firm(option: Option, kinds: Mapping[str, archetypes.Archetype]) -> Partner:
    city = option.city
    if option.format != "distributor":
        return _FIRMS[option.format](city)
    first = kinds[city.id]
    if not option.second:
        return archetypes.dealer(city, first)
    return archetypes.dealer(city, archetypes.second_dealer_kind(first), second=True)


def _physical(
    option: Option, firm: Partner, shape: Format, plant: Place, is_open: bool
) -> Candidate:
    city, km = option.city, road_km(plant, option.city)
    doors = shape.doors(city)
    return Candidate(
        id=option.id,
        partner=firm.id,
        channel_type=shape.kind.id,
        zone=city.id,
        name=f"{short_name(city)}·{shape.kind.name}{'（二）' if option.second else ''}",
        doors=doors,
        capacity=shape.units_a_door * doors,
        maker_fixed_cost=shape.maker.at(city, doors),
        partner_fixed_cost=shape.partner.at(city, doors),
        setup_cost=shape.setup.at(city, doors),
        closing_cost=_closing(shape, city, doors) if is_open else 0.0,
        reservation_profit=shape.reserve.at(city, doors),
        reservation_rate=shape.reserve_rate,
        supply_cost=round(LINE_HAUL + LINE_HAUL_KM * km, 3),
        lead_time=min(LONGEST_LEAD, math.ceil(1 + km / KM_A_WEEK)),
        attraction=SECOND_PARTNER if option.second else 0.0,
        open_today=is_open,
        must_open=is_open and option.format not in FREE_TO_CLOSE,
    )


def _closing(shape: Format, city: Place, doors: int) -> float:
    """Return notice and stock handling owed to a partner, or the rest of the maker's own lease."""
    if shape.kind.id == "flagship":
        return round(LEASE_WEEKS * shape.maker.at(city, doors), 2)
    units = shape.sales_a_thousand * city.thousands
    profit = shape.reserve.at(city, doors) + shape.reserve_rate * shape.kind.price * units
    stock = shape.kind.stock_weeks * units * (shape.kind.wholesale_price or 0.0)
    return round(NOTICE_WEEKS * profit + RESTOCKING_RATE * stock, 2)

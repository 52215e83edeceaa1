"""A scenario's rows as arrays: Z zones, S segments, T channel types, P partners, J candidates."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from channelsim.errors import BadValue

if TYPE_CHECKING:
    from channelsim.domain.channel import Candidate, ChannelType
    from channelsim.domain.partner import Partner
    from channelsim.domain.scenario import Scenario

type Floats = NDArray[np.float64]
type Ints = NDArray[np.int64]
type Bools = NDArray[np.bool_]

COMMON = -1
"""Model that every channel type sells that has none of its own."""


@dataclass(frozen=True, eq=False)
class Columns:
    """Arrays of a scenario, read-only, in the order of its tables."""

    zone_index: dict[str, int]
    """Zone id -> row."""
    partner_index: dict[str, int]
    """Partner id -> row."""
    candidate_index: dict[str, int]
    """Candidate id -> row."""
    type_index: dict[str, int]
    """Channel type id -> row."""
    segment_index: dict[str, int]
    """Segment id -> row."""
    latitude: Floats
    """(Z,) degrees north."""
    longitude: Floats
    """(Z,) degrees east."""
    people: Floats
    """(Z, S) people."""
    awareness: Floats
    """(Z,) share aware at the start."""
    outside: Floats
    """(Z,) utility of the outside option without rival outlets: the zone's rival strength and its
    rivals' strengths."""
    purchase_rate: Floats
    """(S,) occasions per person-week."""
    appeal: Floats
    """(T, S) utils, those of the product's attributes included."""
    type_of: Ints
    """(J,) channel type row of each candidate."""
    partner_of: Ints
    """(J,) partner row of each candidate."""
    zone_of: Ints
    """(J,) zone row of each candidate, -1 online."""
    online: Bools
    """(J,) whether the candidate is online."""
    model: Ints
    """(J,) model that the candidate sells: -1 the common one, else the row of the channel type that
    has one of its own."""
    price: Floats
    """(J,) consumer price, money per unit."""
    wholesale: Floats
    """(J,) wholesale price, money per unit; NaN where the partner does not take title."""
    service: Floats
    """(J,) service, 0 to 1."""
    attraction: Floats
    """(J,) utils."""
    capacity: Floats
    """(J,) units per week, inf where unlimited."""
    after_sales: Floats
    """(J,) after-sales requests handled per week, all doors together, inf where unlimited."""
    season: Floats
    """(52,) weekly factors, mean 1."""
    roads: dict[int, list[tuple[int, float]]]
    """Zone row -> the zones whose road km the distance table gives, with the km."""

    @classmethod
    def of(cls, scenario: "Scenario") -> "Columns":
        """Build the arrays of a scenario."""
        zone_index = _index(z.id for z in scenario.zones)
        type_index = _index(t.id for t in scenario.channel_types)
        partner_index = _index(p.id for p in scenario.partners)
        segment_index = _index(s.id for s in scenario.segments)
        candidates = scenario.candidates
        kinds = [scenario.channel_types[type_index[c.channel_type]] for c in candidates]
        rows = list(zip(candidates, kinds, strict=True))
        of = [partner_index[c.partner] for c in candidates]
        return cls(
            zone_index=zone_index,
            partner_index=partner_index,
            candidate_index=_index(c.id for c in candidates),
            type_index=type_index,
            segment_index=segment_index,
            latitude=_floats(z.latitude for z in scenario.zones),
            longitude=_floats(z.longitude for z in scenario.zones),
            people=_people(scenario),
            awareness=_floats(z.awareness for z in scenario.zones),
            outside=_outside(scenario, zone_index),
            purchase_rate=_floats(s.purchase_rate for s in scenario.segments),
            appeal=_appeal(scenario, type_index, segment_index),
            type_of=_ints(type_index[c.channel_type] for c in candidates),
            partner_of=_ints(of),
            zone_of=_ints(zone_index[c.zone] if c.zone else -1 for c in candidates),
            online=frozen(np.array([k.online for k in kinds], dtype=bool)),
            model=_ints(type_index[k.id] if k.exclusive_model else COMMON for k in kinds),
            price=_floats(c.price if c.price is not None else k.price for c, k in rows),
            wholesale=_floats(
                _wholesale(scenario.partners[at], *row) for at, row in zip(of, rows, strict=True)
            ),
            service=_floats(c.service if c.service is not None else k.service for c, k in rows),
            attraction=_floats(c.attraction for c in candidates),
            capacity=_floats(np.inf if c.capacity is None else c.capacity for c in candidates),
            after_sales=_floats(_after_sales(c, k) for c, k in rows),
            season=_season(scenario),
            roads=_roads(scenario, zone_index),
        )


def row_of(index: dict[str, int], name: str, what: str) -> int:
    """Return the row of an id that a layout names.

    Raises
    ------
    BadValue
        If the scenario does not have it.
    """
    if name not in index:
        near = ", ".join(list(index)[:3])
        raise BadValue(
            f"the layout names the {what} {name!r}, which the scenario does not have; "
            f"write the id of a {what}{near and f' such as {near}'}",
            code="unknown_reference",
        )
    return index[name]


def across[T: np.generic](values: NDArray[T]) -> NDArray[T]:
    """Return the sums of rows (N, S) over few columns: (N,); numpy takes ten times as long."""
    total = values[:, 0].copy()
    for column in range(1, values.shape[1]):
        total += values[:, column]  # type: ignore[misc]
    return total


def dot(one: Floats | Ints, other: Floats | Ints) -> float:
    """Return the inner product of two arrays (N,): the same bits on any number of cores, which the
    linear algebra libraries do not promise.
    """
    return float((one * other).sum())


def frozen[T: np.generic](array: NDArray[T]) -> NDArray[T]:
    """Return the array, made read-only."""
    array.flags.writeable = False
    return array


def _index(ids: Iterable[str]) -> dict[str, int]:
    return {name: row for row, name in enumerate(ids)}


def _floats(values: Iterable[float]) -> Floats:
    return frozen(np.array(list(values), dtype=np.float64))


def _ints(values: Iterable[int]) -> Ints:
    return frozen(np.array(list(values), dtype=np.int64))


def _wholesale(partner: "Partner", candidate: "Candidate", kind: "ChannelType") -> float:
    """Return what a unit costs an operation, NaN where its partner does not take title."""
    if candidate.wholesale_price is not None:
        return candidate.wholesale_price
    if kind.wholesale_price is None:
        return np.nan
    return kind.wholesale_price if partner.wholesale_price is None else partner.wholesale_price


def _after_sales(candidate: "Candidate", kind: "ChannelType") -> float:
    own = candidate.after_sales_capacity
    a_door = kind.after_sales_capacity if own is None else own
    return np.inf if a_door is None else candidate.doors * a_door


def _people(scenario: "Scenario") -> Floats:
    default = [s.share for s in scenario.segments]
    shares = np.array(
        [
            [z.shares.get(s.id, 0.0) for s in scenario.segments] if z.shares else default
            for z in scenario.zones
        ]
    ).reshape(len(scenario.zones), len(default))
    return frozen(np.array([z.population for z in scenario.zones])[:, None] * shares)


def _outside(scenario: "Scenario", zone_index: dict[str, int]) -> Floats:
    outside = np.array([z.rival_strength for z in scenario.zones], dtype=np.float64)
    for rival in scenario.rivals:
        if rival.strength is not None:
            outside[zone_index[rival.zone]] += rival.strength
    return frozen(outside)


def _appeal(
    scenario: "Scenario", type_index: dict[str, int], segment_index: dict[str, int]
) -> Floats:
    appeal = np.zeros((len(type_index), len(segment_index)))
    for row in scenario.appeals:
        appeal[type_index[row.channel_type], segment_index[row.segment]] = row.appeal
    return frozen(appeal + _product(scenario, segment_index))


def _product(scenario: "Scenario", segment_index: dict[str, int]) -> Floats:
    """Return what the product's attributes are worth to each segment: (S,) utils."""
    beyond = {row.id: row.level - row.reference for row in scenario.attributes}
    worth = np.zeros(len(segment_index))
    for row in scenario.attribute_weights:
        worth[segment_index[row.segment]] += row.weight * beyond[row.attribute]
    return worth


def _roads(scenario: "Scenario", zone_index: dict[str, int]) -> dict[int, list[tuple[int, float]]]:
    roads: dict[int, list[tuple[int, float]]] = {}
    for row in scenario.distances:
        a, b = zone_index[row.from_zone], zone_index[row.to_zone]
        roads.setdefault(a, []).append((b, row.km))
        roads.setdefault(b, []).append((a, row.km))
    return roads


def _season(scenario: "Scenario") -> Floats:
    season = np.ones(52)
    for row in scenario.seasons:
        season[row.week - 1] = row.factor
    mean = season.mean()
    return frozen(season / mean if mean > 0 else season)

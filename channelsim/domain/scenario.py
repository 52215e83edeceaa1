"""A scenario: market, channel options and policy; all that a run needs but layout and seed."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from functools import cached_property, partial
from types import SimpleNamespace
from typing import Any

from channelsim.domain import checks, paths
from channelsim.domain.channel import Appeal, Candidate, ChannelType, Contract, Partner, Response
from channelsim.domain.columns import Columns
from channelsim.domain.layout import Layout, Opening
from channelsim.domain.market import Distance, Market, Rival, Season, Segment, Zone
from channelsim.domain.policy import Economics, Goals, Policy
from channelsim.errors import BadValue, UnknownPath


@dataclass(frozen=True)
class Assumption:
    """A number that is not data: where it stands, its range and where it comes from."""

    path: str
    """Path of the number, such as `segments.value.price_sensitivity`."""
    value: float
    """Value used; draws scale the path's values by draw / value."""
    low: float
    """Low end of its plausible range."""
    high: float
    """High end of its plausible range."""
    unit: str = ""
    """Unit of the three numbers."""
    source: str = ""
    """Source or reasoning."""
    confidence: str = ""
    """H, M or L."""

    def __post_init__(self) -> None:
        for name in ("value", "low", "high"):
            checks.finite(name, getattr(self, name))
        checks.require(
            self.low <= self.value <= self.high,
            f"low <= value <= high must hold, got {self.low:g}, {self.value:g}, {self.high:g}; "
            "mend the range",
        )


@dataclass(frozen=True)
class Scenario:
    """Everything a run needs except the layout and the seed; a what-if is `replace()`."""

    name: str
    """Short name."""
    zones: tuple[Zone, ...]
    """Places with consumers."""
    segments: tuple[Segment, ...]
    """Kinds of consumer; their shares sum to 1."""
    channel_types: tuple[ChannelType, ...]
    """Formats of channel."""
    appeals: tuple[Appeal, ...]
    """Appeal of each type to each segment, utils; a missing pair is 0."""
    partners: tuple[Partner, ...]
    """Firms behind operations."""
    candidates: tuple[Candidate, ...]
    """Options to open."""
    economics: Economics
    """Unit cost, capital and stock."""
    contracts: tuple[Contract, ...] = ()
    """Terms between the maker and partners or types."""
    responses: tuple[Response, ...] = ()
    """Response of partners' sales to incentive money."""
    seasons: tuple[Season, ...] = ()
    """Weekly factors; a missing week is 1."""
    rivals: tuple[Rival, ...] = ()
    """Rivals' presence by zone."""
    distances: tuple[Distance, ...] = ()
    """Road distances that replace great circle x detour."""
    market: Market = Market()
    """Market-wide facts."""
    policy: Policy = Policy()
    """The maker's levers."""
    goals: Goals = Goals()
    """What a plan must reach and may spend."""
    assumptions: tuple[Assumption, ...] = ()
    """Numbers that are not data, with their ranges."""
    title: str = ""
    """Name shown to people."""
    currency: str = "CNY"
    """Code of the currency all money is in."""
    tax: str = "included"
    """Whether prices and costs have tax included or excluded."""
    horizon_weeks: int = 104
    """Weeks that a run plays."""
    credits: str = ""
    """Sources of the data and their terms."""

    def __post_init__(self) -> None:
        problems = list(reference_problems(self))
        if problems:
            raise BadValue("; ".join(problems), code="unknown_reference")
        checks.at_least("horizon_weeks", self.horizon_weeks, 1)
        checks.one_of("tax", self.tax, ("included", "excluded"))

    def replace(self, changes: Mapping[str, Any] | None = None, **top: Any) -> "Scenario":
        """Return a scenario with values at paths changed, or whole fields by keyword.

        Parameters
        ----------
        changes
            Path -> new value, such as `{"channel_types.distributor.wholesale_price": 260}`.

        Raises
        ------
        UnknownPath
            If a path leads nowhere, or a change changes nothing.
        BadValue
            If a new value is not allowed there.
        """
        scenario = replace(self, **top) if top else self
        constants = {path: partial(_constant, value) for path, value in (changes or {}).items()}
        return scenario.changed(constants) if constants else scenario

    def changed(self, changes: Mapping[str, Callable[[Any], Any]]) -> "Scenario":
        """Return a scenario in which each value at a path is `new(old)`, checked once at the end.

        Parameters
        ----------
        changes
            Path -> function from the old value to the new.

        Raises
        ------
        UnknownPath
            If a path leads nowhere or changes nothing.
        BadValue
            If a new value is not allowed there.
        """
        state = SimpleNamespace(**{f.name: getattr(self, f.name) for f in fields(self)})
        for path, new in changes.items():
            altered = paths.change(state, path, new)
            if all(getattr(state, name) == value for name, value in altered.items()):
                raise UnknownPath(f"{path} already has this value; drop the change or alter it")
            vars(state).update(altered)
        return replace(self, **vars(state))

    @cached_property
    def columns(self) -> Columns:
        """The scenario as arrays, made once."""
        return Columns.of(self)

    @property
    def today(self) -> Layout:
        """The layout of what is open today."""
        return Layout(tuple(Opening(c.id) for c in self.candidates if c.open_today))

    @cached_property
    def digest(self) -> str:
        """SHA-256 of everything that determines results, independent of seeds and wording."""
        silent = {"name", "title", "credits", "assumptions"}
        body = {f.name: _plain(getattr(self, f.name)) for f in fields(self) if f.name not in silent}
        text = json.dumps(body, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()


def reference_problems(scenario: Scenario) -> Iterable[str]:
    """Yield what is wrong between the tables: duplicate ids, unknown references, shares."""
    yield from _duplicates(scenario)
    zones = {z.id for z in scenario.zones}
    segments = {s.id for s in scenario.segments}
    types = {t.id: t for t in scenario.channel_types}
    partners = {p.id for p in scenario.partners}
    yield from _unknown("appeals: channel_type", (a.channel_type for a in scenario.appeals), types)
    yield from _unknown("appeals: segment", (a.segment for a in scenario.appeals), segments)
    yield from _unknown("candidates: partner", (c.partner for c in scenario.candidates), partners)
    kinds = (c.channel_type for c in scenario.candidates)
    yield from _unknown("candidates: channel_type", kinds, types)
    places = (c.zone for c in scenario.candidates if c.zone)
    yield from _unknown("candidates: zone", places, zones)
    yield from _unknown("rivals: zone", (r.zone for r in scenario.rivals), zones)
    ends = (z for d in scenario.distances for z in (d.from_zone, d.to_zone))
    yield from _unknown("distances: zone", ends, zones)
    named = (c.partner for c in scenario.contracts if c.partner)
    yield from _unknown("contracts: partner", named, partners)
    named = (c.channel_type for c in scenario.contracts if c.channel_type)
    yield from _unknown("contracts: channel_type", named, types)
    yield from _unknown("responses: partner", (r.partner for r in scenario.responses), partners)
    for candidate in scenario.candidates:
        kind = types.get(candidate.channel_type)
        if kind is not None and not candidate.zone and not kind.online:
            yield (
                f"candidates: {candidate.id} is of the physical type {kind.id} but has no zone; "
                "name its zone"
            )
    yield from _share_problems(scenario, segments)


def _share_problems(scenario: Scenario, segments: set[str]) -> Iterable[str]:
    total = sum(s.share for s in scenario.segments)
    if abs(total - 1) > 1e-6:
        yield f"segments: the shares must sum to 1, got {total:g}; mend them"
    for zone in scenario.zones:
        if zone.shares:
            yield from _unknown(f"zones: {zone.id} has a share of segment", zone.shares, segments)


def _duplicates(scenario: Scenario) -> Iterable[str]:
    for table in ("zones", "segments", "channel_types", "partners", "candidates", "rivals"):
        seen: set[str] = set()
        for row in getattr(scenario, table):
            if row.id in seen:
                yield f"{table}: id {row.id} stands twice; give each row its own id"
            seen.add(row.id)
    for table in ("zones", "segments", "channel_types"):
        if not getattr(scenario, table):
            yield f"{table}: the table is empty; add at least one row"


def _unknown(what: str, names: Iterable[str], known: Iterable[str]) -> Iterable[str]:
    have = set(known)
    for name in dict.fromkeys(names):
        if name not in have:
            near = ", ".join(sorted(have)[:5])
            yield f"{what} {name!r} is unknown; write one of the ids, such as {near}"


def _constant(value: Any, _: Any) -> Any:
    return value


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(v) for v in value]
    if isinstance(value, Zone):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, Mapping):
        return dict(value)
    return asdict(value) if hasattr(value, "__dataclass_fields__") else value

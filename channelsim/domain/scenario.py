"""A scenario: market, channel options and policy; all that a run needs but layout and seed."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cached_property, partial
from typing import Any

from channelsim.domain import checks
from channelsim.domain.attribute import Attribute, AttributeWeight
from channelsim.domain.channel import Appeal, Candidate, ChannelType
from channelsim.domain.columns import Columns, Floats
from channelsim.domain.contract import Contract
from channelsim.domain.count_rule import CountRule
from channelsim.domain.customer_tier import CustomerTier
from channelsim.domain.distribution import Distribution
from channelsim.domain.economics import Tariff
from channelsim.domain.event import Event
from channelsim.domain.goodwill import Goodwill
from channelsim.domain.history import Sale
from channelsim.domain.layout import Layout, Opening, Territory
from channelsim.domain.market import Distance, Market, Rival, Season, Segment, Zone
from channelsim.domain.pair import Pair
from channelsim.domain.partner import Partner
from channelsim.domain.paths import changed_fields
from channelsim.domain.policy import Economics, Goals, Policy
from channelsim.domain.promotion import Promotion
from channelsim.domain.reach import Reach, reach
from channelsim.domain.references import reference_problems
from channelsim.domain.response import Response
from channelsim.domain.site import Site
from channelsim.domain.supply import Supply
from channelsim.domain.territory import lone_dealers
from channelsim.domain.utility import outside_option
from channelsim.errors import BadValue

LONGEST_HORIZON = 32_767
"""Weeks: a draw's name holds the week in 16 bits (`simulate.streams`)."""
_SILENT = {"name", "title", "credits", "assumptions", "history"}
_WORDING = {"name", "name_en"}


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
        checks.filled(self)
        for name in ("value", "low", "high"):
            checks.finite(name, getattr(self, name))
        checks.require(
            self.low <= self.value <= self.high,
            f"low <= value <= high must hold, got {self.low:g}, {self.value:g}, {self.high:g}; "
            "mend the range",
        )


@dataclass(frozen=True, repr=False)
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
    promotions: tuple[Promotion, ...] = ()
    """Price cuts by calendar and channel; plans use listed prices."""
    customer_tiers: tuple[CustomerTier, ...] = ()
    """Tiers of customers, the lowest first; empty: none. Plans count everybody as of the lowest."""
    events: tuple[Event, ...] = ()
    """What happens in some weeks of a run; plans know of none."""
    sites: tuple[Site, ...] = ()
    """Warehouses and depots between the plant and outlets; empty: none. Plans do not see them."""
    attributes: tuple[Attribute, ...] = ()
    """The product's attributes; empty: it is like any other."""
    attribute_weights: tuple[AttributeWeight, ...] = ()
    """What each attribute is worth to each segment; a missing pair is 0."""
    pairs: tuple[Pair, ...] = ()
    """Partners or candidates that a plan may not open together, or only together."""
    count_rules: tuple[CountRule, ...] = ()
    """How many operations a plan may open by type and region."""
    rivals: tuple[Rival, ...] = ()
    """Rivals' presence by zone."""
    distances: tuple[Distance, ...] = ()
    """Road distances that replace great circle x detour."""
    history: tuple[Sale, ...] = ()
    """Past sales, from which a scenario is calibrated; neither plans nor runs read them."""
    market: Market = Market()
    """Market-wide facts."""
    policy: Policy = Policy()
    """The maker's levers."""
    goals: Goals = Goals()
    """What a plan must reach and may spend."""
    goodwill: Goodwill = Goodwill()
    """What builds and erodes the brand's goodwill in a zone."""
    supply: Supply = Supply()
    """The maker's production plan, and what stock and orders cost."""
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
        checks.filled(self)
        checks.whole("horizon_weeks", self.horizon_weeks, 1)
        checks.at_most("horizon_weeks", self.horizon_weeks, LONGEST_HORIZON, "play fewer weeks")
        checks.one_of("tax", self.tax, ("included", "excluded"))

    def __repr__(self) -> str:
        return (
            f"Scenario({self.name!r}, {len(self.zones)} zones, {len(self.candidates)} candidates, "
            f"{len(self.partners)} partners, {self.horizon_weeks} weeks, "
            f"digest {self.digest[:12]})"
        )

    def __getstate__(self) -> dict[str, Any]:
        # what is made once is made anew in another process: it is large, and would arrive editable
        return {f.name: getattr(self, f.name) for f in fields(self)}

    def replace(
        self, changes: Mapping[str, Any] | None = None, *, idle: bool = False, **top: Any
    ) -> "Scenario":
        """Return a scenario with values at paths changed, or whole fields by keyword.

        Parameters
        ----------
        changes
            Path -> new value, such as `{"channel_types.distributor.wholesale_price": 260}`.
        idle
            Whether a change may change nothing.

        Raises
        ------
        UnknownPath
            If a path leads nowhere, or a change changes nothing and may not.
        BadValue
            If a new value is not allowed there.
        """
        scenario = replace(self, **top) if top else self
        constants = {path: partial(_constant, value) for path, value in (changes or {}).items()}
        return scenario.changed(constants, idle=idle) if constants else scenario

    def changed(
        self, changes: Mapping[str, Callable[[Any], Any]], *, idle: bool = False
    ) -> "Scenario":
        """Return a scenario in which each value at a path is `new(old)`, checked once at the end.

        Parameters
        ----------
        changes
            Path -> function from the old value to the new.
        idle
            Whether a change may change nothing.

        Raises
        ------
        UnknownPath
            If a path leads nowhere, or changes nothing and may not.
        BadValue
            If a new value is not allowed there.
        """
        return replace(self, **changed_fields(self, changes, idle=idle))

    @cached_property
    def columns(self) -> Columns:
        """The scenario as arrays, made once."""
        return Columns.of(self)

    @cached_property
    def arcs(self) -> Reach:
        """Who can buy where, made once."""
        return reach(self)

    @cached_property
    def distribution(self) -> Distribution:
        """Distributors between the maker and operations, made once."""
        return Distribution.of(self)

    @cached_property
    def tariff(self) -> Tariff:
        """What the money of a unit is made of, made once."""
        return Tariff.of(self)

    @cached_property
    def outside(self) -> Floats:
        """(Z, S) utils of rivals and not buying, made once."""
        return outside_option(self)

    @cached_property
    def today(self) -> Layout:
        """The layout of what is open today, lone dealers of territorial types in their own zone."""
        ids = tuple(c.id for c in self.candidates if c.open_today)
        held = sorted(lone_dealers(self, ids).items())
        return Layout(
            openings=tuple(Opening(name) for name in ids),
            territories=tuple(Territory(partner, zone, True) for zone, partner in held),
        )

    @cached_property
    def digest(self) -> str:
        """SHA-256 of everything that determines results, independent of seeds and wording.

        Scenarios that are equal but for names have one digest.
        """
        body = {f.name: _plain(getattr(self, f.name)) for f in fields(self)}
        body = {name: value for name, value in body.items() if name not in _SILENT}
        text = json.dumps(body, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()


def _constant(value: Any, _: Any) -> Any:
    return value


def _plain(value: Any) -> Any:
    if isinstance(value, tuple | list):
        return [_plain(v) for v in value]
    if isinstance(value, Mapping):
        return {name: _plain(v) for name, v in value.items()}
    if is_dataclass(value):
        return {name: _plain(v) for name, v in vars(value).items() if name not in _WORDING}
    # 300 and 300.0, 1 and True, 0.0 and -0.0 are equal and must give one digest
    return value if isinstance(value, str | None) else float(value) + 0.0

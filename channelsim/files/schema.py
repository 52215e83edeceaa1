"""The tables of a scenario: which class each holds, its columns, key and references.

Columns are exactly the fields of the domain's dataclasses, so that there is one list of them.
"""

import types
import typing
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields
from functools import cache, cached_property
from typing import Any

from channelsim.domain.attribute import Attribute, AttributeWeight
from channelsim.domain.channel import Appeal, Candidate, ChannelType
from channelsim.domain.contract import Contract
from channelsim.domain.count_rule import CountRule
from channelsim.domain.customer_tier import CustomerTier
from channelsim.domain.event import Event
from channelsim.domain.goodwill import Goodwill
from channelsim.domain.history import Sale
from channelsim.domain.market import Distance, Market, Rival, Season, Segment, Zone
from channelsim.domain.pair import Pair
from channelsim.domain.partner import Partner
from channelsim.domain.policy import Economics, Goals, Policy
from channelsim.domain.promotion import Promotion
from channelsim.domain.response import Response
from channelsim.domain.scenario import Assumption, Scenario
from channelsim.domain.site import Site
from channelsim.domain.supply import Supply

SECTIONS: dict[str, type] = {
    "market": Market,
    "economics": Economics,
    "policy": Policy,
    "goals": Goals,
    "goodwill": Goodwill,
    "supply": Supply,
}
TOP_KEYS = ("name", "title", "currency", "tax", "horizon_weeks", "credits")
_KINDS = {float: "number", int: "integer", bool: "flag", str: "text"}


@dataclass(frozen=True)
class Column:
    """One column of a table or key of a section."""

    name: str
    """Header."""
    kind: str
    """text, number, integer, flag or numbers."""
    required: bool = False
    """Whether an empty cell is a fault."""
    default: Any = None
    """What an empty cell means."""


@dataclass(frozen=True)
class TableSpec:
    """One table of a scenario."""

    name: str
    """Name of the file or sheet."""
    row: type
    """Class of a row."""
    key: tuple[str, ...] = ("id",)
    """Columns that together name a row."""
    references: Mapping[str, str] = field(default_factory=dict)
    """Column -> table whose ids it holds."""
    required: bool = False
    """Whether a scenario needs the table, with at least one row."""
    fills: str = ""
    """Field of `Scenario`; empty: the table's name."""
    aliases: Mapping[str, str] = field(default_factory=dict)
    """Other headers that are understood."""
    has_shares: bool = False
    """Whether columns `share_ID` hold a share for each segment."""
    symmetric: bool = False
    """Whether the key means the same in either order."""

    @cached_property
    def columns(self) -> dict[str, Column]:
        """Columns by name, in the order of the class."""
        return columns_of(self.row)

    @property
    def target(self) -> str:
        """Field of `Scenario` that holds the rows."""
        return self.fills or self.name


@cache
def columns_of(row: type) -> dict[str, Column]:
    """Return the columns that a dataclass's plain fields make."""
    hints = typing.get_type_hints(row)
    columns = {}
    for part in fields(row):
        kind = _kind(hints[part.name])
        if kind is not None:
            required = part.default is MISSING and part.default_factory is MISSING
            default = None if required else part.default
            columns[part.name] = Column(part.name, kind, required, default)
    return columns


def _kind(hint: Any) -> str | None:
    if isinstance(hint, types.UnionType):
        hint = next(part for part in typing.get_args(hint) if part is not type(None))
    if typing.get_origin(hint) is tuple and float in typing.get_args(hint):
        return "numbers"
    return _KINDS.get(hint)


_TABLES = (
    TableSpec("zones", Zone, required=True, has_shares=True),
    TableSpec("segments", Segment, required=True),
    TableSpec("channel_types", ChannelType, required=True),
    TableSpec(
        "appeals",
        Appeal,
        key=("channel_type", "segment"),
        references={"channel_type": "channel_types", "segment": "segments"},
    ),
    TableSpec("partners", Partner, references={"supplier": "partners"}, required=True),
    TableSpec(
        "candidates",
        Candidate,
        references={
            "partner": "partners",
            "channel_type": "channel_types",
            "zone": "zones",
            "site": "sites",
        },
        required=True,
    ),
    TableSpec(
        "contracts",
        Contract,
        key=("partner", "channel_type", "instrument", "attainment_from"),
        references={"partner": "partners", "channel_type": "channel_types"},
    ),
    TableSpec(
        "responses", Response, key=("partner", "instrument"), references={"partner": "partners"}
    ),
    TableSpec("season", Season, key=("week",), fills="seasons"),
    TableSpec("promotions", Promotion),
    TableSpec("customer_tiers", CustomerTier),
    TableSpec("events", Event, references={"zone": "zones"}),
    TableSpec("sites", Site, references={"partner": "partners"}),
    TableSpec("attributes", Attribute),
    TableSpec(
        "attribute_weights",
        AttributeWeight,
        key=("attribute", "segment"),
        references={"attribute": "attributes", "segment": "segments"},
    ),
    TableSpec("pairs", Pair),
    TableSpec(
        "count_rules",
        CountRule,
        references={"channel_type": "channel_types", "per": "channel_types"},
    ),
    TableSpec("rivals", Rival, references={"zone": "zones"}),
    TableSpec(
        "distances",
        Distance,
        key=("from_zone", "to_zone"),
        references={"from_zone": "zones", "to_zone": "zones"},
        aliases={"from": "from_zone", "to": "to_zone"},
        symmetric=True,
    ),
    TableSpec("assumptions", Assumption, key=("path",)),
    TableSpec(
        "history",
        Sale,
        key=("period", "partner", "zone"),
        references={"partner": "partners", "zone": "zones"},
    ),
)
TABLES: dict[str, TableSpec] = {spec.name: spec for spec in _TABLES}

SETTINGS: dict[str, Column] = {
    **{name: columns_of(Scenario)[name] for name in TOP_KEYS},
    "based_on": Column("based_on", "text"),
    **{
        f"{section}.{name}": column
        for section, row in SECTIONS.items()
        for name, column in columns_of(row).items()
    },
}
"""Keys of scenario.toml, dotted."""

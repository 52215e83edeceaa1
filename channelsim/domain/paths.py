"""Paths such as `channel_types.distributor.wholesale_price`: one way to name a number.

A path is `table.id.field` or `section.field`. Rows without an id are named by what they join:
`appeals.TYPE.SEGMENT`, `attribute_weights.ATTRIBUTE.SEGMENT.weight`,
`contracts.OWNER.INSTRUMENT.field` (the owner is a partner or a channel type; all steps of the terms
at once), `responses.PARTNER.INSTRUMENT.field`, `seasons.WEEK.factor`.
`*` stands for every id. The same paths serve `Scenario.replace`, variants, sweeps and assumptions.
"""

from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from typing import Any

from channelsim.errors import UnknownPath

SECTIONS = ("market", "economics", "policy", "goals", "goodwill", "supply")
TABLES = (
    "zones",
    "segments",
    "channel_types",
    "partners",
    "candidates",
    "rivals",
    "promotions",
    "customer_tiers",
    "events",
    "sites",
    "attributes",
    "pairs",
    "count_rules",
)
JOINED: dict[str, tuple[tuple[str, ...], ...]] = {
    "appeals": (("channel_type",), ("segment",)),
    "attribute_weights": (("attribute",), ("segment",)),
    "contracts": (("partner", "channel_type"), ("instrument",)),
    "responses": (("partner",), ("instrument",)),
    "seasons": (("week",),),
}
"""Table without ids -> for each part of its rows' names, the fields it may stand in."""
_WHOLE = ("horizon_weeks", "seasons")
_SHARE = "share_"
_FORMS = (
    *(f"{section}.FIELD" for section in SECTIONS),
    *(f"{table}.ID.FIELD" for table in TABLES),
    "appeals.TYPE.SEGMENT",
    "attribute_weights.ATTRIBUTE.SEGMENT.weight",
    "contracts.OWNER.INSTRUMENT.FIELD",
    "responses.PARTNER.INSTRUMENT.FIELD",
    "seasons.WEEK.factor",
)


def value_at(scenario: Any, path: str) -> Any:
    """Return the value at `path`; of a broadcast path the first value.

    Raises
    ------
    UnknownPath
        If the path names no field, or a `*` matches nothing.
    """
    draft, field = _places(scenario, path, {})[0]
    return draft.value(field)


def is_whole(scenario: Any, path: str) -> bool:
    """Return whether the field at `path` holds whole numbers by declaration.

    A field of numbers may hold 300 where 300.5 is as good; a field of weeks may not.

    Raises
    ------
    UnknownPath
        If the path names no field, or a `*` matches nothing.
    """
    draft, field = _places(scenario, path, {})[0]
    declared = {f.name: f.type for f in fields(draft.row)}
    return declared.get(field) in (int, int | None)


def changed_fields(
    scenario: Any, changes: Mapping[str, Callable[[Any], Any]], *, idle: bool = False
) -> dict[str, Any]:
    """Return the scenario's fields that change when the values at each path become `new(old)`.

    A row is rebuilt, and checks itself, once, however many of its values change. `scenario` is a
    Scenario, or anything with its fields.

    Raises
    ------
    UnknownPath
        If a path names no field, a `*` matches nothing, or a change changes nothing and `idle` is
        false.
    BadValue
        If a row refuses its new values.
    """
    drafts: _Drafts = {}
    for path, new in changes.items():
        places = _places(scenario, path, drafts)
        moved = [draft.move(field, new) for draft, field in places]
        if not idle and not any(moved):
            raise UnknownPath(f"{path} already has this value; drop the change or alter it")
    whole = drafts.pop("")[0].new if "" in drafts else {}
    made = {name: tuple(draft.made() for draft in rows) for name, rows in drafts.items()}
    return {**whole, **{name: r[0] if name in SECTIONS else r for name, r in made.items()}}


class _Draft:
    """A row, and the values that are to take the place of some of its own."""

    def __init__(self, row: Any) -> None:
        self.row = row
        self.new: dict[str, Any] = {}

    def value(self, field: str) -> Any:
        """Return a value as it stands; `share_ID` is the zone's own share of a segment."""
        if field.startswith(_SHARE):
            return self.value("shares")[field.removeprefix(_SHARE)]
        return self.new[field] if field in self.new else getattr(self.row, field)

    def move(self, field: str, new: Callable[[Any], Any]) -> bool:
        """Set a value to new(old) and return whether it changed; other shares make room."""
        old = self.value(field)
        value = new(old)
        if field.startswith(_SHARE):
            segment, shares = field.removeprefix(_SHARE), self.value("shares")
            scale = (1 - value) / (1 - old) if old < 1 else 0.0
            rest = {name: share * scale for name, share in shares.items()}
            self.new["shares"] = {**rest, segment: value}
        else:
            self.new[field] = value
        return bool(value != old)

    def made(self) -> Any:
        """Return the row with its new values."""
        return replace(self.row, **self.new) if self.new else self.row


type _Drafts = dict[str, list[_Draft]]


def _places(scenario: Any, path: str, drafts: _Drafts) -> list[tuple[_Draft, str]]:
    """Return the rows and the field that a path leads to, the rows as `drafts` has them."""
    parts = path.split(".")
    if path in _WHOLE:
        drafts.pop(path, None)
        return [(drafts.setdefault("", [_Draft(scenario)])[0], path)]
    if len(parts) == 3 and parts[0] == "appeals":
        parts = [*parts, "appeal"]
    table, names, field = parts[0], parts[1:-1], parts[-1]
    keys = JOINED.get(table, (("id",),) if table in TABLES else ())
    if len(parts) != len(keys) + 2 or not (keys or table in SECTIONS):
        raise UnknownPath(f"{path} is no path; write one of {', '.join(_FORMS)}")
    if table not in drafts:
        held = drafts[""][0].value(table) if "" in drafts else getattr(scenario, table)
        drafts[table] = [_Draft(row) for row in (held if keys else (held,))]
    named = [draft for draft in drafts[table] if _is_named(draft.row, keys, names)]
    if not named:
        raise UnknownPath(f"{path}: {_nearest(table, keys, names, drafts[table])}")
    _check_field(named, field, path)
    return [(draft, field) for draft in named]


def _is_named(row: Any, keys: tuple[tuple[str, ...], ...], names: list[str]) -> bool:
    return all(
        name == "*" or name in [str(getattr(row, field)) for field in fields]
        for fields, name in zip(keys, names, strict=True)
    )


def _nearest(
    table: str, keys: tuple[tuple[str, ...], ...], names: list[str], drafts: list[_Draft]
) -> str:
    """Return what to write instead of names that no row has."""
    have = dict.fromkeys(".".join(_name(draft.row, fields) for fields in keys) for draft in drafts)
    cure = f"write one such as {', '.join(list(have)[:5])}" if have else "add rows to it"
    return f"{table} has no {'.'.join(names)!r}; {cure}"


def _name(row: Any, fields: tuple[str, ...]) -> str:
    return next((str(value) for field in fields if (value := getattr(row, field))), "")


def _check_field(named: list[_Draft], field: str, path: str) -> None:
    """Check that the rows, all of one class, have the field; each zone its own shares."""
    known = [f.name for f in fields(named[0].row)]
    if field.startswith(_SHARE) and "shares" in known:
        segment = field.removeprefix(_SHARE)
        if all(segment in draft.value("shares") for draft in named):
            return
        raise UnknownPath(f"{path}: this zone has no own share of {segment}; set segments.ID.share")
    if field not in known:
        raise UnknownPath(f"{path}: no field {field!r}; write one of {', '.join(known)}")

"""Paths such as `channel_types.distributor.wholesale_price`: one way to name a number.

A path is `table.id.field` or `section.field`. Rows without an id are named by what they join:
`appeals.TYPE.SEGMENT`, `contracts.OWNER.INSTRUMENT.field` (the owner is a partner or a channel
type; all steps of the terms at once), `responses.PARTNER.INSTRUMENT.field`, `seasons.WEEK.factor`.
`*` stands for every id. The same paths serve `Scenario.replace`, variants, sweeps and assumptions.
"""

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from channelsim.errors import UnknownPath

SECTIONS = ("market", "economics", "policy", "goals")
TABLES = ("zones", "segments", "channel_types", "partners", "candidates", "rivals")
JOINED: dict[str, tuple[tuple[str, ...], ...]] = {
    "appeals": (("channel_type",), ("segment",)),
    "contracts": (("partner", "channel_type"), ("instrument",)),
    "responses": (("partner",), ("instrument",)),
    "seasons": (("week",),),
}
"""Table without ids -> for each part of its rows' names, the fields it may stand in."""
_FORMS = (
    *(f"{section}.FIELD" for section in SECTIONS),
    *(f"{table}.ID.FIELD" for table in TABLES),
    "appeals.TYPE.SEGMENT",
    "contracts.OWNER.INSTRUMENT.FIELD",
    "responses.PARTNER.INSTRUMENT.FIELD",
    "seasons.WEEK.factor",
)


def value_at(scenario: Any, path: str) -> Any:
    """Return the value at `path`; of a broadcast path the first value.

    Raises
    ------
    UnknownPath
        If the path names no field.
    """
    found: list[Any] = []

    def keep(old: Any) -> Any:
        found.append(old)
        return old

    change(scenario, path, keep)
    return found[0]


def is_whole(scenario: Any, path: str) -> bool:
    """Return whether the field at `path` holds whole numbers by declaration.

    A field of numbers may hold 300 where 300.5 is as good; a field of weeks may not.
    """
    table, *rest = path.split(".")
    field = rest[-1] if rest else table
    rows = getattr(scenario, table, ())
    if isinstance(rows, int):
        return True
    row = next(iter(rows), None) if isinstance(rows, tuple) else rows
    declared = {f.name: f.type for f in fields(row)} if is_dataclass(row) else {}
    return declared.get(field) in (int, int | None)


def change(scenario: Any, path: str, new: Callable[[Any], Any]) -> dict[str, Any]:
    """Return the scenario's fields that change when the values at `path` become `new(old)`.

    `scenario` is a Scenario, or anything with its fields.

    Raises
    ------
    UnknownPath
        If the path names no field, or a `*` matches nothing.
    """
    parts = path.split(".")
    if len(parts) == 1 and parts[0] in {"horizon_weeks", "seasons"}:
        return {path: new(getattr(scenario, path))}
    if len(parts) == 2 and parts[0] in SECTIONS:
        return {parts[0]: _with(getattr(scenario, parts[0]), parts[1], new, path)}
    if len(parts) == 3 and parts[0] == "appeals":
        parts = [*parts, "appeal"]
    keys = JOINED.get(parts[0], (("id",),) if parts[0] in TABLES else ())
    if keys and len(parts) == len(keys) + 2:
        return {parts[0]: _rows(getattr(scenario, parts[0]), keys, parts, new, path)}
    raise UnknownPath(f"{path} is no path; write one of {', '.join(_FORMS)}")


def _rows(
    rows: tuple[Any, ...],
    keys: tuple[tuple[str, ...], ...],
    parts: list[str],
    new: Callable[[Any], Any],
    path: str,
) -> tuple[Any, ...]:
    table, *names, field = parts
    hit = [_is_named(row, keys, names) for row in rows]
    if not any(hit):
        have = dict.fromkeys(".".join(_name(row, fields) for fields in keys) for row in rows)
        near = f"; write one such as {', '.join(list(have)[:5])}" if have else "; add rows to it"
        raise UnknownPath(f"{path}: {table} has no {'.'.join(names)!r}{near}")
    return tuple(
        _with(row, field, new, path) if h else row for row, h in zip(rows, hit, strict=True)
    )


def _is_named(row: Any, keys: tuple[tuple[str, ...], ...], names: list[str]) -> bool:
    return all(
        name == "*" or name in [str(getattr(row, field)) for field in fields]
        for fields, name in zip(keys, names, strict=True)
    )


def _name(row: Any, fields: tuple[str, ...]) -> str:
    return next((str(value) for field in fields if (value := getattr(row, field))), "")


def _with(row: Any, field: str, new: Callable[[Any], Any], path: str) -> Any:
    names = [f.name for f in fields(row)]
    if field in names:
        return replace(row, **{field: new(getattr(row, field))})
    if field.startswith("share_") and "shares" in names:
        return _with_share(row, field.removeprefix("share_"), new, path)
    raise UnknownPath(f"{path}: no field {field!r}; write one of {', '.join(names)}")


def _with_share(row: Any, segment: str, new: Callable[[Any], Any], path: str) -> Any:
    shares: Mapping[str, float] = row.shares
    if segment not in shares:
        raise UnknownPath(f"{path}: this zone has no own share of {segment}; set segments.ID.share")
    rest = 1 - shares[segment]
    value = new(shares[segment])
    scale = (1 - value) / rest if rest > 0 else 0.0
    scaled = {name: value if name == segment else old * scale for name, old in shares.items()}
    return replace(row, shares=scaled)

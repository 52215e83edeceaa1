"""Paths such as `channel_types.distributor.wholesale_price`: one way to name a number.

A path is `table.id.field` or `section.field`; `*` stands for every id. The same paths serve
`Scenario.replace`, variants, sweeps and assumptions.
"""

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from channelsim.errors import UnknownPath

SECTIONS = ("market", "economics", "policy", "goals")
TABLES = ("zones", "segments", "channel_types", "partners", "candidates", "rivals")


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
        return {"appeals": _appeals(scenario, parts, new, path)}
    if len(parts) == 3 and parts[0] in TABLES:
        return {parts[0]: _rows(getattr(scenario, parts[0]), parts, new, path)}
    known = ", ".join([f"{s}.FIELD" for s in SECTIONS] + [f"{t}.ID.FIELD" for t in TABLES])
    raise UnknownPath(f"{path} is no path; write one of {known}, or appeals.TYPE.SEGMENT")


def _rows(
    rows: tuple[Any, ...], parts: list[str], new: Callable[[Any], Any], path: str
) -> tuple[Any, ...]:
    hit = [parts[1] in ("*", row.id) for row in rows]
    if not any(hit):
        near = ", ".join(row.id for row in rows[:5])
        raise UnknownPath(f"{path}: {parts[0]} has no id {parts[1]!r}; write one such as {near}")
    return tuple(
        _with(row, parts[2], new, path) if h else row for row, h in zip(rows, hit, strict=True)
    )


def _appeals(
    scenario: Any, parts: list[str], new: Callable[[Any], Any], path: str
) -> tuple[Any, ...]:
    hit = [
        parts[1] in ("*", row.channel_type) and parts[2] in ("*", row.segment)
        for row in scenario.appeals
    ]
    if not any(hit):
        raise UnknownPath(f"{path} matches no appeal; write appeals.TYPE.SEGMENT")
    return tuple(
        _with(row, "appeal", new, path) if h else row
        for row, h in zip(scenario.appeals, hit, strict=True)
    )


def _with(row: Any, field: str, new: Callable[[Any], Any], path: str) -> Any:
    if not is_dataclass(row) or isinstance(row, type):
        raise UnknownPath(f"{path} leads into something that has no fields; shorten the path")
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

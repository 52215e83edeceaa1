"""The rows of a layout file as openings, territories and incentive money, or all their faults."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from channelsim.domain.layout import Layout, Opening, Spend, Territory
from channelsim.domain.scenario import Scenario
from channelsim.errors import BadValue, Fault
from channelsim.files.grids import read_csv
from channelsim.files.references import unknown_references
from channelsim.files.schema import TableSpec
from channelsim.files.tables import Row, Table, settled, table_of

_KINDS = {
    "open": (("candidate",), ("instrument",)),
    "territory": (("partner", "zone"), ("candidate", "instrument", "open_week", "close_week")),
    "incentive": (
        ("partner", "instrument", "value"),
        ("candidate", "zone", "open_week", "close_week"),
    ),
}
"""Kind -> columns it needs, columns it leaves empty."""
_NAMED_BY = {
    "open": ("candidate",),
    "territory": ("partner", "zone"),
    "incentive": ("partner", "instrument"),
}


@dataclass(frozen=True)
class LayoutRow:
    """One row of a layout file."""

    kind: str
    """open, territory or incentive."""
    candidate: str = ""
    """Candidate id of an opening."""
    partner: str = ""
    """Partner id; of an opening, its candidate's or empty."""
    zone: str = ""
    """Zone id; of an opening, its candidate's or empty."""
    instrument: str = ""
    """Instrument of incentive money."""
    value: float | None = None
    """Incentive: money per week; territory: 1 exclusive, 0 shared; opening: 1 or empty."""
    open_week: int = 0
    """First week open."""
    close_week: int | None = None
    """First week closed again; empty: open to the end."""


LAYOUT = TableSpec("layout", LayoutRow, key=("kind",))
COLUMNS = tuple(LAYOUT.columns)


@dataclass(frozen=True)
class Known:
    """The ids that a layout may name."""

    candidates: Mapping[str, tuple[str, str]]
    """Candidate id -> its partner and zone."""
    partners: frozenset[str]
    """Partner ids."""
    zones: frozenset[str]
    """Zone ids."""
    hazy: frozenset[str] = frozenset()
    """Tables of which not all ids are known: no name is unknown there."""

    @classmethod
    def of(cls, scenario: Scenario) -> "Known":
        """Return the ids of a scenario."""
        return cls(
            {c.id: (c.partner, c.zone) for c in scenario.candidates},
            frozenset(p.id for p in scenario.partners),
            frozenset(z.id for z in scenario.zones),
        )


def layout_from(path: Path, file: str, known: Known, faults: list[Fault]) -> Layout | None:
    """Return the layout in a file, or None with its faults added."""
    grid = read_csv(path, file, COLUMNS, faults)
    if grid is None:
        return None
    before = len(faults)
    table = settled(table_of(grid, LAYOUT, faults))
    if "kind" not in table.headers:
        cure = f"column kind is missing; a layout has the columns {', '.join(COLUMNS)}"
        faults.append(Fault(file, None, "kind", "", cure, "missing_column"))
        return None
    for column, what, ids in (
        ("candidate", "candidate", known.candidates),
        ("partner", "partner", known.partners),
        ("zone", "zone", known.zones),
    ):
        if f"{what}s" not in known.hazy:
            faults.extend(unknown_references(table, column, what, ids))
    for row in table.rows:
        row.values["kind"] = row.values.get("kind", "").casefold()
        faults.extend(_row_faults(row, known))
    faults.extend(_repeated(table))
    faults.extend(_shared_though_exclusive(table))
    if any(fault.severity == "error" for fault in faults[before:]):
        return None
    try:
        return _layout(table)
    except BadValue as error:  # a law of the domain that no check of rows covers
        faults.append(Fault(file, None, None, "", error.message, error.code))
        return None


def _layout(table: Table) -> Layout:
    parts: dict[str, list[Any]] = {kind: [] for kind in _KINDS}
    for row in table.rows:
        parts[row.values["kind"]].append(_part(row.values))
    return Layout(tuple(parts["open"]), tuple(parts["territory"]), tuple(parts["incentive"]))


def _part(values: Mapping[str, Any]) -> Opening | Territory | Spend:
    match values["kind"]:
        case "open":
            week, close = values.get("open_week", 0), values.get("close_week")
            return Opening(values["candidate"], week, close)
        case "territory":
            return Territory(values["partner"], values["zone"], bool(values.get("value", 0)))
    return Spend(values["partner"], values["instrument"], values["value"])


def _row_faults(row: Row, known: Known) -> Iterator[Fault]:
    kind = row.values.get("kind", "")
    if kind not in _KINDS:
        cure = f"{kind!r} is no kind of row; write open, territory or incentive"
        yield Fault(row.file, row.number, "kind", kind, cure, "unknown_kind")
        return
    faults = [*_emptiness(row, kind), *_odd_value(row, kind)]
    if not faults and not row.broken:
        faults.extend(_refused(row))
    yield from faults
    if kind == "open":
        yield from _differing(row, known)


def _emptiness(row: Row, kind: str) -> Iterator[Fault]:
    needed, unused = _KINDS[kind]
    for name in needed:
        if name not in row.values and name not in row.broken:
            cure = f"{name} is empty; a row of kind {kind} needs it"
            yield Fault(row.file, row.number, name, "", cure, "empty")
    for name in unused:
        if name in row.values:
            cure = f"a row of kind {kind} has no {name}; leave it empty"
            yield Fault(row.file, row.number, name, str(row.values[name]), cure, "unused")


def _odd_value(row: Row, kind: str) -> Iterator[Fault]:
    value = row.values.get("value", 1)
    cure = {
        "open": "write 1 or leave it empty; to keep it closed delete the row",
        "territory": "write 1 for exclusive or 0 for shared",
    }.get(kind)
    if cure is not None and value != 1 and (kind, value) != ("territory", 0):
        yield Fault(row.file, row.number, "value", f"{value:g}", cure, "bad_value")


def _refused(row: Row) -> Iterator[Fault]:
    try:
        _part(row.values)
    except BadValue as error:
        first = error.message.split(maxsplit=1)[0]
        column = first if first in COLUMNS else None
        text = str(row.values.get(first, ""))
        yield Fault(row.file, row.number, column, text, error.message, "bad_value")


def _differing(row: Row, known: Known) -> Iterator[Fault]:
    """Yield faults where an opening says another partner or zone than its candidate has."""
    own = known.candidates.get(row.values.get("candidate", ""), ())
    for name, has in zip(("partner", "zone"), own, strict=False):
        said = row.values.get(name)
        if said is not None and said != has:
            cure = f"{row.values['candidate']} has the {name} {has!r}; write that or leave it empty"
            yield Fault(row.file, row.number, name, said, cure, "clash")


def _repeated(table: Table) -> Iterator[Fault]:
    """Yield a fault for every second row of one thing."""
    seen: dict[tuple[str, ...], int] = {}
    for row in table.rows:
        kind = row.values["kind"]
        names = _NAMED_BY.get(kind, ())
        key = (kind, *(str(row.values.get(name, "")) for name in names))
        first = seen.setdefault(key, row.number)
        if names and first != row.number:
            what = ", ".join(key[1:])
            cure = f"{what!r} stands already in row {first}; keep one of them"
            yield Fault(row.file, row.number, names[0], what, cure, "duplicate")


def _shared_though_exclusive(table: Table) -> Iterator[Fault]:
    """Yield a fault for every further partner in a zone that one partner holds alone."""
    rows = [row for row in table.rows if row.values["kind"] == "territory"]
    holders: dict[str | None, Row] = {}
    for row in rows:
        if row.values.get("value") == 1:
            holders.setdefault(row.values.get("zone"), row)
    for row in rows:
        zone, partner = row.values.get("zone"), row.values.get("partner")
        holder = holders.get(zone)
        if holder is not None and partner != holder.values.get("partner"):
            cure = (
                f"{zone!r} is held exclusively in row {holder.number}; delete this row or write 0 "
                "there"
            )
            yield Fault(row.file, row.number, "zone", str(zone), cure, "clash")

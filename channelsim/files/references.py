"""What must hold between rows and tables: one row an id, references that lead somewhere."""

from collections.abc import Collection, Iterator
from typing import Any

from channelsim.errors import Fault
from channelsim.files.addressed import OWNERS, channel_faults
from channelsim.files.ids import Ids, half_known, ids_of
from channelsim.files.laws import law_faults
from channelsim.files.nearest import suggestion
from channelsim.files.number_paths import path_faults
from channelsim.files.schema import TABLES, TableSpec
from channelsim.files.sources import TOML, Source
from channelsim.files.tables import SHARE, Row, Table, key_of

_NAMED_WITH_SUGGESTION = 30
_ONE = {
    "zones": "zone",
    "segments": "segment",
    "channel_types": "channel type",
    "partners": "partner",
    "candidates": "candidate",
    "sites": "warehouse",
    "attributes": "attribute",
}


def reference_faults(source: Source) -> Iterator[Fault]:
    """Yield missing tables, repeated keys, unknown references and clashes between tables."""
    ids, hazy = ids_of(source), half_known(source)
    yield from _missing_tables(source)
    for table in source.tables.values():
        yield from repeated(table)
        for column, target in table.spec.references.items():
            if target not in hazy:
                yield from unknown_references(table, column, _ONE[target], ids[target])
    if hazy.isdisjoint(OWNERS):
        yield from channel_faults(source, ids)
    yield from law_faults(source, ids)
    yield from _shares(source, ids, hazy)
    yield from path_faults(source, ids, hazy)


def repeated(table: Table) -> Iterator[Fault]:
    """Yield a fault for every row whose key stands in an earlier row."""
    first: dict[tuple[Any, ...], Row] = {}
    for row in table.rows:
        key = key_of(table.spec, row.values)
        if key is None or row.broken.intersection(table.spec.key):
            continue
        other = first.setdefault(key, row)
        if other is not row and not _agree_both_ways(table.spec, row, other):
            what = ", ".join(str(row.values.get(name, "")) for name in table.spec.key)
            place = f"row {other.number}" + (f" of {other.file}" * (other.file != row.file))
            cure = f"{what!r} stands already in {place}; keep one of them"
            if table.spec.symmetric:
                cure += ", a distance holds both ways"
            yield Fault(row.file, row.number, table.spec.key[0], what, cure, "duplicate")


def unknown_references(
    table: Table, column: str, what: str, known: Collection[str]
) -> Iterator[Fault]:
    """Yield a fault for every distinct name in a column that is not known, with all its rows."""
    rows: dict[str, list[Row]] = {}
    for row in table.rows:
        name = row.values.get(column)
        if name and name not in known:
            rows.setdefault(name, []).append(row)
    for count, (name, where) in enumerate(rows.items()):
        cure = f"{name!r} is no {what}; "
        if count < _NAMED_WITH_SUGGESTION:
            cure += suggestion(name, known)
        else:
            cure += "write one of the ids"
        if len(where) > 1:
            others = ", ".join(str(row.number) for row in where[1:6])
            more = " ..." if len(where) > 6 else ""
            cure += f" (also in row {others}{more})"
        yield Fault(where[0].file, where[0].number, column, name, cure, "unknown_reference")


def _missing_tables(source: Source) -> Iterator[Fault]:
    folder = source.path.is_dir()
    for name, spec in TABLES.items():
        if name in source.unread or not spec.required:
            continue
        if name not in source.tables:
            file = source.file.removesuffix(TOML) + f"{name}.csv" if folder else f"sheet {name}"
            needs = ", ".join(c.name for c in spec.columns.values() if c.required)
            cure = f"is missing; a scenario needs it, with the columns {needs}"
            yield Fault(file, None, None, "", cure, "missing_file")
        elif not source.tables[name].rows:
            cure = "the table is empty; add at least one row"
            yield Fault(source.tables[name].file, None, None, "", cure, "empty")


def _agree_both_ways(spec: TableSpec, row: Row, other: Row) -> bool:
    """Whether two rows are one fact told in both directions, as in a full matrix."""
    if not spec.symmetric:
        return False
    ends = [tuple(r.values.get(name) for name in spec.key) for r in (row, other)]
    rest = [{k: v for k, v in r.values.items() if k not in spec.key} for r in (row, other)]
    return ends[0] != ends[1] and rest[0] == rest[1]


def _shares(source: Source, ids: Ids, hazy: frozenset[str]) -> Iterator[Fault]:
    segments, zones = source.tables.get("segments"), source.tables.get("zones")
    if segments is None or not segments.rows:
        return
    shares = [row.values["share"] for row in segments.rows if "share" in row.values]
    if len(shares) == len(segments.rows) and abs(sum(shares) - 1) > 1e-6:
        cure = f"the shares must sum to 1, got {sum(shares):g}; mend them"
        yield Fault(segments.file, None, "share", "", cure, "shares")
    if "segments" in hazy:
        return
    for header in sorted(zones.headers) if zones is not None else ():
        name = header.removeprefix(SHARE)
        if zones is not None and header.startswith(SHARE) and name not in ids["segments"]:
            cure = f"{name!r} is no segment; {suggestion(name, ids['segments'])}"
            yield Fault(zones.file, None, header, "", cure, "unknown_reference")

"""Scenarios that hold only what differs from another: `based_on` followed and merged."""

import os
from dataclasses import replace
from pathlib import Path

from channelsim.errors import BadInput, Fault
from channelsim.files.schema import TABLES
from channelsim.files.sources import EVERYTHING, Source, base_of, locate, read_settings, read_source
from channelsim.files.tables import DROP, Row, Table, key_of, settled

_OWN = ("name", "title", "based_on")


def read_merged(path: Path, faults: list[Fault], label: str = "") -> Source:
    """Return what stands at a place, merged row by row and key by key into what it is based on.

    Cells that are not empty replace the base's; `drop` deletes a row; settings replace the base's
    key by key, but for name and title, which are a scenario's own.
    """
    return _followed(path, label, faults, [])


def lineage(path: Path) -> tuple[Path, ...]:
    """Return a scenario's place and those it is based on, the nearest first.

    What is wrong on the way ends it, and is told by `read_merged`.
    """
    chain = [path]
    while (setting := base_of(read_settings(chain[-1]))) is not None:
        try:
            base = locate(setting.text, _beside(chain[-1]))
        except BadInput:
            break
        if base.resolve() in [place.resolve() for place in chain]:
            break
        chain.append(base)
    return tuple(chain)


def _followed(path: Path, label: str, faults: list[Fault], seen: list[Path]) -> Source:
    source = read_source(path, label, faults)
    merged = _based(source, faults, [*seen, path.resolve()])
    return replace(merged, tables={name: settled(table) for name, table in merged.tables.items()})


def _based(source: Source, faults: list[Fault], chain: list[Path]) -> Source:
    setting = base_of(source.settings)
    if setting is None:
        return source
    try:
        base_path = locate(setting.text, _beside(source.path))
    except BadInput:
        cure = f"there is no scenario at {setting.text!r}; write its folder, seen from this one"
        faults.append(_base_fault(source, setting.text, cure))
        return _alone(source)
    if base_path.resolve() in chain:
        names = [place.name for place in [*chain, base_path.resolve()]]
        cure = f"{' -> '.join(names)} is a circle; drop one based_on"
        faults.append(_base_fault(source, setting.text, cure))
        return _alone(source)
    base = _followed(base_path, label_of(base_path), faults, chain)
    return _merged(base, source, faults)


def _beside(path: Path) -> Path:
    return path if path.is_dir() else path.parent


def _base_fault(source: Source, text: str, cure: str) -> Fault:
    row = source.settings["based_on"].row
    return Fault(source.file, row, "based_on", text, cure, "based_on")


def _alone(source: Source) -> Source:
    """Return a source whose base is unknown, and with it what its tables change."""
    return replace(source, tables={}, unread=EVERYTHING)


def label_of(path: Path) -> str:
    """Return what is put before the names of a base's files or sheets in faults."""
    try:
        shown = os.path.relpath(path)
    except ValueError:  # another drive on Windows
        shown = str(path)
    return shown + ("/" if path.is_dir() else " ")


def _merged(base: Source, child: Source, faults: list[Fault]) -> Source:
    inherited = {key: value for key, value in base.settings.items() if key not in _OWN}
    tables = {
        name: _merged_table(base.tables.get(name), child.tables.get(name), faults)
        for name in TABLES
        if name not in base.unread and (name in base.tables or name in child.tables)
    }
    settings = {**inherited, **child.settings}
    return replace(child, settings=settings, tables=tables, unread=base.unread | child.unread)


def _merged_table(base: Table | None, child: Table | None, faults: list[Fault]) -> Table:
    if child is None:
        assert base is not None
        return base
    rows: dict[object, Row] = {}
    for row in base.rows if base is not None else ():
        key = key_of(child.spec, row.values)
        rows[id(row) if key is None or key in rows else key] = row
    inherited = set(rows)
    for row in child.rows:
        key = key_of(child.spec, row.values)
        if row.values.get(DROP.name):
            if rows.pop(key, None) is None:
                faults.append(_nothing_to_drop(child, row))
        elif key in inherited and key in rows:
            rows[key] = row._replace(values={**rows[key].values, **row.values})
            inherited.discard(key)
        else:
            rows[id(row) if key is None or key in rows else key] = row
    headers = child.headers | base.headers if base is not None else child.headers
    return replace(child, headers=headers, rows=list(rows.values()))


def _nothing_to_drop(child: Table, row: Row) -> Fault:
    name = ", ".join(str(row.values.get(part, "")) for part in child.spec.key)
    cure = f"{name} is not in what this is based on; delete this row too"
    return Fault(row.file, row.number, DROP.name, "1", cure, "drop")

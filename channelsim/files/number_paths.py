"""Paths of assumptions, checked before there are objects: each must lead to a number."""

from collections.abc import Iterator

from channelsim.domain import paths
from channelsim.errors import Fault, UnknownPath
from channelsim.files.ids import Ids
from channelsim.files.nearest import suggestion
from channelsim.files.path_columns import column_at, spec_at
from channelsim.files.schema import Column
from channelsim.files.sources import Source
from channelsim.files.tables import SHARE, Row


def path_faults(source: Source, ids: Ids, hazy: frozenset[str]) -> Iterator[Fault]:
    """Yield a fault for every assumption whose path leads to no number.

    Parameters
    ----------
    hazy
        Tables of which not all rows are known: whether a path leads to one of them is not asked.
    """
    for row in source.tables["assumptions"].rows if "assumptions" in source.tables else ():
        path = row.values.get("path", "")
        cure = _cure(path, source, ids, hazy) if path else None
        if cure is not None:
            yield Fault(row.file, row.number, "path", path, cure, "unknown_path")


def _cure(path: str, source: Source, ids: Ids, hazy: frozenset[str]) -> str | None:
    """Return what is wrong with the path of a number, or None."""
    try:
        column = column_at(path)
    except UnknownPath as error:
        return error.message
    if column.kind not in ("number", "integer"):
        return f"{path!r} holds no number; only a number has a range"
    parts = path.split(".")
    if len(parts) > 2 and not hazy.isdisjoint((spec_at(path).name, *_shared(column))):
        return None
    if parts[0] in paths.JOINED:
        return _joined_cure(path, source)
    if len(parts) == 3 and parts[1] not in ("*", *ids[parts[0]]):
        return f"{parts[0]} has no id {parts[1]!r}; {suggestion(parts[1], ids[parts[0]])}"
    if column.name.startswith(SHARE):
        return _share_cure(parts[1], column.name, ids)
    return None


def _shared(column: Column) -> tuple[str, ...]:
    return ("segments",) if column.name.startswith(SHARE) else ()


def _share_cure(zone: str, share: str, ids: Ids) -> str | None:
    """Return what is wrong with the path of a zone's own share of a segment, or None."""
    known = [SHARE + segment for segment in ids["segments"]]
    if share not in known:
        return f"{share!r} is no column; {suggestion(share, known)}"
    for name, row in ids["zones"].items():
        if zone in ("*", name) and share not in row.values:
            return f"zone {name} has no {share} of its own; fill it in or write segments.ID.share"
    return None


def _joined_cure(path: str, source: Source) -> str | None:
    """Return what is wrong with a path into a table whose rows have no id, or None."""
    table, *names = path.split(".")
    keys = paths.JOINED[table]
    rows = source.tables[found].rows if (found := spec_at(path).name) in source.tables else ()
    have = [[[_text(row, field) for field in key] for key in keys] for row in rows]
    if any(
        all(name == "*" or name in key for name, key in zip(names, row, strict=False))
        for row in have
    ):
        return None
    known = list(
        dict.fromkeys(".".join(next(filter(None, key), "") for key in row) for row in have)
    )
    asked = ".".join(names[: len(keys)])
    return f"{table} has no row for {asked}; {suggestion(asked, known)}"


def _text(row: Row, field: str) -> str:
    value = row.values.get(field)
    return "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)

"""Grids of text as tables of values: headers known, cells parsed, rows with their place kept."""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from channelsim.errors import Fault
from channelsim.files.grids import Grid
from channelsim.files.nearest import suggestion
from channelsim.files.schema import Column, TableSpec
from channelsim.files.values import RESET, parse

SHARE = "share_"
DROP = Column("drop", "flag", default=False)


class Row(NamedTuple):
    """One row of a table."""

    file: str
    """File or sheet it stands in."""
    number: int
    """Row as a spreadsheet counts it."""
    values: dict[str, Any]
    """Column -> value; an empty cell is absent, a reset cell holds `RESET`."""
    broken: frozenset[str] = frozenset()
    """Columns whose text could not be read; their faults are told already."""


@dataclass(frozen=True)
class Table:
    """Rows of one table, in order."""

    spec: TableSpec
    """What the table holds."""
    file: str
    """File or sheet."""
    headers: frozenset[str] = frozenset()
    """Columns present."""
    rows: list[Row] = field(default_factory=list)
    """Its rows."""


def table_of(grid: Grid, spec: TableSpec, faults: list[Fault], derived: bool = False) -> Table:
    """Return a grid's rows as values; unknown headers and unreadable cells are faults.

    Parameters
    ----------
    derived
        Whether the table changes another one, so that a column `drop` is understood.
    """
    columns = _known_columns(grid, spec, faults, derived)
    rows = [_row(grid, number, cells, columns, faults) for number, cells in grid.rows]
    return Table(spec, grid.file, frozenset(c.name for c in columns.values()), rows)


def key_of(spec: TableSpec, values: Mapping[str, Any]) -> tuple[Any, ...] | None:
    """Return what names a row among its table's, or None where that is missing."""
    key = tuple([values.get(name, spec.columns[name].default) for name in spec.key])
    if None in key:
        return None
    return tuple(sorted(key)) if spec.symmetric else key


def settled(table: Table) -> Table:
    """Return a table whose cells are all values: what is reset or merged away is gone."""
    rows = [
        row._replace(
            values={k: v for k, v in row.values.items() if v is not RESET and k != DROP.name}
        )
        for row in table.rows
    ]
    return replace(table, rows=rows)


def _row(
    grid: Grid, number: int, cells: list[str], columns: Mapping[int, Column], faults: list[Fault]
) -> Row:
    values: dict[str, Any] = {}
    broken: list[str] = []
    for at, column in columns.items():
        text = cells[at]
        if text:
            try:
                values[column.name] = RESET if text == RESET else parse(text, column, grid.mark)
            except ValueError as error:
                broken.append(column.name)
                faults.append(Fault(grid.file, number, column.name, text, str(error), "bad_value"))
    return Row(grid.file, number, values, frozenset(broken))


def _known_columns(
    grid: Grid, spec: TableSpec, faults: list[Fault], derived: bool
) -> dict[int, Column]:
    """Return the columns that are understood, by their place; the others are faults."""
    known = {**spec.columns, DROP.name: DROP} if derived else dict(spec.columns)
    found: dict[int, Column] = {}
    for at, header in enumerate(grid.header):
        column = _column(header, spec, known)
        if column is not None:
            found[at] = column
        elif header and not header.startswith("#"):
            names = [*known, *([f"{SHARE}ID"] if spec.has_shares else [])]
            cure = (
                f"{header!r} is no column of {spec.name}; {suggestion(_plain(header), names)} "
                "Put # before the header to keep it as a note."
            )
            faults.append(Fault(grid.file, grid.header_row, None, header, cure, "unknown_column"))
    for name, count in Counter(column.name for column in found.values()).items():
        if count > 1:
            cure = f"{name!r} heads {count} columns; keep one of them"
            faults.append(Fault(grid.file, grid.header_row, None, name, cure, "duplicate_column"))
    return found


def _column(header: str, spec: TableSpec, known: Mapping[str, Column]) -> Column | None:
    if spec.has_shares and header[: len(SHARE)].casefold() == SHARE:
        return Column(SHARE + header[len(SHARE) :], "number")
    name = header if header in known else _plain(header)
    return known.get(spec.aliases.get(name, name))


def _plain(header: str) -> str:
    folded = unicodedata.normalize("NFKC", header).casefold()
    return re.sub(r"[\s\-]+", "_", folded)

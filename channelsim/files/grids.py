"""Tables as grids of text with the rows a spreadsheet shows: from CSV files."""

import csv
import io
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from channelsim.errors import Fault
from channelsim.files.encoding import decode
from channelsim.files.values import decimal_mark

_DELIMITERS = ",;\t"
_BLANK = " \t\r\n\v\f\u00a0\u2007\u202f\u3000\u200b\u2060\ufeff"


class Grid(NamedTuple):
    """A header and rows of text, all cells stripped, blank rows left out."""

    file: str
    """Name shown in faults."""
    header_row: int
    """Row of the header."""
    header: list[str]
    """Column headers as written."""
    rows: list[tuple[int, list[str]]]
    """Row number and cells, as many as there are headers."""
    mark: str = "point"
    """Decimal mark: point, comma or unsure."""


def read_csv(path: Path, file: str, known: Collection[str], faults: list[Fault]) -> Grid | None:
    """Return a CSV file as a grid, or None where it cannot be read, with the fault added.

    The delimiter (comma, semicolon or tab) is the one that yields most of the `known` headers.
    """
    try:
        text, guessed = decode(path.read_bytes())
    except OSError as error:
        cure = f"cannot be read ({error.strerror}); check the file and its permissions"
        faults.append(Fault(file, None, None, str(path), cure, "unreadable"))
        return None
    except ValueError as error:
        faults.append(Fault(file, None, None, str(path), str(error), "encoding"))
        return None
    if guessed:
        cure = "was read as GB18030; if its names look wrong, save it as CSV UTF-8"
        faults.append(Fault(file, None, None, str(path), cure, "encoding", "note"))
    return _parsed(text, file, known, faults)


def grid_of(
    file: str, lines: Iterable[tuple[int, list[str]]], mark: str, faults: list[Fault]
) -> Grid | None:
    """Return numbered lines of cells as a grid, or None where there is no header.

    Cells beyond the headers, and cells in a column without one, are faults.
    """
    filled = ((number, _cleaned(cells)) for number, cells in lines)
    rows = [(number, cells) for number, cells in filled if any(cells)]
    if not rows:
        cure = "is empty; write the column headers in row 1"
        faults.append(Fault(file, None, None, "", cure, "empty"))
        return None
    header_row, header = rows.pop(0)
    while not header[-1]:
        header.pop()
    for _, cells in rows:
        cells.extend([""] * (len(header) - len(cells)))
    faults.extend(_stray_cells(file, header_row, header, rows))
    trimmed = [(number, cells[: len(header)]) for number, cells in rows]
    return Grid(file, header_row, header, trimmed, mark)


def _stray_cells(
    file: str, header_row: int, header: list[str], rows: list[tuple[int, list[str]]]
) -> Iterator[Fault]:
    seen: set[int] = set()
    for number, cells in rows:
        for at, cell in enumerate(cells):
            if cell and at not in seen and (at >= len(header) or not header[at]):
                seen.add(at)
                cure = (
                    f"cell {at + 1} holds {cell!r} under no header; name the column in row "
                    f"{header_row}, or put quotes around a text with the delimiter in it"
                )
                yield Fault(file, number, None, cell, cure, "stray_cell")


def _parsed(text: str, file: str, known: Collection[str], faults: list[Fault]) -> Grid | None:
    declared = ""
    if text[:4].lower() == "sep=":
        first, _, text = text.partition("\n")
        declared = first[4:5]
    delimiter = declared or _delimiter(text, known)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    lines: list[tuple[int, list[str]]] = []
    try:
        for cells in reader:
            lines.append((len(lines) + 1, [_unguarded(cell) for cell in cells]))
    except csv.Error as error:
        cure = f"{error}; close the quotes, and double a quote inside a quoted text"
        faults.append(Fault(file, len(lines) + 1, None, "", cure, "csv"))
        return None
    mark = "point"
    if delimiter != ",":
        mark = decimal_mark((cell.strip() for _, cells in lines for cell in cells), delimiter)
    return grid_of(file, lines, mark, faults)


def _delimiter(text: str, known: Collection[str]) -> str:
    header = next((line for line in text.splitlines() if line.strip(_BLANK)), "")
    names = {name.casefold() for name in known}

    def hits(delimiter: str) -> int:
        cells = header.split(delimiter)
        return sum(c.strip(_BLANK + '"').casefold() in names for c in cells)

    return max(_DELIMITERS, key=hits)


def _cleaned(cells: list[str]) -> list[str]:
    return [
        cell.strip() if cell.isascii() else unicodedata.normalize("NFC", cell).strip(_BLANK)
        for cell in cells
    ]


def _unguarded(cell: str) -> str:
    # an apostrophe in front keeps a spreadsheet from reading =1+1 or 00123 as a formula or number
    if cell[:1] == "'" and (cell[1:2] in tuple("=+-@'") or cell[1:2].isdigit()):
        return cell[1:]
    return cell

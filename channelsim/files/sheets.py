"""The sheets of an Excel workbook as grids of text."""

import datetime
import warnings
import zipfile
from collections.abc import Collection, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from channelsim.errors import Fault
from channelsim.files.grids import Grid, grid_of
from channelsim.files.values import NEVER_COMPUTED


class Sheets(NamedTuple):
    """What a workbook holds, blank sheets left out."""

    grids: dict[str, Grid]
    """Its tables by lower-case name."""
    others: list[str]
    """Titles of the sheets that are no tables."""


def read_sheets(path: Path, label: str, tables: Collection[str], faults: list[Fault]) -> Sheets:
    """Return a workbook's sheets; none where it cannot be read, with the fault added.

    Parameters
    ----------
    label
        Put before sheet names in faults.
    tables
        Lower-case names of the sheets that are tables; only these must look like one.
    """
    try:
        sheets = _texts(path, tables)
    except OSError as error:
        cure = f"cannot be read ({error.strerror}); check the file and its permissions"
        faults.append(Fault(path.name, None, None, str(path), cure, "unreadable"))
        return Sheets({}, [])
    except Exception as error:  # openpyxl lets any error of a broken file's XML through
        cure = f"is no workbook that can be read ({error}); save it as .xlsx without a password"
        faults.append(Fault(path.name, None, None, str(path), cure, "unreadable"))
        return Sheets({}, [])
    grids = {}
    others = [
        name.strip() for name, lines in sheets.items() if lines and _plain(name) not in tables
    ]
    for name, lines in sheets.items():
        told: list[Fault] = []
        grid = grid_of(f"{label}sheet {name}", enumerate(lines, start=1), "point", told)
        if grid is not None and _plain(name) in tables:
            grids[_plain(name)] = grid
            faults.extend(told)
    return Sheets(grids, others)


def _plain(title: str) -> str:
    return title.strip().casefold()


def _texts(path: Path, tables: Collection[str]) -> dict[str, list[list[str]]]:
    """Return the lines of tables by title; of other sheets the first that is not blank."""
    import openpyxl

    has_formulas = _has_formulas(path)
    with warnings.catch_warnings():
        # openpyxl warns of validation lists and styles that it drops; only values matter here
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        formulas = openpyxl.load_workbook(path, read_only=True) if has_formulas else None
        try:
            found = {}
            for sheet in book.worksheets:
                lines = _lines(sheet, formulas and formulas[sheet.title])
                if _plain(sheet.title) not in tables:
                    lines = islice((line for line in lines if "".join(line).strip()), 1)
                found[sheet.title] = list(lines)
            return found
        finally:
            book.close()
            if formulas is not None:
                formulas.close()


def _has_formulas(path: Path) -> bool:
    with zipfile.ZipFile(path) as archive:
        sheets = [n for n in archive.namelist() if n.startswith("xl/worksheets/")]
        return any(b"<f>" in body or b"<f " in body for body in map(archive.read, sheets))


def _lines(sheet: Any, formulas: Any) -> Iterator[list[str]]:
    sheet.reset_dimensions()
    if formulas is None:
        for row in sheet.iter_rows(values_only=True):
            yield [_text(value) for value in row]
        return
    formulas.reset_dimensions()
    pairs = zip(
        sheet.iter_rows(values_only=True), formulas.iter_rows(values_only=True), strict=True
    )
    for row, sources in pairs:
        yield [
            NEVER_COMPUTED if value is None and source is not None else _text(value)
            for value, source in zip(row, sources, strict=True)
        ]


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime.datetime):
        return value.isoformat(sep=" ").removesuffix(" 00:00:00")
    return str(value)

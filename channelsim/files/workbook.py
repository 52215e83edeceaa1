"""A scenario written as one Excel workbook that reads back the same."""

import datetime
import io
from pathlib import Path
from typing import Any

from channelsim.domain.scenario import Scenario
from channelsim.files.cells import number_text
from channelsim.files.folder import Lines, setting_lines, table_lines
from channelsim.files.output import write_file
from channelsim.files.schema import TABLES

_WIDTH = 18


class _Exact(float):
    """A number that a workbook holds in full: the writer formats numbers with 16 digits of 17."""

    def __format__(self, spec: str) -> str:
        return repr(float(self))


def write_workbook(scenario: Scenario, path: str | Path) -> Path:
    """Write a scenario as a workbook: the sheet `scenario` of keys and values, and its tables.

    Texts are written as texts, so that none is run as a formula.

    Raises
    ------
    OutputRefused
        If the file cannot be written.
    """
    import xlsxwriter

    memory = io.BytesIO()
    with xlsxwriter.Workbook(memory, {"in_memory": True}) as book:
        book.set_properties({"created": datetime.datetime(2000, 1, 1)})
        settings = [list(line) for line in setting_lines(scenario)]
        _write_sheet(book, "scenario", (["key", "value"], settings))
        for name, spec in TABLES.items():
            header, rows = table_lines(spec, getattr(scenario, spec.target))
            if rows or spec.required:
                _write_sheet(book, name, (header, rows))
    return write_file(path, memory.getvalue())


def _write_sheet(book: Any, name: str, lines: Lines) -> None:
    header, rows = lines
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, len(header) - 1, _WIDTH)
    bold = book.add_format({"bold": True})
    for at, title in enumerate(header):
        sheet.write_string(0, at, title, bold)
    for number, row in enumerate(rows, start=1):
        for at, value in enumerate(row):
            _write_cell(sheet, number, at, value)


def _write_cell(sheet: Any, row: int, column: int, value: Any) -> None:
    if isinstance(value, int | float):
        sheet.write_number(row, column, _Exact(value))
    elif isinstance(value, tuple):
        sheet.write_string(row, column, ", ".join(number_text(part) for part in value))
    elif value is not None and value != "":
        sheet.write_string(row, column, value)

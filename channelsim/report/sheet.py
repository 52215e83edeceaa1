"""One table on one worksheet: typed columns, frozen headers, filters, widths, print set-up.

Text is always written as text, so a name that begins like a formula is never run by a spreadsheet.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from channelsim.domain.measures import UNITS

LONGEST = 32_767
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
NUMBERS = {
    "whole": "#,##0",
    "number": "#,##0.####",
    "decimal": "#,##0.0",
    "money": "#,##0;[Red]-#,##0",
    "share": "0.0%",
    "index": "0.000",
    "change": "+#,##0;[Red]-#,##0;0",
    "change_share": "+0.0%;[Red]-0.0%;0.0%",
    "change_index": "+0.000;[Red]-0.000;0.000",
}
ALIGNED = {"text": "left", "flag": "center"}
HEAD_HEIGHT = 42
ROW_HEIGHT = 15.75  # not the default, which some programs would shrink to the font
FILLS = {"good": "#DDF0E6", "warn": "#FBE5CC", "quiet": "#F2F2F2", "head": "#DCE6F1"}
HEAD = {"bold": True, "bg_color": FILLS["head"], "bottom": 1, "text_wrap": True}


@dataclass(frozen=True)
class Column:
    """A column of a table."""

    name: str
    """Key of its value in a row."""
    title: str
    """Header."""
    kind: str = "text"
    """text, flag, or one of `NUMBERS`; `by_row` takes the kind of the row's `measure`."""
    width: float = 12
    """Characters."""


class Book:
    """A workbook with its formats made once."""

    def __init__(self, workbook: Any) -> None:
        self.workbook = workbook
        self._formats: dict[tuple[tuple[str, object], ...], Any] = {}

    def format(self, **look: object) -> Any:
        """Return the format of these properties."""
        key = tuple(sorted(look.items()))
        if key not in self._formats:
            self._formats[key] = self.workbook.add_format(
                {"font_name": "Calibri", "font_size": 10, "valign": "top", **look}
            )
        return self._formats[key]

    def sheet(self, name: str) -> Any:
        """Add a worksheet that prints on pages as wide as its table."""
        sheet = self.workbook.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.hide_gridlines(2)
        sheet.set_default_row(ROW_HEIGHT)
        return sheet

    def put(self, sheet: Any, row: int, column: int, value: object, **look: object) -> None:
        """Write one value: text as text, numbers as numbers, nothing where there is no figure."""
        if isinstance(value, str) and value:
            quoted = {"quote_prefix": True} if value.startswith(DANGEROUS) else {}
            sheet.write_string(row, column, value[:LONGEST], self.format(**look, **quoted))
        elif isinstance(value, int | float) and math.isfinite(value):
            sheet.write_number(row, column, value, self.format(**look))
        else:
            sheet.write_blank(row, column, None, self.format(**look))


def write_table(
    book: Book,
    sheet: Any,
    columns: Sequence[Column],
    rows: Iterable[Mapping[str, object]],
    words: Mapping[bool, str],
    top: int = 0,
) -> int:
    """Write a table with its header at row `top` and return the row after its last.

    Parameters
    ----------
    words
        What stands for true and false.
    """
    for at, column in enumerate(columns):
        align = ALIGNED.get(column.kind, "right")
        book.put(sheet, top, at, column.title, **HEAD, align=align)
        sheet.set_column(at, at, column.width)
    sheet.set_row(top, HEAD_HEIGHT)
    row = top
    for row, values in enumerate(rows, start=top + 1):
        for at, column in enumerate(columns):
            value, look = _cell(column, values, words)
            book.put(sheet, row, at, value, **look)
    sheet.freeze_panes(top + 1, 1)
    sheet.autofilter(top, 0, max(row, top + 1), len(columns) - 1)
    sheet.repeat_rows(top)
    return row + 1


def kind_of(measure: str, change: bool = False) -> str:
    """Return the kind of number that a measure, or a change of it, is written as."""
    unit = UNITS[measure]
    base = "share" if unit.startswith("share") else "index" if "index" in unit else ""
    if change:
        return f"change_{base}" if base else "change"
    return base or "money"


def _cell(
    column: Column, values: Mapping[str, object], words: Mapping[bool, str]
) -> tuple[object, dict[str, object]]:
    value = values[column.name]
    if column.kind == "flag":
        return words[bool(value)], {"align": "center"}
    kind = column.kind
    if kind == "text":
        return value, {"align": "left"}
    if kind in ("by_row", "change_by_row"):
        kind = kind_of(str(values["measure"]), kind == "change_by_row")
    return value, {"num_format": NUMBERS[kind]} if kind in NUMBERS else {}

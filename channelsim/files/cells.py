"""Values as the text of CSV cells, safe to open in a spreadsheet, and read back the same."""

import csv
import io
from collections.abc import Iterable, Sequence

_READ_AS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "'")


def csv_text(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a CSV table."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([cell_text(name) for name in header])
    writer.writerows([cell_text(value) for value in row] for row in rows)
    return out.getvalue()


def cell_text(value: object) -> str:
    """Return a value as a cell: None empty, flags 1 or 0, numbers in full.

    A text that a spreadsheet would run as a formula gets an apostrophe in front, which the reader
    takes off again.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, int | float):
        return number_text(value)
    text = str(value)
    return f"'{text}" if text.startswith(_READ_AS_FORMULA) else text


def number_text(value: float) -> str:
    """Return the shortest text that reads back as the number."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return repr(value)

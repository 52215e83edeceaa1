"""Text in columns, whatever the script."""

from collections.abc import Sequence
from textwrap import fill
from unicodedata import east_asian_width

GAP = "   "
WIDEST = 100
"""Columns of a line of prose."""


def aligned(rows: Sequence[Sequence[str]]) -> str:
    """Return rows of cells as columns: the first flush left, the others flush right."""
    widths = [max(_width(row[at]) for row in rows) for at in range(len(rows[0]))]
    lines = []
    for row in rows:
        cells = [row[0] + " " * (widths[0] - _width(row[0]))]
        pairs = zip(row[1:], widths[1:], strict=True)
        cells += [" " * (width - _width(cell)) + cell for cell, width in pairs]
        lines.append(GAP.join(cells).rstrip())
    return "\n".join(lines)


def wrapped(line: str, indent: str) -> str:
    """Return a line of prose as lines no wider than `WIDEST`, all but the first indented."""
    return fill(
        line, WIDEST, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )


def _width(text: str) -> int:
    """Return the columns a text takes in a terminal: two for each Chinese character."""
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)

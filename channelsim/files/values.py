"""A cell's text as a value: Excel's quirks read right, all else refused with a cure."""

import math
import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from channelsim.files.schema import Column

RESET = "(default)"
"""What a cell of a derived scenario says to go back to the field's default."""
NEVER_COMPUTED = "#FORMULA"
"""Stands for a formula whose value the workbook does not hold."""
_FAILED = {
    "#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!",
    "#GETTING_DATA", "#FIELD!", "#UNKNOWN!", "#BLOCKED!", "#CONNECT!",
}  # fmt: skip
_YES = {"1", "1.0", "true", "yes", "y", "t", "是", "对", "真"}
_NO = {"0", "0.0", "false", "no", "n", "f", "否", "错", "假"}
_NOTHING = {"nan", "na", "n/a", "null", "none", "nil", "-", "--", "—", "?", "无"}
_ENDLESS = {"inf", "+inf", "-inf", "infinity", "+infinity", "-infinity", "∞"}
_PLAIN = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?", re.ASCII | re.IGNORECASE)
_DRESSED = re.compile(
    r"(?P<sign>[+-]?)\s*[¥$€£₩₹₽฿₫₺₴₦]?\s*(?P<sign2>[+-]?)"
    r"(?P<body>\d[\d.,' ]*(e[+-]?\d{1,3})?|\.\d+)\s*[¥$€£₩₹₽฿₫₺₴₦元]?\s*(?P<percent>%?)",
    re.ASCII | re.IGNORECASE,
)
_GROUPED = re.compile(r"\d{1,3}(?P<mark>[,' ])\d{3}((?P=mark)\d{3})*(\.\d+)?")
_DOTTED = re.compile(r"\d{1,3}(\.\d{3}){2,}")
_COMMA = re.compile(r"(\d+|\d{1,3}(\.\d{3})+|\d{1,3}( \d{3})+),\d+")
_EITHER = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")
_LARGEST = 2**53


def decimal_mark(cells: Iterable[str], delimiter: str) -> str:
    """Return how a table writes decimals: point, comma, or unsure.

    Where Excel separates cells by semicolons its decimal mark may be the comma. One cell such as
    0,25 or 0.25 settles it; without one, or with both, 1,234 stays unsure.
    """
    if delimiter == ",":
        return "point"
    bare = [cell.lstrip("+-").rstrip("% ") for cell in cells if "," in cell or "." in cell]
    bare = [cell for cell in bare if not _EITHER.fullmatch(cell)]
    comma = any(_COMMA.fullmatch(cell) for cell in bare)
    point = any(_PLAIN.fullmatch(cell) for cell in bare)
    if comma != point:
        return "comma" if comma else "point"
    return "unsure" if delimiter == ";" else "point"


def parse(text: str, column: Column, mark: str = "point") -> Any:
    """Return the value of a cell that is not empty.

    Raises
    ------
    ValueError
        If the text is no such value; the message says what to write instead.
    """
    if text == NEVER_COMPUTED:
        raise ValueError("holds a formula not yet computed; save it in Excel or type the value")
    if text[0] == "#" and text.upper() in _FAILED:
        raise ValueError(
            f"{text} is a failed formula; mend it in the spreadsheet or type the value"
        )
    match column.kind:
        case "number":
            return number(text, mark, column.required)
        case "integer":
            return _integer(text, mark, column.required)
        case "flag":
            return _flag(text)
        case "numbers":
            return tuple(number(part, mark) for part in re.split(r"[;,\s]+", text.strip(" ;,[]()")))
    return text


def number(text: str, mark: str = "point", required: bool = False) -> float:
    """Return the finite number that a text writes.

    Raises
    ------
    ValueError
        If it writes none, or one of two.
    """
    plain = _PLAIN.fullmatch(text) is not None and (mark == "point" or not _EITHER.fullmatch(text))
    value = float(text) if plain else _dressed(text, mark, required)
    if not math.isfinite(value):
        raise ValueError(f"{text} is beyond any number; write a smaller one")
    return value


def _dressed(text: str, mark: str, required: bool) -> float:
    clean = unicodedata.normalize("NFKC", text).replace("\u2212", "-").strip().removeprefix("'")
    clean = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in clean)
    folded = clean.casefold()
    if folded in _NOTHING:
        cure = "write one" if required else "leave the cell empty for the default"
        raise ValueError(f"{text!r} is no number; {cure}")
    if folded in _ENDLESS:
        cure = "write a number" if required else "leave the cell empty for unlimited"
        raise ValueError(f"{text!r} is not finite; {cure}")
    found = _DRESSED.fullmatch(clean)
    if found is None or (found["sign"] and found["sign2"]):
        raise ValueError(f"{text!r} is no number; write digits alone, such as 12.5")
    value = Decimal((found["sign"] or found["sign2"]) + _bare(text, found["body"].strip(), mark))
    return float(value / 100 if found["percent"] else value)


def _bare(text: str, body: str, mark: str) -> str:
    if mark == "unsure" and _EITHER.fullmatch(body):
        whole, rest = body.replace(",", "."), body.replace(",", "").replace(".", "")
        raise ValueError(f"{text!r} may be {whole} or {rest}; write it without a thousands mark")
    if mark == "comma" and _COMMA.fullmatch(body):
        return body.replace(".", "").replace(" ", "").replace(",", ".")
    if _DOTTED.fullmatch(body) or (mark == "comma" and _EITHER.fullmatch(body)):
        return body.replace(".", "")
    if _PLAIN.fullmatch(body):
        return body
    if _GROUPED.fullmatch(body):
        return re.sub("[,' ]", "", body)
    if _COMMA.fullmatch(body):
        raise ValueError(f"{text!r} is no number; write {body.replace(',', '.')}")
    raise ValueError(f"{text!r} is no number; write digits alone, such as 1234.5")


def _integer(text: str, mark: str, required: bool) -> int:
    value = number(text, mark, required)
    if not value.is_integer():
        raise ValueError(f"must be a whole number, got {text}; round it")
    if abs(value) > _LARGEST:
        raise ValueError(f"must be a whole number people count in, got {text}; lower it")
    return int(value)


def _flag(text: str) -> bool:
    folded = unicodedata.normalize("NFKC", text).strip().removeprefix("'").casefold()
    if folded in _YES:
        return True
    if folded in _NO:
        return False
    raise ValueError(f"{text!r} is neither yes nor no; write 1 or 0")

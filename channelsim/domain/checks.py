"""Checks that domain objects make of themselves: each raises `BadValue` naming the cure."""

import math
import operator
from collections.abc import Iterable
from dataclasses import fields
from typing import TYPE_CHECKING

from channelsim.errors import BadValue

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

MOST_MONEY = 1e15
"""The largest amount of money: cents of it are still told apart in sums of many."""


def require(holds: bool, message: str) -> None:
    """Raise `BadValue` with `message` unless `holds`."""
    if not holds:
        raise BadValue(message)


def filled(row: "DataclassInstance") -> None:
    """Require a value in every field of a dataclass that does not default to None."""
    empty = [name for name, value in vars(row).items() if value is None]
    if not empty:
        return
    optional = {f.name for f in fields(row) if f.default is None}
    for name in empty:
        require(name in optional, f"{name} is empty; write a value")


def identifier(field: str, value: str) -> None:
    """Require a non-empty id without dots, stars, surrounding blanks or control characters."""
    clean = isinstance(value, str) and value == value.strip() and value.isprintable()
    require(
        clean and bool(value) and "." not in value and "*" not in value,
        f"{field} must be a short name without dots, stars or line breaks, got {value!r}; "
        "write letters and digits of any script, such as shanghai or 上海",
    )


def finite(field: str, value: float, cure: str = "write a number") -> None:
    """Require a number that is neither NaN nor infinite."""
    try:
        holds = math.isfinite(value)
    except (TypeError, OverflowError):
        holds = False
    require(holds, f"{field} must be a finite number, got {value!s}; {cure}")


def whole(field: str, value: int | None, low: int, cure: str = "") -> None:
    """Require a whole number >= `low`; None passes."""
    if value is None:
        return
    try:
        operator.index(value)
    except TypeError:
        require(False, f"{field} must be a whole number, got {value!s}; write one such as {low}")
    at_least(field, value, low, cure)


def flag(field: str, value: bool) -> None:
    """Require true or false, or 1 or 0."""
    require(value in (True, False), f"{field} must be true or false, got {value!r}; write 1 or 0")


def at_most(field: str, value: float | None, high: float, cure: str) -> None:
    """Require a finite number <= `high`; None passes."""
    if value is None:
        return
    finite(field, value, cure)
    require(value <= high, f"{field} must be <= {high:.15g}, got {value:g}; {cure}")


def money(row: "DataclassInstance", *names: str) -> None:
    """Require fields of a row to be amounts that a run can add up and multiply; None passes."""
    for name in names:
        at_most(name, getattr(row, name), MOST_MONEY, "count money in a larger unit, say millions")


def utils(field: str, value: float) -> None:
    """Require a utility that a logit can take the exponential of."""
    within(field, value, -100, 100, "write utils, where 1 makes odds 2.7 times as high")


def at_least(field: str, value: float | None, low: float, cure: str = "") -> None:
    """Require a finite number >= `low`; None passes."""
    if value is None:
        return
    finite(field, value, cure or "write a number")
    tail = f"; {cure}" if cure else f"; write a number from {low:g} upwards"
    require(value >= low, f"{field} must be >= {low:g}, got {value:g}{tail}")


def positive(field: str, value: float | None, cure: str = "") -> None:
    """Require a finite number > 0; None passes."""
    if value is None:
        return
    finite(field, value, cure or "write a number")
    tail = f"; {cure}" if cure else "; write a number above 0"
    require(value > 0, f"{field} must be > 0, got {value:g}{tail}")


def within(field: str, value: float | None, low: float, high: float, cure: str = "") -> None:
    """Require a finite number in [`low`, `high`]; None passes."""
    if value is None:
        return
    finite(field, value, cure or "write a number")
    tail = f"; {cure}" if cure else f"; write a number between {low:g} and {high:g}"
    require(low <= value <= high, f"{field} must lie in [{low:g}, {high:g}], got {value:g}{tail}")


def share(field: str, value: float | None) -> None:
    """Require a share in [0, 1]; None passes."""
    within(field, value, 0.0, 1.0, "write a share such as 0.25 or 25%")


def one_of(field: str, value: str, known: Iterable[str]) -> None:
    """Require one of the `known` names."""
    names = list(known)
    require(value in names, f"{field} is unknown: {value!r}; write one of {', '.join(names)}")

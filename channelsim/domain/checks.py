"""Checks that domain objects make of themselves: each raises `BadValue` naming the cure."""

import math
from collections.abc import Iterable

from channelsim.errors import BadValue


def require(holds: bool, message: str) -> None:
    """Raise `BadValue` with `message` unless `holds`."""
    if not holds:
        raise BadValue(message)


def identifier(field: str, value: str) -> None:
    """Require a non-empty id without dots, stars, surrounding blanks or control characters."""
    clean = value == value.strip() and value.isprintable()
    require(
        bool(value) and clean and "." not in value and "*" not in value,
        f"{field} must be a short name without dots, stars or line breaks, got {value!r}; "
        "write letters and digits of any script, such as shanghai or 上海",
    )


def finite(field: str, value: float, cure: str = "write a number") -> None:
    """Require a number that is neither NaN nor infinite."""
    require(math.isfinite(value), f"{field} must be a finite number, got {value}; {cure}")


def at_least(field: str, value: float | None, low: float, cure: str = "") -> None:
    """Require a finite number >= `low`; None passes."""
    if value is None:
        return
    finite(field, value)
    tail = f"; {cure}" if cure else f"; write a number from {low:g} upwards"
    require(value >= low, f"{field} must be >= {low:g}, got {value:g}{tail}")


def positive(field: str, value: float | None, cure: str = "") -> None:
    """Require a finite number > 0; None passes."""
    if value is None:
        return
    finite(field, value)
    tail = f"; {cure}" if cure else "; write a number above 0"
    require(value > 0, f"{field} must be > 0, got {value:g}{tail}")


def within(field: str, value: float | None, low: float, high: float, cure: str = "") -> None:
    """Require a finite number in [`low`, `high`]; None passes."""
    if value is None:
        return
    finite(field, value)
    tail = f"; {cure}" if cure else f"; write a number between {low:g} and {high:g}"
    require(low <= value <= high, f"{field} must lie in [{low:g}, {high:g}], got {value:g}{tail}")


def share(field: str, value: float | None) -> None:
    """Require a share in [0, 1]; None passes."""
    within(field, value, 0.0, 1.0, "write a share such as 0.25 or 25%")


def one_of(field: str, value: str, known: Iterable[str]) -> None:
    """Require one of the `known` names."""
    names = list(known)
    require(value in names, f"{field} must be one of {', '.join(names)}; got {value!r}")

"""Rows of values as the domain's frozen objects, with every fault of every row told at once."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from pydantic import ConfigDict, TypeAdapter, ValidationError, with_config

from channelsim.errors import BadValue, Fault
from channelsim.files.schema import Column, TableSpec
from channelsim.files.tables import SHARE, Row, Table

_STAND_INS = {"instrument": "rebate", "form": "log"}
_WANTED = {"number": "a number", "integer": "a whole number", "flag": "1 or 0"}


def objects_of(table: Table, faults: list[Fault]) -> tuple[Any, ...]:
    """Return the objects that a table's rows make; what a row lacks or may not hold is a fault."""
    lacking = [c.name for c in table.spec.columns.values() if c.required]
    lacking = [
        name
        for name in lacking
        if name not in table.headers and not any(name in row.values for row in table.rows)
    ]
    for name in lacking:
        cure = f"column {name} is missing; add it"
        faults.append(Fault(table.file, None, name, "", cure, "missing_column"))
    made = [_object(table.spec, row, frozenset(lacking), faults) for row in table.rows]
    return tuple(one for one in made if one is not None)


def validated(row: type, values: Mapping[str, Any]) -> Any:
    """Return the object of the class that values make, through pydantic.

    Raises
    ------
    pydantic.ValidationError
        If a field is missing, unknown or refused by the class.
    """
    return _adapter(row).validate_python(values)


def problems_of(
    build: Callable[[Mapping[str, Any]], object],
    columns: Mapping[str, Column],
    values: Mapping[str, Any],
) -> dict[str | None, str]:
    """Return every problem that values have, by column (None: the row as a whole).

    A class tells its first problem only; so each is noted, its value replaced by one that passes,
    and the class asked again.
    """
    trial = dict(values)
    found: dict[str | None, str] = {}
    while True:
        try:
            build(trial)
        except ValidationError as error:
            problems = dict(_told(problem, columns) for problem in error.errors())
        except BadValue as error:
            problems = dict([_placed(error.message, columns)])
        else:
            return found
        fresh = {name: cure for name, cure in problems.items() if name not in found}
        found.update(fresh)
        if not fresh or None in fresh:
            return found
        for name in fresh:
            _stand_in(trial, name, columns)


def _object(spec: TableSpec, row: Row, lacking: frozenset[str], faults: list[Fault]) -> Any:
    values = _with_shares(row.values) if spec.has_shares else row.values
    if not row.broken and not lacking:
        try:
            return validated(spec.row, values)
        except ValidationError:
            pass
    known = row.broken | lacking
    trial = dict(values)
    for name in known:
        _stand_in(trial, name, spec.columns)

    def build(changed: Mapping[str, Any]) -> object:
        return validated(spec.row, changed)

    for column, cure in problems_of(build, spec.columns, trial).items():
        if column not in known:
            text = str(row.values.get(column, "")) if column else ""
            faults.append(Fault(row.file, row.number, column, text, cure, "bad_value"))
    return None


def _with_shares(values: Mapping[str, Any]) -> dict[str, Any]:
    plain = {name: value for name, value in values.items() if not name.startswith(SHARE)}
    shares = {n.removeprefix(SHARE): v for n, v in values.items() if n.startswith(SHARE)}
    return {**plain, "shares": shares} if shares else plain


@cache
def _adapter(row: type) -> TypeAdapter[Any]:
    return TypeAdapter(with_config(ConfigDict(extra="forbid"))(row))


def _told(problem: Any, columns: Mapping[str, Column]) -> tuple[str | None, str]:
    cause = problem.get("ctx", {}).get("error")
    if isinstance(cause, BadValue):
        return _placed(cause.message, columns)
    name = str(problem["loc"][0]) if problem["loc"] else None
    if problem["type"] == "missing" and name is not None and name in columns:
        return name, f"{name} is empty; write {_WANTED.get(columns[name].kind, 'it')}"
    return name, f"{problem['msg']}; got {problem['input']!r}"


def _placed(message: str, columns: Mapping[str, Column]) -> tuple[str | None, str]:
    """Return the column that a message of the domain begins with, and the message."""
    first = message.split(maxsplit=1)[0]
    return (first if first in columns or first.startswith(SHARE) else None), message


def _stand_in(values: dict[str, Any], name: str | None, columns: Mapping[str, Column]) -> None:
    """Replace a value by one that passes, so that the row's other problems show."""
    column = columns.get(name or "")
    if column is None:
        values.pop("shares", None)
        return
    if not column.required:
        values.pop(column.name, None)
        return
    numbers = {"number": 1.0, "integer": 1, "flag": False}
    values[column.name] = numbers.get(column.kind, _STAND_INS.get(column.name, "x"))

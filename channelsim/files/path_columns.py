"""What stands at a path such as `policy.audit_probability`: its column, and a text as its value."""

from collections.abc import Mapping
from typing import Any

from channelsim.domain import paths
from channelsim.domain.scenario import Scenario
from channelsim.errors import UnknownPath
from channelsim.files.nearest import suggestion
from channelsim.files.schema import SECTIONS, TABLES, Column, TableSpec, columns_of
from channelsim.files.tables import SHARE
from channelsim.files.values import RESET, parse


def column_at(path: str) -> Column:
    """Return the column that a path leads to; whether its id exists is not asked.

    Raises
    ------
    UnknownPath
        If its table or column does not exist.
    """
    parts = path.split(".")
    if path == "horizon_weeks":
        return columns_of(Scenario)[path]
    if len(parts) == 2 and parts[0] in SECTIONS:
        return _known(parts[1], columns_of(SECTIONS[parts[0]]))
    if len(parts) == 3 and parts[0] == "appeals":
        parts = [*parts, "appeal"]
    if parts[0] in paths.JOINED and len(parts) == len(paths.JOINED[parts[0]]) + 2:
        return _known(parts[-1], spec_at(path).columns)
    if len(parts) == 3 and parts[0] in paths.TABLES:
        if parts[0] == "zones" and parts[2].startswith(SHARE):
            return Column(parts[2], "number", required=True)
        return _known(parts[2], TABLES[parts[0]].columns)
    listed = ", ".join((*SECTIONS, *paths.TABLES, *paths.JOINED))
    raise UnknownPath(
        f"{path!r} is no path; write TABLE.ID.COLUMN or SECTION.KEY with one of {listed}"
    )


def spec_at(path: str) -> TableSpec:
    """Return the table that a path through one of the scenario's tables leads to."""
    name = path.partition(".")[0]
    return next(spec for spec in TABLES.values() if spec.target == name)


def value_for(path: str, text: str) -> Any:
    """Return the value that a text stands for at a path; empty means the column's default.

    Raises
    ------
    UnknownPath
        If the path's table or column does not exist.
    ValueError
        If the text is no value of that column.
    """
    column = column_at(path)
    if text and text != RESET:
        return parse(text, column)
    if column.required:
        raise ValueError(f"{path} is empty; write its value")
    return column.default


def _known(name: str, columns: Mapping[str, Column]) -> Column:
    if name not in columns:
        raise UnknownPath(f"{name!r} is no column; {suggestion(name, list(columns))}")
    return columns[name]

"""A scenario written as a folder of tables that reads back the same."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from channelsim.domain.market import Zone
from channelsim.domain.scenario import Scenario
from channelsim.files.cells import csv_text, number_text
from channelsim.files.output import write_file
from channelsim.files.schema import SECTIONS, TABLES, TOP_KEYS, TableSpec, columns_of
from channelsim.files.sources import TOML
from channelsim.files.tables import SHARE

type Lines = tuple[list[str], list[list[Any]]]
"""Header and rows of values."""


def write_scenario(scenario: Scenario, folder: str | Path) -> Path:
    """Write a scenario as `scenario.toml` and CSV tables, for `read_scenario` to give it back.

    Columns that hold the default in every row are left out, as are empty tables unless one is
    there to be emptied. Layouts and variants in the folder stay.

    Raises
    ------
    OutputRefused
        If the folder cannot be written.
    """
    place = Path(folder)
    write_file(place / TOML, toml_text(scenario))
    for name, spec in TABLES.items():
        file = place / f"{name}.csv"
        header, rows = table_lines(spec, getattr(scenario, spec.target))
        if rows or spec.required or file.exists():
            write_file(file, csv_text(header, rows))
    return place


def table_lines(spec: TableSpec, objects: Sequence[Any]) -> Lines:
    """Return the columns in use and the rows of a table."""
    columns = [
        column
        for column in spec.columns.values()
        if column.required or any(getattr(one, column.name) != column.default for one in objects)
    ]
    header = [column.name for column in columns]
    rows = [[getattr(one, name) for name in header] for one in objects]
    if spec.has_shares:
        segments = _segments(objects)
        header += [SHARE + segment for segment in segments]
        for row, zone in zip(rows, objects, strict=True):
            row += [zone.shares.get(segment) for segment in segments]
    return header, rows


def setting_lines(scenario: Scenario) -> Iterator[tuple[str, Any]]:
    """Yield the settings by dotted key, those left out that are empty."""
    for key in TOP_KEYS:
        if getattr(scenario, key) != "":
            yield key, getattr(scenario, key)
    for section, row in SECTIONS.items():
        for name in columns_of(row):
            value = getattr(getattr(scenario, section), name)
            if value is not None:
                yield f"{section}.{name}", value


def toml_text(scenario: Scenario) -> str:
    """Return the settings as TOML."""
    lines: list[str] = []
    section = ""
    for key, value in setting_lines(scenario):
        head, _, name = key.rpartition(".")
        if head != section:
            section = head
            lines += ["", f"[{head}]"]
        lines.append(f"{name} = {_toml_value(value)}")
    return "\n".join(lines) + "\n"


def _toml_value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return number_text(value)
    if isinstance(value, tuple):
        return f"[{', '.join(_toml_value(part) for part in value)}]"
    # JSON's escapes are TOML's, but for DEL
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _segments(zones: Sequence[Zone]) -> list[str]:
    return list(dict.fromkeys(segment for zone in zones for segment in zone.shares))

"""Assumptions of a scenario, from a list of paths with their ranges and sources."""

import csv
from dataclasses import replace
from pathlib import Path

from channelsim.domain.paths import value_at
from channelsim.domain.scenario import Assumption, Scenario

HERE = Path(__file__).parent


def with_assumptions(scenario: Scenario, list_name: str) -> Scenario:
    """Return the scenario with the assumptions of a list; an empty value is the scenario's own.

    A row without a range is a lever or a definition: it is stated, and no draw moves it.
    """
    with (HERE / list_name).open(encoding="utf-8", newline="") as text:
        rows = tuple(_assumption(scenario, row) for row in csv.DictReader(text))
    return replace(scenario, assumptions=rows)


def _assumption(scenario: Scenario, row: dict[str, str]) -> Assumption:
    path = row["path"]
    value = float(row["value"]) if row["value"] else float(value_at(scenario, path))
    low, high = (float(row[end]) if row[end] else value for end in ("low", "high"))
    return Assumption(path, value, low, high, row["unit"], row["source"], row["confidence"])

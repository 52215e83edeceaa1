"""The literature's facts, each with the tests that hold the model to it and what falls short."""

import csv
from dataclasses import dataclass
from pathlib import Path

FILE = Path(__file__).with_name("facts.csv")


@dataclass(frozen=True)
class Fact:
    """An empirical pattern."""

    fact: str
    """What was found."""
    source: str
    """By whom, and when."""
    tests: tuple[str, ...]
    """Tests, each `file::function`; none where the model is not held to it."""
    short: str
    """What of it the model does not show."""


def facts() -> tuple[Fact, ...]:
    """Return the facts of the table, in order."""
    with FILE.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return tuple(Fact(r["fact"], r["source"], tuple(r["tests"].split()), r["short"]) for r in rows)

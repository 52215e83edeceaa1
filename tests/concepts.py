"""`docs/concepts.md` as data, and how a place that it names is found."""

import ast
import re
from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, get_args, get_type_hints

from channelsim.cli import app
from channelsim.domain.contract import CONTRACTED
from channelsim.domain.event import KINDS as EVENTS
from channelsim.domain.layout import Layout
from channelsim.domain.market import DEMAND_FORMS
from channelsim.domain.outcome import LEVELS
from channelsim.domain.paths import JOINED, SECTIONS, TABLES
from channelsim.domain.response import INSTRUMENTS
from channelsim.domain.rules import FAMILIES, INFORMATION, RATIONING
from channelsim.domain.scenario import Scenario
from channelsim.domain.supply import PRODUCTION
from channelsim.domain.watched import WATCHES
from channelsim.optimise.layout_problem import CONSTRAINTS
from channelsim.simulate.run import simulate
from tests.instances import tiny

ROOT = Path(__file__).parents[1]
KINDS = ("ATTR", "RULE", "LEVER", "CON", "OBJ", "KPI", "ENV", "META")
TESTED = ("ATTR", "RULE", "LEVER")
"""Kinds that a test must move a measure by."""
NAMES = {
    **FAMILIES,
    "rationing": RATIONING,
    "information": INFORMATION,
    "production": PRODUCTION,
    "instrument": (*INSTRUMENTS, *CONTRACTED),
    "event": EVENTS,
    "demand": DEMAND_FORMS,
    "watch": tuple(WATCHES),
    "constraint": tuple(CONSTRAINTS),
}
"""What stands before a colon in a place -> the names that may follow it."""


@dataclass(frozen=True)
class Concept:
    """One line of the tables."""

    chinese: str
    """Chinese term."""
    english: str
    """English term."""
    places: dict[str, tuple[str, ...]]
    """Kind -> places that represent it."""
    tests: tuple[str, ...]
    """Tests, each `file::function`."""

    @property
    def moving(self) -> tuple[str, ...]:
        """Places that a test must change."""
        return tuple(place for kind in TESTED for place in self.places.get(kind, ()))


def read() -> tuple[Concept, ...]:
    """Return the concepts of `docs/concepts.md`."""
    text = (ROOT / "docs" / "concepts.md").read_text("utf-8")
    return tuple(
        Concept(chinese, english, _places(places), tuple(_quoted(tests)))
        for chinese, english, places, tests in _rows(text, 4)
    )


def vocabulary(path: Path) -> tuple[tuple[str, str, frozenset[str]], ...]:
    """Return Chinese term, English term and kinds of each row of the vocabulary."""
    found = []
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("| ") and not line.startswith("| Chinese term"):
            chinese, english, how = (cell.strip() for cell in line.strip("| ").split(" | ", 2))
            words = re.findall(rf"\b({'|'.join(KINDS)})s?\b", how)
            found.append((chinese, english, frozenset(words)))
    return tuple(found)


def is_there(place: str) -> bool:
    """Return whether a place exists."""
    for shape, found in _SHAPES:
        if match := re.fullmatch(shape, place):
            return found(*match.groups())
    return False


def leaf(place: str) -> str:
    """Return the name by which code speaks of a place."""
    return [part for part in re.split(r"[.:/ ]+", place) if part != "*"][-1]


def function(test: str) -> str | None:
    """Return the source of a test; None if there is none of that name."""
    path, _, name = test.partition("::")
    return _functions(path).get(name)


@cache
def _functions(path: str) -> dict[str, str]:
    """Return the source of each function of a file by name, none if there is no file."""
    if not (ROOT / path).is_file():
        return {}
    text = (ROOT / path).read_text("utf-8")
    nodes = [n for n in ast.parse(text).body if isinstance(n, ast.FunctionDef)]
    return {n.name: ast.get_source_segment(text, n) or "" for n in nodes}


@cache
def sources(test: str) -> str:
    """Return the source of a test's module and of the helpers that it imports."""
    text = (ROOT / test.partition("::")[0]).read_text("utf-8")
    helpers = re.findall(r"^from (tests\.[\w.]+) import", text, re.MULTILINE)
    files = (ROOT / f"{name.replace('.', '/')}.py" for name in helpers)
    return "\n".join([text, *(file.read_text("utf-8") for file in files)])


def _rows(text: str, cells: int) -> list[list[str]]:
    lines = [line for line in text.splitlines() if line.startswith("| ")]
    rows = [[cell.strip() for cell in line.strip().strip("|").split(" | ")] for line in lines]
    for row in rows:
        assert len(row) == cells, f"{' | '.join(row)}: write {cells} cells"
    return [row for row in rows if row[0] != "Chinese"]


def _quoted(text: str) -> list[str]:
    return re.findall(r"`([^`]+)`", text)


def _places(text: str) -> dict[str, tuple[str, ...]]:
    parts = [part.strip().partition(" ") for part in text.split(";")]
    return {kind: tuple(_quoted(places)) for kind, _, places in parts}


def _is_command(name: str) -> bool:
    return name in {c.name or getattr(c.callback, "__name__", "") for c in app.registered_commands}


def _is_name(family: str, name: str) -> bool:
    return name in NAMES.get(family, ())


@cache
def _recorded() -> frozenset[tuple[str, str]]:
    run = simulate(tiny(), tiny().today, weeks=1, record=LEVELS)
    return frozenset((series.level, series.measure) for series in run.series)


def _is_recorded(level: str, measure: str) -> bool:
    return (level, measure) in _recorded()


def _is_file(path: str) -> bool:
    return (ROOT / path).is_file()


def _is_python(path: str) -> bool:
    names = path.split(".")
    found: Any = import_module(names[0])
    for at, name in enumerate(names[1:], 1):
        if name in _fields_of(found) and at == len(names) - 1:
            return True
        if not hasattr(found, name):
            try:
                found = import_module(".".join(names[: at + 1]))
            except ModuleNotFoundError:
                return False
        else:
            found = getattr(found, name)
    return True


def _fields_of(owner: Any) -> set[str]:
    """Return the fields of a class that has them without a value."""
    if not isinstance(owner, type):
        return set()
    named = {f.name for f in fields(owner)} if is_dataclass(owner) else set()
    return named | set(owner.__dict__.get("__annotations__", {}))


def _is_of_layout(table: str, field: str) -> bool:
    return field in _fields_of(_row_class(Layout, table))


def _is_of_scenario(path: str) -> bool:
    table, *rest = path.split(".")
    owner = _row_class(Scenario, table)
    if owner is None or not rest:
        return owner is not None
    stars = 0 if table in SECTIONS else len(JOINED.get(table, (("id",),)))
    *names, field = rest
    if table == "appeals":  # their one number needs no name
        return rest == ["*"] * stars
    known = table in (*SECTIONS, *TABLES, *JOINED)
    return known and names == ["*"] * stars and field in _fields_of(owner)


def _row_class(owner: type, table: str) -> type | None:
    """Return the class of the rows of a table, or of a section."""
    declared = get_type_hints(owner).get(table)
    if declared is None or isinstance(declared, type) and is_dataclass(declared):
        return declared
    inner = get_args(declared)
    return inner[0] if inner and is_dataclass(inner[0]) else None


_SHAPES: tuple[tuple[str, Callable[..., bool]], ...] = (
    (r"channelsim (\w+)", _is_command),
    (r"(\w+): (\w+)", _is_name),
    (rf"({'|'.join(LEVELS)})/(\w+)", _is_recorded),
    (r"((?:scenarios|notebooks)/\S+)", _is_file),
    (r"(channelsim\.\S+)", _is_python),
    (r"layout\.(\w+)\.(\w+)", _is_of_layout),
    (r"([a-z_]+(?:\.[\w*]+)*)", _is_of_scenario),
)
"""What a place may look like, and what is looked up."""

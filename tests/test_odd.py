"""The ODD page names what the code has, states its defaults, and leaves out no rule or step."""

import ast
import importlib
import re
from collections.abc import Iterator
from dataclasses import MISSING, fields, is_dataclass
from fractions import Fraction
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import pytest

from channelsim.domain import contract, event
from channelsim.domain.channel import Candidate, ChannelType
from channelsim.domain.customer_tier import CustomerTier
from channelsim.domain.goodwill import Goodwill
from channelsim.domain.market import CHOICE_FORMS, DEMAND_FORMS, Market, Rival, Segment, Zone
from channelsim.domain.measures import Measures
from channelsim.domain.partner import Partner
from channelsim.domain.policy import Economics, Policy
from channelsim.domain.promotion import Promotion
from channelsim.domain.response import INSTRUMENTS, RESPONSE_FORMS, Response
from channelsim.domain.rules import FAMILIES, INFORMATION, RATIONING
from channelsim.domain.site import Site
from channelsim.domain.supply import PRODUCTION, Supply
from channelsim.simulate.channel import Channel
from channelsim.simulate.firms import Outlets, Standing
from channelsim.simulate.governed import Governed
from channelsim.simulate.streams import Purpose

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "odd.md").read_text("utf-8")
TICKED = frozenset(re.findall(r"`([^`\n]+)`", PAGE))
FILES = sorted(name for name in TICKED if re.fullmatch(r"(channelsim|tests|scenarios)/\S+", name))
FIELDS = sorted(name for name in TICKED if re.fullmatch(r"[A-Z]\w+\.\w+", name))
DOTTED = sorted(name for name in TICKED if re.fullmatch(r"(\w+\.)+[A-Z]\w+|rules\.\w+\.\w+", name))
ELEMENTS = (
    *("Purpose and patterns", "Entities, state variables and scales"),
    *("Process overview and scheduling", "Design concepts", "Initialisation", "Input data"),
    "Submodels",
)
CONCEPTS = (
    *("Basic principles", "Emergence", "Adaptation", "Objectives", "Learning", "Prediction"),
    *("Sensing", "Interaction", "Stochasticity", "Collectives", "Observation"),
)
EVERY_RULE = {
    **FAMILIES,
    "rationing": RATIONING,
    "information": INFORMATION,
    "production": PRODUCTION,
}
TABLES = (
    *(Policy, Economics, Supply, Site, ChannelType, Candidate, Partner, Segment, Zone, Market),
    *(Rival, Goodwill, CustomerTier, Promotion, event.Event, contract.Contract, Response),
    *(Outlets, Standing, Governed),
)
WORDING = {
    *("id", "name", "name_en", "region", "tier", "latitude", "longitude"),
    *("partner", "channel_type", "zone", "channel", "kind", "instrument"),
}
"""Fields that say what a row is and where, not how it behaves."""


class Row(NamedTuple):
    """One line of a table with a default."""

    default: str
    where: str


def tables() -> Iterator[list[list[str]]]:
    """Yield the cells of every table, the head first."""
    for lines in re.findall(r"(?:^\|.*\|\n)+", PAGE + "\n", re.MULTILINE):
        rows = [line.strip().strip("|").split("|") for line in lines.splitlines()]
        yield [[cell.strip() for cell in row] for row in rows]


def with_head(*wanted: str) -> list[list[str]]:
    """Return the rows, without head, of all tables whose head begins so."""
    found = [table[2:] for table in tables() if tuple(table[0][: len(wanted)]) == wanted]
    return [row for table in found for row in table]


def numbers() -> list[Row]:
    """Return every default that the page states, and where it says it stands."""
    cells = with_head("symbol", "meaning", "unit", "default", "where")
    return [Row(row[3], row[4].strip("`")) for row in cells]


def module_of(name: str) -> ModuleType | None:
    """Return the module that a dotted name leads to, from the package or a part of it on."""
    for base in ("channelsim.simulate", "channelsim.domain", "channelsim"):
        path = f"{base}.{name}"
        if (ROOT / Path(*path.split("."))).with_suffix(".py").exists():
            return importlib.import_module(path)
    return None


def classes() -> dict[str, type]:
    """Return the classes of the domain and of the simulator by name; of two, the domain's."""
    found: dict[str, type] = {}
    for part in ("domain", "simulate"):
        for path in sorted((ROOT / "channelsim" / part).glob("*.py")):
            body = ast.parse(path.read_text("utf-8")).body
            names = [node.name for node in body if isinstance(node, ast.ClassDef)]
            module = importlib.import_module(f"channelsim.{part}.{path.stem}") if names else None
            found = {name: getattr(module, name) for name in names} | found
    return found


CLASSES = classes()


def fields_of(kind: type) -> list[str]:
    return [f.name for f in fields(kind)] if is_dataclass(kind) else []


def value_at(where: str) -> Any:
    """Return the default of a field, or a constant."""
    owner, name = where.rsplit(".", 1)
    if owner in CLASSES:
        (field,) = (f for f in fields(CLASSES[owner]) if f.name == name)
        return field.default
    return getattr(module_of(owner), name)


def number(text: str) -> float:
    return float(Fraction(text))


def stated(default: str, like: Any) -> Any:
    """Return what the page says in the type of what the code says."""
    words = {"given": MISSING, "yes": True, "no": False}
    if default in words:
        return words[default]
    if default == "empty":
        return "" if like == "" else None
    if isinstance(like, tuple):
        return tuple(number(part) for part in default.split(","))
    return default if isinstance(like, str) else number(default)


def test_the_seven_elements_are_headings_in_order():
    heads = re.findall(r"^## \d\. (.+)$", PAGE, re.MULTILINE)
    assert tuple(heads) == ELEMENTS


def test_the_eleven_design_concepts_are_headings_in_order():
    part = PAGE.split("## 4. ")[1].split("\n## 5. ")[0]
    assert tuple(re.findall(r"^### (.+)$", part, re.MULTILINE)) == CONCEPTS


def test_submodels_are_numbered_without_a_gap():
    seen = [int(n) for n in re.findall(r"^### 7\.(\d+) ", PAGE, re.MULTILINE)]
    assert seen == list(range(1, len(seen) + 1))


def test_every_submodel_that_is_referred_to_is_there():
    last = len(re.findall(r"^### 7\.\d+ ", PAGE, re.MULTILINE))
    assert max(int(n) for n in re.findall(r"\b7\.(\d+)\b", PAGE)) == last


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_named_exists(name):
    assert (ROOT / name).exists()


@pytest.mark.parametrize("name", FIELDS)
def test_a_field_that_is_named_exists(name):
    owner, field = name.split(".")
    assert field in fields_of(CLASSES[owner])


@pytest.mark.parametrize("name", DOTTED)
def test_a_constant_or_function_that_is_named_exists(name):
    module, attribute = name.rsplit(".", 1)
    assert hasattr(module_of(module), attribute)


@pytest.mark.parametrize("row", numbers(), ids=lambda row: row.where)
def test_a_default_is_the_codes(row):
    value = value_at(row.where)
    assert stated(row.default, value) == value


def test_a_number_is_stated_once():
    where = [row.where for row in numbers()]
    assert len(where) == len(set(where))


@pytest.mark.parametrize("family", EVERY_RULE)
def test_the_rules_of_a_family_are_those_of_the_code(family):
    rows = with_head("family", "rule", "told in")
    named = [row[1].strip("`") for row in rows if row[0] == f"`{family}`"]
    assert sorted(named) == sorted(EVERY_RULE[family])


def test_no_other_family_is_named():
    named = {row[0].strip("`") for row in with_head("family", "rule", "told in")}
    assert named == set(EVERY_RULE)


@pytest.mark.parametrize(
    "row", with_head("family", "rule", "told in"), ids=lambda row: f"{row[0]} {row[1]}"
)
def test_a_rule_is_told_where_the_page_says(row):
    body = PAGE.split(f"\n### {row[2]} ")[1].split("\n### ")[0]
    assert re.search(rf"\b{row[1].strip('`')}\b", body)


def test_the_steps_of_a_week_are_told_in_the_order_of_the_code():
    source = (ROOT / "channelsim" / "simulate" / "channel.py").read_text("utf-8")
    steps = re.findall(r"self\.(\w+)\(\)", source.split("def step(")[1].split("    def ")[0])
    assert [row[0].strip("`") for row in with_head("step")] == steps


def test_a_step_is_a_method():
    assert all(callable(getattr(Channel, row[0].strip("`"))) for row in with_head("step"))


@pytest.mark.parametrize("part", ["rules", "."])
def test_every_module_of_the_simulator_is_pointed_at(part):
    here = ROOT / "channelsim" / "simulate" / part
    plumbing = {"__init__.py", "run.py"}
    modules = {p.relative_to(ROOT).as_posix() for p in here.glob("*.py") if p.name not in plumbing}
    assert modules - TICKED == set()


def test_every_form_of_demand_is_pointed_at():
    names = {f"channelsim/domain/forms/{name}.py" for name in ("logit", "nested")}
    assert names <= TICKED


@pytest.mark.parametrize("kind", TABLES, ids=lambda kind: kind.__name__)
def test_every_field_of_a_table_or_state_is_named(kind):
    wanted = {f"{kind.__name__}.{name}" for name in fields_of(kind) if name not in WORDING}
    assert wanted - TICKED == set()


def test_every_measure_is_defined():
    assert {row[0].strip("`") for row in with_head("measure")} == set(Measures.names())


def test_every_instrument_of_contracts_is_told():
    assert {row[0].strip("`") for row in with_head("instrument")} == set(contract.CONTRACTED)


def test_every_instrument_of_the_layouts_money_is_named():
    assert set(INSTRUMENTS) - TICKED == set()


def test_every_kind_of_event_is_told():
    assert [row[0].strip("`") for row in with_head("kind", "effect")] == list(event.KINDS)


def test_every_purpose_of_a_draw_is_told():
    cells = " ".join(row[0] for row in with_head("purpose"))
    assert set(re.findall(r"`(\w+)`", cells)) == set(Purpose.__members__)


def test_every_form_of_choice_has_its_odds():
    assert [row[0].strip("`") for row in with_head("`Market.demand`")] == list(CHOICE_FORMS)


def test_every_other_form_of_demand_is_named():
    assert set(DEMAND_FORMS) - TICKED == set()


@pytest.mark.parametrize("form", RESPONSE_FORMS)
def test_a_response_curve_is_told(form):
    assert re.search(rf"\b{form}\b +lift", PAGE)

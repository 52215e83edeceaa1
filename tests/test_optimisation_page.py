"""`docs/optimisation.md` has every constraint, and no other."""

import re
from pathlib import Path

import pytest

from channelsim.domain.count_rule import CountRule
from channelsim.domain.pair import Pair
from channelsim.domain.paths import value_at
from channelsim.optimise.layout_problem import CONSTRAINTS
from tests.instances import tiny

PAGE = (Path(__file__).parents[1] / "docs" / "optimisation.md").read_text("utf-8")
ROWS = re.findall(r"^\| `(\w+)` \| (.+?) \| (.+?) \|$", PAGE, re.MULTILINE)
FIELDS = sorted({f for row in ROWS for f in re.findall(r"`(\w+(?:\.[\w*]+)+)`", row[2])})


def test_every_constraint_has_its_row():
    named = [row[0] for row in ROWS if row[0] in CONSTRAINTS]
    assert sorted(named) == sorted(CONSTRAINTS)


@pytest.mark.parametrize("path", FIELDS)
def test_a_field_that_is_named_exists(path):
    pair, rule = Pair("p", "requires", "north", "south"), CountRule("r", "dealer", most=2)
    value_at(tiny().replace(pairs=(pair,), count_rules=(rule,)), path)

"""Rules by name: a partner's own, else its channel type's, else the family's first."""

from dataclasses import replace
from importlib import import_module

import pytest

from channelsim.domain.rules import FAMILIES, RATIONING, rules_of
from channelsim.errors import BadValue
from tests.instances import tiny


def test_a_partners_rule_comes_before_its_types_and_that_before_the_default():
    case = tiny()
    types = tuple(replace(t, pricing="cost_plus" * (t.id == "dealer")) for t in case.channel_types)
    north = tuple(replace(p, pricing="list" * (p.id == "north")) for p in case.partners)
    case = case.replace(channel_types=types, partners=north)
    found = dict(zip([c.id for c in case.candidates], rules_of(case, "pricing"), strict=True))
    assert found["north-a"] == "list"
    assert found["south-c"] == "cost_plus"
    assert found["web"] == "list"


@pytest.mark.parametrize(
    ("family", "name", "found"), [("ordering", "s_S", "order_up_to"), ("effort", "none", "none")]
)
def test_a_partner_orders_nothing_by_itself_where_the_maker_manages_the_stock(family, name, found):
    case = tiny()
    case = case.replace(
        channel_types=tuple(replace(t, vendor_managed=True) for t in case.channel_types),
        partners=tuple(replace(p, **{family: name}) for p in case.partners),
    )
    assert rules_of(case, family) == [found] * len(case.candidates)


@pytest.mark.parametrize("family", FAMILIES)
def test_every_name_has_its_rule(family):
    rules = import_module(f"channelsim.simulate.rules.{family}").RULES
    assert set(rules) == set(FAMILIES[family])


def test_every_rationing_rule_has_its_name():
    assert set(import_module("channelsim.simulate.rules.rationing").RULES) == set(RATIONING)


@pytest.mark.parametrize("table", ["partners", "channel_types"])
def test_an_unknown_name_is_refused_with_the_known_ones(table):
    row = getattr(tiny(), table)[0]
    with pytest.raises(BadValue, match="pricing"):
        replace(row, pricing="guess")

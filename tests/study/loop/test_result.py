from functools import cache

import pytest

from channelsim.domain.layout import Layout, Spend, Territory
from channelsim.domain.measures import HEADLINE
from channelsim.study.loop.close import close_loop
from channelsim.study.loop.result import alike
from tests.instances import tiny

BASE = Layout.of(["north-a", "web"]).replace(incentives=(Spend("north", "training", 100.0),))


@cache
def loop():
    return close_loop(tiny().replace(horizon_weeks=13), 2, replications=2)


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (BASE.replace(openings=BASE.openings[::-1]), True),
        (BASE.replace(incentives=(Spend("north", "training", 104.0),)), True),
        (BASE.replace(incentives=(Spend("north", "training", 120.0),)), False),
        (BASE.replace(incentives=()), False),
        (BASE.replace(openings=BASE.openings[:1]), False),
        (BASE.replace(territories=(Territory("north", "a"),)), False),
    ],
)
def test_layouts_are_alike_but_for_small_change(other, same):
    assert alike(BASE, other) is same


def test_the_table_holds_every_round_and_headline_measure():
    table = loop().table
    assert len(table) == len(loop().rounds) * len(HEADLINE)
    assert (table["planned"] - table["realised"] - table["error"]).abs().max() < 1e-9
    assert (table["low"] <= table["realised"]).all()


def test_the_text_shows_verdict_rounds_and_choice():
    text = str(loop())
    assert text.startswith(f"Tiny 小例: {loop().verdict} after 2 rounds; ")
    assert f"chosen: {loop().chosen}, " in text
    assert "learnt: attraction" in text

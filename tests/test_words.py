from dataclasses import fields
from itertools import combinations

import pytest

from channelsim import words
from channelsim.domain.measures import UNITS, Measures
from channelsim.domain.response import INSTRUMENTS
from channelsim.errors import ChannelsimError

TABLES = (words.MEASURES, words.INSTRUMENTS, words.STATUSES, words.COLUMNS)
WORDED = {name for table in TABLES for name in table}


@pytest.mark.parametrize("name", Measures.names())
def test_every_measure_is_worded(name):
    assert name in words.MEASURES


@pytest.mark.parametrize("name", INSTRUMENTS)
def test_every_instrument_is_worded(name):
    assert name in words.INSTRUMENTS


@pytest.mark.parametrize("name", sorted(set(UNITS.values())))
def test_every_unit_of_a_measure_is_worded(name):
    assert name in words.UNITS


@pytest.mark.parametrize("name", sorted(WORDED))
def test_english_has_no_chinese_and_chinese_is_chinese(name):
    assert words.label(name, "en").isascii()
    assert not words.label(name, "zh").isascii()


@pytest.mark.parametrize("pair", list(combinations(TABLES, 2)))
def test_no_name_is_worded_twice(pair):
    assert not set(pair[0]) & set(pair[1])


@pytest.mark.parametrize(
    ("name", "chinese"),
    [
        ("conflict", "渠道冲突"),
        ("price_conflict", "价格冲突"),
        ("territory_conflict", "区域冲突"),
        ("customer_conflict", "客户冲突"),
        ("rebate", "返利"),
        ("commission", "提成"),
        ("priority_supply", "优先供货"),
        ("incentives", "渠道激励"),
        ("layout", "渠道布局"),
    ],
)
def test_chinese_terms_are_the_users_own(name, chinese):
    assert words.label(name, "zh") == chinese


def test_a_name_without_wording_loses_its_underscores():
    assert words.label("price_dispersion") == "price dispersion"


def test_money_is_worded_in_its_currency():
    assert words.unit("money/week", "USD") == "USD/week"
    assert words.unit("money/week", "USD", "zh") == "USD/周"


def test_an_unknown_language_is_refused_with_the_known_ones():
    with pytest.raises(ChannelsimError, match="'fr' is not known; write one of en, zh"):
        words.label("coverage", "fr")


def test_measures_are_worded_apart():
    english = [words.label(f.name) for f in fields(Measures)]
    assert len(set(english)) == len(english)


@pytest.mark.parametrize(
    ("title", "english", "chinese"),
    [
        ("严查 · Crackdown", "Crackdown", "严查"),
        ("Crackdown", "Crackdown", "Crackdown"),
        ("严查", "严查", "严查"),
        ("Tier A · tier B", "Tier A · tier B", "Tier A · tier B"),
        ("严查 · ", "严查 · ", "严查 · "),
    ],
)
def test_a_title_has_a_part_for_each_language(title, english, chinese):
    assert (words.part_of(title), words.part_of(title, "zh")) == (english, chinese)

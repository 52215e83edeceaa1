from dataclasses import replace

import pytest

from channelsim.domain.addressed import ambiguity, meanings
from channelsim.domain.promotion import Promotion
from channelsim.errors import BadValue

FAIR = Promotion("fair", 23, 24, 0.1)
OUTLETS = [("a-1", "north", "dealer"), ("a-2", "north", "web"), ("south", "south", "dealer")]


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("id", "a.b", "id must be a short name without dots, stars or line breaks, got 'a.b'"),
        ("from_week", 0, "from_week must be >= 1, got 0; write a number from 1 upwards"),
        ("to_week", 53, "to_week must lie in [1, 52], got 53; write a week of the year"),
        ("from_week", 2.5, "from_week must be a whole number, got 2.5; write one such as 1"),
        ("price_cut", 0.96, "price_cut must lie in [0, 0.95], got 0.96; write a share such as"),
        ("price_cut", -0.1, "price_cut must lie in [0, 0.95], got -0.1; write a share such as"),
        ("lift", -0.1, "lift must lie in [0, 100], got -0.1; write a number between 0 and 100"),
        ("maker_share", 1.1, "maker_share must lie in [0, 1], got 1.1; write a share such as 0.25"),
        ("channel", None, "channel is empty; write a value"),
    ],
)
def test_a_bad_value_is_refused_with_the_cure(field, value, message):
    with pytest.raises(BadValue) as caught:
        replace(FAIR, **{field: value})
    assert caught.value.message.startswith(message)


@pytest.mark.parametrize(
    ("first", "last", "weeks"),
    [
        (23, 24, {23, 24}),
        (7, 7, {7}),
        (51, 2, {51, 52, 1, 2}),  # over new year
        (1, 52, set(range(1, 53))),
        (24, 23, set(range(1, 53))),  # the whole year, begun in summer
    ],
)
def test_it_holds_from_its_first_week_to_its_last(first, last, weeks):
    row = replace(FAIR, from_week=first, to_week=last)
    assert {week for week in range(1, 53) if row.holds(week)} == weeks


@pytest.mark.parametrize(
    ("channel", "found"),
    [
        ("a-1", {"candidate": {"a-1"}}),
        ("north", {"partner": {"a-1", "a-2"}}),
        ("dealer", {"channel type": {"a-1", "south"}}),
        ("south", {"candidate": {"south"}, "partner": {"south"}}),
        ("idle", {"partner": set()}),  # a partner without candidates is known all the same
        ("mall", {}),
    ],
)
def test_a_channel_means_the_outlets_of_what_bears_its_name(channel, found):
    assert meanings(channel, OUTLETS, ["north", "south", "idle"], ["dealer", "web"]) == found


def test_two_meanings_of_the_same_outlets_are_not_ambiguous():
    assert ambiguity("south", {"candidate": frozenset("s"), "partner": frozenset("s")}) is None


def test_two_meanings_of_different_outlets_are():
    found = {"candidate": frozenset("s"), "channel type": frozenset("st")}
    assert ambiguity("web", found) == (
        "'web' is a candidate and a channel type that stand for different outlets; rename one of "
        "them"
    )

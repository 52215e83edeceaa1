"""Prices: row 1 (the gap between online and offline), row 5 (the matching cascade).

The cascade is played in the shipped variant `price_matching`, whose file says what it assumes.
"""

from functools import cache

import numpy as np
import pytest

from channelsim.domain.layout import Opening
from tests.phenomena.delta import (
    DELTA,
    FESTIVAL,
    KIND,
    OFFLINE,
    TODAY,
    VARIANTS,
    mean,
    of,
    play,
    shipped,
)

PAIRS = {
    "platform and dealers": (KIND == "platform", KIND == "distributor"),
    "online and offline": (~OFFLINE, OFFLINE),
}
each = pytest.mark.parametrize("pair", PAIRS)


@cache
def without_festivals():
    return play(DELTA.replace(promotions=()))


@cache
def with_one_price():
    return play(
        DELTA.replace(
            {"channel_types.platform.price": 369.0, "channel_types.own_online.price": 369.0}
        )
    )


def gap(runs, pair, weeks):
    """Return how far online is cheaper per unit sold, share of the price offline."""

    def price(run, outlets):
        return of(run, "revenue", outlets)[weeks].sum() / of(run, "units", outlets)[weeks].sum()

    online, offline = PAIRS[pair]
    return mean(lambda run: 1 - price(run, online) / price(run, offline), runs)


@each
def test_online_is_6_to_8_percent_cheaper_in_normal_weeks(pair):
    assert 0.06 <= gap(shipped(), pair, ~FESTIVAL) <= 0.08


@each
def test_online_is_12_to_20_percent_cheaper_in_festival_weeks(pair):
    assert 0.12 <= gap(shipped(), pair, FESTIVAL) <= 0.20


@each
def test_without_festival_cuts_those_weeks_are_like_others(pair):
    assert 0.06 <= gap(without_festivals(), pair, FESTIVAL) <= 0.08


@each
def test_at_one_list_price_there_is_no_normal_gap(pair):
    assert gap(with_one_price(), pair, ~FESTIVAL) < 0.03


OPENS = 6
"""Week in which the live-stream opens: the next festival is 16 weeks away."""
SPAN = OPENS + 16
MATCHING = VARIANTS["price_matching"].scenario
LOW = DELTA.columns.price[KIND == "live_stream"][0]
KINDS = ("platform", "chain", "distributor")
REMOVED = {
    "the rule": {"partners.*.pricing": "list"},
    "the low price": {"channel_types.live_stream.price": 345.0},
    "any gap": {"channel_types.live_stream.price": 369.0},
}
"""Causes of the cascade, with the one change that removes each."""
OPEN = np.isin([c.id for c in DELTA.candidates], TODAY.open_ids)


@cache
def cascade(opening=True, without=""):
    """Play a spring in which a live-stream opens."""
    case = MATCHING.replace(REMOVED[without]) if without else MATCHING
    opened = (Opening("live_stream", OPENS),) if opening else ()
    return play(case, TODAY.replace(openings=(*TODAY.openings, *opened)), weeks=SPAN)


def followers(kind):
    """Return the outlets of a kind that match and are open today: (J,)."""
    rules = np.array([MATCHING.partners[p].pricing for p in MATCHING.columns.partner_of])
    return OPEN & (kind == KIND) & (rules == "match")


def weeks_to_match(runs, kind):
    """Return the weeks from the opening until outlets ask the live-stream's price: (M,)."""
    price = runs[0].weekly("price", "outlet")[OPENS:, followers(kind)]
    matched = price <= LOW + 1e-9
    return np.where(matched.any(axis=0), matched.argmax(axis=0), SPAN)


def weeks_of_fewer_orders(runs, without):
    """Return the weeks from the opening until dealers order at least four fifths of what they
    would without it again, in fortnights: their rhythm.
    """
    dealers = followers("distributor")

    def fortnights(run):
        return of(run, "orders", dealers)[OPENS:].reshape(-1, 2).sum(axis=1)

    here, there = (np.mean([fortnights(run) for run in each], axis=0) for each in (runs, without))
    return 2 * int(np.argmax(here >= 0.8 * there))


@pytest.mark.parametrize(
    ("kind", "first", "last"), [("platform", 0, 0), ("chain", 1, 2), ("distributor", 3, 4)]
)
def test_a_live_streams_price_reaches_each_kind_in_its_weeks(kind, first, last):
    weeks = weeks_to_match(cascade(), kind)
    assert len(weeks) > 0
    assert weeks.min() >= first
    assert weeks.max() <= last


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("cause", ["the rule", "the low price"])
def test_without_the_rule_or_the_low_price_it_reaches_nobody(kind, cause):
    assert weeks_to_match(cascade(without=cause), kind).min() == SPAN


def test_dealers_then_order_less_for_4_to_8_weeks():
    assert 4 <= weeks_of_fewer_orders(cascade(), cascade(opening=False)) <= 8


def test_a_live_stream_that_is_no_cheaper_costs_no_orders():
    dear = (cascade(opening, without="any gap") for opening in (True, False))
    assert weeks_of_fewer_orders(*dear) == 0

"""Prices: row 1 (the gap between online and offline)."""

from functools import cache

import pytest

from tests.phenomena.delta import DELTA, FESTIVAL, KIND, OFFLINE, mean, of, play, shipped

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

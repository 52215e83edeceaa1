"""Diversion pays iff the gain exceeds freight and the expected fine."""

import numpy as np
import pytest

from channelsim.simulate.rules import diversion


def test_diverted_goods_go_7_percent_below_wholesale():
    assert diversion.fetched(np.array([100.0])) == pytest.approx([93.0])


def test_idle_goods_lose_their_holding_cost():
    kept = diversion.kept(np.array([100.0, 100.0]), np.array([10.0, 500.0]), 0.005)
    np.testing.assert_allclose(kept, [95.0, 0.0])


def test_dumping_182_units_pays_where_audits_are_rare_and_not_where_they_bite():
    # ASSUMPTIONS 8.2: 20 under wholesale and 3.4 freight cost 4,259 and earn 19,500
    lost = 20 + 3.4
    today = diversion.prize(np.array([19500.0]), np.array([182.0]), 0.07, np.array([39500.0]))
    harsh = diversion.prize(np.array([19500.0]), np.array([182.0]), 0.28, np.array([60000.0]))
    assert today == pytest.approx((19500 - 2765) / 182)
    assert today > lost > harsh


@pytest.mark.parametrize(
    ("missing", "begun", "dumps"),
    [
        (2.0, False, False),  # 2%: it may still get there
        (3.0, False, True),
        (12.0, False, True),
        (13.0, False, False),  # out of reach
        (1.0, True, True),  # it has begun, and goes on until the quota is full
        (0.0, True, False),
    ],
)
def test_who_is_a_little_short_dumps(missing, begun, dumps):
    short = diversion.is_short(np.array([missing]), np.array([100.0]), np.array([begun]))
    assert short == [dumps]


def test_repeated_offences_cost_more():
    fine = diversion.penalty(1000.0, 0.5, np.array([0, 1, 2]))
    np.testing.assert_array_equal(fine, [1000.0, 1500.0, 2000.0])


def holding(**changes):
    fields = {
        "stock": np.array([50]),
        "surplus": np.array([20]),
        "wholesale": np.array([100.0]),
        "idle": np.array([10.0]),
        "holding_rate": 0.005,
        "toll": np.array([7.0]),
        "missing": np.array([60]),
        "prize": np.array([30.0]),
    }
    return diversion.Holding(**{**fields, **changes})


def test_arbitrage_offers_the_surplus_at_what_it_is_worth_kept():
    offer = diversion.arbitrage(holding())
    assert (offer.units[0], offer.kept[0], offer.toll[0]) == (20, 95.0, 7.0)


def test_dumping_offers_stock_below_wholesale_up_to_the_prize():
    offer = diversion.quota_dumping(holding())
    assert (offer.units[0], offer.kept[0], offer.toll[0]) == (50, 70.0, 0.0)


def test_who_never_diverts_offers_nothing():
    assert diversion.none(holding()).units == [0]


def test_audits_find_a_quarters_share_in_a_quarter():
    luck = np.array([0.05, 0.15])
    np.testing.assert_array_equal(diversion.found(luck, 0.1, 13), [True, False])


def test_a_longer_span_finds_more():
    # 1 - 0.9^4 = 0.344
    luck = np.array([0.34, 0.35])
    np.testing.assert_array_equal(diversion.found(luck, 0.1, 52), [True, False])

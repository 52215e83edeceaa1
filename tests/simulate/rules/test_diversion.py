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
    ("lacking", "left", "begun", "dumps"),
    [
        # it places 70 a week and orders every week
        (182, 5, False, False),  # three more weeks bring 210: its own sales may still do
        (211, 5, False, True),
        (182, 4, False, True),  # two more weeks bring 140
        (281, 4, False, False),  # four weeks bring 280: out of reach
        (1, 2, False, True),
        (1, 3, False, False),
        (1, 3, True, True),  # it has begun, and goes on
        (-1, 1, False, False),  # its own sales will do
        (-1, 1, True, True),
    ],
)
def test_who_is_short_waits_while_its_own_sales_may_do_and_gives_up_out_of_reach(
    lacking, left, begun, dumps
):
    numbers = (np.array([x]) for x in (float(lacking), 70.0, left, 1))
    assert diversion.is_time(*numbers, np.array([begun])) == [dumps]


def test_an_order_cycle_of_two_weeks_makes_it_begin_a_week_earlier():
    cycles = np.array([1, 2])
    same = (np.full(2, x) for x in (182.0, 70.0, 5))
    begins = diversion.is_time(*same, cycles, np.zeros(2, dtype=np.bool_))
    np.testing.assert_array_equal(begins, [False, True])


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

"""Forecasts and orders worked out by hand."""

import numpy as np

from channelsim.simulate.rules import ordering


def test_smoothing_moves_a_fifth_of_the_way():
    assert ordering.smoothed(np.array([10.0]), np.array([20.0]), 1.0) == [12.0]


def test_a_peak_week_is_seen_as_an_average_one():
    assert ordering.smoothed(np.array([10.0]), np.array([20.0]), 2.0) == [10.0]


def test_a_week_without_season_teaches_nothing():
    assert ordering.smoothed(np.array([10.0]), np.array([0.0]), 0.0) == [10.0]


def test_order_up_to_covers_lead_review_and_safety():
    # 10 a week over 1 + 2 flat weeks, and 1.5 weeks on top
    target = ordering.order_up_to(np.array([10.0]), np.array([3.0]), np.array([3]), np.array([1.5]))
    np.testing.assert_allclose(target, [45.0])


def test_order_up_to_follows_the_season_ahead():
    target = ordering.order_up_to(np.array([10.0]), np.array([6.0]), np.array([3]), np.array([1.5]))
    np.testing.assert_allclose(target, [90.0])


def test_orders_are_whole_and_never_negative():
    orders = ordering.order(np.array([12.4, 12.6, 3.0]), np.array([2, 2, 9]))
    np.testing.assert_array_equal(orders, [10, 11, 0])

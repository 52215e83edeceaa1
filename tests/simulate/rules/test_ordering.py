"""Orders worked out by hand, published optima, and the laws that orders obey."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from channelsim.simulate.rules import ordering


def test_order_up_to_covers_lead_review_and_safety():
    # 10 a week over 1 + 2 flat weeks, and 1.5 weeks on top
    target = ordering.up_to(np.array([10.0]), np.array([3.0]), np.array([3]), np.array([1.5]))
    np.testing.assert_allclose(target, [45.0])


def test_order_up_to_follows_the_season_ahead():
    target = ordering.up_to(np.array([10.0]), np.array([6.0]), np.array([3]), np.array([1.5]))
    np.testing.assert_allclose(target, [90.0])


def test_orders_are_whole_and_never_negative():
    orders = ordering.order(np.array([12.4, 12.6, 3.0]), np.array([2, 2, 9]))
    np.testing.assert_array_equal(orders, [10, 11, 0])


def need(**changes):
    rows = {
        "level": 10.0,
        "ahead": 3.0,
        "weeks": 3,
        "safety": 1.5,
        "sigma": 4.0,
        "fixed": 25.0,
        "lot": 4.0,
        "service": 0.95,
        "price": 10.0,
        "cost": 4.0,
        "salvage": 0.0,
        "uniform": False,
        "targets": [],
        "extra": [],
    }
    return ordering.Need(**{name: np.array([value]) for name, value in (rows | changes).items()})


@pytest.mark.parametrize(
    ("rule", "stock"),
    [
        ("order_up_to", 45.0),  # 30 for three weeks, 15 of safety
        ("base_stock", 25.0),  # as fixed
        ("s_S", 85.0),  # the reorder point 45 and a lot of four weeks
        ("R_S", 30 + 1.6448536 * 4 * 3**0.5),  # 95% of a normal
        ("newsvendor", 30 + 0.2533471 * 4 * 3**0.5),  # (10 - 4) / 10 of a normal
    ],
)
def test_the_stock_ordered_up_to(rule, stock):
    assert ordering.RULES[rule](need()) == pytest.approx([stock])


def test_the_reorder_point_covers_the_weeks_and_the_safety_stock():
    assert ordering.reorder_point(need()) == [45.0]


def test_stockpyls_newsvendor():
    # holding 2, penalty 18, demand N(120, 10^2): stockpyl's documented 132.815515655446
    found = need(level=120.0, ahead=1.0, weeks=1, sigma=10.0, price=20.0, cost=2.0, salvage=0.0)
    assert ordering.newsvendor(found) == pytest.approx([132.815515655446])


def test_pasternacks_newsvendor():
    # p = 10, c = 4, v = 1, demand N(100, 20^2): Q* = 108.6145 (Pasternack 1985)
    found = need(level=100.0, ahead=1.0, weeks=1, sigma=20.0, salvage=1.0)
    assert ordering.newsvendor(found) == pytest.approx([108.6145], abs=1e-4)


def test_the_newsvendor_quantity_earns_most():
    rng = np.random.default_rng(1)
    demand = rng.normal(100, 20, 200_000)

    def profit(stock):
        sold = np.minimum(stock, demand)
        return float((10 * sold + 1 * (stock - sold) - 4 * stock).mean())

    best = ordering.newsvendor(
        need(level=100.0, ahead=1.0, weeks=1, sigma=20.0, salvage=1.0)
    ).item()
    assert all(profit(best) > profit(best + off) for off in (-6, -3, 3, 6))


def test_a_unit_that_earns_nothing_is_not_stocked_for():
    assert ordering.fractile(*(np.array([x]) for x in (4.0, 4.0, 4.0))) == [0.0]


def test_returns_are_allowed_where_the_theory_asks_for_them():
    target, position = np.array([3.0]), np.array([9])
    assert ordering.order(target, position) == [0]
    assert ordering.order(target, position, allow_returns=True) == [-6]


@pytest.mark.parametrize(
    ("padding", "cut", "pays", "ordered"),
    [
        (0.0, 0.5, True, 100),  # honest
        (1.0, 0.0, True, 100),  # served in full
        (1.0, 0.5, True, 200),  # half of it is what is needed
        (0.5, 0.5, True, 150),
        (1.0, 0.9, True, 400),  # no more than that is believed
        (1.0, 0.5, False, 100),  # where it would earn nothing
    ],
)
def test_the_rationing_game(padding, cut, pays, ordered):
    raised = ordering.inflated(np.array([100]), np.array([padding]), np.array([cut]), pays)
    assert raised == [ordered]


@given(st.integers(1, 500), st.floats(0, 3), st.floats(0, 1), st.floats(0, 1))
def test_the_deeper_the_cut_the_more_is_ordered(wanted, padding, one, two):
    low, high = sorted((one, two))
    raised = [
        ordering.inflated(np.array([wanted]), np.array([padding]), np.array([cut]), True)
        for cut in (low, high)
    ]
    assert wanted <= raised[0] <= raised[1]


@given(st.floats(0, 1000), st.floats(0, 100), st.floats(0.01, 0.99), st.floats(0.01, 0.99))
def test_a_higher_service_level_never_holds_less(level, sigma, one, two):
    low, high = sorted((one, two))
    stock = [ordering.R_S(need(level=level, sigma=sigma, service=s)).item() for s in (low, high)]
    assert stock[0] <= stock[1]


@pytest.mark.parametrize(("position", "alarm"), [(29, True), (30, False)])
def test_an_alarm_is_raised_below_the_reorder_point(position, alarm):
    # 20 until the delivery, and a week on top
    raised = ordering.alarms(np.array([position]), np.array([10.0]), np.array([2.0]), 1.0)
    assert raised == [alarm]

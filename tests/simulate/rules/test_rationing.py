"""Rationing: rows by hand, and its laws."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from channelsim.simulate.rules.rationing import (
    MANIPULABLE,
    RULES,
    Claims,
    proportional,
    rationed,
)


@pytest.mark.parametrize(
    ("orders", "weight", "capacity", "given_out"),
    [
        ([5, 7], [1, 1], None, [5, 7]),  # unlimited
        ([5, 7], [1, 1], 12, [5, 7]),  # enough
        ([10, 30], [1, 1], 20, [5, 15]),  # in proportion
        ([10, 10], [2, 1], 15, [10, 5]),  # priority: 2 to 1
        ([4, 30], [2, 1], 20, [4, 16]),  # a full order leaves its rest to the others
        ([1, 1, 1], [1, 1, 1], 2, [1, 1, 0]),  # whole units, ties by row
        ([5, 5], [1, 1], 0, [0, 0]),  # nothing
        ([0, 9], [9, 1], 4, [0, 4]),  # who orders nothing gets nothing
    ],
)
def test_rows(orders, weight, capacity, given_out):
    result = proportional(np.array(orders), np.array(weight, dtype=float), capacity)
    np.testing.assert_array_equal(result, given_out)


@given(
    st.lists(st.tuples(st.integers(0, 1000), st.sampled_from([0.5, 1.0, 2.0])), min_size=1),
    st.integers(0, 3000),
)
def test_all_that_can_be_is_given_and_none_beyond_its_order(rows, capacity):
    orders = np.array([row[0] for row in rows])
    result = proportional(orders, np.array([row[1] for row in rows]), capacity)
    assert result.sum() == min(orders.sum(), capacity)
    assert (result >= 0).all()
    assert (result <= orders).all()


def claims(orders, weight=None, earned=None):
    count = len(orders)
    return Claims(
        np.array(orders),
        np.ones(count) if weight is None else np.array(weight, dtype=float),
        np.zeros(count) if earned is None else np.array(earned, dtype=float),
    )


@pytest.mark.parametrize(
    ("rule", "orders", "earned", "capacity", "given_out"),
    [
        ("proportional", [10, 30], [0, 0], 20, [5, 15]),
        ("turn_and_earn", [10, 30], [1, 1], 20, [10, 10]),  # equal sales, equal shares
        ("turn_and_earn", [30, 30], [1, 3], 20, [5, 15]),
        ("turn_and_earn", [4, 30, 6], [3, 1, 0], 20, [4, 16, 0]),  # no sales: what is left over
        ("turn_and_earn", [4, 3, 6], [3, 1, 0], 9, [4, 3, 2]),
        ("turn_and_earn", [10, 30], [0, 0], 20, [5, 15]),  # nobody has sold: by orders
        ("linear", [10, 30], [0, 0], 20, [0, 20]),  # 10 off each
        ("linear", [4, 20, 30], [0, 0, 0], 30, [0, 10, 20]),  # the smallest drops out
        ("uniform", [10, 30], [0, 0], 24, [10, 14]),
        ("uniform", [10, 30], [0, 0], 16, [8, 8]),
        ("uniform", [10, 0, 90], [0, 0, 0], 16, [8, 0, 8]),
    ],
)
def test_rules_by_hand(rule, orders, earned, capacity, given_out):
    result = rationed(rule, claims(orders, earned=earned), capacity)
    np.testing.assert_array_equal(result, given_out)


def test_priority_weighs_orders():
    np.testing.assert_array_equal(rationed("priority", claims([10, 10], [2, 1]), 15), [10, 5])


@pytest.mark.parametrize("rule", RULES)
def test_enough_for_all_is_given_to_all(rule):
    np.testing.assert_array_equal(rationed(rule, claims([5, 7]), 12), [5, 7])
    np.testing.assert_array_equal(rationed(rule, claims([5, 7]), None), [5, 7])


@given(
    st.sampled_from(sorted(RULES)),
    st.lists(st.tuples(st.integers(0, 1000), st.floats(0, 50)), min_size=1, max_size=30),
    st.integers(0, 3000),
)
def test_every_rule_gives_all_that_can_be_and_none_beyond_its_order(rule, rows, capacity):
    orders = np.array([row[0] for row in rows])
    result = rationed(rule, claims(orders, earned=[row[1] for row in rows]), capacity)
    assert result.sum() == min(orders.sum(), capacity)
    assert (result >= 0).all()
    assert (result <= orders).all()


@given(
    st.sampled_from(sorted(RULES)),
    st.lists(st.integers(0, 300), min_size=2, max_size=8),
    st.integers(0, 1000),
    st.integers(1, 500),
)
def test_a_bigger_order_never_gets_less(rule, orders, capacity, more):
    honest = rationed(rule, claims(orders), capacity)[0]
    padded = rationed(rule, claims([orders[0] + more, *orders[1:]]), capacity)[0]
    assert padded >= honest - 1  # whole units


@given(st.lists(st.integers(0, 300), min_size=2, max_size=8), st.integers(0, 1000))
def test_under_uniform_rationing_who_was_cut_gains_nothing_by_asking_for_more(orders, capacity):
    honest = rationed("uniform", claims(orders), capacity)[0]
    padded = rationed("uniform", claims([orders[0] + 500, *orders[1:]]), capacity)[0]
    assert "uniform" not in MANIPULABLE
    assert padded <= honest + 1 or honest == orders[0]

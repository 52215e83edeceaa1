"""Rationing: rows by hand, and its laws."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from channelsim.simulate.rules.rationing import proportional


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

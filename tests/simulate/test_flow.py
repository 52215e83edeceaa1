"""The bullwhip and turnover of a few weeks, by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from channelsim.simulate.flow import Flow, Spread, amplified


def flow(orders, sold, stock, made):
    found = Flow(len(orders[0]))
    for row in zip(orders, sold, stock, made, strict=True):
        found.add(*(np.array(part, dtype=float) for part in row[:3]), row[3], 2 * row[3])
    return found


def test_partners_and_the_total():
    found = flow(
        orders=[[4, 10], [8, 10], [6, 10]],
        sold=[[5, 9], [7, 11], [6, 10]],
        stock=[[12, 100], [12, 100], [12, 100]],
        made=[10.0, 22.0, 16.0],
    )
    np.testing.assert_allclose(found.bullwhip, [4.0, 0.0, 1.0])  # in all: 14, 18, 16 on both sides
    assert found.production_bullwhip == pytest.approx(9.0)
    assert found.upstream_bullwhip == pytest.approx(36.0)
    np.testing.assert_allclose(found.turnover, [52 * 6 / 12, 52 * 10 / 100, 52 * 16 / 112])


def test_where_nothing_varies_nothing_is_amplified():
    assert amplified(np.array([2.0, 0.0]), np.zeros(2)).tolist() == [1.0, 1.0]
    assert Flow(1).bullwhip.tolist() == [1.0, 1.0]


def test_without_stock_there_is_no_turnover():
    assert flow([[1]], [[1]], [[0]], [1.0]).turnover.tolist() == [0.0, 0.0]


@given(st.lists(st.floats(0, 1e6), min_size=2, max_size=50))
def test_running_moments_are_those_of_the_whole(values):
    spread = Spread(1)
    for value in values:
        spread.add(np.array([value]))
    assert spread.mean[0] == pytest.approx(np.mean(values))
    assert spread.variance[0] == pytest.approx(np.var(values, ddof=1), rel=1e-6, abs=1e-6)

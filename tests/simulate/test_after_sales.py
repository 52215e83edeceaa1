"""Queues for after-sales service, on `tiny` with 30 requests a week at the dealer in A."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from channelsim.simulate.after_sales import LONGEST_WAIT, AfterSales
from tests.instances import tiny

NORTH_A = 1
SOLD = np.array([0.0, 500.0, 0.0, 0.0, 200.0])


def busy(capacity=30.0, rate=0.1, trading_weeks=0.0):
    return tiny().replace(
        {
            "market.claim_rate": rate,
            "market.trading_weeks": trading_weeks,
            "candidates.north-a.after_sales_capacity": capacity,
        }
    )


def test_what_cannot_be_handled_waits():
    # 50 requests a week, 30 handled; then 20 requests a week
    queues = AfterSales(busy(), SOLD)
    seen = []
    for sold in (500.0, 500.0, 200.0, 200.0):
        queues.serve(np.array([0.0, sold, 0.0, 0.0, 200.0]))
        seen.append(queues.queue[NORTH_A])
    assert seen == pytest.approx([20.0, 40.0, 30.0, 20.0])
    assert queues.wait.tolist() == pytest.approx([0.0, 2 / 3, 0.0, 0.0, 0.0])


def test_nobody_waits_longer_than_half_a_year():
    queues = AfterSales(busy(), SOLD)
    queues.serve(SOLD * 1e6)
    assert queues.wait[NORTH_A] == LONGEST_WAIT


def test_nothing_waits_without_requests():
    case = tiny().replace({"candidates.north-a.after_sales_capacity": 30.0})
    queues = AfterSales(case, SOLD)
    queues.serve(SOLD)
    assert queues.wait.tolist() == [0.0] * 5


def test_the_start_has_the_queue_of_todays_trading():
    # 31 requests a week for a year of average weeks, 30 handled
    queues = AfterSales(busy(trading_weeks=52.0), SOLD * 0.62)
    assert queues.queue[NORTH_A] == pytest.approx(52.0)
    assert queues.usual[NORTH_A] == pytest.approx(25.5 / 30)


@given(st.lists(st.floats(0, 2000), max_size=12), st.floats(1, 200), st.floats(1, 3))
def test_more_capacity_never_makes_anybody_wait_longer(sales, capacity, more):
    few, many = (AfterSales(busy(c, trading_weeks=52.0), SOLD) for c in (capacity, capacity * more))
    assert (many.usual <= few.usual + 1e-9).all()
    for sold in sales:
        few.serve(np.full(5, sold))
        many.serve(np.full(5, sold))
        assert (many.wait <= few.wait + 1e-9).all()

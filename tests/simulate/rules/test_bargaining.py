"""Nash bargaining over the wholesale price, worked out by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from channelsim.simulate.rules import bargaining


def one(value):
    return np.array([float(value)])


def test_each_side_keeps_what_it_would_earn_alone():
    # 100 in all, 20 and 10 alone: the partner gets 10 + 0.5 x 70
    assert bargaining.split(one(100), one(20), one(10), one(0.5)) == [45.0]


@pytest.mark.parametrize(
    ("power", "off"),
    [
        (0.0, 0.0),  # it takes the list
        (0.2, 0.0),  # 10 + 0.2 x 70 = 24 < 30: the list is better
        (0.5, 15.0),  # 45 - 30
        (1.0, 50.0),  # all but what the maker would earn alone
    ],
)
def test_the_discount(power, off):
    found = bargaining.discount(one(30), one(70), one(20), one(10), one(power))
    assert found == pytest.approx([off])


@given(st.floats(0, 1), st.floats(0, 1), st.floats(-50, 100), st.floats(-50, 100))
def test_more_power_never_gets_less_nor_all(a, b, income, margin):
    low, high = sorted((a, b))
    less, more = (
        bargaining.discount(one(income), one(margin), one(5), one(10), one(p))[0]
        for p in (low, high)
    )
    assert less <= more + 1e-9
    assert more <= max(margin - 5, 0)


def test_back_margins_rise_where_the_share_is_high():
    rate = bargaining.back_margin(np.zeros(2), np.array([0.24, 0.26]), one(0.0075), 13)
    np.testing.assert_allclose(rate, [0.0, 0.0075 / 4])


def test_what_the_maker_recaptures():
    # 20% of the market is the partner's, 50% the brand's: 30 of the other 80 are the brand's
    np.testing.assert_allclose(bargaining.recaptured(one(0.2), one(0.5)), [0.375])

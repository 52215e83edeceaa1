"""How much stock terms make partners want: the newsvendor's ratio and its laws."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from channelsim.domain.contract import Contract
from channelsim.simulate.stocking import critical_ratio, stock_factor, wanted
from tests.instances import tiny

NORTH_A, WEB = 1, 4
SHARES = st.floats(0, 0.9)


def ratio(price, wholesale, shared=0.0, back=0.0):
    return float(critical_ratio(*(np.array([x]) for x in (price, wholesale, shared, back)))[0])


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        ((100.0, 70.0), 0.3),
        ((100.0, 70.0, 0.0, 0.5), 30 / 65),  # half the price back
        ((100.0, 35.0, 0.35), 30 / 65),  # a lower price and a share of takings
        ((100.0, 120.0), 0.0),  # a loss on every unit
    ],
)
def test_the_ratio_weighs_a_unit_too_few_against_one_too_many(terms, expected):
    assert ratio(*terms) == pytest.approx(expected)


@given(SHARES, SHARES)
def test_more_back_never_lowers_the_ratio(less, more):
    less, more = sorted((less, more))
    assert ratio(100.0, 70.0, 0.1, less) <= ratio(100.0, 70.0, 0.1, more) + 1e-12


@given(SHARES, SHARES)
def test_a_larger_share_alone_never_raises_the_ratio(less, more):
    less, more = sorted((less, more))
    assert ratio(100.0, 70.0, more) <= ratio(100.0, 70.0, less) + 1e-12


def test_stock_is_that_of_the_exponential_newsvendor():
    factor = stock_factor(np.array([0.51]), np.array([0.3]))
    assert factor == pytest.approx([np.log(0.49) / np.log(0.7)])


def test_plain_terms_want_the_types_stock():
    np.testing.assert_array_equal(wanted(tiny()), np.ones(5))


def test_buy_back_raises_what_is_wanted_where_it_holds():
    row = Contract("buy_back", 0.5, channel_type="dealer")
    factor = wanted(tiny().replace(contracts=(row,)))
    assert factor[NORTH_A] == pytest.approx(np.log(35 / 65) / np.log(0.7))
    assert factor[WEB] == 1.0


def test_a_lower_wholesale_price_counts_against_the_usual_ratio():
    case = tiny().replace({"channel_types.dealer.usual_critical_ratio": 0.3})
    assert wanted(case)[NORTH_A] == pytest.approx(1.0)
    cheap = case.replace({"channel_types.dealer.wholesale_price": 49.0})
    assert wanted(cheap)[NORTH_A] == pytest.approx(np.log(0.49) / np.log(0.7))

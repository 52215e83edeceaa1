"""The price floor, violations and the price gap, worked out by hand."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from channelsim.simulate.rules import price_policy, pricing


def one(value):
    return np.array([float(value)])


def quote(units=100.0, slope=-5.0, **fields):
    return pricing.Quote.of(
        one(100), unit_cost=one(60), units=one(units), slope=one(slope), **fields
    )


def test_the_floor_holds_prices_up():
    np.testing.assert_array_equal(price_policy.held(np.array([80.0, 95.0]), 90.0), [90.0, 95.0])


def test_without_a_floor_prices_stay():
    assert price_policy.held(np.array([80.0]), None) == [80.0]


def test_units_answer_a_price_by_the_own_slope():
    assert price_policy.units_at(one(90), quote()) == pytest.approx([100 * math.exp(0.5)])
    assert price_policy.units_at(one(90), quote(capacity=one(120))) == [120.0]


def test_the_gain_below_the_floor():
    # 30 a unit on 100 e^0.5 against 40 a unit on 100
    gain = price_policy.gain_below(one(90), 100.0, quote())
    assert gain == pytest.approx([3000 * math.exp(0.5) - 4000])


@pytest.mark.parametrize(
    ("gain", "seen", "sanction", "alignment", "goes"),
    [
        (100, 0.5, 100, 0.0, True),  # 100 > 50
        (100, 0.5, 300, 0.0, False),  # 100 < 150
        (100, 0.5, 100, 0.6, False),  # 40 < 50: it cares for the maker
        (100, 0.0, 1e9, 0.0, True),  # severe, but nobody looks
        (-5, 0.0, 0, 0.0, False),  # it would lose anyway
    ],
)
def test_violations(gain, seen, sanction, alignment, goes):
    assert price_policy.violates(one(gain), seen, one(sanction), one(alignment)) == [goes]


@given(st.floats(0, 1e6), st.floats(0, 1), st.floats(0, 1e6), st.floats(0, 1), st.floats(0, 1))
def test_neither_detection_nor_alignment_ever_adds_a_violation(gain, seen, sanction, one_, other):
    low, high = sorted((one_, other))
    less = price_policy.violates(one(gain), seen, one(sanction), one(high))
    assert not less[0] or price_policy.violates(one(gain), seen, one(sanction), one(low))[0]
    strict = price_policy.violates(one(gain), high, one(sanction), one(seen))
    assert not strict[0] or price_policy.violates(one(gain), low, one(sanction), one(seen))[0]


def test_online_prices_stay_within_the_gap():
    kept = price_policy.within_gap(np.array([80.0, 97.0, 120.0]), 100.0, 0.05)
    np.testing.assert_allclose(kept, [95.0, 97.0, 105.0])


def test_what_goes_beyond_the_gap():
    beyond = price_policy.beyond_gap(np.array([85.0, 97.0]), 100.0, 0.05)
    np.testing.assert_allclose(beyond, [0.1, 0.0])

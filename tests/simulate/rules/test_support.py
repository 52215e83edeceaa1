"""Support rules: motivation, the sales team's concave response, meetings."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from channelsim.simulate.rules import support


def test_full_support_of_both_kinds_raises_effort_by_a_fifth():
    stocks = np.array([0.0, 1.0]), np.array([0.0, 1.0])
    np.testing.assert_allclose(support.motivation(*stocks), [1.0, 1.2])


def test_no_heads_no_attention():
    assert support.attention(0.0, 15.0, 30, 1.0, 0.0) == 0.0


def test_a_head_for_every_span_gives_63_percent_of_attention():
    assert support.attention(2.0, 15.0, 30, 1.0, 0.0) == pytest.approx(1 - np.exp(-1))


@given(st.floats(0.1, 10), st.floats(0.1, 5))
def test_attention_rises_with_falling_returns(heads, more):
    levels = [support.attention(heads + k * more, 5.0, 20, 1.0, 0.0) for k in range(3)]
    assert levels[1] - levels[0] >= levels[2] - levels[1] >= 0


@pytest.mark.parametrize(
    ("attainment", "expected"), [(1.0, 1.0), (0.0, 1 - 0.5 / 26), (9, 27 / 26 - 0.5 / 26)]
)
def test_morale_follows_attainment_slowly_and_within_bounds(attainment, expected):
    assert support.morale(1.0, attainment) == pytest.approx(expected)


def test_a_meeting_brings_those_who_come_closer():
    trust = support.closer(np.array([0.5, 0.5]), 0.1, np.array([True, False]))
    np.testing.assert_allclose(trust, [0.55, 0.5])


def test_fresh_news_makes_forecasts_more_precise():
    np.testing.assert_allclose(support.precision(np.array([0.0, 1.0])), [1.0, 1.5])

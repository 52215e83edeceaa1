"""Mediation with delay, registered customers and open dealings by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from channelsim.simulate.rules import resolution


def test_a_window_still_stands_if_the_occasion_comes_first():
    # occasion 0.1 a week, expiry 1/13 a week: 0.1 / (0.1 + 0.9 / 13) = 0.591
    share = resolution.turned_away(np.array([0.1]), 1.0, 13.0)
    assert share == pytest.approx([0.1 / (0.1 + 0.9 / 13)])


def test_registration_weighs_the_own_outlet_up_by_what_is_turned_away():
    inertia = resolution.registered(np.array([0.5]), np.array([0.5]))
    assert inertia == pytest.approx([0.5 + np.log(2)])


@given(st.floats(0, 1), st.floats(0, 1), st.floats(1, 100), st.floats(1, 100))
def test_a_longer_window_turns_more_away(rate, protection, one, other):
    short, long = sorted([one, other])
    less, more = (resolution.turned_away(np.array([rate]), protection, w) for w in (short, long))
    assert 0 <= less[0] <= more[0] + 1e-12
    assert more[0] <= protection


def test_open_dealings_raise_the_trust_a_partner_rests_at():
    reputation = np.array([0.6, 1.0])
    np.testing.assert_array_equal(resolution.resting(reputation, 0.0), reputation)
    np.testing.assert_allclose(resolution.resting(reputation, 1.0), [0.8, 1.0])


def test_a_case_is_settled_weeks_after_it_is_taken_up():
    left, settled = resolution.waits(np.array([0, 1, 3]), np.array([True, False, True]), 4)
    np.testing.assert_array_equal(left, [4, 0, 2])
    np.testing.assert_array_equal(settled, [False, True, False])


def test_without_delay_it_is_settled_at_once():
    left, settled = resolution.waits(np.array([0]), np.array([True]), 0)
    assert (left[0], settled[0]) == (0, True)

"""Satisfaction, trust and exit by hand."""

import numpy as np
import pytest

from channelsim.simulate.rules import relationship


@pytest.mark.parametrize(
    ("profit", "reservation", "satisfied"),
    [
        (400, 400, 0.5),  # just earns what it could elsewhere
        (1200, 400, 0.75),
        (0, 400, 0.0),
        (-50, 400, 0.0),  # a loss
        (100, 0, 1.0),  # asks for nothing
        (0, 0, 0.0),
    ],
)
def test_economic_satisfaction(profit, reservation, satisfied):
    result = relationship.economic(np.array([float(profit)]), np.array([float(reservation)]))
    assert result == pytest.approx([satisfied])


@pytest.mark.parametrize(
    ("profit", "maker", "fair"),
    [(50, 50, 1.0), (80, 20, 1.0), (25, 75, 0.5), (0, 100, 0.0), (10, -5, 1.0)],
)
def test_fairness(profit, maker, fair):
    result = relationship.fairness(np.array([float(profit)]), np.array([float(maker)]))
    assert result == pytest.approx([fair])


def test_satisfaction_weighs_both():
    result = relationship.satisfaction(np.array([400.0]), np.array([400.0]), np.array([1200.0]))
    assert result == pytest.approx([0.7 * 0.5 + 0.3 * 0.5])


def test_a_year_is_remembered_longer():
    year = relationship.remembered(np.array([52.0]), np.array([104.0]), relationship.YEAR)
    assert year == pytest.approx([53.0])


def test_memory_takes_in_a_thirteenth():
    assert relationship.remembered(np.array([13.0]), np.array([26.0])) == pytest.approx([14.0])


def test_trust_rests_at_reputation():
    assert relationship.trust(np.array([0.6]), np.array([0.6]), np.zeros(1)) == [0.6]


def test_conflict_erodes_trust_and_time_heals_it():
    hurt = relationship.trust(np.array([0.6]), np.array([0.6]), np.array([0.5]))
    assert hurt == pytest.approx([0.56])
    assert relationship.trust(hurt, np.array([0.6]), np.zeros(1)) == pytest.approx([0.5608])


def test_trust_stays_within_0_and_1():
    trust = relationship.trust(np.array([0.1, 1.0]), np.array([0.1, 1.0]), np.array([9.0, -9.0]))
    np.testing.assert_array_equal(trust, [0.0, 1.0])


def test_a_bad_week_is_held_against_the_maker_until_a_good_one():
    profit, asked = np.array([9.0, 10.0, 11.0]), np.full(3, 10.0)
    weeks = relationship.patience(np.array([5, 5, 0]), profit, asked)
    np.testing.assert_array_equal(weeks, [6, 4, 0])


def test_who_minds_the_future_bears_more():
    weeks = relationship.endures(26, np.array([0.0, 0.25, 0.5, 0.75]))
    assert weeks.tolist() == pytest.approx([1, 26 / 3, 26, 78])


@pytest.mark.parametrize(
    ("weeks", "trust", "leaves"), [(25, 0.5, False), (26, 0.5, True), (0, 0.24, True)]
)
def test_who_leaves(weeks, trust, leaves):
    assert relationship.leaves(np.array([weeks]), np.array([trust]), 26, 0.25) == [leaves]


@pytest.mark.parametrize(
    ("excess", "called", "boycotts"),
    [
        (0.06, False, True),  # enough of its own
        (0.04, False, False),
        (0.04, True, True),  # joins the group
        (-0.01, True, False),  # nothing to complain of
    ],
)
def test_who_boycotts(excess, called, boycotts):
    wrong = relationship.Wrong(np.array([excess]), np.array([called]))
    assert relationship.boycott(wrong) == [boycotts]
    assert relationship.exit(wrong) == [False]


def test_a_group_acts_one_to_two_quarters_later():
    assert relationship.group_delay(0.0) == 13
    assert relationship.group_delay(1 - 1e-12) == 26

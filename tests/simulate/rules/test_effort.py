"""Effort rules against the closed form e = (m / m*)^(1 / (2 - s))."""

import numpy as np
import pytest

from channelsim.simulate.rules import effort


def stake(income, usual=10.0, commitment=1.0):
    arrays = (np.array([float(x)]) for x in (income, usual, commitment))
    return effort.Stake(*arrays, elasticity=0.34)


@pytest.mark.parametrize(
    ("income", "commitment", "expected"),
    [
        (10, 1.0, 1.0),  # the usual terms
        (20, 1.0, 2 ** (1 / 1.66)),  # twice the income
        (10, 0.8, 0.8),  # less committed
        (0, 1.0, 0.2),  # nothing to earn: the least
        (-5, 1.0, 0.2),  # a loss on every unit
        (1000, 1.0, 3.0),  # the most
    ],
)
def test_best_response(income, commitment, expected):
    assert effort.best_response(stake(income, commitment=commitment)) == pytest.approx([expected])


def test_best_response_maximises_profit_less_quadratic_cost():
    income, usual, s = 16.0, 10.0, 0.34
    grid = np.linspace(0.2, 3.0, 28001)
    profit = income * grid**s - s * usual * grid**2 / 2
    best = effort.best_response(stake(income, usual))
    assert best == pytest.approx(grid[profit.argmax()], abs=2e-4)


def test_without_a_stake_effort_stays_at_1():
    assert effort.best_response(stake(5, usual=0, commitment=0.5)) == [1.0]


def test_no_rule_is_always_1():
    assert effort.none(stake(99, commitment=0.1)) == [1.0]


def test_commitment_is_relative_to_the_start():
    now = effort.commitment(np.array([0.3, 0.0]), np.array([0.6, 0.5]), np.array([1.2, 0.0]))
    np.testing.assert_allclose(now, [0.75, 1.0])


def test_training_saturates_below_its_ceiling():
    gain = np.zeros(1)
    for _ in range(2000):
        gain = effort.trained(gain, np.array([1e6]), np.array([1.0]))
    assert gain == pytest.approx([0.25], rel=0.011)


def test_training_is_forgotten_at_1_percent_a_week():
    assert effort.trained(np.array([0.2]), np.zeros(1), np.ones(1)) == pytest.approx([0.198])


def test_a_year_at_the_scale_teaches_a_52nd_each_week():
    assert effort.trained(np.zeros(1), np.array([7.0]), np.array([7.0])) == pytest.approx(
        [0.25 / 52]
    )


def test_goodwill_is_logarithmic():
    spent = effort.goodwill(0.13, np.array([0.0, 5.0]), np.array([5.0, 5.0]))
    np.testing.assert_allclose(spent, [0.0, 0.13 * np.log(2)])


def test_lift_is_nothing_at_the_start():
    assert effort.lift(np.ones(1), np.ones(1), 0.34, np.zeros(1)) == [0.0]


def test_lift_adds_up():
    lift = effort.lift(np.array([2.0]), np.array([1.5]), 0.34, np.array([0.1]))
    assert lift == pytest.approx([0.34 * np.log(3.0) + 0.1])


def aligned(alignment, income=10.0, maker=20.0):
    arrays = (np.array([x]) for x in (income, 10.0, 1.0))
    return effort.aligned_best_response(
        effort.Stake(*arrays, elasticity=0.34, alignment=alignment, maker=maker, maker_usual=20.0)
    )


@pytest.mark.parametrize(
    ("alignment", "income", "maker", "worth"),
    [
        (0.5, 10, 20, 1.0),  # the usual weight and terms
        (1.0, 10, 20, 1.5),  # one who takes the maker's margin as its own
        (0.0, 10, 20, 0.5),  # one who minds its own alone
        (1.0, 12, 18, 1.5),  # margin moved from the maker to it changes nothing then
    ],
)
def test_aligned_partners_weigh_the_makers_margin(alignment, income, maker, worth):
    assert aligned(alignment, income, maker) == pytest.approx([worth ** (1 / 1.66)])


def test_the_usual_alignment_without_a_makers_margin_is_the_best_response():
    seen = stake(16)
    assert effort.aligned_best_response(seen) == effort.best_response(seen)


def test_training_learns_by_its_own_ceiling_decay_and_weeks():
    gain = effort.trained(np.array([0.1]), np.array([7.0]), np.array([7.0]), 0.5, 0.2, 10.0)
    assert gain == pytest.approx([0.8 * 0.1 + 0.1 * 0.4])

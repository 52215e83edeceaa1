"""Effort under quotas against closed forms: the bonus of Basu et al. and Oyer, and its laws."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from channelsim.simulate.rules.effort import LEAST, MOST, Stake, quota_driven
from channelsim.simulate.rules.quota import Goal, Pull, best_effort

QUOTAS = np.array([0.0, 1.0, 2.0, 3.0])


def goal(steps, *, done=0.0, ahead=1.0, noise=1.0, per_unit=0.0, lump=0.0):
    steps = np.atleast_1d(np.asarray(steps, dtype=np.float64))
    each = np.ones_like(steps)
    column = steps[:, None]
    return Goal(
        done * each,
        ahead * each,
        noise * each,
        column,
        np.full_like(column, per_unit),
        np.full_like(column, lump),
    )


def textbook(quota, bonus):
    """Effort where S = e + N(0, 1), a bonus is paid from S >= quota, and effort costs e^2 / 2."""
    steps = np.atleast_1d(np.asarray(quota, dtype=np.float64))
    zero = np.zeros_like(steps)
    return best_effort(Pull(zero, zero + 1, (goal(steps, lump=bonus),), 1.0), MOST)


def test_effort_for_a_bonus_of_2_is_that_of_the_closed_form():
    np.testing.assert_allclose(textbook(QUOTAS, 2.0), [0.647, 0.779, 0.142, 0.009], atol=1e-3)


@given(st.floats(-1, 4), st.floats(0.1, 3))
def test_no_other_effort_earns_more(quota, bonus):
    best = textbook(quota, bonus)
    pull = Pull(np.zeros(1), np.ones(1), (goal(quota, lump=bonus),), 1.0)
    others = [pull.profit(np.full(1, e))[0] for e in np.linspace(0, MOST, 601)]
    assert pull.profit(best)[0] >= max(others) - 1e-4


@given(st.floats(0, 5), st.floats(0.1, 3), st.floats(0.1, 3))
def test_a_larger_bonus_never_lowers_effort(quota, less, more):
    less, more = sorted((less, more))
    assert textbook(quota, less)[0] <= textbook(quota, more)[0] + 2e-3


def test_without_steps_effort_is_the_best_response():
    pull = Pull(np.array([20.0]), np.array([10.0]), (), 0.34)
    assert best_effort(pull, MOST) == pytest.approx(2 ** (1 / 1.66), abs=1e-3)


def test_a_step_already_passed_pays_its_rate_on_every_unit_more():
    passed = goal(0.0, done=0.5, ahead=0.5, noise=0.01, per_unit=10.0)
    pull = Pull(np.array([10.0]), np.array([10.0]), (passed,), 0.34)
    assert best_effort(pull, MOST) == pytest.approx(2 ** (1 / 1.66), abs=1e-3)


@pytest.mark.parametrize(
    ("done", "effort"),
    [
        (0.0, 1.0),  # out of reach: as without it
        (0.85, 1.4),  # within reach: a push of two fifths or more
        (1.2, 1.0),  # passed: nothing more to win
    ],
)
def test_a_bonus_is_chased_within_reach_only(done, effort):
    near = goal(1.0, done=done, ahead=0.12, noise=0.03, lump=0.3)
    stake = Stake(*(np.array([x]) for x in (2.0, 2.0, 1.0)), elasticity=0.34, goals=(near,))
    found = quota_driven(stake)[0]
    assert found == pytest.approx(effort, abs=1e-3) if effort == 1.0 else found > effort


def test_effort_stays_within_a_days_hours_and_its_commitment():
    rich = goal(1.0, done=0.9, ahead=0.12, noise=0.03, lump=100.0)
    for commitment, effort in ((1.0, MOST), (0.01, LEAST)):
        arrays = (np.array([x]) for x in (2.0, 2.0, commitment))
        stake = Stake(*arrays, elasticity=0.34, goals=(rich,))
        assert LEAST <= quota_driven(stake)[0] <= effort


def test_without_a_stake_quotas_do_not_move_effort():
    arrays = (np.array([x]) for x in (2.0, 0.0, 0.5))
    assert quota_driven(Stake(*arrays, elasticity=0.34)) == [1.0]

"""Mixing shortens the way to a rest point, and leaves alone what does not close in on one."""

import numpy as np
import pytest

from channelsim.simulate.mixing import Mixing

REST = np.array([2.0, 3.0])


def rounds(answer, start, *, most=200, still=1e-12):
    """Return the rounds until answers stand still, and where."""
    at, mixing = np.array(start), Mixing()
    for number in range(1, most + 1):
        new = answer(at)
        if np.abs(new / at - 1).max() <= still:
            return number, new
        at = mixing.next(at, new)
    return most, at


def closing(share):
    """Return answers that leave a share of the way to rest, half of it across goods."""
    turn = share * np.array([[0.5, 0.5], [0.5, 0.5]])
    return lambda at: REST + turn @ (at - REST)


@pytest.mark.parametrize("share", [0.5, 0.9])
def test_a_few_rounds_near_rest_do(share):
    number, at = rounds(closing(share), REST * 1.005)
    assert number <= 8
    assert at == pytest.approx(REST, rel=1e-10)


def test_far_from_rest_answers_follow_as_they_come():
    mixing, at = Mixing(), REST * 2
    for _ in range(3):
        answer = closing(0.9)(at)
        at = mixing.next(at, answer)
        np.testing.assert_array_equal(at, answer)


def test_answers_that_move_apart_are_left_alone():
    mixing, at = Mixing(), REST * 1.0001
    for _ in range(5):
        answer = REST + 1.5 * (at - REST)
        at = mixing.next(at, answer)
        np.testing.assert_array_equal(at, answer)

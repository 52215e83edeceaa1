"""Complaints by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from channelsim.simulate.rules import complaints


def test_settled_complaints_win_buyers_back():
    # of 40 in 100 unhappy half complain, and half of those are won back
    happy = complaints.recovered(np.array([[0.6]]), np.array([0.5]), 0.5)
    assert happy == pytest.approx(0.7)


@given(st.floats(0, 1), st.floats(0, 0.95), st.floats(0, 1000))
def test_counting_back_from_the_unhappy_finds_who_complained(complain, settled, first):
    left = first * (1 - complain * settled)
    number = complaints.made(np.array([left]), np.array([complain]), settled)
    assert number[0] == pytest.approx(complain * first)

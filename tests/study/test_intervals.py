import math
import warnings

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channelsim.study.intervals import (
    Interval,
    assumption_interval,
    replication_interval,
    tail_mean,
)

VALUES = st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=20)


def test_students_interval_is_worked_out_by_hand():
    """1, 2, 3: mean 2, standard error 1 / sqrt(3), t of 2 degrees of freedom 4.3027 at 95%."""
    interval = replication_interval([1.0, 2.0, 3.0])
    assert interval.mean == 2.0
    assert interval.high - 2 == pytest.approx(4.302653 / math.sqrt(3), rel=1e-6)
    assert 2 - interval.low == pytest.approx(interval.high - 2)


def test_a_lower_level_takes_its_own_quantile():
    """Two runs 0 and 2: standard error 1; t of 1 degree of freedom is 1 at 50%."""
    interval = replication_interval([0.0, 2.0], level=0.5)
    assert (interval.low, interval.high) == pytest.approx((0.0, 2.0))


def test_one_run_has_no_interval():
    interval = replication_interval([5.0])
    assert interval.mean == 5.0
    assert math.isnan(interval.low)
    assert math.isnan(interval.high)


def test_runs_that_agree_have_an_interval_of_no_width():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert replication_interval([7.0] * 5) == Interval(7.0, 7.0, 7.0)


def test_the_central_draws_are_worked_out_by_hand():
    """0 to 100: the central 95% run from 2.5 to 97.5, the central half from 25 to 75."""
    draws = [float(value) for value in range(101)]
    wide, narrow = assumption_interval(draws), assumption_interval(draws, level=0.5)
    assert (wide.mean, wide.low, wide.high) == pytest.approx((50, 2.5, 97.5))
    assert (narrow.low, narrow.high) == (25, 75)


def test_one_draw_has_no_range():
    interval = assumption_interval([3.0])
    assert interval.mean == 3.0
    assert math.isnan(interval.low)
    assert math.isnan(interval.high)


def test_an_interval_ends_where_its_mean_must():
    interval = replication_interval([0.0, 0.4], least=0.0, most=1.0)
    assert interval == Interval(0.2, 0.0, 1.0)


NAN = float("nan")


@pytest.mark.parametrize(
    ("numbers", "text"),
    [
        ((1234.5, -1.0, 20_000.25), "1,234 [-1, 20,000]"),
        ((22_034.2, -4_026.9, 50_768.4), "22,034 [-4,027, 50,768]"),
        ((0.91234, 0.9, 0.925), "0.9123 [0.9000, 0.9250]"),
        ((5.0, -1.25, 12.5), "5.00 [-1.25, 12.50]"),
        ((5.0, NAN, NAN), "5.000 [nan, nan]"),
        ((NAN, NAN, NAN), "nan [nan, nan]"),
        ((0.0, 0.0, 0.0), "0 [0, 0]"),
        ((2e-9, 0.0, 3e-9), "2.000e-09 [0.000e+00, 3.000e-09]"),
        ((2e20, 0.0, 3e20), "2.000e+20 [0.000e+00, 3.000e+20]"),
    ],
)
def test_the_numbers_of_an_interval_read_alike(numbers, text):
    assert str(Interval(*numbers)) == text


@given(VALUES)
def test_the_mean_lies_within(values):
    interval = replication_interval(values)
    assert interval.low <= interval.mean <= interval.high


@given(VALUES)
def test_a_higher_level_is_never_narrower(values):
    for make in (replication_interval, assumption_interval):
        narrow, wide = make(values, level=0.8), make(values, level=0.95)
        assert wide.low <= narrow.low
        assert wide.high >= narrow.high


@pytest.mark.parametrize(
    ("values", "share", "lower_is_better", "mean"),
    [
        ([5.0, 1.0, 4.0, 2.0], 0.5, False, 1.5),
        ([5.0, 1.0, 4.0, 2.0], 0.5, True, 4.5),
        ([5.0, 1.0, 4.0, 2.0], 0.1, False, 1.0),  # one at least
        ([3.0], 0.5, False, 3.0),
    ],
)
def test_the_tail_is_the_mean_of_the_worst(values, share, lower_is_better, mean):
    assert tail_mean(values, share, lower_is_better) == mean

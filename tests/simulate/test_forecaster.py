"""What forecasters remember."""

import numpy as np
import pytest

from channelsim.simulate.forecaster import LEAST_WEEKS, Forecaster, Habits

ALL = np.array([True, True])


def forecaster(*names, level=100.0, window=3, rho=np.nan, errors=False):
    count = len(names)
    habits = Habits(
        names=names,
        window=np.full(count, window),
        weight=np.full(count, 0.2),
        rho=np.full(count, rho),
        cover=np.full(count, 1),
        delay=np.full(count, 0),
    )
    return Forecaster(habits, np.full(count, level), errors=errors)


def test_each_row_follows_its_own_rule():
    rows = forecaster("exponential_smoothing", "moving_average")
    level = rows.learn(np.full(2, 100.0), np.full(2, 130.0), 1.0, ALL)
    np.testing.assert_allclose(level, [106.0, 110.0])  # a fifth of the way; 100, 100 and 130


def test_a_moving_average_forgets_what_lies_before_its_window():
    rows, level = forecaster("moving_average"), np.array([100.0])
    for asked in (7.0, 10.0, 20.0, 30.0):
        level = rows.learn(level, np.array([asked]), 1.0, ALL[:1])
    assert level == [20.0]


def test_closed_rows_learn_nothing():
    rows = forecaster("moving_average", "moving_average")
    level = rows.learn(np.full(2, 100.0), np.full(2, 10.0), 1.0, np.array([True, False]))
    level = rows.learn(level, np.full(2, 10.0), 1.0, ALL)
    np.testing.assert_allclose(level, [40.0, 70.0])


def test_a_row_that_begins_anew_knows_nothing_of_before():
    rows = forecaster("moving_average", "ar1")
    level = rows.learn(np.full(2, 100.0), np.full(2, 10.0), 1.0, ALL)
    rows.begin(ALL, np.full(2, 60.0))
    level = rows.learn(level, np.full(2, 60.0), 1.0, ALL)
    np.testing.assert_allclose(level, [60.0, 60.0])


def test_a_week_without_season_teaches_nothing():
    rows, level = forecaster("ar1", rho=0.5), np.array([100.0])
    assert rows.learn(level, np.array([0.0]), 0.0, ALL[:1]) is level


def test_correlation_is_found_after_some_weeks():
    rng, rows, level, asked = np.random.default_rng(0), forecaster("ar1"), np.array([100.0]), 100.0
    found = []
    for _ in range(2000):
        asked = 100 + 0.6 * (asked - 100) + rng.normal(0, 5)
        level = rows.learn(level, np.array([asked]), 1.0, ALL[:1])
        found.append(rows.rho.item())
    assert found[int(LEAST_WEEKS) - 2] == 0.0
    assert found[-1] == pytest.approx(0.6, abs=0.05)


def test_errors_start_as_those_of_counts_and_follow_what_is_seen():
    rows, level = forecaster("exponential_smoothing", errors=True), np.array([100.0])
    assert rows.sigma == [10.0]
    rows.learn(level, np.array([100.0]), 1.0, ALL[:1])
    assert rows.sigma == pytest.approx([90**0.5])

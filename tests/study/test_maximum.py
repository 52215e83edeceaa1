"""The largest values of functions whose peaks are known."""

import numpy as np
import pytest

from channelsim.study.maximum import climb, peaks, smooth_peak

ZERO, ONE = np.zeros(1), np.ones(1)


def test_a_parabolas_top():
    (top,) = peaks(lambda x: -((float(x[0]) - 0.3) ** 2), ZERO, ONE)
    assert top.at[0] == pytest.approx(0.3, abs=1e-6)


def test_all_peaks_the_highest_first():
    found = peaks(lambda x: float(np.sin(12 * x[0]) + 0.1 * x[0]), ZERO, ONE)
    assert [round(p.at[0], 3) for p in found[:2]] == [0.655, 0.132]


@pytest.mark.parametrize(("slope", "end"), [(1.0, 1.0), (-1.0, 0.0)])
def test_the_end_of_a_slope(slope, end):
    top = peaks(lambda x: slope * float(x[0]), ZERO, ONE)[0]
    assert top.at[0] == end


def test_a_step_is_found_from_its_high_side():
    top = peaks(lambda x: float(x[0]) if x[0] <= 0.437 else -1e15, ZERO, ONE)[0]
    assert top.at[0] == pytest.approx(0.437, abs=1e-5)


def test_a_level_stretch_is_climbed_from_its_ends_alone():
    seen = []

    def level(x):
        seen.append(float(x[0]))
        return min(0.0, 0.5 - float(x[0]))

    assert peaks(level, ZERO, ONE)[0].value == 0.0
    assert not [x for x in seen if 0.07 < x < 0.43 and (x * 16) % 1]


def test_several_variables():
    low, high = np.array([-1.0, 0.0]), np.array([2.0, 4.0])
    peak = peaks(lambda x: -((x[0] - 0.5) ** 2) - 3 * (x[1] - x[0]) ** 2, low, high)[0]
    assert peak.at == pytest.approx([0.5, 0.5], abs=1e-4)


@pytest.mark.parametrize("start", [[0.1], [0.1, 0.1]])
def test_a_climb_goes_no_farther_than_its_reach(start):
    start = np.array(start)
    top = climb(lambda x: float(x.sum()), 0 * start, 0 * start + 1, start, reach=0.2)
    assert top.at == pytest.approx(start + 0.2)


def test_the_top_of_a_smooth_function_is_known_beyond_the_root_of_its_precision():
    top = smooth_peak(lambda x: float(x[0] * np.exp(-3 * x[0])), 0.0, 4.0)
    assert top.at[0] == pytest.approx(1 / 3, abs=1e-10)


@pytest.mark.parametrize(("slope", "end"), [(1.0, 2.0), (-1.0, -1.0)])
def test_the_end_of_a_smooth_slope(slope, end):
    assert smooth_peak(lambda x: slope * float(x[0]), -1.0, 2.0).at[0] == end


def test_a_kink_away_from_the_top_does_no_harm():
    top = smooth_peak(lambda x: min(float(x[0] * (1 - x[0])), 0.2 * float(1 - x[0])), 0.0, 1.0)
    assert top.at[0] == pytest.approx(0.2, abs=1e-6)


def test_the_top_beyond_a_kink_is_sharp():
    top = smooth_peak(lambda x: float(x[0] * (1 - x[0])) if x[0] > 0.2 else -5.0, 0.0, 1.0)
    assert top.at[0] == pytest.approx(0.5, abs=1e-10)

import numpy as np
import pytest
from numba import njit
from scipy import stats

from channelsim.simulate.kernels.hypergeometric import hypergeometric_at

DRAWS = 200_000


@njit
def _draw(good, bad, sample, seed, draws):
    result = np.empty(draws, np.int64)
    zero = np.uint64(0)
    for i in range(draws):
        place = (np.uint64(seed), zero, zero, zero, zero, zero)
        result[i] = hypergeometric_at(good, bad, sample, place, np.int64(8), i, np.int64(0))
    return result


def _law(good, bad, sample):
    """Values around the mean and their probabilities, from ratios: scipy fails beyond 1e9."""
    total = good + bad
    mean = sample * good / total
    reach = 8 * np.sqrt(mean * (bad / total) * (1 - sample / total)) + 20
    low, high = max(0, sample - bad, int(mean - reach)), min(good, sample, int(mean + reach))
    k = np.arange(low, high, dtype=float)
    step = np.log((good - k) / (k + 1)) + np.log((sample - k) / (bad - sample + k + 1))
    logs = np.append(0.0, np.cumsum(step))
    masses = np.exp(logs - logs.max())
    return np.arange(low, high + 1), masses / masses.sum()


@pytest.mark.parametrize(
    ("good", "bad", "sample", "seed"),
    [
        (5, 5, 5, 1),
        (1, 9, 3, 2),
        (30, 70, 20, 3),
        (30, 70, 80, 4),  # sample over half
        (70, 30, 20, 5),  # good over half
        (70, 30, 80, 6),  # both
        (500, 500, 100, 7),  # rejection
        (10**6, 10**9, 5_000, 8),
        (10**9, 9 * 10**9, 10**6, 9),
        (5 * 10**9, 5 * 10**9, 4 * 10**9, 10),
        (9 * 10**9, 10**9, 6 * 10**9, 11),
        (10**10, 20, 10**9, 12),
        (40, 10**10, 9 * 10**9, 13),
    ],
)
def test_draws_follow_the_exact_law(p_value, good, bad, sample, seed):
    draws = _draw(good, bad, sample, seed, DRAWS)
    assert p_value(draws, *_law(good, bad, sample)) > 1e-3


def test_the_law_tested_against_is_scipys():
    values, masses = _law(300, 700, 400)
    assert np.allclose(masses, stats.hypergeom.pmf(values, 1_000, 300, 400), rtol=1e-9)


@pytest.mark.parametrize(
    ("good", "bad", "sample", "expected"),
    [(0, 5, 3, 0), (5, 0, 3, 3), (5, 5, 0, 0), (5, 5, 10, 5)],
)
def test_certain_draws(good, bad, sample, expected):
    assert np.all(_draw(good, bad, sample, 14, 10) == expected)


@pytest.mark.parametrize(
    ("one", "other", "least"),
    [
        ((490, 510, 200), (510, 490, 200), 0.9),  # across the mirror of the good
        ((400, 600, 490), (400, 600, 510), 0.9),  # across the mirror of the sample
        ((98, 902, 100), (102, 898, 100), 0.25),  # across the switch from inversion to rejection
        ((400, 600, 300), (420, 580, 310), 0.9),
    ],
)
def test_runs_with_nearby_populations_stay_correlated(one, other, least):
    draws = _draw(*one, 15, 20_000), _draw(*other, 15, 20_000)
    assert np.corrcoef(*draws)[0, 1] > least

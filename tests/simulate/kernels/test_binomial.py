import numpy as np
import pytest
from numba import njit
from scipy import stats

from channelsim.simulate.kernels.binomial import binomial_at

DRAWS = 300_000


@njit
def _draw(n, p, seed, draws):
    result = np.empty(draws, np.int64)
    zero = np.uint64(0)
    for i in range(draws):
        place = (np.uint64(seed), zero, zero, zero, zero, zero)
        result[i] = binomial_at(n, p, place, np.int64(3), i, np.int64(0))
    return result


def _law(n, p):
    """Values within eight standard deviations of the mean, and their probabilities."""
    reach = 8 * np.sqrt(n * p * (1 - p)) + 20
    values = np.arange(max(0, int(n * p - reach)), min(n, int(n * p + reach)) + 1)
    return values, stats.binom.pmf(values, n, p)


@pytest.mark.parametrize(
    ("n", "p", "seed"),
    [
        (1, 0.3, 1),  # one trial
        (5, 0.5, 2),  # inversion, exactly one half
        (30, 0.9, 3),  # mirrored inversion
        (50, 0.199, 4),  # just below the switch to rejection
        (50, 0.201, 5),  # just above it
        (1_000, 0.7, 6),  # mirrored rejection
        (10**6, 9e-6, 7),
        (10**6, 0.999995, 8),
        (10**10, 1e-11, 9),  # almost always nobody
        (10**10, 1e-9, 10),
        (10**10, 0.0006, 11),
        (10**10, 0.5, 12),
        (10**10, 0.73, 13),
    ],
)
def test_draws_follow_the_exact_law(p_value, n, p, seed):
    assert p_value(_draw(n, p, seed, DRAWS), *_law(n, p)) > 1e-3


def test_a_wrong_law_is_rejected(p_value):
    assert p_value(_draw(1_000, 0.303, 14, DRAWS), *_law(1_000, 0.3)) < 1e-6


@pytest.mark.parametrize(
    ("n", "p", "expected"), [(0, 0.5, 0), (9, 0.0, 0), (9, 1.0, 9), (9, np.nan, 0)]
)
def test_certain_draws(n, p, expected):
    assert np.all(_draw(n, p, 15, 10) == expected)


@pytest.mark.parametrize(
    ("n", "p", "q", "least"),
    [
        (1_000, 0.49, 0.51, 0.9),  # across the mirror
        (15, 0.49, 0.51, 0.9),  # across the mirror, inverted
        (1_000, 0.0099, 0.0101, 0.5),  # across the switch from inversion to rejection
        (10**9, 0.3, 0.33, 0.9),
    ],
)
def test_runs_with_nearby_probabilities_stay_correlated(n, p, q, least):
    assert np.corrcoef(_draw(n, p, 16, 20_000), _draw(n, q, 16, 20_000))[0, 1] > least

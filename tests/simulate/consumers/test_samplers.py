import numpy as np
import pytest
from scipy import stats
from scipy.special import gammaln

from channelsim.simulate.consumers.names import named
from channelsim.simulate.consumers.samplers import binomial, hypergeometric, log_factorial_step
from channelsim.simulate.streams import Purpose, Streams

DRAWS = 300_000


def _names(seed, draws):
    return named(Streams(seed), 0, Purpose.BUY, np.arange(draws))


def _binomial(n, p, seed, draws=DRAWS):
    return binomial(np.full(draws, n), np.full(draws, p), _names(seed, draws))


def _hypergeometric(good, bad, sample, seed, draws=DRAWS):
    sizes = (np.full(draws, size) for size in (good, bad, sample))
    return hypergeometric(*sizes, _names(seed, draws))


def _binomial_law(n, p):
    """Values within eight standard deviations of the mean, and their probabilities."""
    reach = 8 * np.sqrt(n * p * (1 - p)) + 20
    values = np.arange(max(0, int(n * p - reach)), min(n, int(n * p + reach)) + 1)
    return values, stats.binom.pmf(values, n, p)


def _hypergeometric_law(good, bad, sample):
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
    ("n", "p", "seed"),
    [
        (1, 0.3, 41),  # one trial
        (5, 0.5, 42),  # inversion, exactly one half
        (30, 0.9, 43),  # mirrored inversion
        (100, 0.299, 44),  # just below the switch to rejection
        (100, 0.301, 45),  # just above it
        (1_000, 0.7, 46),  # mirrored rejection
        (10**6, 2.9e-5, 47),
        (10**6, 0.999995, 48),
        (10**10, 1e-11, 49),  # almost always nobody
        (10**10, 1e-9, 50),
        (10**10, 0.0006, 51),
        (10**10, 0.5, 52),
        (10**10, 0.73, 53),
    ],
)
def test_binomial_draws_follow_the_exact_law(p_value, n, p, seed):
    assert p_value(_binomial(n, p, seed), *_binomial_law(n, p)) > 1e-3


@pytest.mark.parametrize(
    ("good", "bad", "sample", "seed"),
    [
        (5, 5, 5, 61),
        (1, 9, 3, 62),
        (30, 70, 20, 63),
        (30, 70, 80, 64),  # sample over half
        (70, 30, 20, 65),  # good over half
        (70, 30, 80, 66),  # both
        (500, 500, 100, 67),  # rejection
        (10**6, 10**9, 5_000, 68),
        (10**6, 10**9, 50_000, 69),
        (10**9, 9 * 10**9, 10**6, 70),
        (5 * 10**9, 5 * 10**9, 4 * 10**9, 71),
        (9 * 10**9, 10**9, 6 * 10**9, 72),
        (10**10, 20, 10**9, 73),
        (40, 10**10, 9 * 10**9, 74),
        (5 * 10**5, 10**10, 5 * 10**5, 75),  # the longest product that inversion starts from
    ],
)
def test_hypergeometric_draws_follow_the_exact_law(p_value, good, bad, sample, seed):
    draws = _hypergeometric(good, bad, sample, seed)
    assert p_value(draws, *_hypergeometric_law(good, bad, sample)) > 1e-3


def test_wrong_laws_are_rejected(p_value):
    assert p_value(_binomial(1_000, 0.303, 76), *_binomial_law(1_000, 0.3)) < 1e-6
    draws = _hypergeometric(300, 700, 404, 77)
    assert p_value(draws, *_hypergeometric_law(300, 700, 400)) < 1e-6


def test_the_hypergeometric_law_tested_against_is_scipys():
    values, masses = _hypergeometric_law(300, 700, 400)
    assert np.allclose(masses, stats.hypergeom.pmf(values, 1_000, 300, 400), rtol=1e-9)


@pytest.mark.parametrize(
    ("n", "p", "expected"), [(0, 0.5, 0), (9, 0.0, 0), (9, 1.0, 9), (9, np.nan, 0)]
)
def test_certain_binomial_draws(n, p, expected):
    assert np.all(_binomial(n, p, 78, 10) == expected)


@pytest.mark.parametrize(
    ("good", "bad", "sample", "expected"),
    [(0, 5, 3, 0), (5, 0, 3, 3), (5, 5, 0, 0), (5, 5, 10, 5)],
)
def test_certain_hypergeometric_draws(good, bad, sample, expected):
    assert np.all(_hypergeometric(good, bad, sample, 79, 10) == expected)


@pytest.mark.parametrize(
    ("n", "p", "q", "least"),
    [
        (1_000, 0.49, 0.51, 0.9),  # across the mirror
        (15, 0.49, 0.51, 0.9),  # across the mirror, inverted
        (1_000, 0.0299, 0.0301, 0.5),  # across the switch from inversion to rejection
        (10**9, 0.3, 0.33, 0.9),
    ],
)
def test_binomial_runs_with_nearby_probabilities_stay_correlated(n, p, q, least):
    draws = _binomial(n, p, 80, 20_000), _binomial(n, q, 80, 20_000)
    assert np.corrcoef(*draws)[0, 1] > least


@pytest.mark.parametrize(
    ("one", "other", "least"),
    [
        ((490, 510, 200), (510, 490, 200), 0.9),  # across the mirror of the good
        ((400, 600, 490), (400, 600, 510), 0.9),  # across the mirror of the sample
        ((298, 702, 100), (302, 698, 100), 0.25),  # across the switch from inversion to rejection
        ((400, 600, 300), (420, 580, 310), 0.9),
    ],
)
def test_hypergeometric_runs_with_nearby_populations_stay_correlated(one, other, least):
    draws = _hypergeometric(*one, 81, 20_000), _hypergeometric(*other, 81, 20_000)
    assert np.corrcoef(*draws)[0, 1] > least


def test_draws_of_many_sizes_at_once_are_those_of_one_at_a_time():
    n, p = np.array([3, 10**9, 40, 70]), np.array([0.2, 0.4, 0.9, 0.5])
    names = _names(82, 4)
    singles = [
        binomial(n[i : i + 1], p[i : i + 1], names.of(np.array([i])))[0] for i in range(len(n))
    ]
    assert binomial(n, p, names).tolist() == singles


@pytest.mark.parametrize(("x", "step"), [(0.0, 7.0), (40.0, -40.0), (1_000.0, 3.0)])
def test_steps_of_log_factorials_are_those_of_lgamma_where_it_keeps_its_digits(x, step):
    expected = gammaln(x + step + 1) - gammaln(x + 1)
    found = log_factorial_step(np.array([x]), np.array([step]))
    assert found == pytest.approx(expected, rel=1e-10)

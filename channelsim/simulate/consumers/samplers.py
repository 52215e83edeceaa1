"""Exact binomial and hypergeometric draws in NumPy, many at once, at any size up to 1e10.

Inversion of the first uniform where the mean is below 30, else rejection: transformed with squeeze
(BTRS) for the binomial, ratio of uniforms (HRUA) for the hypergeometric. Draws increase in their
first uniform and are mirrored with it where p > 1/2, or where good or sample exceed half of the
population, so that runs on either side stay correlated. The scheme, not the bits, is the kernels'.
"""

from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

from channelsim.simulate.consumers.names import Names

type Ints = NDArray[np.int64]
type Floats = NDArray[np.float64]
type Bools = NDArray[np.bool_]
type Proposal = tuple[Floats, Bools]

_SMALL_MEAN: Final = 30.0
_MOST_INVERTED: Final = 256  # at a mean of 30 a larger draw has a probability below 1e-120
_EXACT: Final = np.arange(16.0)
_TAILS: Final = (
    gammaln(_EXACT + 1)
    - (_EXACT + 0.5) * np.log(_EXACT + 1)
    + (_EXACT + 1)
    - 0.5 * np.log(2 * np.pi)
)
_WIDTH: Final = 2.0 * np.sqrt(2.0 / np.e)
_MARGIN: Final = 3.0 - 2.0 * np.sqrt(3.0 / np.e)


def binomial(n: Ints, p: Floats, names: Names) -> Ints:
    """Return successes among n trials of probability p; a probability of 0/0 sends nobody."""
    result = np.where((p >= 1.0) & (n > 0), n, 0)
    live = np.flatnonzero((n > 0) & (p > 0.0) & (p < 1.0))
    if len(live) > 0:
        result[live] = _binomial(n[live].astype(np.float64), p[live], names.of(live))
    return result


def hypergeometric(good: Ints, bad: Ints, sample: Ints, names: Names) -> Ints:
    """Return good ones in samples without replacement; a sample may be as large as all there is."""
    result = np.where((bad <= 0) | (sample >= good + bad), np.minimum(good, sample), 0)
    live = np.flatnonzero((good > 0) & (bad > 0) & (sample > 0) & (sample < good + bad))
    if len(live) > 0:
        result[live] = _hypergeometric(
            good[live].astype(np.float64),
            bad[live].astype(np.float64),
            sample[live].astype(np.float64),
            names.of(live),
        )
    return result


def _binomial(n: Floats, p: Floats, names: Names) -> Floats:
    mirrored = p > 0.5
    p = np.where(mirrored, 1.0 - p, p)
    few = n * p < _SMALL_MEAN
    k = np.empty(len(n))
    k[few] = _invert_binomial(n[few], p[few], _first(names.of(few), mirrored[few]))
    k[~few] = _rejected(_transform, (n[~few], p[~few]), names.of(~few), mirrored[~few])
    return np.where(mirrored, n - k, k)


def _hypergeometric(good: Floats, bad: Floats, sample: Floats, names: Names) -> Floats:
    total = good + bad
    complement, exchange = 2 * sample > total, good > bad
    rare = np.minimum(good, bad)
    taken = np.where(complement, total - sample, sample)
    mirrored = complement != exchange
    few = taken * rare < _SMALL_MEAN * total
    k = np.empty(len(total))
    k[few] = _invert_hypergeometric(
        rare[few], total[few], taken[few], _first(names.of(few), mirrored[few])
    )
    sizes = (rare[~few], total[~few], taken[~few])
    k[~few] = _rejected(_ratio, sizes, names.of(~few), mirrored[~few])
    k = np.where(exchange, taken - k, k)
    return np.where(complement, good - k, k)


def _first(names: Names, mirrored: Bools) -> Floats:
    """Return the first uniforms, mirrored where they are to be."""
    u, _ = names.uniforms(0)
    return np.where(mirrored, 1.0 - u, u)


def _invert(u: Floats, mass: Floats, ratio: Callable[[Ints, int], Floats]) -> Ints:
    """Return the smallest k whose cumulative probability reaches u.

    Parameters
    ----------
    mass
        Probability of 0.
    ratio
        Probability of k + 1 over that of k for some of the draws; 0 at the largest possible k.
    """
    result = np.zeros(len(u), dtype=np.int64)
    which = np.arange(len(u))
    for k in range(_MOST_INVERTED):
        more = np.flatnonzero(u > mass)
        if len(more) == 0:
            break
        which, u, mass = which[more], u[more] - mass[more], mass[more]
        step = ratio(which, k)
        possible = step > 0.0  # what rounding leaves of u beyond the last value is no draw
        which, u, mass = which[possible], u[possible], (mass * step)[possible]
        result[which] = k + 1
    return result


def _invert_binomial(n: Floats, p: Floats, u: Floats) -> Ints:
    odds = p / (1.0 - p)
    return _invert(
        u, np.exp(n * np.log1p(-p)), lambda some, k: odds[some] * (n[some] - k) / (k + 1)
    )


def _invert_hypergeometric(good: Floats, total: Floats, sample: Floats, u: Floats) -> Ints:
    """P(0) = (total - good)! (total - sample)! / (total! (total - good - sample)!)."""
    fewer, rest = np.minimum(good, sample), total - good - sample
    others = total - np.maximum(good, sample)
    none = np.exp(log_factorial_step(total, -fewer) - log_factorial_step(others, -fewer))

    def ratio(some: Ints, k: int) -> Floats:
        return (good[some] - k) * (sample[some] - k) / ((k + 1.0) * (rest[some] + k + 1.0))

    return _invert(u, none, ratio)


def _rejected(
    propose: Callable[..., Proposal], sizes: tuple[Floats, ...], names: Names, mirrored: Bools
) -> Floats:
    """Return the first accepted proposals; each attempt has uniforms of its own."""
    result = np.empty(len(mirrored))
    which, attempt = np.arange(len(mirrored)), 0
    while len(which) > 0:
        u, v = names.of(which).uniforms(attempt)
        offset = np.where(mirrored[which], 0.5 - u, u - 0.5)
        k, accepted = propose(*(size[which] for size in sizes), offset, v)
        result[which[accepted]] = k[accepted]
        which, attempt = which[~accepted], attempt + 1
    return result


def _transform(n: Floats, p: Floats, offset: Floats, v: Floats) -> Proposal:
    """BTRS of Hormann (1993), 'The generation of binomial random variates', for p <= 1/2."""
    spread = np.sqrt(n * p * (1.0 - p))
    b = 1.15 + 2.53 * spread
    a = -0.0873 + 0.0248 * b + 0.01 * p
    mode = np.floor((n + 1) * p)
    edge = 0.5 - np.abs(offset)
    k = np.floor((2.0 * a / edge + b) * offset + n * p + 0.5)
    possible = (k >= 0) & (k <= n)
    step = np.where(possible, k - mode, 0.0)
    height = step * np.log(p / (1.0 - p))
    height -= log_factorial_step(mode, step) + log_factorial_step(n - mode, -step)
    bound = np.log(v * (2.83 + 5.1 / b) * spread / (a / (edge * edge) + b))
    return k, (edge >= 0.07) & (v <= 0.92 - 4.2 / b) | possible & (bound <= height)


def _ratio(good: Floats, total: Floats, sample: Floats, offset: Floats, v: Floats) -> Proposal:
    """HRUA of Stadlober (1990), 'The ratio of uniforms approach for ... discrete variates'."""
    bad = total - good
    mean = sample * good / total
    variance = mean * (bad / total) * ((total - sample) / (total - 1.0))
    width = _WIDTH * np.sqrt(variance + 0.5) + _MARGIN
    mode = np.floor((sample + 1.0) * ((good + 1.0) / (total + 2.0)))
    k = np.floor(mean + 0.5 + width * offset / v)
    possible = (k >= 0) & (k <= np.minimum(good, sample))
    step = np.where(possible, k - mode, 0.0)
    height = -(
        log_factorial_step(mode, step)
        + log_factorial_step(good - mode, -step)
        + log_factorial_step(sample - mode, -step)
        + log_factorial_step(bad - sample + mode, step)
    )
    below = (v * (4.0 - v) - 3.0 <= height) | (2.0 * np.log(v) <= height)
    return k, possible & below


def log_factorial_step(x: Floats, step: Floats) -> Floats:
    """Return ln (x + step)! - ln x! for whole x >= 0 and x + step >= 0.

    Subtracting two log factorials loses every digit that matters once x is large, so with

        ln x! = (x + 1/2) ln(x + 1) - (x + 1) + ln(2 pi) / 2 + tail(x)

    the difference is written with log1p.
    """
    end = x + step
    middle = (x + 0.5) * np.log1p(step / (x + 1.0)) + step * (np.log(end + 1.0) - 1.0)
    return middle + _tail(end) - _tail(x)


def _tail(x: Floats) -> Floats:
    """Return what Stirling's formula leaves out of ln x!, to 1e-12 (his series in x + 1)."""
    inverse = 1.0 / (x + 1.0)
    square = inverse * inverse
    series = inverse * (1.0 / 12.0 - square * (1.0 / 360.0 - square * (1.0 / 1260.0)))
    return np.where(
        x < len(_TAILS), _TAILS[np.minimum(x, len(_TAILS) - 1).astype(np.int64)], series
    )

"""Exact hypergeometric draws from populations up to 1e10, increasing in their first uniform.

Inversion where the mean is below 10, else ratio of uniforms (HRUA). Both work on the reduced case
(sample and good at most half of the population); each reduction mirrors the draw and its uniform.
"""

import math
from typing import Any, Final

import numpy as np
from numba import njit

from channelsim.simulate.kernels.binomial import MOST_INVERTED, SMALL_MEAN
from channelsim.simulate.kernels.factorial import log_factorial_rest, log_factorial_step
from channelsim.simulate.kernels.philox import (
    FIRST_ATTEMPT,
    GLUE,
    INNER,
    uniforms,
)

_FEW: Final = 12
_WIDTH: Final = 2.0 * math.sqrt(2.0 / math.e)
_MARGIN: Final = 3.0 - 2.0 * math.sqrt(3.0 / math.e)


@njit(**GLUE)
def _probability_of_none(total: float, good: float, sample: float) -> float:
    """Probability that a sample holds no good one.

    (total - good)! (total - sample)! / (total! (total - good - sample)!), as a product where it is
    short.
    """
    fewer = min(good, sample)
    others = total - max(good, sample)
    if fewer > _FEW:
        return math.exp(log_factorial_step(total, -fewer) - log_factorial_step(others, -fewer))
    product = 1.0
    for i in range(int(fewer)):
        product *= (others - i) / (total - i)
    return product


@njit(**INNER)
def _invert(good: int, bad: int, sample: int, u: float) -> int:
    """Smallest k whose cumulative probability reaches u."""
    mass = _probability_of_none(float(good + bad), float(good), float(sample))
    rest = float(bad - sample)
    most = min(good, sample, MOST_INVERTED)
    k = 0
    while u > mass and k < most:
        u -= mass
        mass *= (float(good - k) * float(sample - k)) / ((k + 1.0) * (rest + k + 1.0))
        k += 1
    return k


@njit(**INNER)
def _ratio(
    good: float,
    bad: float,
    sample: float,
    u: float,
    v: float,
    mirrored: bool,
    place: Any,
    purpose: int,
    ident: int,
    level: int,
) -> int:
    """HRUA of Stadlober (1990), 'The ratio of uniforms approach for ... discrete variates'."""
    total = good + bad
    mean = sample * good / total
    variance = mean * (bad / total) * ((total - sample) / (total - 1.0))
    width = _WIDTH * math.sqrt(variance + 0.5) + _MARGIN
    mode = np.floor((sample + 1.0) * ((good + 1.0) / (total + 2.0)))
    most = min(good, sample)
    attempt = 0
    while True:
        offset = 0.5 - u if mirrored else u - 0.5
        k = np.floor(mean + 0.5 + width * offset / v)
        if 0.0 <= k <= most:
            step = k - mode
            odds = (good - k + 1.0) * (sample - k + 1.0) / ((k + 1.0) * (bad - sample + k + 1.0))
            height = step * math.log(odds) - (
                log_factorial_rest(mode, step)
                + log_factorial_rest(good - mode, -step)
                + log_factorial_rest(sample - mode, -step)
                + log_factorial_rest(bad - sample + mode, step)
            )
            if v * (4.0 - v) - 3.0 <= height or (
                v * (v - height) < 1.0 and 2.0 * math.log(v) <= height
            ):
                return int(k)
        attempt += 1
        u, v = uniforms(place, purpose, ident, level, attempt)


@njit(**INNER)
def hypergeometric(
    good: int,
    bad: int,
    sample: int,
    u: float,
    v: float,
    place: Any,
    purpose: int,
    ident: int,
    level: int,
) -> int:
    """Good ones in a sample without replacement, from the first attempt's uniforms u and v."""
    if good <= 0 or sample <= 0:
        return 0
    if bad <= 0 or sample >= good + bad:
        return min(good, sample)
    complement = 2 * sample > good + bad
    exchange = good > bad
    few = min(good, bad)
    taken = good + bad - sample if complement else sample
    mirrored = complement != exchange
    if float(taken) * float(few) < SMALL_MEAN * float(good + bad):
        k = _invert(few, good + bad - few, taken, 1.0 - u if mirrored else u)
    else:
        k = _ratio(
            float(few),
            float(good + bad - few),
            float(taken),
            u,
            v,
            mirrored,
            place,
            purpose,
            ident,
            level,
        )
    if exchange:
        k = taken - k
    return good - k if complement else k


@njit(**INNER)
def hypergeometric_at(
    good: int, bad: int, sample: int, place: Any, purpose: int, ident: int, level: int
) -> int:
    """Good ones in a sample without replacement, drawn at a place."""
    if good <= 0 or sample <= 0:
        return 0
    if bad <= 0 or sample >= good + bad:
        return min(good, sample)
    u, v = uniforms(place, purpose, ident, level, FIRST_ATTEMPT)
    return hypergeometric(good, bad, sample, u, v, place, purpose, ident, level)

"""Exact binomial draws at any size up to 1e10, increasing in their first uniform.

Inversion where n p < 10, else transformed rejection with squeeze (BTRS). Where p > 1/2 the draw and
its first uniform are mirrored, so that runs whose p lies on either side of 1/2 stay correlated.
"""

import math
from typing import Any, Final

import numpy as np
from numba import njit

from channelsim.simulate.kernels.factorial import log1p_of, log_factorial_rest
from channelsim.simulate.kernels.philox import (
    FIRST_ATTEMPT,
    INLINED,
    INNER,
    uniforms,
)

SMALL_MEAN: Final = 10.0
"""Mean below which draws are inverted."""
MOST_INVERTED: Final = 128
"""No inverted draw is larger: at a mean of 10 that has a probability below 1e-80."""
_SQUARED: Final = 1024
"""Trials below which a power is quicker by squaring."""
_RECIPROCAL: Final = np.concatenate([[0.0], 1.0 / np.arange(1, MOST_INVERTED + 1)])


@njit(**INLINED)
def _none(n: int, p: float) -> float:
    """Probability of no success: (1 - p)^n."""
    if n >= _SQUARED:
        return math.exp(n * log1p_of(-p))
    power, mass = 1.0 - p, 1.0
    while n > 0:
        mass *= power if n & 1 else 1.0
        power *= power
        n >>= 1
    return mass


@njit(**INNER)
def _invert(n: int, p: float, u: float) -> int:
    """Smallest k whose cumulative probability reaches u."""
    odds = p / (1.0 - p)
    mass = _none(n, p)
    most = min(n, MOST_INVERTED)
    k = 0
    while u > mass and k < most:
        u -= mass
        mass *= odds * (n - k) * _RECIPROCAL[k + 1]
        k += 1
    return k


@njit(**INLINED)
def _log_ratio(n: int, p: float, mode: float, step: float, variance: float, height: float) -> float:
    """Ln of the probability of mode + step over that of the mode; a bound that lies on the same
    side of the height where there is one (Kachitvichyanukul & Schmeiser 1988, step 5.2).
    """
    far = abs(step)
    if far > 20.0 and far < 0.5 * variance - 1.0:
        guess = -0.5 * far * far / variance
        error = far / variance * ((far * (far / 3.0 + 0.625) + 1.0 / 6.0) / variance + 0.5)
        if height < guess - error:
            return guess - error
        if height > guess + error:
            return guess + error
    odds = p * (n - mode - step + 1.0) / ((1.0 - p) * (mode + step + 1.0))
    return (
        step * math.log(odds) - log_factorial_rest(mode, step) - log_factorial_rest(n - mode, -step)
    )


@njit(**INNER)
def _reject(
    n: int,
    p: float,
    u: float,
    v: float,
    mirrored: bool,
    place: Any,
    purpose: int,
    ident: int,
    level: int,
) -> int:
    """BTRS from where a first attempt is not accepted at once."""
    variance = n * p * (1.0 - p)
    spread = math.sqrt(variance)
    b = 1.15 + 2.53 * spread
    a = -0.0873 + 0.0248 * b + 0.01 * p
    mode = np.floor((n + 1) * p)
    attempt = 0
    while True:
        offset = 0.5 - u if mirrored else u - 0.5
        edge = 0.5 - abs(offset)
        k = np.floor((2.0 * a / edge + b) * offset + n * p + 0.5)
        if edge >= 0.07 and v * b <= 0.92 * b - 4.2:
            return int(k)
        if 0 <= k <= n:
            height = math.log(v * (2.83 + 5.1 / b) * spread / (a / (edge * edge) + b))
            if height <= _log_ratio(n, p, mode, k - mode, variance, height):
                return int(k)
        attempt += 1
        u, v = uniforms(place, purpose, ident, level, attempt)


@njit(**INLINED)
def _transform(
    n: int,
    p: float,
    u: float,
    v: float,
    mirrored: bool,
    place: Any,
    purpose: int,
    ident: int,
    level: int,
) -> int:
    """BTRS of Hormann (1993), 'The generation of binomial random variates', for p <= 1/2."""
    b = 1.15 + 2.53 * math.sqrt(n * p * (1.0 - p))
    a = -0.0873 + 0.0248 * b + 0.01 * p
    offset = 0.5 - u if mirrored else u - 0.5
    edge = 0.5 - abs(offset)
    if edge >= 0.07 and v * b <= 0.92 * b - 4.2:
        return int(np.floor((2.0 * a / edge + b) * offset + n * p + 0.5))
    return int(_reject(n, p, u, v, mirrored, place, purpose, ident, level))


@njit(**INNER)
def binomial(
    n: int, p: float, u: float, v: float, place: Any, purpose: int, ident: int, level: int
) -> int:
    """Successes among n trials of probability p, from the first attempt's uniforms u and v."""
    if n <= 0 or not p > 0.0:  # a probability of 0/0 sends nobody
        return 0
    if p >= 1.0:
        return n
    mirrored = p > 0.5
    if mirrored:
        p = 1.0 - p
    if n * p < SMALL_MEAN:
        k = _invert(n, p, 1.0 - u if mirrored else u)
    else:
        k = _transform(n, p, u, v, mirrored, place, purpose, ident, level)
    return n - k if mirrored else k


@njit(**INNER)
def binomial_at(n: int, p: float, place: Any, purpose: int, ident: int, level: int) -> int:
    """Successes among n trials of probability p, drawn at a place."""
    if n <= 0 or not p > 0.0:
        return 0
    u, v = uniforms(place, purpose, ident, level, FIRST_ATTEMPT)
    return binomial(n, p, u, v, place, purpose, ident, level)

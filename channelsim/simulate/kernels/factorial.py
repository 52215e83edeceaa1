"""Differences of log factorials that keep their digits up to 1e10 and beyond.

    ln x! = (x + 1/2) ln(x + 1) - (x + 1) + ln(2 pi) / 2 + tail(x)

Subtracting two such values loses every digit that matters once x is large, so the difference is
written with log1p instead (lgamma would be wrong in the sixth digit of a ratio at 1e10).
"""

import math
from typing import Final

import numpy as np
from numba import njit

from channelsim.simulate.kernels.philox import INLINED, INNER

_NEAR: Final = 0.04
_THIRD, _FIFTH, _SEVENTH, _NINTH = 1.0 / 3.0, 1.0 / 5.0, 1.0 / 7.0, 1.0 / 9.0
_EXACT: Final = 16
_TAILS: Final = np.array(
    [
        math.lgamma(x + 1) - (x + 0.5) * math.log(x + 1) + (x + 1) - 0.5 * math.log(2 * math.pi)
        for x in range(_EXACT)
    ]
)


@njit(**INLINED)
def stirling_tail(x: float) -> float:
    """What Stirling's formula leaves out of ln x!, to 1e-12 (Stirling's series in x + 1)."""
    if x < _EXACT:
        return float(_TAILS[int(x)])
    inverse = 1.0 / (x + 1.0)
    square = inverse * inverse
    return inverse * (1.0 / 12.0 - square * (1.0 / 360.0 - square * (1.0 / 1260.0)))


@njit(**INLINED)
def log1p_of(x: float) -> float:
    """Ln (1 + x): near 0 by the series of atanh, to a relative error of 1e-16, without a call."""
    if abs(x) > _NEAR:
        return math.log1p(x)
    z = x / (2.0 + x)
    square = z * z
    tail = square * (_THIRD + square * (_FIFTH + square * (_SEVENTH + square * _NINTH)))
    return 2.0 * z * (1.0 + tail)


@njit(**INLINED)
def log_factorial_rest(x: float, step: float) -> float:
    """Ln (x + step)! - ln x! but for step (ln(x + step + 1) - 1), for whole x, x + step >= 0.

    Where steps add up to nothing, what is left out is one logarithm for all of them.
    """
    return (x + 0.5) * log1p_of(step / (x + 1.0)) + stirling_tail(x + step) - stirling_tail(x)


@njit(**INNER)
def log_factorial_step(x: float, step: float) -> float:
    """Ln (x + step)! - ln x!, for whole x >= 0 and x + step >= 0."""
    return log_factorial_rest(x, step) + step * (math.log(x + step + 1.0) - 1.0)

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

_NEAR: Final = 0.1
_A, _B, _C, _D, _E, _F = (1.0 / i for i in range(3, 15, 2))
_EXACT: Final = 16
_TAILS: Final = np.array(
    [
        math.lgamma(x + 1) - (x + 0.5) * math.log(x + 1) + (x + 1) - 0.5 * math.log(2 * math.pi)
        for x in range(_EXACT)
    ]
)


_SMALL: Final = 256
_FACTORIALS: Final = np.array([math.lgamma(x + 1) for x in range(_SMALL)])
_LOGS: Final = np.array([math.log(x + 1) - 1.0 for x in range(_SMALL)])


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
    tail = _A + square * (_B + square * (_C + square * (_D + square * (_E + square * _F))))
    return 2.0 * z * (1.0 + square * tail)


@njit(**INLINED)
def log_factorial_rest(x: float, step: float) -> float:
    """Ln (x + step)! - ln x! but for step (ln(x + step + 1) - 1), for whole x, x + step >= 0.

    Where steps add up to nothing, what is left out is one logarithm for all of them.
    """
    if x < _SMALL and x + step < _SMALL:
        at = int(x + step)
        return float(_FACTORIALS[at] - _FACTORIALS[int(x)] - step * _LOGS[at])
    return (x + 0.5) * log1p_of(step / (x + 1.0)) + stirling_tail(x + step) - stirling_tail(x)


@njit(**INNER)
def log_factorial_step(x: float, step: float) -> float:
    """Ln (x + step)! - ln x!, for whole x >= 0 and x + step >= 0."""
    return log_factorial_rest(x, step) + step * (math.log(x + step + 1.0) - 1.0)

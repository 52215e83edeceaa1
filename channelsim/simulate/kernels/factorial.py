"""Differences of log factorials that keep their digits up to 1e10 and beyond.

    ln x! = (x + 1/2) ln(x + 1) - (x + 1) + ln(2 pi) / 2 + tail(x)

Subtracting two such values loses every digit that matters once x is large, so the difference is
written with log1p instead (lgamma would be wrong in the sixth digit of a ratio at 1e10).
"""

import math
from typing import Final

import numpy as np
from numba import njit

from channelsim.simulate.kernels.philox import INNER

_EXACT: Final = 16
_TAILS: Final = np.array(
    [
        math.lgamma(x + 1) - (x + 0.5) * math.log(x + 1) + (x + 1) - 0.5 * math.log(2 * math.pi)
        for x in range(_EXACT)
    ]
)


@njit(**INNER)
def stirling_tail(x: float) -> float:
    """What Stirling's formula leaves out of ln x!, to 1e-12 (Stirling's series in x + 1)."""
    if x < _EXACT:
        return float(_TAILS[int(x)])
    inverse = 1.0 / (x + 1.0)
    square = inverse * inverse
    return inverse * (1.0 / 12.0 - square * (1.0 / 360.0 - square * (1.0 / 1260.0)))


@njit(**INNER)
def log_factorial_step(x: float, step: float) -> float:
    """Ln (x + step)! - ln x!, for whole x >= 0 and x + step >= 0."""
    return (
        (x + 0.5) * math.log1p(step / (x + 1.0))
        + step * (math.log(x + step + 1.0) - 1.0)
        + stirling_tail(x + step)
        - stirling_tail(x)
    )

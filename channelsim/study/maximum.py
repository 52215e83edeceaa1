"""The largest value of a function over a box, where derivatives are not to be had.

One variable: a grid finds the peaks, and Brent's parabolas (1973) climb each. Several: Sobol points
find the basins, and the simplex of Nelder and Mead (1965) climbs the best of them. A smooth
function of one variable is told by a polynomial through few points (Trefethen 2013): its peak is
known to the precision of its values, not to the root of it, so that choices may be nested.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.polynomial import Chebyshev
from numpy.polynomial.chebyshev import chebpts1
from scipy.optimize import minimize, minimize_scalar
from scipy.stats import qmc

from channelsim.domain.columns import Floats, Ints

GRID = 17
"""Points of the grid in one variable."""
POINTS = 4
"""Logarithm to base 2 of the Sobol points per variable."""
FINE = 1e-7
"""Width, share of the box, to which a peak is located; values are flat there."""

_EDGE = 1e-3
_NODES = (4, 8)
"""Points through which polynomials are laid, the fewer first."""
_CLOSER = 5
"""How often the neighbourhood of the highest point is looked at instead."""
_TOLD = 1e-10
"""Part of a value by which it may differ from what a polynomial told."""

type Function = Callable[[Floats], float]


@dataclass(frozen=True, eq=False)
class Peak:
    """A maximum that was found."""

    at: Floats
    """(N,) where."""
    value: float
    """How high."""


def peaks(function: Function, low: Floats, high: Floats) -> list[Peak]:
    """Return the peaks of a function over the box from low to high (N,), the highest first."""
    if len(low) == 1:
        return _ranked(_peaks_in_one(function, float(low[0]), float(high[0])))
    return _ranked(_peaks_in_several(function, low, high))


def climb(function: Function, low: Floats, high: Floats, start: Floats, reach: float) -> Peak:
    """Return the peak near a start, no farther from it than a share of the box."""
    span = reach * (high - low)
    near, far = np.maximum(low, start - span), np.minimum(high, start + span)
    if len(low) == 1:
        return _brent(function, float(near[0]), float(far[0]))
    return _simplex(function, near, far, start)


def smooth_peak(function: Function, low: float, high: float) -> Peak:
    """Return the highest point of a function of one variable, smooth near it, between two."""
    left, right = low, high
    for _ in range(_CLOSER):
        for count in _NODES:
            found = _through(function, left, right, count)
            if found.told:
                return found.peak
        left, right = found.near
    return peaks(function, np.array([low]), np.array([high]))[0]


@dataclass(frozen=True)
class _Laid:
    """Where a polynomial laid through points of a function is highest."""

    peak: Peak
    told: bool
    """Whether the function is there what the polynomial says."""
    near: tuple[float, float]
    """Neighbours of the highest of the points."""


def _through(function: Function, low: float, high: float, count: int) -> _Laid:
    """Return what a polynomial through Chebyshev's points, between which it swings least, tells."""
    middle, half = (low + high) / 2, (high - low) / 2
    points = middle + half * chebpts1(count)
    value = np.array([function(np.array([x])) for x in points])
    curve = Chebyshev.fit(points, value, count - 1, domain=[low, high])
    turns = curve.deriv().roots()
    inside = turns[(np.abs(turns.imag) < _EDGE * half) & (np.abs(turns.real - middle) < half)]
    tops = np.concatenate([[low, high], inside.real])
    best = float(tops[np.argmax(curve(tops))])
    peak, says = Peak(np.array([best]), function(np.array([best]))), float(curve(best))
    told = abs(peak.value - says) <= _TOLD * max(abs(peak.value), 1e-12)
    ends, top = np.concatenate([[low], points, [high]]), int(np.argmax(value)) + 1
    return _Laid(peak, told, (float(ends[top - 1]), float(ends[top + 1])))


def _ranked(found: list[Peak]) -> list[Peak]:
    return sorted(found, key=lambda peak: -peak.value)


def _peaks_in_one(function: Function, low: float, high: float) -> list[Peak]:
    grid = np.linspace(low, high, GRID)
    value = np.array([function(np.array([x])) for x in grid])
    tops = _tops(value)
    found = []
    for top in tops.tolist():
        left, right = max(top - 1, 0), min(top + 1, GRID - 1)
        peak = _brent(function, float(grid[left]), float(grid[right]))
        known = Peak(np.array([grid[top]]), float(value[top]))
        found.append(peak if peak.value >= known.value else known)
    return found


def _tops(value: Floats) -> Ints:
    """Return the points no lower than those beside them (G,), of a level stretch its ends alone."""
    before, after = np.append(-np.inf, value[:-1]), np.append(value[1:], -np.inf)
    inside = (value == before) & (value == after)
    result: Ints = np.flatnonzero((value >= before) & (value >= after) & ~inside)
    return result


def _brent(function: Function, low: float, high: float) -> Peak:
    seen: list[Peak] = []

    def loss(x: float) -> float:
        seen.append(Peak(np.array([x]), function(np.array([x]))))
        return -seen[-1].value

    width = max(high - low, 1e-300)
    minimize_scalar(loss, bounds=(low, high), method="bounded", options={"xatol": FINE * width})
    best = max(seen, key=lambda peak: peak.value)
    for end in (low, high):  # Brent never tries the ends
        if abs(float(best.at[0]) - end) < _EDGE * width:
            loss(end)
    return max(seen, key=lambda peak: peak.value)


def _peaks_in_several(function: Function, low: Floats, high: Floats) -> list[Peak]:
    sample = qmc.Sobol(len(low), scramble=False).random_base2(POINTS + len(low) - 1)
    points = low + sample * (high - low)
    value = np.array([function(x) for x in points])
    best = np.argsort(-value)[:3]
    return [_simplex(function, low, high, points[row]) for row in best]


def _simplex(function: Function, low: Floats, high: Floats, start: Floats) -> Peak:
    span = np.maximum(high - low, 1e-300)

    def loss(x: Floats) -> float:
        return -function(low + x * span)

    found = minimize(
        loss,
        (start - low) / span,
        method="Nelder-Mead",
        bounds=[(0.0, 1.0)] * len(low),
        options={"xatol": 1e-7, "fatol": 1e-12, "maxiter": 400 * len(low)},
    )
    return Peak(low + found.x * span, -float(found.fun))

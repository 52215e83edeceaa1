"""Incentive money where the maker's supply couples the partners: piecewise linear, from both sides.

Beside the rows of `incentive_problem`, the units sold in all must stay within what the maker can
deliver: with U_f the units of partner f and G the units still to be had,

    maximise   sum_f M_f sum_{l of f} v_l - sum w_l
    money      sum w_l <= B
    room       sum_{l of f} v_l <= c_f
    supply     sum_f U_f sum_{l of f} v_l <= G
    response   v_l <= a + b w_l          for each line of l

With the chords between breakpoints as lines this gives a spend that can be had; with the tangents
at the breakpoints, more than any spend can earn. Breakpoints are added where the two touch, until
they agree to `TOLERANCE`; what difference is left is the stated error bound.
"""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from pulp import LpMaximize, LpProblem, lpSum

from channelsim.domain.columns import Floats, frozen
from channelsim.domain.incentives import lift, slope
from channelsim.optimise.incentive_problem import Curves
from channelsim.optimise.solve import HIGHS, Solution, solve

PIECES = 16
ROUNDS = 12
TOLERANCE = 1e-6
"""Gap between the two sides, share of the gain, at which to stop."""

SPACING = 1e-6
"""Least distance of breakpoints, share of their range."""

type Lines = list[list[tuple[float, float]]]


def piecewise(
    curves: Curves, budget: float, units: Floats, supply: float, *, solver: str = HIGHS
) -> tuple[Floats, float, float]:
    """Return the best spend (L,), the budget's multiplier, and the error bound in money per week.

    Parameters
    ----------
    units
        (P,) units per week of each partner before incentives.
    supply
        Units per week still to be had.
    """
    points = [np.unique(_spread(curves.low[k], curves.high[k])) for k in range(curves.count)]
    best, price, ceiling = curves.low, 0.0, np.inf
    for _ in range(ROUNDS):
        inside = _solve(curves, budget, units, supply, _chords(curves, points), solver)
        outside = _solve(curves, budget, units, supply, _tangents(curves, points), solver)
        spend = _within(curves, budget, _values(inside, "lift", curves.count))
        if curves.gain(spend) >= curves.gain(best):
            best, price = spend, abs(inside.prices.get("money", 0.0))
        ceiling = min(ceiling, outside.objective)
        if ceiling - curves.gain(best) <= TOLERANCE * max(abs(ceiling), 1.0):
            break
        near = np.stack([spend, _values(outside, "spend", curves.count)], axis=1)
        points = [_refined(points[k], near[k]) for k in range(curves.count)]
    return frozen(best), price, max(ceiling - curves.gain(best), 0.0)


def _spread(low: float, high: float) -> Floats:
    steps: Floats = low + (high - low) * np.linspace(0, 1, PIECES + 1) ** 3
    return steps


def _refined(points: Floats, near: Floats) -> Floats:
    """Return the breakpoints with some more: those near, and the middles of the pieces around.

    Points closer than `SPACING` of the range would make chords of rounding errors.
    """
    last = len(points) - 1
    place = np.clip(np.searchsorted(points, near), 1, max(last, 1))
    around = np.unique(np.clip(np.concatenate([place - 1, place, place + 1]), min(1, last), last))
    middles = (points[around - 1] + points[around]) / 2
    far = SPACING * (points[-1] - points[0])
    fresh = np.sort(np.concatenate([near, middles]))
    apart = np.diff(fresh, prepend=-np.inf) > far
    apart &= np.abs(fresh[:, None] - points).min(axis=1) > far
    inside = (points[0] < fresh) & (fresh < points[-1])
    return np.sort(np.concatenate([points, fresh[apart & inside]]))


def build_pieces(
    curves: Curves, budget: float, units: Floats, supply: float, lines: Lines
) -> LpProblem:
    """Return the linear program whose responses are bounded by lines (intercept, slope)."""
    problem = LpProblem("incentives", LpMaximize)
    rows = range(curves.count)
    bounds = list(zip(curves.low.tolist(), curves.high.tolist(), strict=True))
    spend = [problem.add_variable(f"spend_{k}", *bounds[k]) for k in rows]
    rise = [problem.add_variable(f"lift_{k}", 0) for k in rows]
    margin = curves.margin[curves.partner].tolist()
    problem.setObjective(lpSum(margin[k] * rise[k] - spend[k] for k in rows))
    problem.addConstraint(lpSum(spend) <= budget, "money")
    for partner in np.unique(curves.partner).tolist():
        if np.isfinite(curves.room[partner]):
            own = lpSum(rise[k] for k in np.flatnonzero(curves.partner == partner).tolist())
            problem.addConstraint(own <= curves.room[partner].item(), f"room_{partner}")
    sold = units[curves.partner].tolist()
    problem.addConstraint(lpSum(sold[k] * rise[k] for k in rows) <= supply, "supply")
    for k in rows:
        for piece, (intercept, rises) in enumerate(lines[k]):
            below = rise[k] - rises * spend[k] <= intercept
            problem.addConstraint(below, f"response_{k}_{piece}")
    return problem


def _solve(
    curves: Curves, budget: float, units: Floats, supply: float, lines: Lines, solver: str
) -> Solution:
    return solve(build_pieces(curves, budget, units, supply, lines), solver=solver)


def _values(solution: Solution, name: str, count: int) -> Floats:
    return np.array([solution.values[f"{name}_{k}"] for k in range(count)])


def _chords(curves: Curves, points: list[Floats]) -> Lines:
    return [list(_chords_of(curves, k, at)) for k, at in enumerate(points)]


def _chords_of(curves: Curves, row: int, at: Floats) -> Iterator[tuple[float, float]]:
    lifts = [lift(curves.response[row], w) for w in at.tolist()]
    if len(lifts) == 1:
        yield lifts[0], 0.0
    for (w, here), (v, there) in pairwise(zip(at.tolist(), lifts, strict=True)):
        rise = (there - here) / (v - w)
        yield here - rise * w, rise


def _tangents(curves: Curves, points: list[Floats]) -> Lines:
    return [list(_tangents_of(curves, k, at)) for k, at in enumerate(points)]


def _tangents_of(curves: Curves, row: int, at: Floats) -> Iterator[tuple[float, float]]:
    for w in at.tolist():
        steep = slope(curves.response[row], w)
        if np.isfinite(steep):
            yield lift(curves.response[row], w) - steep * w, steep


def _within(curves: Curves, budget: float, lifts: Floats) -> Floats:
    """Return the spend that brings these lifts (L,), cut down to the budget to the last digit."""
    spend = _spend_for(curves, lifts)
    more = float((spend - curves.low).sum())
    left = max(budget - float(curves.low.sum()), 0.0)
    return curves.low + (spend - curves.low) * min(left / more, 1.0) if more > 0 else spend


def _spend_for(curves: Curves, lifts: Floats) -> Floats:
    """Return the spend that brings just these lifts (L,), or the least spend if that is more."""
    low, high = curves.low, curves.high
    for _ in range(100):
        middle = (low + high) / 2
        above = curves.lifts(middle) > lifts
        low, high = np.where(above, low, middle), np.where(above, middle, high)
    return low

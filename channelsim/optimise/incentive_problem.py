"""Incentive money by partner and instrument: exact water-filling over concave responses.

Partner f earns the maker M_f a week in the plan. Spending w_l on its instruments l lifts its sales
by the sum of the curves lift_l(w_l) (`domain.incentives`), as far as the room c_f that the capacity
of its operations leaves:

    maximise   sum_f M_f sum_{l of f} lift_l(w_l) - sum w_l
    subject to sum w_l <= B,   sum_{l of f} lift_l(w_l) <= c_f,   low_l <= w_l <= high_l

Where more than c_f could be had, sum min(lift, c_f) earns the same, so the problem is concave with
one coupling row: a level u >= 1 exists at which each w_l stands where its marginal return
M_f lift_l'(w_l) falls to max(u, u_f), within its bounds. u_f is the level at which f just fills
its room; u = 1 unless the money runs out before (Everett 1963). Below a marginal return of 1 money
brings less than it costs, so it is not spent.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from channelsim.domain.columns import Bools, Floats, Ints, frozen
from channelsim.domain.incentives import lift
from channelsim.domain.response import Response

STEPS = 64
"""Bisection steps: each halves an interval that spans a factor of 4, down to double precision."""
NEWTON = 60
"""Newton steps: a handful would do, and each costs next to nothing."""


@dataclass(frozen=True, eq=False)
class Curves:
    """L response curves of open partners, each with what it may cost and what it acts on."""

    response: tuple[Response, ...]
    """(L,) the curves."""
    partner: Ints
    """(L,) partner row."""
    margin: Floats
    """(P,) what the maker earns from a partner, money per week."""
    room: Floats
    """(P,) rise of sales that a partner's capacity leaves room for, inf for no limit."""
    low: Floats
    """(L,) least spend, money per week."""
    high: Floats
    """(L,) most spend, money per week."""

    @property
    def count(self) -> int:
        """L."""
        return len(self.response)

    def lifts(self, spend: Floats) -> Floats:
        """Return the rise of sales by each curve: (L,)."""
        rows = zip(self.response, spend.tolist(), strict=True)
        return np.array([lift(response, value) for response, value in rows])

    def partner_lifts(self, spend: Floats) -> Floats:
        """Return each partner's rise of sales: (P,)."""
        total: Floats = np.bincount(self.partner, self.lifts(spend), minlength=len(self.margin))
        return total

    def gain(self, spend: Floats) -> float:
        """Return what a spend earns beyond what it costs, money per week."""
        return float(self.margin @ self.partner_lifts(spend) - spend.sum())

    def spend_at(self, level: Floats) -> Floats:
        """Return the spend within bounds at which each marginal return falls to a level (L,)."""
        spend = np.zeros(self.count)
        for form, rows in self._rows.items():
            steep = level[rows] / self._steepest[rows]
            spend[rows] = self._scale[rows] * INVERSES[form](steep, self._exponent[rows])
        return np.clip(spend, self.low, self.high)

    @cached_property
    def _rows(self) -> dict[str, Ints]:
        """Rows of the curves that earn anything, by form."""
        form = np.array([r.form for r in self.response], dtype=np.str_)
        rows = {name: np.flatnonzero((form == name) & (self._steepest > 0)) for name in INVERSES}
        return {name: found for name, found in rows.items() if len(found)}

    @cached_property
    def _steepest(self) -> Floats:
        """What a unit of money would earn where the curve rises by its lift over its scale:
        (L,).
        """
        lifts = np.array([r.lift for r in self.response])
        result: Floats = self.margin[self.partner] * lifts / self._scale
        return result

    @cached_property
    def _scale(self) -> Floats:
        return np.array([r.scale for r in self.response], dtype=np.float64)

    @cached_property
    def _exponent(self) -> Floats:
        return np.array([r.exponent for r in self.response], dtype=np.float64)


def water_fill(curves: Curves, budget: float) -> tuple[Floats, float]:
    """Return the best spend (L,) within a budget, and the level of marginal return it reaches.

    The least spends must fit the budget and the partners' rooms.
    """
    capped, fill_level = _filled_rooms(curves)

    def spend(level: float) -> Floats:
        free = curves.spend_at(np.full(curves.count, level))
        return np.where(fill_level[curves.partner] > level, capped, free)

    wanted = spend(1.0)
    if wanted.sum() <= budget:
        return frozen(wanted), 1.0
    low, high = 1.0, 2.0
    while spend(high).sum() > max(budget, curves.low.sum()):
        low, high = high, high * 4
    for _ in range(STEPS):
        middle = (low * high) ** 0.5
        low, high = (middle, high) if spend(middle).sum() > budget else (low, middle)
    over, under = spend(low), spend(high)
    # a straight curve jumps at its level: what is left goes to those that jump
    jump = over.sum() - under.sum()
    part = (budget - under.sum()) / jump if jump > 0 else 0.0
    return frozen(under + np.clip(part, 0.0, 1.0) * (over - under)), high


def _filled_rooms(curves: Curves) -> tuple[Floats, Floats]:
    """Return the spend (L,) that just fills each partner's room, and its level (P,).

    The level is 0 for a partner whose room is never filled at a marginal return of 1.
    """
    short = curves.room < curves.partner_lifts(curves.spend_at(np.ones(curves.count)))
    low, high = np.ones(len(short)), np.full(len(short), 2.0)

    def spend(level: Floats) -> Floats:
        return curves.spend_at(level[curves.partner])

    def filled(value: Floats) -> Bools:
        floor = curves.partner_lifts(curves.low)
        result: Bools = short & (curves.partner_lifts(value) > np.maximum(curves.room, floor))
        return result

    while filled(spend(high)).any():
        high = np.where(filled(spend(high)), high * 4, high)
    for _ in range(STEPS):
        middle = (low * high) ** 0.5
        above = filled(spend(middle))
        low, high = np.where(above, middle, low), np.where(above, high, middle)
    over, under = spend(low), spend(high)
    least, most = np.zeros(len(short)), np.ones(len(short))
    for _ in range(STEPS):
        part = (least + most) / 2
        above = filled(under + part[curves.partner] * (over - under))
        least, most = np.where(above, least, part), np.where(above, part, most)
    value = under + least[curves.partner] * (over - under)
    return value, np.where(short, high, 0.0)


def _log(steep: Floats, _: Floats) -> Floats:
    """Return u where 1 / (1 + u) = steep, 0 where that never happens."""
    result: Floats = np.maximum(1 / steep - 1, 0.0)
    return result


def _exponential(steep: Floats, _: Floats) -> Floats:
    """Return u where exp(-u) = steep, 0 where that never happens."""
    result: Floats = np.maximum(-np.log(steep), 0.0)
    return result


def _power(steep: Floats, exponent: Floats) -> Floats:
    """Return u where e u^(e-1) = steep; a straight line (e = 1) is all or nothing."""
    straight = exponent == 1
    bend = np.where(straight, 1.0, 1 - exponent)
    with np.errstate(over="ignore"):
        curved = (exponent / steep) ** (1 / bend)
    result: Floats = np.where(straight, np.where(steep < 1, np.inf, 0.0), curved)
    return result


def _hill(steep: Floats, exponent: Floats) -> Floats:
    """Return u where e u^(e-1) / (1 + u^e)^2 = steep, 0 where that never happens.

    Newton's method on x = ln u: the logarithm of the left side is concave and falls in x, so from
    a point right of the root every step stays right of it.
    """
    straight = exponent == 1
    e = np.where(straight, 0.5, exponent)
    rest = np.log(e / steep)
    x = np.where(rest > 0, rest / (1 + e), rest / (1 - e))
    for _ in range(NEWTON):
        weight = np.exp(np.minimum(e * x, 700.0))
        value = rest - (1 - e) * x - 2 * np.log1p(weight)
        x = x + value / (1 - e + 2 * e * weight / (1 + weight))
    result: Floats = np.where(straight, np.maximum(steep**-0.5 - 1, 0.0), np.exp(x))
    return result


INVERSES: dict[str, Callable[[Floats, Floats], Floats]] = {
    "log": _log,
    "exponential": _exponential,
    "power": _power,
    "hill": _hill,
}
"""Form -> u = spend / scale at which the curve of lift 1 has a slope per u, from its exponent."""

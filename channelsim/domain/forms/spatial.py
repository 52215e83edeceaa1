"""Spatial competition on a line (Hotelling 1929) or a circle (Salop 1979) inside each zone.

Consumers lie evenly along the market's space of space_km. One at x gains from outlet j, at
position_km x_j and worth V_j - R there,

    U_j(x) = V_j - R - g t(d(x, x_j)),   t(d) = d or d^2 (d'Aspremont, Gabszewicz & Thisse 1979),

g the segment's distance sensitivity and d the way along the line or round the circle; she takes the
best, or nothing where none gains. Units per occasion are the share of the space where j is best. It
changes where two outlets, or an outlet and not buying, are equally good: all such points are found
exactly. An end x* between l on its left and r on its right moves by dV_l / (U_r' - U_l'). Equals
share, and have no slope.
"""

from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

import numpy as np

from channelsim.domain.columns import Bools, Floats, Ints
from channelsim.domain.forms.slopes import Slopes
from channelsim.domain.forms.zonewise import Solved, zone_slopes, zone_units
from channelsim.domain.utility import utility

if TYPE_CHECKING:
    from channelsim.domain.scenario import Scenario

_EQUAL = 1e-12
_NEAR = 1e-9


class Spatial:
    """Consumers who differ in where they are."""

    def __init__(self, scenario: "Scenario") -> None:
        market = scenario.market
        length = market.space_km
        self.scenario = scenario
        self.arcs = scenario.arcs
        self.position = np.array([c.position_km for c in scenario.candidates])
        self.length = 1.0 if length is None else length
        self.circle = market.space == "circle"
        self.quadratic = market.travel == "quadratic"

    def units(self, price: Floats, lift: Floats, is_open: Bools) -> Floats:
        """Return expected units per week: (A, S)."""
        return zone_units(self.scenario, is_open, self._solver(price, lift))

    def slopes(self, price: Floats, lift: Floats, is_open: Bools) -> Slopes:
        """Return d units / d price."""
        return zone_slopes(self.scenario, is_open, price, self._solver(price, lift))

    def _solver(self, price: Floats, lift: Floats) -> Solved:
        value = utility(self.scenario, self.arcs, price, lift)
        tastes = [s.distance_sensitivity for s in self.scenario.segments]

        def solved(rows: Ints, segment: int) -> tuple[Floats, Floats]:
            at = self.position[self.arcs.candidate[rows]]
            rate = tastes[segment]
            street = _Street(
                value[rows, segment], at, rate, self.length, self.circle, self.quadratic
            )
            return street.solve()

        return solved


@dataclass(frozen=True, eq=False)
class _Street:
    """K outlets along one line or circle."""

    value: Floats
    at: Floats
    rate: float
    length: float
    circle: bool
    quadratic: bool

    def solve(self) -> tuple[Floats, Floats]:
        """Return the share of the space that each serves, and d share / d value."""
        ends = self._ends()
        middles = (ends[1:] + ends[:-1]) / 2
        gains = np.column_stack([self._gain(middles), np.zeros(len(middles))])
        best = gains >= gains.max(axis=1, keepdims=True) - _EQUAL
        count = len(self.value)
        # whoever gains nothing from an outlet does not buy
        best[best[:, count], :count] = False
        parts = best / best.sum(axis=1, keepdims=True)
        share = np.diff(ends) @ parts / self.length
        return share[:count], self._slope(ends, middles, best)

    def _distance(self, x: Floats) -> Floats:
        apart = np.abs(x[:, None] - self.at)
        return np.minimum(apart, self.length - apart) if self.circle else apart

    def _gain(self, x: Floats) -> Floats:
        """Return U_j(x): (N, K)."""
        away = self._distance(x)
        gain: Floats = self.value - self.rate * (away**2 if self.quadratic else away)
        return gain

    def _ends(self) -> Floats:
        """Return every point where who is best may change, in order."""
        kinks = [0.0, self.length, *self.at]
        if self.circle:
            kinks += list((self.at + self.length / 2) % self.length)
        marks = np.unique(kinks)
        found = list(marks)
        away, gain = self._distance(marks), self._gain(marks)
        limit = np.maximum(self.value, 0) / self.rate if self.rate else np.full(len(self.at), -1.0)
        limit = np.sqrt(limit) if self.quadratic and self.rate else limit
        for left, right in pairwise(range(len(marks))):
            span = marks[left], marks[right]
            for j in range(len(self.at)):
                found += _crossing(span, away[left, j] - limit[j], away[right, j] - limit[j])
            for j, k in combinations(range(len(self.at)), 2):
                apart = gain[:, j] - gain[:, k]
                found += _crossing(span, apart[left], apart[right])
        ends: Floats = np.unique(found)
        # one point found twice differs in its last digits
        ends = ends[np.append(True, np.diff(ends) > _NEAR * self.length)]
        ends[-1] = self.length
        return ends

    def _slope(self, ends: Floats, middles: Floats, best: Bools) -> Floats:
        """Return d share / d value (K, K) from how the ends between winners move."""
        count = len(self.value)
        slope = np.zeros((count + 1, count + 1))
        sides = list(pairwise(range(len(middles))))
        if self.circle:
            sides.append((len(middles) - 1, 0))
        for left, right in sides:
            x = ends[left + 1]
            if best[left].sum() > 1 or best[right].sum() > 1 or (best[left] == best[right]).all():
                continue
            loser, winner = int(best[right].argmax()), int(best[left].argmax())
            rise = self._rise(loser, x, middles[right]) - self._rise(winner, x, middles[left])
            if rise == 0:  # equals that rounding tells apart
                continue
            moved = 1 / (rise * self.length)
            slope[[winner, loser], winner] += [moved, -moved]
            slope[[winner, loser], loser] += [-moved, moved]
        return slope[:count, :count]

    def _rise(self, outlet: int, x: float, beside: float) -> float:
        """Return dU / dx of an outlet (K: not buying) at an end, seen from a point beside it."""
        if outlet == len(self.value):
            return 0.0
        offset = beside - self.at[outlet]
        if self.circle:
            offset = (offset + self.length / 2) % self.length - self.length / 2
        away = float(self._distance(np.array([x]))[0, outlet])
        return float(-self.rate * np.sign(offset) * (2 * away if self.quadratic else 1.0))


def _crossing(span: tuple[float, float], left: float, right: float) -> list[float]:
    """Return where a straight line through these end values is 0, if strictly between the ends."""
    if left * right >= 0:
        return []
    return [span[0] + (span[1] - span[0]) * left / (left - right)]

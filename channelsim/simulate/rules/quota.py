"""Effort under quotas: how far the steps of a rebate or bonus are, and what effort they are worth.

With a share x of the period's quota sold and a share y still to come at effort 1, the period ends
at S = x + y e^s + N(0, d^2). A step t pays r more on all units and L more at once, in expectation

    r (m Phi(z) + d phi(z)) + L Phi(z),    m = x + y e^s,  z = (m - t) / d,

which rises steepest within reach of the step, and hardly where it is out of reach or passed: the
pull of Basu, Lal, Srinivasan and Staelin (1985), Oyer (1998), Chung, Steenburgh and Sudhir (2014).
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from channelsim.domain.columns import Bools, Floats, Ints

_COARSE, _FINE = 13, 7
_ROOT = np.sqrt(2 * np.pi)


@dataclass(frozen=True, eq=False)
class Goal:
    """One term's steps as a partner sees them with some of the period to go: K steps."""

    done: Floats
    """(J,) units sold so far, share of the period's quota."""
    ahead: Floats
    """(J,) units still to come at effort 1, share of the period's quota, > 0."""
    noise: Floats
    """(J,) standard deviation of attainment at the period's end, share of quota, > 0."""
    steps: Floats
    """(J, K) attainment at which each step pays, inf where there is none, -inf where what it pays
    is paid from the first unit on."""
    per_unit: Floats
    """(J, K) money more per unit, for all units of the period, from each step on."""
    lump: Floats
    """(J, K) money more at once, per unit of the period's quota, from each step on."""

    def at(self, rows: Ints) -> "Goal":
        """Return the goals of some rows."""
        return Goal(**{name: value[rows] for name, value in vars(self).items()})

    def pays(self, sold: Floats) -> Floats:
        """Return what the term is expected to pay per unit still to come at effort 1.

        Parameters
        ----------
        sold
            (..., J) units over those of effort 1, e^s.
        """
        mean, money = self.done + self.ahead * sold, np.zeros_like(sold)
        for k in range(self.steps.shape[1]):
            per_unit, lump = self.per_unit[:, k], self.lump[:, k]
            if not self.ahead_of(k).any():
                money += np.where(self.steps[:, k] < 0, per_unit * mean + lump, 0.0)
                continue
            z = (mean - self.steps[:, k]) / self.noise
            reach, density = ndtr(z), np.exp(-z * z / 2) / _ROOT
            money += per_unit * (mean * reach + self.noise * density) + lump * reach
        result: Floats = money / self.ahead
        return result

    def ahead_of(self, k: int) -> Bools:
        """Return who has a step in column k: (J,)."""
        return np.isfinite(self.steps[:, k])

    @property
    def stepped(self) -> Bools:
        """Return who has any step: (J,)."""
        return np.any([self.ahead_of(k) for k in range(self.steps.shape[1])], axis=0)


@dataclass(frozen=True, eq=False)
class Pull:
    """All that effort earns and costs a partner, each (J,) money per unit."""

    certain: Floats
    """Income that no quota moves."""
    usual: Floats
    """Income for which it exerts effort 1, > 0."""
    goals: tuple[Goal, ...]
    """Terms with steps."""
    elasticity: float
    """s, rise of the logarithm of sales per unit of the logarithm of effort."""

    def at(self, rows: Ints) -> "Pull":
        """Return the pull of some rows."""
        goals = tuple(goal.at(rows) for goal in self.goals)
        return Pull(self.certain[rows], self.usual[rows], goals, self.elasticity)

    def smooth(self) -> Floats:
        """Return the best effort of those without steps: (J,) (e^(2 - s) = income / usual)."""
        per_unit = [np.where(g.steps < 0, g.per_unit, 0.0).sum(axis=1) for g in self.goals]
        income = sum(per_unit, self.certain)
        result: Floats = (np.maximum(income, 0.0) / self.usual) ** (1 / (2 - self.elasticity))
        return result

    def profit(self, effort: Floats) -> Floats:
        """Return profit per unit of effort 1, less the cost of effort, s x usual x e^2 / 2."""
        sold = effort**self.elasticity
        cost = self.elasticity * self.usual * effort * effort / 2
        goals = sum((goal.pays(sold) for goal in self.goals), np.zeros_like(sold))
        result: Floats = self.certain * sold + goals - cost
        return result


def best_effort(pull: Pull, most: float) -> Floats:
    """Return the effort from 0 to `most` at which profit is highest, to about 0.001: (J,).

    Profit may have a peak at the step and another well below it, so all efforts are looked at
    first; parabolas through the best of the finer ones give the peak.
    """
    stepped = np.zeros(len(pull.usual), dtype=np.bool_)
    for goal in pull.goals:
        stepped |= goal.stepped
    best = np.minimum(pull.smooth(), most)
    rows = np.flatnonzero(stepped)
    if len(rows):
        best[rows] = _searched(pull.at(rows), most)
    return best


def _searched(pull: Pull, most: float) -> Floats:
    width = most / (_COARSE - 1)
    best = _best_of(pull, np.zeros_like(pull.usual), width, _COARSE, most)
    step = 2 * width / (_FINE - 1)
    best = _best_of(pull, best - width, step, _FINE, most)
    for narrow in (step, step / 8):
        best = _peak(pull, np.clip(best, narrow, most - narrow), narrow)
    return best


def _peak(pull: Pull, about: Floats, step: float) -> Floats:
    """Return the peak of the parabola through profit about an effort and a step to each side."""
    left, mid, right = pull.profit(about + np.array([[-step], [0.0], [step]]))
    bend = left - 2 * mid + right
    move = np.divide(left - right, 2 * bend, out=np.zeros_like(about), where=bend < 0)
    result: Floats = about + step * np.clip(move, -1, 1)
    return result


def _best_of(pull: Pull, start: Floats, step: float, count: int, most: float) -> Floats:
    """Return the best of so many efforts a step apart: (J,)."""
    efforts = np.clip(start + step * np.arange(count)[:, None], 0.0, most)
    best = np.argmax(pull.profit(efforts), axis=0)
    result: Floats = np.take_along_axis(efforts, best[None], axis=0)[0]
    return result

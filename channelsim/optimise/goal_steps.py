"""How goal conflict changes as one or two candidates open or close, what they sell held fixed.

With active partners f (independent, with something open), q the shortfall against quota and l_f
that of profit against reservation, both summed over what f has open (`domain.conflict`),

    goal = mean over active f of (q + l_f) / 2

What a candidate sells is taken as with the reference layout and itself open; what its opening
takes from the others' sales is left aside.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from channelsim.domain.columns import Bools, Floats, Ints

LEAST = 5e-3
"""Second differences below this are taken as none: among many partners no pair matters much."""


@dataclass(frozen=True, eq=False)
class GoalSteps:
    """Partners' goals around a reference layout."""

    reference: Bools
    """(J,) what is open."""
    usable: Bools
    """(J,) what a plan may open."""
    partner: Ints
    """(J,) partner row."""
    independent: Bools
    """(J,) whether the candidate is an independent partner's."""
    profit: Floats
    """(J,) the partner's profit from the candidate, money per week."""
    wanted: Floats
    """(J,) its reservation profit, money per week."""
    quota: float
    """Shortfall against quota, 0 to 1."""
    partners: int
    """P."""

    def first(self) -> Floats:
        """Return by how much each candidate's opening raises goal conflict: (J,)."""
        sites = np.arange(len(self.reference))
        opened, closed = (self._one(sites, np.full(len(sites), live)) for live in (True, False))
        return opened - closed

    def second(self) -> Iterator[tuple[Ints, Ints, Floats]]:
        """Yield pairs j < i, and by how much more i's opening raises it with j open than closed."""
        rows = np.flatnonzero(self.usable)
        for place, j in enumerate(rows.tolist()):
            others = rows[place + 1 :]
            value = np.zeros(len(others))
            for live, lives, sign in ((1, 1, 1), (1, 0, -1), (0, 1, -1), (0, 0, 1)):
                value += sign * self._two(j, others, bool(live), bool(lives))
            keep = np.abs(value) > LEAST
            yield np.full(int(keep.sum()), j), others[keep], value[keep]

    def _one(self, sites: Ints, live: Bools) -> Floats:
        """Return goal conflict with each candidate alone set open or closed."""
        at = self.partner[sites]
        term, active = self._terms(at, *self._change(sites, live))
        return self._mean(self._total - self._term[at] + term, self._count - self._on[at] + active)

    def _two(self, j: int, others: Ints, live: bool, lives: bool) -> Floats:
        """Return goal conflict with j and each of the others set open or closed."""
        first = np.full(len(others), j)
        change = self._change(first, np.full(len(others), live))
        changes = self._change(others, np.full(len(others), lives))
        one, two = self.partner[first], self.partner[others]
        both = self._terms(one, *(a + b for a, b in zip(change, changes, strict=True)))
        term, active = self._terms(one, *change)
        terms, actives = self._terms(two, *changes)
        total = self._total - self._term[one]
        count = self._count - self._on[one]
        return np.where(
            one == two,
            self._mean(total + both[0], count + both[1]),
            self._mean(
                total - self._term[two] + term + terms, count - self._on[two] + active + actives
            ),
        )

    def _change(self, sites: Ints, live: Bools) -> tuple[Floats, Floats, Floats]:
        """Return the change of a partner's profit, reservation and number of operations."""
        sign = live.astype(np.float64) - self.reference[sites]
        return (
            sign * self.profit[sites],
            sign * self.wanted[sites],
            sign * self.independent[sites],
        )

    def _terms(
        self, partner: Ints, profit: Floats, wanted: Floats, number: Floats
    ) -> tuple[Floats, Floats]:
        """Return what partners add to the sum and to the count of active ones, after changes."""
        active = (self._sums[2][partner] + number > 0.5).astype(np.float64)
        need = self._sums[1][partner] + wanted
        lack = need - self._sums[0][partner] - profit
        share = np.divide(lack, need, out=np.zeros_like(need), where=need > 0)
        return active * (self.quota + np.clip(share, 0, 1)) / 2, active

    @cached_property
    def _sums(self) -> tuple[Floats, Floats, Floats]:
        live = self.reference.astype(np.float64)
        rows = (self.profit * live, self.wanted * live, self.independent * live)
        profit, wanted, number = (
            np.bincount(self.partner, row, minlength=self.partners) for row in rows
        )
        return profit, wanted, number

    @cached_property
    def _start(self) -> tuple[Floats, Floats]:
        none = np.zeros(self.partners)
        return self._terms(np.arange(self.partners), none, none, none)

    @property
    def _term(self) -> Floats:
        return self._start[0]

    @property
    def _on(self) -> Floats:
        return self._start[1]

    @cached_property
    def _total(self) -> float:
        return float(self._term.sum())

    @cached_property
    def _count(self) -> float:
        return float(self._on.sum())

    @staticmethod
    def _mean(total: Floats, count: Floats) -> Floats:
        return np.divide(total, count, out=np.zeros_like(total), where=count > 0.5)

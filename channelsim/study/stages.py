"""Distributors who choose what they ask of those who buy from them, stage after stage.

Whoever is nearer to the maker chooses first and anticipates all who come after: distributors of the
next tier, and in the end outlets, by their own rules (Spengler 1950 on two stages; Bresnahan and
Reiss 1985 on how margins build on one another). Distributors of one tier answer one another until
none moves (Nash 1951); where they never stop, nothing is at rest.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from channelsim.domain import checks
from channelsim.domain.columns import Floats
from channelsim.domain.distribution import chain
from channelsim.domain.layout import Layout
from channelsim.domain.scenario import Scenario
from channelsim.simulate.rest import RestPoint, rest_point
from channelsim.study.maximum import Peak, peaks, smooth_peak

_ROUNDS = 100
"""Most rounds in which distributors of one tier answer one another."""
_STILL = 1e-9
"""Change, share of a term's range, below which they are at rest."""
_BARRED = 1e15
"""What a choice without a rest point falls below any profit by, money per week."""

type Values = dict[str, float]


class Choice(Protocol):
    """A term of trade that a distributor chooses."""

    @property
    def path(self) -> str:
        """Its place in the scenario."""

    @property
    def low(self) -> float:
        """Least value."""

    @property
    def high(self) -> float:
        """Most."""

    @property
    def partner(self) -> str:
        """Whose choice it is."""


@dataclass(frozen=True, eq=False)
class Stages:
    """Distributors' choices by tier, the nearest to the maker first."""

    tiers: tuple[tuple[Choice, ...], ...]
    layout: Layout

    @classmethod
    def of(cls, case: Scenario, terms: Sequence[Choice], layout: Layout) -> "Stages":
        """Sort terms by the tier of whose they are.

        Raises
        ------
        BadValue
            If a partner is unknown, or nobody buys from it.
        """
        supplier, index = case.distribution.supplier, case.columns.partner_index
        sellers = {case.partners[row].id for row in supplier.tolist() if row >= 0}
        by_depth: dict[int, list[Choice]] = {}
        for term in terms:
            checks.require(
                term.partner in sellers,
                f"the term {term.path} is of {term.partner!r}, from whom nobody buys; name a "
                "distributor, or leave its partner empty",
            )
            by_depth.setdefault(len(chain(supplier, index[term.partner])), []).append(term)
        return cls(tuple(tuple(by_depth[depth]) for depth in sorted(by_depth)), layout)

    def answered(self, case: Scenario) -> Values:
        """Return what distributors choose in a scenario, by path."""
        return self._answer(case, 0)[0]

    def _answer(self, case: Scenario, tier: int) -> tuple[Values, RestPoint]:
        """Return what a tier and those after it choose, and what comes of it."""
        if tier == len(self.tiers):
            return {}, rest_point(case, self.layout)
        terms = self.tiers[tier]
        firms = list(dict.fromkeys(term.partner for term in terms))
        chosen = {term.path: (term.low + term.high) / 2 for term in terms}
        settled = len(firms) == 1
        for _ in range(_ROUNDS if len(firms) > 1 else 1):
            before = dict(chosen)
            for firm in firms:
                mine = [term for term in terms if term.partner == firm]
                best = self._best(case.replace(chosen, idle=True), tier, firm, mine)
                chosen |= _named(mine, best.at)
            spans = ((chosen[t.path] - before[t.path]) / (t.high - t.low) for t in terms)
            if max(map(abs, spans)) <= _STILL:
                settled = True
                break
        later, rest = self._answer(case.replace(chosen, idle=True), tier + 1)
        return chosen | later, replace(rest, at_rest=rest.at_rest and settled)

    def _best(self, case: Scenario, tier: int, firm: str, mine: Sequence[Choice]) -> Peak:
        """Return the choice at which a distributor earns most, what comes after anticipated."""
        row = case.columns.partner_index[firm]

        def earned(at: Floats) -> float:
            _, rest = self._answer(case.replace(_named(mine, at), idle=True), tier + 1)
            return float(rest.partner_profit[row]) if rest.at_rest else -_BARRED

        if len(mine) == 1:
            return smooth_peak(earned, mine[0].low, mine[0].high)
        low, high = (np.array([getattr(t, end) for t in mine]) for end in ("low", "high"))
        return peaks(earned, low, high)[0]


def _named(terms: Sequence[Choice], at: Floats) -> Mapping[str, float]:
    return {term.path: float(value) for term, value in zip(terms, at, strict=True)}

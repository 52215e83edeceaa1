"""The conflict index: a surrogate for planned conflict that a linear program can hold.

Planned conflict (`domain.conflict`) of the logit's expected flows is no linear function of what is
open. Around a reference layout R its piece of the index is

    c + sum_j h_j y_j + sum_{j<i} h_ji y_j y_i

    h_ji  second difference of conflict in opening j and i, all else as in R: of price, customer
          and territory conflict in the zones where they meet (`meetings`), and of goal conflict
          (`goal_steps`); negative for a synergy, and for two that dilute the same rivalry
    h_j   such that opening or closing j alone in R changes the piece as it changes conflict
    c     such that R has its planned conflict

It is exact at R and, but for the smallest pairs, for the choice of territories and for what goal
conflict feels of others' sales, at layouts that differ from R in one or two candidates. Further
away it errs; the index is the largest of the pieces around several references.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from channelsim.domain.columns import Bools, Floats, Ints, frozen
from channelsim.optimise.meetings import Meetings

if TYPE_CHECKING:
    from channelsim.domain.scenario import Scenario

type Pairs = tuple[Ints, Ints, Floats]

DROPPED = 0.002
"""Share of the pairs' total weight that may be left out with the lightest pairs."""


@dataclass(frozen=True, eq=False)
class ConflictPairs:
    """Coefficients of the conflict index."""

    sites: Ints
    """(H, 2) candidate rows of each pair, the lower first."""
    weight: Floats
    """(H,) h_ji; negative: a synergy."""
    alone: Floats
    """(J,) h_j."""
    constant: float = 0.0
    """c."""
    dropped: float = 0.0
    """Total weight of the pairs left out: with everything open the index lacks this much."""

    def index(self, is_open: Bools) -> float:
        """Return the conflict index of what is open (J,)."""
        together = is_open[self.sites].all(axis=1)
        return float(self.constant + self.alone[is_open].sum() + self.weight[together].sum())


class Sign(NamedTuple):
    """How a pair enters the pieces of the index."""

    conflict: bool
    """With a positive weight somewhere."""
    synergy: bool
    """With a negative weight somewhere."""


@dataclass(frozen=True, eq=False)
class ConflictTerms:
    """What conflict costs or may not exceed: its index is the largest of its pieces."""

    pieces: tuple[ConflictPairs, ...]
    """Coefficients around each reference layout."""
    cap: float | None = None
    """Most the index may be."""
    price: float = 0.0
    """Money per week for an index of 1."""

    def index(self, is_open: Bools) -> float:
        """Return the conflict index of what is open (J,)."""
        return max(piece.index(is_open) for piece in self.pieces)

    @cached_property
    def signs(self) -> dict[tuple[int, int], Sign]:
        """Each pair of any piece, and how it enters."""
        signs: dict[tuple[int, int], Sign] = {}
        for piece in self.pieces:
            for (a, b), weight in zip(piece.sites.tolist(), piece.weight.tolist(), strict=True):
                old = signs.get((a, b), Sign(False, False))
                signs[a, b] = Sign(old.conflict or weight > 0, old.synergy or weight < 0)
        return signs


def conflict_pairs(
    scenario: "Scenario", reference: Bools, usable: Bools, measured: float
) -> ConflictPairs:
    """Return the index's coefficients around a reference layout.

    Parameters
    ----------
    reference
        (J,) what the reference layout has open.
    usable
        (J,) what a plan may open.
    measured
        The reference layout's planned conflict.
    """
    meetings = Meetings.of(scenario, reference, usable)
    goals, importance = meetings.goals(), scenario.policy.conflict_weights[3]
    sites, value = _summed(chain(meetings.pairs(), _weighed(goals.second(), importance)))
    keep, dropped = _heaviest(value)
    sites, weight = sites[keep], value[keep]
    met = np.zeros(len(reference))
    for own, other in ((0, 1), (1, 0)):
        np.add.at(met, sites[:, own], weight * reference[sites[:, other]])
    alone = meetings.steps() + importance * goals.first() - met
    constant = measured - ConflictPairs(sites, weight, alone).index(reference)
    return ConflictPairs(frozen(sites), frozen(weight), frozen(alone), constant, dropped)


def _weighed(pairs: Iterable[Pairs], importance: float) -> Iterator[Pairs]:
    for j, i, value in pairs:
        yield j, i, importance * value


def _summed(pairs: Iterable[Pairs]) -> tuple[Ints, Floats]:
    """Return each pair once (H, 2), with the sum of its values (H,)."""
    none = np.zeros(0, dtype=np.int64)
    columns = zip((none, none, np.zeros(0)), *pairs, strict=True)
    one, other, value = (np.concatenate(column) for column in columns)
    sites, row = np.unique(np.stack([one, other], axis=1), axis=0, return_inverse=True)
    return sites, np.bincount(row, value, minlength=len(sites)).astype(np.float64)


def _heaviest(weight: Floats) -> tuple[Ints, float]:
    """Return the rows of all but the lightest pairs, and the weight of those left out."""
    order = np.argsort(np.abs(weight), kind="stable")
    light = np.cumsum(np.abs(weight)[order]) <= DROPPED * np.abs(weight).sum()
    return np.sort(order[~light]), float(np.abs(weight)[order[light]].sum())

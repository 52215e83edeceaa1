"""The conflict index: a surrogate for planned conflict that a linear program can hold.

Planned conflict (`domain.conflict`) of the logit's expected flows is no linear function of what is
open. Around a reference layout R the index is

    index(y) = c + sum_j h_j y_j + sum_{j<i} h_ji y_j y_i

    h_ji  for candidates of different partners that meet in a zone z, with the shares s they have
          of the zone's units when R, j and i are open, D_z the zone's part of demand, I_ji the
          intensity of their price gap and w the importance of each kind:
          sum_z D_z 2 s_j s_i (w_price I_ji + w_customer), and where territories are exclusive
          + w_territory x (units of the one that is worth less to the maker, since those would be
          foreign) / (all units of R)
    h_j   such that opening or closing j alone in R changes the index as it changes price,
          customer and goal conflict
    c     such that the index of R is its planned conflict

It is exact at R and, but for territories and what one partner's sales take from another's profit,
at every layout that differs from R in one candidate; it errs further away.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from channelsim.domain.columns import Bools, Floats, Ints, frozen
from channelsim.optimise.meetings import Meetings

if TYPE_CHECKING:
    from channelsim.domain.scenario import Scenario

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
    count = max(len(reference), 1)
    meetings = Meetings.of(scenario, reference, usable)
    key, contact, foreign = meetings.pairs()
    keep, dropped = _heaviest(contact + foreign)
    sites = np.stack([key[keep] // count, key[keep] % count], axis=1)
    met = np.zeros(len(reference))
    for own, other in ((0, 1), (1, 0)):
        np.add.at(met, sites[:, own], contact[keep] * reference[sites[:, other]])
    alone = meetings.contact_steps() + meetings.goal_steps() - met
    weight = (contact + foreign)[keep]
    bare = ConflictPairs(sites, weight, alone)
    constant = measured - bare.index(reference)
    return ConflictPairs(frozen(sites), frozen(weight), frozen(alone), constant, dropped)


def _heaviest(weight: Floats) -> tuple[Ints, float]:
    """Return the rows of all but the lightest pairs, and the weight of those left out."""
    order = np.argsort(np.abs(weight), kind="stable")
    light = np.cumsum(np.abs(weight)[order]) <= DROPPED * np.abs(weight).sum()
    return np.sort(order[~light]), float(np.abs(weight)[order[light]].sum())

"""Multinomial logit, and the attraction models that share its form.

With weight e = exp(V - R) against 1 for the outside option,

    share_nsj = e_nsj / (1 + sum_k e_nsk)          (McFadden 1974; Luce 1959).

Under `huff` and `mci` V is a sum of logarithms (`domain.utility`), so that the weights are products
of powers: doors^alpha km^-lambda (Huff 1964), and further attributes and prices (Nakanishi & Cooper
1974). A rival strength of -100 leaves no outside option, as in their papers.

    d share_i / d p_j = -b f'(p_j) share_i ([i = j] - share_j)
"""

from typing import TYPE_CHECKING

import numpy as np

from channelsim.domain.columns import Bools, Floats, frozen
from channelsim.domain.forms.slopes import Slopes, own_pairs, pairs_of, slopes_of
from channelsim.domain.reach import Reach
from channelsim.domain.utility import occasions, price_marginal, price_term, utility

if TYPE_CHECKING:
    from channelsim.domain.scenario import Scenario


class Logit:
    """Logit, Huff and MCI choice over the open outlets that reach a zone."""

    def __init__(self, scenario: "Scenario") -> None:
        listed = scenario.columns.price
        self.scenario = scenario
        self.arcs = scenario.arcs
        self.sensitivity = np.array([s.price_sensitivity for s in scenario.segments])
        self.base = frozen(np.exp(utility(scenario, self.arcs, listed)))
        self.listed = price_term(scenario, listed)

    def weights(
        self, price: Floats, lift: Floats, is_open: Bools, borrowed: Floats | None = None
    ) -> Floats:
        """Return exp(V - R) by arc and segment, 0 closed: (A, S)."""
        dearer = np.outer(price_term(self.scenario, price) - self.listed, self.sensitivity)
        factor = np.exp(lift[:, None] - dearer) * is_open[:, None]
        result: Floats = self.base * factor[self.arcs.candidate]
        return result if borrowed is None else result * borrowed

    def units(self, price: Floats, lift: Floats, is_open: Bools) -> Floats:
        """Return expected units per week: (A, S)."""
        shares = logit_shares(self.arcs, self.weights(price, lift, is_open))
        result: Floats = shares * occasions(self.scenario)[self.arcs.zone]
        return result

    def slopes(self, price: Floats, lift: Floats, is_open: Bools) -> Slopes:
        """Return d units / d price."""
        return self.slopes_at(self.weights(price, lift, is_open), price, lift, is_open)

    def slopes_at(self, weight: Floats, price: Floats, lift: Floats, is_open: Bools) -> Slopes:
        """Return d units / d price where odds (A, S) are these."""
        share = logit_shares(self.arcs, weight)
        pairs = pairs_of(self.arcs, (weight > 0).any(axis=1))
        of, by = pairs
        per_util = share[of] * (own_pairs(pairs) - share[by])
        per_util *= occasions(self.scenario)[self.arcs.zone[of]]
        marginal = price_marginal(self.scenario, price)[self.arcs.candidate[by]]
        return slopes_of(self.arcs, pairs, -per_util * np.outer(marginal, self.sensitivity))


def logit_shares(arcs: Reach, weight: Floats) -> Floats:
    """Return each arc's share of its zone's occasions: (A, S), from weights exp(V - R)."""
    padded = np.vstack([weight, np.zeros((1, weight.shape[1]))])
    # of a zone without arcs the sum is wrong, and no arc asks for it
    sums = np.add.reduceat(padded, arcs.zone_start[:-1], axis=0)
    result: Floats = weight / (1.0 + sums)[arcs.zone]
    return result

"""Nested logit: outlets of a nest are closer substitutes (Williams 1977).

Nests are physical outlets, online ones, and each channel type that sells a model of its own.

With 0 < lambda <= 1, m the nest of j and I_m = ln sum_{k in m} exp((V_k - R) / lambda),

    share_j = exp((V_j - R) / lambda - I_m) x exp(lambda I_m) / (1 + sum_l exp(lambda I_l)).

The outside option and rivals are a nest of their own. lambda = 1 is the logit. Weights for engines
that choose by logit are each outlet's odds against the outside option,

    share_j / share_0 = exp((V_j - R) / lambda - (1 - lambda) I_m),

which give back these shares exactly. They depend, through I_m, on what is open: within a week an
engine holds them, so a second choice after a stock-out, and inertia, multiply odds as in a logit.

    d share_i / d V_j = share_i ([i = j] / lambda - [same nest] (1 - lambda) / lambda share_j|m
                                 - share_j)
"""

from typing import TYPE_CHECKING

import numpy as np

from channelsim.domain.columns import COMMON, Bools, Floats, Ints
from channelsim.domain.forms.logit import logit_shares
from channelsim.domain.forms.slopes import Slopes, own_pairs, pairs_of, slopes_of
from channelsim.domain.utility import occasions, utility

if TYPE_CHECKING:
    from channelsim.domain.scenario import Scenario


class NestedLogit:
    """Nested logit choice over the open outlets that reach a zone."""

    def __init__(self, scenario: "Scenario") -> None:
        nesting = scenario.market.nesting
        self.scenario = scenario
        self.arcs = scenario.arcs
        self.nesting = 1.0 if nesting is None else nesting
        self.sensitivity = np.array([s.price_sensitivity for s in scenario.segments])
        columns = scenario.columns
        kind = np.where(columns.model == COMMON, columns.online, 2 + columns.model)
        width = int(kind.max(initial=0)) + 1
        self.nest = width * self.arcs.zone + kind[self.arcs.candidate]

    def weights(
        self, price: Floats, lift: Floats, is_open: Bools, borrowed: Floats | None = None
    ) -> Floats:
        """Return the odds of each arc against the outside option, 0 closed: (A, S)."""
        scaled, inclusive = self._parts(price, lift, is_open, borrowed)
        used = is_open[self.arcs.candidate]
        odds = np.zeros_like(scaled)
        odds[used] = np.exp(scaled[used] - (1 - self.nesting) * inclusive[used])
        return odds

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
        pairs = of, by = pairs_of(self.arcs, (weight > 0).any(axis=1))
        within = _parts_of(weight, self.nest)[by]
        within *= (self.nest[of] == self.nest[by])[:, None] * (1 - self.nesting)
        per_util = share[of] * ((own_pairs(pairs) - within) / self.nesting - share[by])
        per_util *= occasions(self.scenario)[self.arcs.zone[of]]
        return slopes_of(self.arcs, pairs, -per_util * self.sensitivity)

    def _parts(
        self, price: Floats, lift: Floats, is_open: Bools, borrowed: Floats | None
    ) -> tuple[Floats, Floats]:
        """Return (V - R) / lambda and I of the arc's nest: (A, S) each, for open arcs."""
        value = utility(self.scenario, self.arcs, price, lift)
        scaled = (value if borrowed is None else value + np.log(borrowed)) / self.nesting
        used = is_open[self.arcs.candidate]
        inclusive = np.zeros_like(scaled)
        inclusive[used] = _log_sums(scaled[used], self.nest[used])
        return scaled, inclusive


def _parts_of(value: Floats, group: Ints) -> Floats:
    """Return each row's part of its group's sum, 0 of nothing: (N, S)."""
    total = np.zeros((int(group.max(initial=-1)) + 1, value.shape[1]))
    np.add.at(total, group, value)
    return np.divide(value, total[group], out=np.zeros_like(value), where=value > 0)


def _log_sums(value: Floats, group: Ints) -> Floats:
    """Return ln sum exp(value) over each row's group: (N, S)."""
    count = int(group.max(initial=-1)) + 1
    top = np.full((count, value.shape[1]), -np.inf)
    np.maximum.at(top, group, value)
    total = np.zeros_like(top)
    np.add.at(total, group, np.exp(value - top[group]))
    result: Floats = top[group] + np.log(total[group])
    return result

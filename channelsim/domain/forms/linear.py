"""Linear demand (Spengler 1950; McGuire & Staelin 1983; Choi 1991).

Units per occasion of outlet j, b the segment's price sensitivity and g the market's cross_price:

    q_j = max(0, a_j - b p_j + g sum_{k != j} p_k),   a_j - b p_j = V_j - R_n,

the sum over the open outlets that reach the zone. The intercept a_j is thus the appeal (by type and
segment) plus the attraction (by candidate) less the zone's rival strength. It belongs to one set of
goods: with a good more or less on sale, textbooks write another intercept.
"""

from typing import TYPE_CHECKING

import numpy as np

from channelsim.domain.columns import Bools, Floats
from channelsim.domain.forms.slopes import Slopes, open_pairs, own_pairs, rivals_sum, slopes_of
from channelsim.domain.utility import occasions, utility

if TYPE_CHECKING:
    from channelsim.domain.scenario import Scenario


class Linear:
    """Units that fall in proportion to the own price and rise with the others'."""

    def __init__(self, scenario: "Scenario") -> None:
        cross = scenario.market.cross_price
        self.scenario = scenario
        self.arcs = scenario.arcs
        self.cross = 0.0 if cross is None else cross
        self.sensitivity = np.array([s.price_sensitivity for s in scenario.segments])

    def units(self, price: Floats, lift: Floats, is_open: Bools) -> Floats:
        """Return expected units per week: (A, S)."""
        value = utility(self.scenario, self.arcs, price, lift)
        value = value + self.cross * rivals_sum(self.arcs, is_open, price)[:, None]
        value = np.maximum(value, 0.0) * is_open[self.arcs.candidate][:, None]
        result: Floats = value * occasions(self.scenario)[self.arcs.zone]
        return result

    def slopes(self, price: Floats, lift: Floats, is_open: Bools) -> Slopes:
        """Return d units / d price, 0 where nothing is sold."""
        sells = self.units(price, lift, is_open) > 0
        pairs = open_pairs(self.arcs, is_open)
        own = own_pairs(pairs)
        value = self.cross * (1 - own) - own * self.sensitivity
        value = value * sells[pairs[0]] * occasions(self.scenario)[self.arcs.zone[pairs[0]]]
        return slopes_of(self.arcs, pairs, value)

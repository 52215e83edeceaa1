"""Demand of constant elasticity (Spengler's chain with D = p^-e).

Units per occasion of outlet j, e the segment's price sensitivity and g the market's cross_price:

    q_j = exp(v_j) p_j^-e prod_{k != j} p_k^g,   exp(v_j) p_j^-e = exp(V_j - R_n),

the product over the open outlets that reach the zone, prices in units of money.
"""

from typing import TYPE_CHECKING

import numpy as np

from channelsim.domain.columns import Bools, Floats
from channelsim.domain.forms.slopes import Slopes, open_pairs, own_pairs, rivals_sum, slopes_of
from channelsim.domain.utility import occasions, utility

if TYPE_CHECKING:
    from channelsim.domain.scenario import Scenario


class Isoelastic:
    """Units that answer a price rise of a hundredth by the same share at any price."""

    def __init__(self, scenario: "Scenario") -> None:
        cross = scenario.market.cross_price
        self.scenario = scenario
        self.arcs = scenario.arcs
        self.cross = 0.0 if cross is None else cross
        self.elasticity = np.array([s.price_sensitivity for s in scenario.segments])

    def units(self, price: Floats, lift: Floats, is_open: Bools) -> Floats:
        """Return expected units per week: (A, S)."""
        value = utility(self.scenario, self.arcs, price, lift)
        value = value + self.cross * rivals_sum(self.arcs, is_open, np.log(price))[:, None]
        sold = np.exp(value) * is_open[self.arcs.candidate][:, None]
        result: Floats = sold * occasions(self.scenario)[self.arcs.zone]
        return result

    def slopes(self, price: Floats, lift: Floats, is_open: Bools) -> Slopes:
        """Return d units / d price."""
        units = self.units(price, lift, is_open)
        pairs = open_pairs(self.arcs, is_open)
        own = own_pairs(pairs)
        elasticity = self.cross * (1 - own) - own * self.elasticity
        value = elasticity * units[pairs[0]] / price[self.arcs.candidate[pairs[1]]][:, None]
        return slopes_of(self.arcs, pairs, value)

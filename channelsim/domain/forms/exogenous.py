"""Demand from outside the model: every occasion buys, whatever the price.

The occasions of a zone divide over the open outlets that reach it in proportion to exp(V), without
price and without an outside option: one outlet alone sells them all.
"""

from typing import TYPE_CHECKING

import numpy as np

from channelsim.domain.columns import Bools, Floats
from channelsim.domain.forms.slopes import Slopes, open_pairs, slopes_of
from channelsim.domain.utility import occasions, utility

if TYPE_CHECKING:
    from channelsim.domain.scenario import Scenario


class Exogenous:
    """Units that no price changes."""

    def __init__(self, scenario: "Scenario") -> None:
        self.scenario = scenario
        self.arcs = scenario.arcs

    def units(self, price: Floats, lift: Floats, is_open: Bools) -> Floats:
        """Return expected units per week: (A, S)."""
        value = utility(self.scenario, self.arcs, price, lift)
        value = np.where(is_open[self.arcs.candidate][:, None], value, -np.inf)
        top = np.full((len(self.scenario.zones), value.shape[1]), -np.inf)
        np.maximum.at(top, self.arcs.zone, value)
        weight = np.exp(value - np.where(np.isfinite(top), top, 0.0)[self.arcs.zone])
        total = np.zeros_like(top)
        np.add.at(total, self.arcs.zone, weight)
        share = weight / np.maximum(total, 1.0)[self.arcs.zone]
        result: Floats = share * occasions(self.scenario)[self.arcs.zone]
        return result

    def slopes(self, price: Floats, lift: Floats, is_open: Bools) -> Slopes:
        """Return d units / d price: 0."""
        pairs = open_pairs(self.arcs, is_open)
        return slopes_of(self.arcs, pairs, np.zeros((len(pairs[0]), len(self.scenario.segments))))

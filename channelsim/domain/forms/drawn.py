"""A textbook's demand as chances, so that consumers who draw may play it.

An occasion buys one unit of outlet j with the chance share_j, its units per occasion, or nothing:

    weight_j = share_j / (1 - sum_k share_k).

The textbook must sell at most one unit per occasion. Where it sells more, as q = 10 - 2 p does at
low prices, write a tenth of its intercept and slopes and ten times its people.
"""

from typing import TYPE_CHECKING

import numpy as np

from channelsim.domain.columns import Bools, Floats
from channelsim.domain.forms.slopes import Slopes
from channelsim.domain.utility import occasions
from channelsim.errors import BadValue

if TYPE_CHECKING:
    from channelsim.domain.demand import Demand
    from channelsim.domain.scenario import Scenario

LEAST_OUTSIDE = 1e-9
"""Chance of buying nothing where every occasion buys: odds stay finite."""
_ROUNDING = 1e-9


class Drawn:
    """A demand whose units per occasion are the chances of buying.

    Parameters
    ----------
    scenario, demand
        A market, and what it sells at any prices.
    """

    def __init__(self, scenario: "Scenario", demand: "Demand") -> None:
        self.scenario, self.demand, self.arcs = scenario, demand, scenario.arcs
        self.occasions = occasions(scenario)

    def units(self, price: Floats, lift: Floats, is_open: Bools) -> Floats:
        """Return expected units per week: (A, S)."""
        return self.demand.units(price, lift, is_open)

    def slopes(self, price: Floats, lift: Floats, is_open: Bools) -> Slopes:
        """Return d units / d price."""
        return self.demand.slopes(price, lift, is_open)

    def slopes_at(self, weight: Floats, price: Floats, lift: Floats, is_open: Bools) -> Slopes:
        """Return d units / d price; what else moves odds is left out."""
        return self.demand.slopes(price, lift, is_open)

    def weights(
        self, price: Floats, lift: Floats, is_open: Bools, borrowed: Floats | None = None
    ) -> Floats:
        """Return the odds of each arc against buying nothing, 0 where it sells nothing: (A, S).

        Raises
        ------
        BadValue
            If a zone's outlets sell more than one unit per occasion.
        """
        units, each = self.units(price, lift, is_open), self.occasions[self.arcs.zone]
        share = np.divide(units, each, out=np.zeros_like(units), where=each > 0)
        total = np.zeros_like(self.occasions)
        np.add.at(total, self.arcs.zone, share)
        self._require_chances(total)
        odds = share / np.maximum(1 - total, LEAST_OUTSIDE)[self.arcs.zone]
        return odds if borrowed is None else odds * borrowed

    def _require_chances(self, total: Floats) -> None:
        if total.max(initial=0.0) > 1 + _ROUNDING:
            zone = self.scenario.zones[int(total.max(axis=1).argmax())].id
            raise BadValue(
                f"zone {zone} would buy {total.max():.3g} units per occasion under "
                f"market.demand = {self.scenario.market.demand}, and a consumer buys at most one; "
                "divide appeals and price sensitivities by ten and multiply its people by ten"
            )

"""The limit on the price gap between online and offline at work."""

import numpy as np

from channelsim.domain.columns import COMMON, Bools, Floats
from channelsim.domain.scenario import Scenario
from channelsim.simulate.rules import price_policy
from channelsim.simulate.trade import Trade

FELT_IN_FULL = 0.1
"""Gap beyond the limit that is told off in full, share of the offline price."""


class Gap:
    """The limit of a run.

    Parameters
    ----------
    case, trade
        The run's scenario and terms of trade.
    """

    def __init__(self, case: Scenario, trade: Trade) -> None:
        self.limit = case.policy.max_price_gap
        self.weight = case.policy.conflict_weights[0]
        common = case.columns.model == COMMON
        self.trade, self.online = trade, case.columns.online & common
        self.offline: Bools = ~case.columns.online & common
        self.partners = len(case.partners)

    def within(self, price: Floats, is_open: Bools) -> Floats:
        """Return prices (J,) of which the online ones that the maker sets keep the limit."""
        offline = self._cheapest(price, is_open)
        if self.limit is None or offline is None:
            return price
        kept = price_policy.within_gap(price, offline, self.limit)
        return np.where(self.online & ~self.trade.sets_price, kept, price)

    def told_off(self, price: Floats, is_open: Bools) -> Floats:
        """Return the grievance of partners told off for prices online below the limit: (P,)."""
        told = np.zeros(self.partners)
        offline = self._cheapest(price, is_open)
        if self.limit is None or offline is None:
            return told
        beyond = price_policy.beyond_gap(price, offline, self.limit)
        breaks = self.online & self.trade.sets_price & is_open
        harm = self.weight * np.minimum(beyond / FELT_IN_FULL, 1.0)
        np.maximum.at(told, self.trade.partner[breaks], harm[breaks])
        return told

    def _cheapest(self, price: Floats, is_open: Bools) -> float | None:
        """Return the cheapest offline price, money per unit; None where nobody sells offline."""
        rows = is_open & self.offline
        if self.limit is None or not rows.any():
            return None
        return float(price[rows].min())

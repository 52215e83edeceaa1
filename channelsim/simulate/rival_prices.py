"""Rivals that follow the brand's cheapest price, and what that does to the outside option.

    p_r = p_r0 (1 + reaction (cheapest / cheapest at the start - 1)),

the cheapest price as it was `reaction_lag` weeks ago. All forms of choice weigh an outlet by
exp(-R), so a change of the outside option R multiplies a zone's odds by exp(-change).
"""

import numpy as np

from channelsim.domain.columns import Bools, Floats, Ints
from channelsim.domain.scenario import Scenario
from channelsim.domain.utility import outside_option


class RivalPrices:
    """Prices of rival outlets week by week.

    Parameters
    ----------
    case
        Scenario.
    posted, is_open
        (J,) what consumers were asked before week 0, and where.
    """

    price: Floats
    """(R,) prices of the rivals that have one, money per unit."""
    shift: Floats
    """(Z, S) change of the outside option since the start, utils."""

    def __init__(self, case: Scenario, posted: Floats, is_open: Bools) -> None:
        self.case = case
        outlets = [rival for rival in case.rivals if rival.price is not None]
        self.listed = self.price = np.array([r.price for r in outlets], dtype=np.float64)
        self.reaction = np.array([r.reaction for r in outlets], dtype=np.float64)
        self.lag: Ints = np.array([r.reaction_lag for r in outlets], dtype=np.int64)
        self.shift = np.zeros((len(case.zones), len(case.segments)))
        self.past: list[float] = [_cheapest(posted, is_open)]

    def learn(self, posted: Floats, is_open: Bools) -> None:
        """See what consumers are asked this week (J,), and answer."""
        if not self.reaction.any():
            return
        start = self.past[-1]
        self.past = [_cheapest(posted, is_open), *self.past]
        deepest = int(self.lag.max()) + 1
        if len(self.past) > deepest + 1:
            del self.past[deepest:-1]
        shown = np.array(self.past)[np.minimum(self.lag, len(self.past) - 1)]
        followed = np.isfinite(shown) & np.isfinite(start)
        change = np.divide(shown, start, out=np.ones_like(shown), where=followed) - 1
        price = self.listed * (1 + self.reaction * change)
        if not np.array_equal(price, self.price):
            self.price = price
            self.shift = outside_option(self.case, price) - self.case.outside

    def weighed(self, weight: Floats, zone: Ints) -> Floats:
        """Return odds by arc and segment, or kind (A, C), beside the rivals' prices of the week.

        Parameters
        ----------
        zone
            (A,) zone row of each arc.
        """
        if not self.shift.any():
            return weight
        tiers = weight.shape[1] // self.shift.shape[1]
        result: Floats = weight * np.exp(-np.repeat(self.shift, tiers, axis=1))[zone]
        return result


def _cheapest(posted: Floats, is_open: Bools) -> float:
    return float(posted[is_open].min(initial=np.inf))

"""Vertical differentiation: tastes v uniform on [0, 1] (Mussa & Rosen 1978).

A consumer of taste v gains v theta_j - c_j from outlet j and nothing from not buying, with

    theta_j = appeal + attraction + w service + lift,   c_j = b p_j + g km + R,

and takes the best. With an appeal of 1 for shops and of theta for the web this is the market of
Chiang, Chhajed & Hess (2003). Outlet j serves the tastes between

    lo_j = max over theta_k < theta_j of (c_j - c_k) / (theta_j - theta_k)
    hi_j = min over theta_k > theta_j of (c_k - c_j) / (theta_k - theta_j),

not buying being a line of theta 0 and cost 0; those equal in both share. Units per occasion are
hi - lo. Slopes are those of the binding neighbours, between kinks.
"""

from typing import TYPE_CHECKING

import numpy as np

from channelsim.domain.columns import Bools, Floats, Ints
from channelsim.domain.forms.slopes import Slopes
from channelsim.domain.forms.zonewise import Solved, zone_slopes, zone_units
from channelsim.domain.utility import utility

if TYPE_CHECKING:
    from channelsim.domain.scenario import Scenario


class Vertical:
    """Consumers who differ in how much quality is worth to them."""

    def __init__(self, scenario: "Scenario") -> None:
        self.scenario = scenario
        self.arcs = scenario.arcs
        weight = [s.service_weight for s in scenario.segments]
        columns = scenario.columns
        quality = columns.appeal[columns.type_of] + columns.attraction[:, None]
        self.quality = quality + np.outer(columns.service, weight)

    def units(self, price: Floats, lift: Floats, is_open: Bools) -> Floats:
        """Return expected units per week: (A, S)."""
        return zone_units(self.scenario, is_open, self._solver(price, lift))

    def slopes(self, price: Floats, lift: Floats, is_open: Bools) -> Slopes:
        """Return d units / d price."""
        return zone_slopes(self.scenario, is_open, price, self._solver(price, lift))

    def _solver(self, price: Floats, lift: Floats) -> Solved:
        value = utility(self.scenario, self.arcs, price, lift)
        quality = (self.quality + lift[:, None])[self.arcs.candidate]

        def solved(rows: Ints, segment: int) -> tuple[Floats, Floats]:
            here = quality[rows, segment]
            return _ladder(here, here - value[rows, segment])

        return solved


def _ladder(quality: Floats, cost: Floats) -> tuple[Floats, Floats]:
    """Return the share of tastes that each of K lines serves, and d share / d value: (K, K)."""
    count = len(quality)
    above, costs = np.append(quality, 0.0), np.append(cost, 0.0)
    step, dearer = above - quality[:, None], costs - cost[:, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        meet = dearer / step
    low = np.where(step < 0, meet, -np.inf)
    high = np.where(step > 0, meet, np.inf)
    twins = (step == 0) & (dearer == 0)
    width = np.minimum(high.min(axis=1), 1.0) - np.maximum(low.max(axis=1), 0.0)
    width = np.where(((step == 0) & (dearer < 0)).any(axis=1), 0.0, np.maximum(width, 0.0))
    share = width / twins.sum(axis=1)
    slope = np.zeros((count, count + 1))
    for row in np.flatnonzero(share > 0):
        for end, binds in (
            (int(low[row].argmax()), low[row].max() > 0),
            (int(high[row].argmin()), high[row].min() < 1),
        ):
            if binds:
                slope[row, row] += 1 / abs(step[row, end])
                slope[row, end] -= 1 / abs(step[row, end])
    return share, slope[:, :count]

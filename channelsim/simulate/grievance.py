"""What each partner has to complain of: its own side of the conflicts it remembers."""

import numpy as np

from channelsim.domain.columns import Bools, Floats
from channelsim.domain.conflict import undercut
from channelsim.simulate.rules.relationship import remembered
from channelsim.simulate.setting import Setting

LEAST_FULL = 0.1
"""Price gap that is felt in full even where no gap is tolerated."""


class Memory:
    """Who sold how much where, as partners remember it.

    Parameters
    ----------
    setting
        The run's market.
    units
        (A,) units of an average week by arc, under today's layout.
    planned
        (A,) the same under the layout to be played: what is expected of newcomers.
    """

    def __init__(self, setting: Setting, units: Floats, planned: Floats) -> None:
        self.setting = setting
        self.units = units.copy()
        self.planned = planned
        self.brought: Floats = np.zeros(len(setting.demand))

    def learn(self, units: Floats, brought: Floats) -> None:
        """Remember a week's units by arc (A,), and diverted ones brought into held zones (Z,)."""
        self.units = remembered(self.units, units)
        self.brought = remembered(self.brought, brought)

    def expect(self, opening: Bools) -> None:
        """Count on outlets that open (J,) for what is planned of them."""
        new = opening[self.setting.arcs.candidate]
        self.units[new] = self.planned[new]

    def forget(self, closing: Bools) -> None:
        """Count no more on outlets that close (J,)."""
        self.units[closing[self.setting.arcs.candidate]] = 0.0

    def grievances(self, price: Floats) -> Floats:
        """Return each partner's grievance at prices (J,): (P,), 0 to 1."""
        foreign = self.setting.by_zone(self.units * self.setting.foreign)
        return grievances(self.setting, self.units, price, foreign + self.brought)


def grievances(setting: Setting, units: Floats, price: Floats, foreign: Floats) -> Floats:
    """Return each partner's grievance, (P,), 0 to 1: the kinds weighted as conflict itself is.

    price      how far it is undercut where it sells (`domain.conflict.undercut`), felt in full at
               twice the tolerated gap
    territory  share of others in the units sold in the zones it holds exclusively
    customer   chance that the next buyer where it sells goes to another partner

    A missed goal is felt as profit, in satisfaction.

    Parameters
    ----------
    units
        (A,) units sold by arc.
    price
        (J,) consumer price, money per unit.
    foreign
        (Z,) units that others brought into the zone against its holder.
    """
    rivalry, policy = setting.rivalry, setting.case.policy
    by_price, by_territory, by_customer, _ = policy.conflict_weights
    traded = units[setting.live]
    asked = price[setting.arcs.candidate[setting.live]]
    tolerance = policy.price_gap_tolerance
    harm = undercut(rivalry, traded, asked, tolerance, max(2 * tolerance, LEAST_FULL))
    sold = rivalry.spread(traded)
    pain = by_price * harm + by_customer * (1 - rivalry.shares(traded))
    count = len(setting.case.partners)
    total = np.bincount(rivalry.partner, sold, count)
    felt = np.bincount(rivalry.partner, sold * pain, count)
    mean = np.divide(felt, total, out=np.zeros(count), where=total > 0)
    result: Floats = mean + by_territory * _invaded(setting, units, foreign)
    return result


def _invaded(setting: Setting, units: Floats, foreign: Floats) -> Floats:
    """Return the share of foreign units in the zones that each partner holds exclusively: (P,)."""
    count = len(setting.case.partners)
    held = setting.holder >= 0
    holder = setting.holder[held]
    taken = np.bincount(holder, foreign[held], count)
    there = np.bincount(holder, setting.by_zone(units)[held], count)
    share = np.divide(taken, there, out=np.zeros(count), where=there > 0)
    return np.minimum(share, 1.0)

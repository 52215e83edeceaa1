"""What today's layout shows week after week: the yardstick of what changes later."""

from dataclasses import dataclass

import numpy as np

from channelsim.domain.columns import Bools, Floats
from channelsim.simulate.setting import Setting
from channelsim.simulate.start import owner_shares, sum_by_zone


@dataclass(frozen=True, eq=False)
class Stationary:
    """The law of consumers under long trading at unchanging prices, each (A, S)."""

    weight: Floats
    """Odds of choosing each outlet."""
    happy: Floats
    """Chance of a happy purchase."""
    owners: Floats
    """Owners of each outlet, share of the zone's people."""
    pleased: Floats
    """The happy among them, share."""

    @classmethod
    def of(cls, setting: Setting, price: Floats, is_open: Bools, wait: Floats) -> "Stationary":
        """Work it out for open outlets, their prices and their waits for service, each (J,)."""
        weight = setting.weights(price, np.zeros_like(price), is_open)
        happy = setting.happiness(price, is_open, wait)
        return cls(weight, happy, *owner_shares(setting, weight, happy))

    def purchases(self, setting: Setting) -> Floats:
        """Return the units that each arc is expected to sell in an average week: (A, S).

        Of outlets with weights e_k summing to E, an owner happy with k weighs k by e_k L, an
        unhappy one by e_k a (`simulate.start`), and who has never bought weighs all as they are.
        """
        zone, weight = setting.arcs.zone, self.weight
        glad, sore = self.owners * self.pleased, self.owners * (1 - self.pleased)
        total = sum_by_zone(setting, weight)
        never = setting.case.columns.awareness[:, None] - sum_by_zone(setting, self.owners)
        drawn, own = np.maximum(never, 0.0) / (1 + total), np.zeros_like(weight)
        for share, bonus in ((glad, setting.tastes.inertia), (sore, setting.tastes.aversion)):
            moved = np.expm1(bonus)
            each = share / (1 + total[zone] + weight * moved)
            drawn = drawn + sum_by_zone(setting, each)
            own = own + each * moved
        occasions = setting.people * setting.tastes.purchase_rate
        result: Floats = occasions[zone] * weight * (drawn[zone] + own)
        return result

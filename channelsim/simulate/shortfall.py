"""Who ends a period a little short of quota, by how much, and what the missing units would earn.

A partner knows its sales and quota so far and expects the rest of the period to bring what it
forecasts now. It wants so many units more that chance in its own sales, which are counts and vary
by the square root of their mean, does not spoil the quota. It does not foresee how much buyers will
take: an attempt may fail. Quarters and years are looked at in their last weeks
(`rules.diversion.LAST_WEEKS`).
"""

from typing import TYPE_CHECKING

import numpy as np

from channelsim.domain.columns import Bools, Floats
from channelsim.simulate.contracts import Contracts
from channelsim.simulate.divert import Stakes
from channelsim.simulate.pacing import outlook
from channelsim.simulate.rules import diversion
from channelsim.simulate.terms import SPANS

if TYPE_CHECKING:
    from channelsim.simulate.channel import Channel


class Shortfall:
    """Looks at quotas week by week, and remembers who has begun to fill one.

    Parameters
    ----------
    contracts
        The run's contracts.
    partners
        P.
    """

    def __init__(self, contracts: Contracts, partners: int) -> None:
        self.contracts = contracts
        self.begun: list[Bools] = [np.zeros(partners, dtype=np.bool_) for _ in SPANS]

    def stakes(self, channel: "Channel") -> Stakes:
        """Return what partners have to gain and lose by diverting this week."""
        policy, contracts = channel.case.policy, self.contracts
        fine = diversion.penalty(policy.fine, policy.repeat_surcharge, channel.governed.offences)
        risk = fine + contracts.at_risk() if policy.forfeit else fine
        if not channel.diversion.dumps:
            return Stakes(risk)
        missing, prize = np.zeros_like(fine), np.zeros_like(fine)
        for span, weeks in enumerate(SPANS):
            left = weeks - channel.week % weeks
            if left == weeks:
                self.begun[span][:] = False
            if weeks > 1 and left <= np.ceil(weeks * diversion.LAST_WEEKS):
                units, worth = self._look(channel, span, left, fine)
                better = worth > prize
                missing, prize = np.where(better, units, missing), np.where(better, worth, prize)
        return Stakes(risk, missing, prize)

    def _look(
        self, channel: "Channel", span: int, left: int, fine: Floats
    ) -> tuple[Floats, Floats]:
        """Return the missing units and the prize on each at the end of a period, each (P,)."""
        contracts, policy = self.contracts, channel.case.policy
        units, quota = outlook(channel, span, left)
        rest = units - contracts.units[span]
        spare = diversion.SURE * np.sqrt(np.maximum(rest, 0.0))
        missing = np.ceil(quota - units + spare - 1e-9)
        gain, full = contracts.gain(span, units, quota)
        penalty = fine + full if policy.forfeit else fine
        short = diversion.is_short(missing, quota, self.begun[span]) & (gain > 0)
        prize = diversion.prize(gain, np.where(short, missing, 0.0), policy.caught, penalty)
        self.begun[span] |= short & (prize > 0)
        return np.where(short, missing, 0.0), prize

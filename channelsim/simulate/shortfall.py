"""Who expects to end a period short of quota, by how much, and what the missing units would earn.

A partner knows its sales and quota so far and expects the rest of the period to bring what it
forecasts now. It wants so many units more that chance in its own sales, which are counts and vary
by the square root of their mean, does not spoil the quota, and counts as won what the quota earns
beyond the least that it is sure of. It does not foresee that others may take
the room that buyers have: an attempt may fail. It looks at a period's quota in the last quarter
of the period (`rules.diversion.LOOKS`).
"""

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from channelsim.domain.columns import Bools, Floats, Ints
from channelsim.simulate.contracts import Contracts
from channelsim.simulate.divert import Stakes
from channelsim.simulate.pacing import outlook
from channelsim.simulate.rules import diversion
from channelsim.simulate.terms import SPANS

if TYPE_CHECKING:
    from channelsim.simulate.channel import Channel


class _Look(NamedTuple):
    """How far partners are from a period's quota, each (P,)."""

    lacking: Floats
    """Units that they expect to lack."""
    missing: Floats
    """Units that would make them sure."""
    prize: Floats
    """What each of these would earn, less the expected fine, money per unit."""


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
        self._span: Ints = np.zeros(partners, dtype=np.int64)

    def stakes(self, channel: "Channel") -> Stakes:
        """Return what partners have to gain and lose by diverting this week."""
        policy, contracts = channel.case.policy, self.contracts
        fine = diversion.penalty(policy.fine, policy.repeat_surcharge, channel.governed.offences)
        risk = fine + contracts.at_risk() if policy.forfeit else fine
        if not channel.diversion.dumps:
            return Stakes(risk)
        best = _Look(*(np.zeros_like(fine) for _ in _Look._fields))
        for span, weeks in enumerate(SPANS):
            if channel.week % weeks == 0:
                self.begun[span][:] = False
            left = weeks - channel.week % weeks
            if weeks > 1 and left <= np.ceil(weeks * diversion.LOOKS):
                seen = self._look(channel, span, fine)
                better = seen.prize > best.prize
                best = _Look(*(np.where(better, *pair) for pair in zip(seen, best, strict=True)))
                self._span[better] = span
        whole = np.array(SPANS)[self._span]
        return Stakes(
            penalty=risk,
            missing=best.missing,
            prize=best.prize,
            lacking=best.lacking,
            left=whole - channel.week % whole,
            begun=np.choose(self._span, self.begun),
        )

    def note(self, dumped: Bools) -> None:
        """Remember who (P,) dumped this week."""
        for span in range(len(SPANS)):
            self.begun[span] |= dumped & (self._span == span)

    def _look(self, channel: "Channel", span: int, fine: Floats) -> _Look:
        """Look at the quota of a period."""
        contracts, policy = self.contracts, channel.case.policy
        left = SPANS[span] - channel.week % SPANS[span]
        units, quota = outlook(channel, span, left)
        rest = units - contracts.units[span]
        spare = diversion.SURE * np.sqrt(np.maximum(rest, 0.0))
        gain, full = contracts.gain(span, np.maximum(units - spare, 0.0), quota)
        penalty = fine + full if policy.forfeit else fine
        near = self.begun[span] | (quota - units <= diversion.MOST * quota)
        missing = np.where(near & (gain > 0), np.ceil(quota - units + spare - 1e-9), 0.0)
        prize = diversion.prize(gain, missing, policy.caught, penalty)
        return _Look(quota - units, np.maximum(missing, 0.0), prize)

"""What is left at the end of a selling season: sold off at what it still fetches, money a unit v.

A partner that keeps it loses w - v a unit, and the maker, where it sold it, has earned w - c on it
(a distributor between them, what lies between what it asked and paid); what the maker has
bought back it sells off itself, and loses c - v. Together they lose what was made for nothing,
c - v, which is what a newsvendor weighs (Arrow, Harris and Marschak 1951).
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import numpy as np

from channelsim.domain.columns import Bools, Floats, Ints
from channelsim.domain.scenario import Scenario
from channelsim.simulate.ledger import CONSUMERS, MAKER
from channelsim.simulate.trade import Trade

if TYPE_CHECKING:
    from channelsim.simulate.channel import Channel

_NEVER = 1 << 30


@dataclass(frozen=True, eq=False)
class SellOff:
    """Where goods last for a season, and what they fetch after it, each (J,)."""

    weeks: Ints
    """Weeks of a season."""
    ends: Bools
    """Whether goods do not outlast it."""
    fetched: Floats
    """What a unit left over fetches, money."""
    worth: Floats
    """What its outlet paid for it, or, where it does not buy it, what it cost, money."""
    received: Floats
    """What the maker had for a unit that an outlet bought, of whomever, money."""
    cost: float
    """What a unit costs the maker, money."""

    @classmethod
    def of(cls, case: Scenario, trade: Trade) -> Self:
        """Read it off the channel types."""
        kinds = [case.channel_types[t] for t in case.columns.type_of]
        return cls(
            weeks=np.array([k.season_weeks or _NEVER for k in kinds], dtype=np.int64),
            ends=np.array([k.season_weeks is not None for k in kinds], dtype=np.bool_),
            fetched=trade.stock_value * np.array([k.salvage or 0.0 for k in kinds]),
            worth=trade.stock_value,
            received=trade.received,
            cost=case.economics.unit_cost,
        )

    def over(self, week: int) -> Bools:
        """Return whose season ends with a week: (J,)."""
        result: Bools = self.ends & ((week + 1) % self.weeks == 0)
        return result

    def lost(self, title: Bools, left: Floats | Ints) -> tuple[Floats, Floats]:
        """Return what outlets' partners lose on units left (..., J) and what the maker does, less
        what it has earned on them: (..., J) money each.
        """
        partner = np.where(title, left * (self.worth - self.fetched), 0.0)
        earned = np.where(title, self.received, self.fetched)
        return partner, left * (self.cost - earned)

    def returned(self, back: Floats | Ints) -> Floats:
        """Return what the maker loses on units that went back to it (..., J): money."""
        result: Floats = back * (self.cost - self.fetched)
        return result

    def take(self, channel: "Channel", back: Ints) -> tuple[Floats, float]:
        """Sell off what is left, at outlets and of what went back (J,), where a season ends.

        Returns
        -------
        What it costs partners, (J,), and the maker, money.
        """
        if not self.ends.any():
            return np.zeros(len(back)), 0.0
        outlets, trade, ledger = channel.outlets, channel.trade, channel.ledger
        over = self.over(channel.week)
        gone, left = np.where(over, back, 0), np.where(over, outlets.stock, 0)
        channel.maker.stock -= int(gone.sum())
        outlets.stock -= left
        outlets.sold_off += left
        account = np.where(trade.title, ledger.account[trade.partner], MAKER)
        ledger.pay("sell-off", CONSUMERS, account, left * self.fetched)
        ledger.pay("sell-off", CONSUMERS, MAKER, gone * self.fetched)
        partner, maker = self.lost(trade.title, left)
        return partner, float(maker.sum() + self.returned(gone).sum())

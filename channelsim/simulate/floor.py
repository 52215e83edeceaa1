"""The price floor at work: who keeps it, who goes below it, and who pays for it."""

from typing import TYPE_CHECKING

import numpy as np

from channelsim.domain.columns import Bools, Floats
from channelsim.domain.scenario import Scenario
from channelsim.simulate.ledger import MAKER
from channelsim.simulate.rules import price_policy
from channelsim.simulate.rules.pricing import Quote
from channelsim.simulate.streams import Purpose
from channelsim.simulate.trade import Firms, Trade

if TYPE_CHECKING:
    from channelsim.simulate.channel import Channel


class Floor:
    """The price floor of a run.

    Parameters
    ----------
    case, trade, firms
        The run's scenario, terms of trade and partners.
    bound
        (J,) outlets whose rule keeps the floor whatever a violation would gain.
    """

    def __init__(self, case: Scenario, trade: Trade, firms: Firms, bound: Bools) -> None:
        self.policy, self.trade, self.firms, self.bound = case.policy, trade, firms, bound
        self.alignment = np.array([p.alignment for p in case.partners], dtype=np.float64)

    @property
    def weighed(self) -> bool:
        """Whether partners weigh if it pays to keep the floor."""
        return self.policy.price_floor is not None and self.policy.map_monitoring is not None

    def within(self, price: Floats, quote: Quote, rebate: Floats) -> Floats:
        """Return prices (J,) at or above the floor where partners keep it.

        Parameters
        ----------
        quote
            What the pricing rules saw.
        rebate
            (J,) rebate on a unit, money.
        """
        floor, seen = self.policy.price_floor, self.policy.map_monitoring
        if floor is None or seen is None:
            return price_policy.held(price, floor)
        below = (price < floor) & self.trade.sets_price & ~self.bound
        gain = np.where(below, price_policy.gain_below(price, floor, quote), 0.0)
        risked = np.where(below, rebate * price_policy.units_at(price, quote), 0.0)
        sanction = self.policy.map_fine + self.policy.map_withheld * self._by_partner(risked)
        goes = price_policy.violates(self._by_partner(gain), seen, sanction, self.alignment)
        return np.where(below & goes[self.trade.partner], price, np.maximum(price, floor))

    def enforce(self, channel: "Channel") -> float:
        """Make those pay who are seen below the floor this week; return what they pay, money."""
        floor, seen = self.policy.price_floor, self.policy.map_monitoring
        if floor is None or not seen:
            return 0.0
        sold = np.where(self._below(channel, floor), channel.outlets.sold, 0)
        units = self._by_partner(sold * 1.0)
        luck = channel.streams.uniform(Purpose.PRICE, channel.week, self.firms.key)
        withheld = self.policy.map_withheld * self._by_partner(sold * channel.asking.rebate)
        caught = (units > 0) & (luck < seen)
        paid = np.where(caught, self.policy.map_fine + np.maximum(withheld, 0.0), 0.0)
        channel.ledger.pay("price fine", channel.ledger.account, MAKER, paid)
        return float(paid.sum())

    def _below(self, channel: "Channel", floor: float) -> Bools:
        """Return the outlets of independent partners that ask less than the floor: (J,)."""
        short: Bools = (channel.full_price < floor) & self.trade.sets_price & ~self.trade.own
        return short

    def _by_partner(self, values: Floats) -> Floats:
        total = np.bincount(self.trade.partner, values, len(self.alignment))
        return total.astype(np.float64)

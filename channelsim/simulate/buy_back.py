"""Buy-back of unsold stock: at a period's end the maker takes back what exceeds some weeks of sales
(Pasternack 1985, who shows that a part of the price coordinates what is stocked).
"""

from typing import TYPE_CHECKING

import numpy as np

from channelsim.domain.columns import Bools, Floats, Ints
from channelsim.domain.contract import PERIODS
from channelsim.domain.economics import terms_by_candidate
from channelsim.domain.scenario import Scenario
from channelsim.simulate.trade import Trade

if TYPE_CHECKING:
    from channelsim.simulate.channel import Channel


class BuyBack:
    """What is bought back of every outlet, and when.

    Parameters
    ----------
    case, trade
        The run's scenario and terms of trade.
    """

    def __init__(self, case: Scenario, trade: Trade) -> None:
        rows = [found[0] if found else None for found in terms_by_candidate(case, "buy_back")]
        self.trade = trade
        self.agreed: Bools = np.array([row is not None for row in rows], dtype=np.bool_)
        self.agreed &= trade.title
        self.rate: Floats = np.array([row.rate if row else 0.0 for row in rows])
        self.stock_from: Floats = np.array([row.stock_from if row else 0.0 for row in rows])
        self.weeks: Ints = np.array([PERIODS[row.period] if row else 1 for row in rows])

    def due(self, level: Floats, stock: Ints, week: int) -> Ints:
        """Return the units that go back at the end of a week: (J,).

        Parameters
        ----------
        level, stock
            (J,) units sold in an average week, and units on hand.
        """
        ending = self.agreed & ((week + 1) % self.weeks == 0)
        spare = np.floor(stock - self.stock_from * level)
        return np.where(ending, np.maximum(spare, 0.0), 0.0).astype(np.int64)

    def take(self, channel: "Channel") -> tuple[Floats, Ints]:
        """Move and pay for what goes back.

        A partner loses what is not paid back of the wholesale price, and who sold to it earns it.

        Returns
        -------
        What it costs each partner (J,), money, and the units (J,).
        """
        outlets, wholesale = channel.outlets, self.trade.wholesale
        if not self.agreed.any():
            return np.zeros_like(wholesale), np.zeros_like(outlets.stock)
        back = self.due(outlets.level, np.where(outlets.is_open, outlets.stock, 0), channel.week)
        outlets.stock -= back
        outlets.cleared += back
        channel.maker.stock += int(back.sum())
        ledger = channel.ledger
        account, amount = ledger.account[self.trade.partner], back * wholesale * self.rate
        ledger.pay("buy-back", channel.distributors.seller, account, amount)
        channel.distributors.give_back("buy-back", back, self.rate)
        cost: Floats = back * wholesale * (1 - self.rate)
        return cost, back

"""Trade credit: partners pay for goods some weeks after they were shipped.

What a partner owes stands in the ledger's stead: cash moves when it falls due. Until then who sold
the goods to it, the maker or a distributor, finances it at the holding rate, and the partner only
the stock that it does not owe for. Nobody owes anything when week 0 begins.
"""

import numpy as np

from channelsim.domain.columns import Bools, Floats
from channelsim.domain.economics import credit_weeks
from channelsim.domain.scenario import Scenario
from channelsim.simulate.firms import Outlets
from channelsim.simulate.ledger import LENDERS, MAKER, Ledger
from channelsim.simulate.trade import Trade


class Credit:
    """What every outlet's partner owes for goods.

    Parameters
    ----------
    case, trade
        The run's scenario and terms of trade.
    """

    def __init__(self, case: Scenario, trade: Trade) -> None:
        self.trade, self.rate = trade, case.economics.holding_rate
        self.weeks = credit_weeks(case).astype(np.int64)
        self.owed = np.zeros((int(self.weeks.max(initial=0)) + 1, len(self.weeks)))

    @property
    def receivable(self) -> Floats:
        """Money owed by outlet: (J,)."""
        result: Floats = self.owed.sum(axis=0)
        return result

    def due(self, week: int, bought: Floats) -> Floats:
        """Take in a week's purchases (J,), money; return what is to be paid now: (J,) money."""
        if len(self.owed) == 1:
            return bought
        slot = (week + self.weeks) % len(self.owed)
        self.owed[slot, np.arange(len(bought))] += bought
        payable: Floats = self.owed[week % len(self.owed)].copy()
        self.owed[week % len(self.owed)] = 0.0
        return payable

    def financed(self, outlets: Outlets) -> Floats:
        """Return the part of each outlet's stock that the maker finances: (J,) money."""
        stock: Floats = outlets.stock * self.trade.stock_value
        result: Floats = np.minimum(self.receivable, stock)
        return result

    def carry(self, ledger: Ledger, its_own: Bools) -> float:
        """Let the maker pay for the money it waits for; return the cost, money.

        Parameters
        ----------
        its_own
            (J,) whose partner buys from the maker; for the others' money a distributor waits.
        """
        cost = self.rate * float(np.where(its_own, self.receivable, 0.0).sum())
        ledger.pay("credit", MAKER, LENDERS, cost)
        return cost

"""The running contracts of all partners: periods, attainment, what is earned and what is paid."""

from dataclasses import dataclass

import numpy as np

from channelsim.domain.columns import Bools, Floats, Ints
from channelsim.simulate.firms import Outlets
from channelsim.simulate.ledger import MAKER, MEDIA, Ledger
from channelsim.simulate.terms import SPANS, Tab, Terms
from channelsim.simulate.trade import Trade

TO_PARTNER = {
    **dict.fromkeys(("rebate", "commission", "coop", "bonus", "quantity_discount"), 1.0),
    **dict.fromkeys(("royalty", "revenue_share", "franchise_fee"), -1.0),
}
"""What the partner earns by each instrument; marketing goes to media."""
IN_CHANNEL = {"commission": 1.0, "royalty": -1.0, "quantity_discount": 1.0, "revenue_share": -1.0}
"""What counts as channel margin; the others are incentives (`domain.economics`), but for the
franchise fee, which comes off the fixed cost of whoever trades."""
_GONE = -1.0
"""Attainment of a partner that is gone: it reaches no step and forfeits the running period."""


@dataclass(frozen=True, eq=False)
class Earned:
    """What contracts earned in one week, booked on sell-out."""

    partner: Floats
    """(J,) by the partner, money."""
    channel: float
    """Commissions and quantity discounts less royalties and shares of revenue, money."""
    incentives: float
    """Rebates, co-op, marketing and bonuses, money."""
    fees: float = 0.0
    """Franchise fees of the outlets open, money: part of the fixed cost, not of the others."""


class Contracts:
    """Tabs of every term, and units and quotas since each kind of period began."""

    def __init__(self, terms: tuple[Terms, ...], trade: Trade, ledger: Ledger) -> None:
        self.trade, self.ledger = trade, ledger
        self.tabs = tuple(Tab(term) for term in terms)
        self.units = np.zeros((len(SPANS), len(ledger.account)))
        self.quota = np.zeros_like(self.units)
        self.bought = np.zeros_like(self.units)
        self.payable: dict[int, list[tuple[str, Floats]]] = {}

    def play(
        self, week: int, outlets: Outlets, price: Floats, quota: Floats, active: Bools
    ) -> Earned:
        """Book a week, close the periods that end with it, and pay what has fallen due.

        Parameters
        ----------
        price
            (J,) what consumers paid in the mean, money per unit.
        quota
            (P,) units.
        active
            (P,) partners still there.
        """
        sold = outlets.sold.astype(np.float64)
        self.units += np.bincount(self.trade.partner, sold, len(quota))
        self.quota += quota
        self.bought += np.bincount(self.trade.partner, outlets.shipped, len(quota))
        share = np.divide(
            self.units, self.quota, out=np.ones_like(self.units), where=self.quota > 0
        )
        share, bought = (np.where(active, so_far, _GONE) for so_far in (share, self.bought))
        earned = self._book(outlets, price, share, bought, week)
        ended = [i for i, weeks in enumerate(SPANS) if (week + 1) % weeks == 0]
        self.units[ended] = 0.0
        self.quota[ended] = 0.0
        self.bought[ended] = 0.0
        for instrument, amount in self.payable.pop(week, []):
            self._pay(instrument, amount)
        return earned

    def _book(
        self, outlets: Outlets, price: Floats, share: Floats, bought: Floats, week: int
    ) -> Earned:
        partner, channel, incentives, fees = np.zeros(len(price)), 0.0, 0.0, 0.0
        for tab in self.tabs:
            terms, instrument = tab.terms, tab.terms.instrument
            so_far = bought if terms.by_volume else share
            reached = so_far[terms.span, self.trade.partner]
            amount = tab.book(reached, *terms.week_bases(outlets, price, self.trade))
            partner += TO_PARTNER.get(instrument, 0.0) * amount
            total = float(amount.sum())
            usual = instrument in IN_CHANNEL and not terms.signed
            fee = instrument == "franchise_fee"
            channel += IN_CHANNEL[instrument] * total if usual else 0.0
            incentives += 0.0 if usual or fee else total
            fees += total if fee else 0.0
            self._close(tab, reached, week)
        return Earned(partner, channel, incentives, fees)

    def _close(self, tab: Tab, reached: Floats, week: int) -> None:
        weeks = np.array(SPANS)[tab.terms.span]
        ending = (week + 1) % weeks == 0
        if not ending.any():
            return
        due = tab.close(ending, reached)
        for lag in np.unique(tab.terms.lag[ending]):
            amount = np.where(tab.terms.lag == lag, due, 0.0)
            self.payable.setdefault(week + int(lag), []).append((tab.terms.instrument, amount))

    def _pay(self, instrument: str, amount: Floats) -> None:
        account: Ints = self.ledger.account[self.trade.partner]
        if TO_PARTNER.get(instrument, 0.0) < 0:
            self.ledger.pay(instrument, account, MAKER, amount)
        elif instrument == "marketing":
            self.ledger.pay(instrument, MAKER, MEDIA, amount)
        else:
            self.ledger.pay(instrument, MAKER, account, amount)

"""The running contracts of all partners: periods, attainment, what is earned and what is paid."""

from dataclasses import dataclass

import numpy as np

from channelsim.domain.columns import Bools, Floats, Ints
from channelsim.simulate.firms import Outlets
from channelsim.simulate.ledger import MAKER, MEDIA, Ledger
from channelsim.simulate.terms import SPANS, Tab, Terms
from channelsim.simulate.trade import Trade

TO_PARTNER = {"rebate": 1.0, "commission": 1.0, "coop": 1.0, "bonus": 1.0, "royalty": -1.0}
"""What the partner earns by each instrument; marketing goes to media."""
IN_CHANNEL = {"commission": 1.0, "royalty": -1.0}
"""What counts as channel margin; the others are incentives (`domain.economics`)."""
_GONE = -1.0
"""Attainment of a partner that is gone: it reaches no step and forfeits the running period."""


@dataclass(frozen=True, eq=False)
class Earned:
    """What contracts earned in one week, booked on sell-out."""

    partner: Floats
    """(J,) by the partner, money."""
    channel: float
    """Commissions less royalties, money."""
    incentives: float
    """Rebates, co-op, marketing and bonuses, money."""


class Contracts:
    """Tabs of every term, and units and quotas since each kind of period began."""

    def __init__(self, terms: tuple[Terms, ...], trade: Trade, ledger: Ledger) -> None:
        self.trade, self.ledger = trade, ledger
        self.tabs = tuple(Tab(term) for term in terms)
        self.units = np.zeros((len(SPANS), len(ledger.account)))
        self.quota = np.zeros_like(self.units)
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
        share = np.divide(
            self.units, self.quota, out=np.ones_like(self.units), where=self.quota > 0
        )
        earned = self._book(outlets, price, np.where(active, share, _GONE), week)
        ended = [i for i, weeks in enumerate(SPANS) if (week + 1) % weeks == 0]
        self.units[ended] = 0.0
        self.quota[ended] = 0.0
        for instrument, amount in self.payable.pop(week, []):
            self._pay(instrument, amount)
        return earned

    def _book(self, outlets: Outlets, price: Floats, share: Floats, week: int) -> Earned:
        sold = outlets.sold.astype(np.float64)
        partner, channel, incentives = np.zeros(len(sold)), 0.0, 0.0
        for tab in self.tabs:
            terms, instrument = tab.terms, tab.terms.instrument
            reached = share[terms.span, self.trade.partner]
            per_unit = terms.unit_base(price, self.trade.wholesale)
            bought = np.where(terms.on_purchases, outlets.shipped, sold)
            amount = tab.book(reached, per_unit * sold, per_unit * bought)
            partner += TO_PARTNER.get(instrument, 0.0) * amount
            total = float(amount.sum())
            usual = instrument in IN_CHANNEL and not terms.signed
            channel += IN_CHANNEL[instrument] * total if usual else 0.0
            incentives += 0.0 if usual else total
            self._close(tab, reached, week)
        return Earned(partner, channel, incentives)

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
        if instrument == "royalty":
            self.ledger.pay(instrument, account, MAKER, amount)
        elif instrument == "marketing":
            self.ledger.pay(instrument, MAKER, MEDIA, amount)
        else:
            self.ledger.pay(instrument, MAKER, account, amount)

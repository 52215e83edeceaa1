"""The running contracts of all partners: periods, attainment, what is earned and what is paid."""

import numpy as np

from channelsim.domain.columns import Bools, Floats, Ints
from channelsim.simulate.earned import TO_PARTNER, Earned
from channelsim.simulate.firms import Outlets
from channelsim.simulate.ledger import MAKER, MEDIA, Ledger
from channelsim.simulate.terms import SPANS, Tab, Terms
from channelsim.simulate.trade import Trade

FORFEITED = ("rebate", "bonus")
"""Instruments that who is found to divert forfeits, where the policy says so."""
YEAR = 52
_GONE = -1.0
"""Attainment of a partner that is gone or has forfeited: it reaches no step, and what the running
period has earned is taken back."""


class Contracts:
    """Tabs of every term, and units and quotas since each kind of period began."""

    def __init__(self, terms: tuple[Terms, ...], trade: Trade, ledger: Ledger) -> None:
        self.trade, self.ledger = trade, ledger
        self.tabs = tuple(Tab(term) for term in terms)
        self.units = np.zeros((len(SPANS), len(ledger.account)))
        self.quota = np.zeros_like(self.units)
        self.bought = np.zeros_like(self.units)
        self.payable: dict[int, list[tuple[str, Floats]]] = {}
        self.forfeited: Bools = np.zeros(len(ledger.account), dtype=np.bool_)

    def report(self, units: Floats) -> None:
        """Count units (P,) that partners report as sold, besides what consumers buy."""
        self.units += units

    def forfeit(self, found: Bools) -> None:
        """Take rebates and bonuses of the running year from partners (P,) found to divert."""
        self.forfeited |= found

    def at_risk(self) -> Floats:
        """Return what partners would forfeit now: (P,) money."""
        held = [tab.booked for tab in self.tabs if tab.terms.instrument in FORFEITED]
        each = sum(held, np.zeros(len(self.trade.partner)))
        return np.bincount(self.trade.partner, each, len(self.forfeited)).astype(np.float64)

    def gain(self, span: int, units: Floats, quota: Floats) -> tuple[Floats, Floats]:
        """Return what reaching the quota of a period would earn each partner beyond what `units`
        (P,) of `quota` (P,) earn, and all that the quota reached would earn: (P,) money each.
        """
        partner, count = self.trade.partner, len(units)
        share = np.divide(units, quota, out=np.ones_like(units), where=quota > 0)[partner]
        so_far = self.units[span]
        grown = np.divide(units, so_far, out=np.ones_like(units), where=so_far > 0)[partner]
        more, full = np.zeros(len(partner)), np.zeros(len(partner))
        for tab in self.tabs:
            if tab.terms.instrument in FORFEITED:
                base, mine = tab.sold * grown, tab.terms.span == span
                reached = tab.terms.due(np.ones_like(share), base)
                full += np.where(mine, reached, 0.0)
                more += np.where(mine, reached - tab.terms.due(share, base), 0.0)
        lost = self.forfeited[partner]
        total: list[Floats] = [
            np.bincount(partner, np.where(lost, 0.0, money), count) for money in (more, full)
        ]
        return total[0], total[1]

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
        self.forfeited &= (week + 1) % YEAR != 0
        self.quota[ended] = 0.0
        self.bought[ended] = 0.0
        for instrument, amount in self.payable.pop(week, []):
            self._pay(instrument, amount)
        return earned

    def _book(
        self, outlets: Outlets, price: Floats, share: Floats, bought: Floats, week: int
    ) -> Earned:
        booked = []
        for tab in self.tabs:
            reached = self._reached(tab.terms, share, bought)
            bases = tab.terms.week_bases(outlets, price, self.trade)
            booked.append((tab.terms, tab.book(reached, *bases)))
            self._close(tab, reached, week)
        return Earned.of(booked, len(price))

    def _reached(self, terms: Terms, share: Floats, bought: Floats) -> Floats:
        """Return what each outlet's partner has reached on a term's steps: (J,)."""
        so_far = bought if terms.by_volume else share
        reached: Floats = so_far[terms.span, self.trade.partner]
        if terms.instrument not in FORFEITED:
            return reached
        return np.where(self.forfeited[self.trade.partner], _GONE, reached)

    def _close(self, tab: Tab, reached: Floats, week: int) -> None:
        ending = (week + 1) % tab.terms.weeks == 0
        if not ending.any():
            return
        due = tab.close(ending, reached)
        for lag in tab.terms.lags:
            amount = np.where(tab.terms.lag == lag, due, 0.0) if len(tab.terms.lags) > 1 else due
            self.payable.setdefault(week + lag, []).append((tab.terms.instrument, amount))

    def _pay(self, instrument: str, amount: Floats) -> None:
        account: Ints = self.ledger.account[self.trade.partner]
        if TO_PARTNER.get(instrument, 0.0) < 0:
            self.ledger.pay(instrument, account, MAKER, amount)
        elif instrument == "marketing":
            self.ledger.pay(instrument, MAKER, MEDIA, amount)
        else:
            self.ledger.pay(instrument, MAKER, account, amount)

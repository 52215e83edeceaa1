"""Distributors at work: who pays whom as goods pass from the maker through them to outlets.

What leaves a distributor's depot it has paid for when it came in. What the plant or somebody higher
up sends past a distributor it buys and sells on in the same week, as it does what an outlet is
first filled with. What goes back goes the same way, for what each has paid.
"""

from typing import TYPE_CHECKING

import numpy as np

from channelsim.domain.columns import Bools, Floats, Ints
from channelsim.domain.distribution import MAKER as NOBODY
from channelsim.domain.distribution import chain
from channelsim.domain.scenario import Scenario
from channelsim.simulate.ledger import LENDERS, MAKER, Accounts, Ledger
from channelsim.simulate.sites import PLANT, Sites

if TYPE_CHECKING:
    from channelsim.simulate.channel import Channel
    from channelsim.simulate.firms import Outlets


class Distributors:
    """What distributors buy, pay and earn, P partners.

    Parameters
    ----------
    case
        The run's scenario.
    ledger
        Where payments are entered.
    sites
        Warehouses and depots, None without any.
    """

    def __init__(self, case: Scenario, ledger: Ledger, sites: Sites | None) -> None:
        self.chains, self.sites, self.ledger = case.distribution, sites, ledger
        self.rate = case.economics.holding_rate
        self.price = np.nan_to_num(self.chains.price)
        accounts, selling = np.append(ledger.account, MAKER), self.chains.seller
        self.from_maker: Bools = selling == NOBODY
        self.seller: Accounts = accounts[selling] if self.chains.on else MAKER
        self._account, self._payee = ledger.account, accounts[self.chains.supplier]
        owner = np.array([NOBODY]) if sites is None else np.append(sites.owner, NOBODY)
        served = np.full(len(selling), PLANT) if sites is None else sites.site
        self._by_maker: Bools = owner[served] == NOBODY
        self._past = self._passed(owner[served])
        self._depot, self._buyer = self._buyers(owner)

    def buy(self, outlets: "Outlets") -> None:
        """Pay for what distributors bought this week, for their depots or past them."""
        if self.chains.on:
            amount = self.bought(outlets) * self.price
            self.ledger.pay("distribution", self._account, self._payee, amount)

    def bought(self, outlets: "Outlets") -> Ints:
        """Return what each distributor bought this week: (P,) units."""
        chains, count = self.chains, len(self.price)
        past = np.where(self._past, outlets.shipped[chains.operation], 0)
        past += np.where(self._past, 0, outlets.filled[chains.operation])
        units = np.bincount(chains.partner, past, count)
        if self.sites is not None:
            units = units + np.bincount(self._buyer, self.sites.sent[self._depot], count)
        return np.rint(units).astype(np.int64)

    def give_back(self, kind: str, back: Ints, rate: float | Floats = 1.0) -> None:
        """Pay distributors for what goes back of outlets (J,), a share of what they paid (J,)."""
        chains = self.chains
        if not chains.on:
            return
        units = np.broadcast_to(back * rate, back.shape)[chains.operation]
        amount = np.bincount(chains.partner, units, len(self.price)) * self.price
        self.ledger.pay(kind, self._payee, self._account, amount)

    def sold_by_maker(self, outlets: "Outlets") -> int:
        """Return the units that left the maker's hands this week."""
        direct = np.where(self._by_maker, outlets.shipped, outlets.filled).sum()
        if self.sites is None:
            return int(direct)
        first = (self.sites.owner != NOBODY) & self.sites.from_plant
        return int(direct + self.sites.sent[first].sum())

    def earned(self, channel: "Channel", bought_back: Floats) -> Floats:
        """Pay for what distributors' stock and credit cost, and return what they earned this week
        on what consumers bought: (P,) money.

        Parameters
        ----------
        bought_back
            (J,) units bought back of outlets, times the share of their price that is not paid.
        """
        outlets, chains = channel.outlets, self.chains
        if not chains.on:
            return np.zeros(len(self.price))
        units = outlets.sold + outlets.moved_out - outlets.moved_in + bought_back
        units = units + outlets.sold_off
        waiting = np.where(self.from_maker, 0.0, channel.credit.receivable)
        waits = np.bincount(
            chains.seller[~self.from_maker], waiting[~self.from_maker], len(self.price)
        )
        cost = self.rate * np.stack([waits, self.stock * self.price])
        for kind, amount in zip(("credit", "holding"), cost, strict=True):
            self.ledger.pay(kind, self._account, LENDERS, amount)
        result: Floats = chains.earned(units) - cost.sum(axis=0)
        return result

    @property
    def stock(self) -> Floats:
        """(P,) units on hand at depots."""
        return self._of_depots("stock")

    @property
    def ordered(self) -> Floats:
        """(P,) units that depots ordered this week."""
        return self._of_depots("ordered")

    def through(self, units: Floats | Ints) -> Floats:
        """Return the units (J,) whose way led through each distributor: (P,)."""
        chains = self.chains
        return np.bincount(chains.partner, units[chains.operation], len(self.price)).astype(float)

    def _of_depots(self, name: str) -> Floats:
        if self.sites is None:
            return np.zeros(len(self.price))
        mine = self.sites.owner != NOBODY
        units = getattr(self.sites, name)[mine]
        return np.bincount(self.sites.owner[mine], units, len(self.price)).astype(float)

    def _passed(self, server: Ints) -> Bools:
        """Return whether goods of each row of the chains pass its distributor without a stop: (H,).

        Parameters
        ----------
        server
            (J,) partner who serves each outlet from stock, NOBODY for the maker.
        """
        supplier = self.chains.supplier
        rows = zip(
            server[self.chains.operation].tolist(), self.chains.partner.tolist(), strict=True
        )
        return np.array(
            [at == NOBODY or at in chain(supplier, row) for at, row in rows], dtype=np.bool_
        )

    def _buyers(self, owner: Ints) -> tuple[Ints, Ints]:
        """Return depots, and partners who buy what comes to them: its owner, and those whom it
        passes on its way.
        """
        pairs = []
        for depot in np.flatnonzero(owner[:-1] != NOBODY).tolist():
            mine, source = int(owner[depot]), int(owner[self._above(depot)])
            for partner in (mine, *chain(self.chains.supplier, mine)):
                if partner == source:
                    break
                pairs.append((depot, partner))
        depots, buyers = zip(*pairs, strict=True) if pairs else ((), ())
        return np.array(depots, dtype=np.int64), np.array(buyers, dtype=np.int64)

    def _above(self, depot: int) -> int:
        return PLANT if self.sites is None else int(self.sites.above[depot])

"""The books of a run: every payment has a payer and a payee, so all balances sum to zero."""

import numpy as np

from channelsim.domain.columns import Bools, Floats, Ints

OUTSIDERS = (
    "consumers",
    "maker",
    "suppliers",
    "carriers",
    "media",
    "landlords",
    "services",
    "lenders",
)
"""Accounts that come before the partners'."""
CONSUMERS, MAKER, SUPPLIERS, CARRIERS, MEDIA, LANDLORDS, SERVICES, LENDERS = range(len(OUTSIDERS))

type Accounts = int | Ints


class Ledger:
    """Cash paid and received by every party since the start, money.

    Parameters
    ----------
    own
        (P,) partners that are the maker's own arms: their account is the maker's.
    """

    def __init__(self, own: Bools) -> None:
        rows = np.arange(len(own)) + len(OUTSIDERS)
        self.account: Ints = np.where(own, MAKER, rows).astype(np.int64)
        self.paid: Floats = np.zeros(len(OUTSIDERS) + len(own))
        self.received: Floats = np.zeros_like(self.paid)
        self.by_kind: dict[str, float] = {}

    @property
    def balance(self) -> Floats:
        """What each party has received less what it has paid: money, summing to zero."""
        result: Floats = self.received - self.paid
        return result

    def pay(self, kind: str, payer: Accounts, payee: Accounts, amount: float | Floats) -> None:
        """Enter payments: one, or one a row.

        Parameters
        ----------
        kind
            What for.
        payer, payee
            Account, or accounts by row.
        amount
            Money, >= 0, by row or in all.
        """
        total = float(np.sum(amount))
        if total == 0.0:
            return
        self._enter(self.paid, payer, amount, total)
        self._enter(self.received, payee, amount, total)
        self.by_kind[kind] = self.by_kind.get(kind, 0.0) + total

    @staticmethod
    def _enter(side: Floats, account: Accounts, amount: float | Floats, total: float) -> None:
        if isinstance(account, int):
            side[account] += total
        else:
            side += np.bincount(account, np.broadcast_to(amount, account.shape), len(side))

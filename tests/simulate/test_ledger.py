"""Every payment has a payer and a payee."""

import numpy as np
import pytest

from channelsim.simulate.ledger import CONSUMERS, MAKER, MEDIA, Ledger


def test_a_payment_moves_money_and_makes_none():
    ledger = Ledger(np.array([False]))
    ledger.pay("retail", CONSUMERS, MAKER, 30.0)
    assert ledger.balance[[CONSUMERS, MAKER]].tolist() == [-30.0, 30.0]
    assert ledger.balance.sum() == 0.0


def test_payments_by_row_reach_their_accounts():
    ledger = Ledger(np.array([False, True, False]))
    ledger.pay("wholesale", ledger.account[[0, 2, 2]], MAKER, np.array([1.0, 2.0, 4.0]))
    assert ledger.paid[ledger.account[[0, 2]]].tolist() == [1.0, 6.0]
    assert ledger.received[MAKER] == 7.0


def test_the_makers_own_arms_share_its_account():
    ledger = Ledger(np.array([False, True]))
    assert ledger.account[1] == MAKER
    assert ledger.account[0] != MAKER


def test_payments_add_up_by_kind():
    ledger = Ledger(np.array([False]))
    for amount in (1.5, 2.5):
        ledger.pay("marketing", MAKER, MEDIA, amount)
    assert ledger.by_kind == {"marketing": 4.0}


def test_nothing_is_entered_for_nothing():
    ledger = Ledger(np.array([False]))
    ledger.pay("fine", ledger.account, MAKER, np.zeros(1))
    assert ledger.by_kind == {}


def test_one_amount_for_every_row_is_spread():
    ledger = Ledger(np.array([False, False]))
    ledger.pay("fee", MAKER, ledger.account, np.array([3.0, 3.0]))
    assert ledger.paid[MAKER] == pytest.approx(6.0)

"""The cash that parties hold against what the books and the measures say they earned.

Cash and profit differ by what is owed, by goods not yet sold, and by set-up money written off;
every term of the difference is taken from the goods and the payments themselves.
"""

from collections import Counter
from itertools import product

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from channelsim.simulate import weekly
from channelsim.simulate.channel import Channel
from channelsim.simulate.ledger import MAKER, OUTSIDERS
from tests.simulate.cases import pushed_case, random_case
from tests.simulate.everything import full_case

CONTRACTS = (
    *("rebate", "commission", "bonus", "royalty", "coop", "marketing"),
    *("quantity_discount", "revenue_share", "franchise_fee"),
)
SUPPORT = ("technical_support", "after_sales_support")


class Watched:
    """A run whose payments are written down by kind and party."""

    def __init__(self, case, layout, seed):
        self.channel = Channel(case, layout, seed=seed)
        self.cash: Counter[tuple[str, int]] = Counter()
        self._enter = self.channel.ledger.pay
        self.channel.ledger.pay = self._pay

    def _pay(self, kind, payer, payee, amount):
        rows = np.broadcast_arrays(payer, payee, amount)
        for source, target, money in zip(*map(np.ravel, rows), strict=True):
            self.cash[kind, int(source)] -= float(money)
            self.cash[kind, int(target)] += float(money)
        self._enter(kind, payer, payee, amount)

    def week(self):
        """Play a week; return what parties' balances and outlets' goods changed by, and the kinds
        of payment."""
        channel = self.channel
        self.cash.clear()
        balance, goods = channel.ledger.balance, channel.outlets.position
        returned, receivable = channel.maker.stock, channel.credit.receivable
        channel.step()
        made = channel.maker.stock - returned
        self.lent = channel.credit.receivable - receivable
        return channel.ledger.balance - balance, channel.outlets.position - goods, made

    def paid(self, kinds, account):
        """Net cash of some kinds that an account received this week."""
        return sum(self.cash[kind, account] for kind in kinds)


@settings(max_examples=150)
@given(st.sampled_from([random_case, pushed_case, full_case, full_case]), st.integers(0, 10**6))
@example(random_case, 67)  # fines for prices below the floor
@example(pushed_case, 55)  # arbitrage, dumping for a quota, and fines, on credit
@example(pushed_case, 240)  # dumping for a quota and fines, beside buy-back
def test_a_partners_cash_is_its_profit_less_goods_and_claims(make, seed):
    case, layout = make(seed)
    run = Watched(case, layout, seed)
    channel = run.channel
    trade, account = channel.trade, channel.ledger.account
    for _ in range(case.horizon_weeks):
        cash, goods, _ = run.week()
        earned = np.bincount(
            trade.partner, channel.books.profit - channel.earned.partner, len(account)
        )
        paid_for = goods * trade.wholesale - run.lent
        stocked = np.bincount(trade.partner, paid_for, len(account))
        for row in np.flatnonzero(~channel.firms.own):
            own = int(account[row])
            other = run.paid((*CONTRACTS, "compensation", "fine", "price fine", "redress"), own)
            assert cash[own] - other == pytest.approx(earned[row] - stocked[row], abs=1e-6)


@settings(max_examples=150)
@given(st.sampled_from([random_case, pushed_case, full_case, full_case]), st.integers(0, 10**6))
@example(random_case, 67)  # fines for prices below the floor
@example(pushed_case, 55)  # arbitrage, dumping for a quota, and fines, on credit
@example(pushed_case, 240)  # dumping for a quota and fines, beside buy-back
def test_the_makers_cash_is_its_contribution_less_goods_claims_and_setup(make, seed):
    case, layout = make(seed)
    run = Watched(case, layout, seed)
    channel = run.channel
    trade, outlets = channel.trade, channel.outlets
    third = {"training", "coop", "marketing", "priority_supply", "promotion", "discount", *SUPPORT}
    for _ in range(case.horizon_weeks):
        cash, goods, returned = run.week()
        measures = weekly.week_measures(channel, 1.0)
        own_arms = channel.books.profit[trade.own].sum()
        contribution = measures.profit + measures.setup + own_arms
        instruments = run.paid({*CONTRACTS, *third}, MAKER)
        accrued = channel.earned.channel - channel.earned.fees + channel.books.incentives
        refund = outlets.sold * channel.full_price * channel.deal.paid_back
        accrued -= (channel.earned.partner + refund)[trade.own].sum()
        hauled = outlets.shipped - outlets.sold
        expected = (
            contribution
            + accrued
            + instruments
            + run.paid(("set-up", "compensation"), MAKER)
            + (goods * trade.wholesale - run.lent)[~trade.own].sum()
            - case.economics.unit_cost * (goods.sum() + returned)
            - (hauled * trade.supply_cost).sum()
        )
        assert cash[MAKER] == pytest.approx(expected, abs=1e-6)


def test_all_kinds_of_payment_come_up():
    kinds: set[str] = set()
    for make, seed in product((random_case, pushed_case, full_case), range(50)):
        case, layout = make(seed)
        run = Channel(case, layout, seed=seed)
        for _ in range(case.horizon_weeks):
            run.step()
        kinds |= set(run.ledger.by_kind)
    assert kinds >= {*CONTRACTS, "wholesale", "returns", "fine", "mediation", "diverted goods"}
    assert kinds >= {"redress", "recruitment", "complaints"}
    assert kinds >= {
        "promotion",
        "price fine",
        "discount",
        "credit",
        "buy-back",
        "sales team",
        "meetings",
        "ordering",
        "finished goods",
        "digitisation",
        "market research",
        *SUPPORT,
    }
    assert len(OUTSIDERS) == MAKER + 7

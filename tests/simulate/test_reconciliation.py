"""The cash that parties hold against what the books and the measures say they earned.

Cash and profit differ by what is owed, by goods not yet sold, and by set-up money written off;
every term of the difference is taken from the goods and the payments themselves. Of every single
instrument, what has accrued is paid or still owed: worked out anew from units, prices and terms.
"""

from collections import Counter, defaultdict
from functools import partial
from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from channelsim.domain.contract import PERIODS
from channelsim.domain.distribution import chain
from channelsim.domain.economics import terms_by_candidate
from channelsim.simulate import weekly
from channelsim.simulate.cash import SPENT_ON
from channelsim.simulate.channel import Channel
from channelsim.simulate.ledger import LENDERS, MAKER, MEDIA, OUTSIDERS
from tests.simulate.cases import pushed_case, random_case, tiered_case
from tests.simulate.everything import full_case
from tests.simulate.statement import TO_MAKER, TO_PARTNER, Statement, Week

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
        depots = stored(channel)
        channel.step()
        made = channel.maker.stock - returned
        self.lent = channel.credit.receivable - receivable
        self.depots = stored(channel) - depots
        return channel.ledger.balance - balance, channel.outlets.position - goods, made

    def paid(self, kinds, account):
        """Net cash of some kinds that an account received this week."""
        return sum(self.cash[kind, account] for kind in kinds)


def stored(channel):
    """Return the goods at each warehouse and depot and on their way there."""
    return np.zeros(0, int) if channel.sites is None else channel.sites.position


def sellers(case, partner):
    """Return a partner and those from whom its goods come, the nearest first: partner rows."""
    return [partner, *chain(case.distribution.supplier, partner)]


def steps(case, at):
    """Return who pays whom how much for a unit that comes to an outlet: the maker is -1."""
    path = sellers(case, int(case.columns.partner_of[at]))
    prices = [case.columns.wholesale[at], *case.distribution.price[path[1:]]]
    return list(zip(path, [*path[1:], -1], prices, strict=True))


def invested(run, goods):
    """Return the money that each distributor has put into goods this week, not sold on yet or not
    yet paid for by those who buy from it: (P,)."""
    case, count = run.channel.case, len(run.channel.case.partners)
    total = np.zeros(count + 1)
    for at, units in enumerate(goods):
        for (_, seller, asked), (_, _, paid) in pairwise(steps(case, at)):
            total[seller] -= (asked - paid) * units
    for at, units in enumerate(run.depots):
        owner, price = int(run.channel.sites.owner[at]), case.distribution.price
        if owner >= 0:
            total[owner] += price[owner] * units
            for buyer, seller in pairwise(sellers(case, owner)):
                total[seller] -= (price[buyer] - price[seller]) * units
    for at, money in enumerate(run.lent):
        total[steps(case, at)[0][1]] += money
    return total[:count]


class Booked:
    """A run played to its end: what its weeks showed, what was booked, and what was paid."""

    def __init__(self, make, seed):
        case, layout = make(seed)
        self.run = Watched(case, layout, seed)
        self.channel = channel = self.run.channel
        self.weeks: list[Week] = []
        self.accrued = defaultdict(lambda: np.zeros(len(case.partners)))
        self.cash: Counter[tuple[str, int]] = Counter()
        self.on_shelf: list[tuple[np.ndarray, np.ndarray]] = []
        channel.contracts.play = partial(self._play, channel.contracts.play)
        channel.buy_back.take = partial(self._take, channel.buy_back.take)
        for tab in channel.contracts.tabs:
            tab.book = partial(self._book, tab.terms.instrument, tab.book)
        for _ in range(case.horizon_weeks):
            self.run.week()
            self.cash.update(self.run.cash)
        self.independent = np.flatnonzero(~channel.firms.own)

    def paid(self, kind, row):
        """Cash of a kind that a partner received."""
        return self.cash[kind, int(self.channel.ledger.account[row])]

    def _book(self, instrument, book, *bases):
        earned = book(*bases)
        partner, partners = self.channel.trade.partner, self.accrued[instrument]
        partners += np.bincount(partner, earned, len(partners))
        return earned

    def _play(self, play, week, outlets, price, quota, active):
        channel = self.channel
        sold = np.bincount(channel.trade.partner, outlets.sold, len(quota))
        found = (channel.governed.offences > 0) & channel.case.policy.forfeit
        shown = (outlets.sold, outlets.shipped, outlets.is_open, price, sold + channel.dumped)
        self.weeks.append(Week(*(np.array(each) for each in (*shown, quota, active, found))))
        return play(week, outlets, price, quota, active)

    def _take(self, take, channel):
        outlets = channel.outlets
        stock = np.where(outlets.is_open, outlets.stock, 0)
        self.on_shelf.append((stock, np.array(outlets.level)))
        return take(channel)


random_runs = given(
    st.sampled_from([random_case, pushed_case, full_case, tiered_case]), st.integers(0, 10**6)
)


@settings(max_examples=50)
@random_runs
def test_what_an_instrument_accrues_is_paid_or_still_owed(make, seed):
    booked = Booked(make, seed)
    due = Statement(booked.channel, booked.weeks)
    signs = {**dict.fromkeys(TO_PARTNER, 1.0), **dict.fromkeys(TO_MAKER, -1.0)}
    for (name, sign), row in product(signs.items(), booked.independent):
        paid = sign * booked.paid(name, row)
        later = due.owed[name][row] + due.unsold[name][row]
        assert booked.accrued[name][row] == pytest.approx(paid + later, abs=1e-6)


@settings(max_examples=50)
@random_runs
def test_what_an_instrument_accrues_is_its_rate_on_its_base(make, seed):
    booked = Booked(make, seed)
    due = Statement(booked.channel, booked.weeks)
    for name in CONTRACTS:
        np.testing.assert_allclose(booked.accrued[name], due.accrued[name], atol=1e-6)


@settings(max_examples=20)
@random_runs
def test_media_are_paid_what_marketing_accrues_and_what_the_layout_spends_on_them(make, seed):
    booked = Booked(make, seed)
    due = Statement(booked.channel, booked.weeks)
    later = (due.owed["marketing"] + due.unsold["marketing"]).sum()
    contracted = booked.accrued["marketing"].sum() - later
    spent = money_spent(booked, "marketing") + contracted
    assert booked.cash["marketing", MEDIA] == pytest.approx(spent, abs=1e-6)


@settings(max_examples=20)
@random_runs
def test_money_spent_week_by_week_is_paid_at_once_for_partners_that_are_there(make, seed):
    booked = Booked(make, seed)
    for name in set(SPENT_ON) - {"marketing"}:
        paid = booked.cash[name, SPENT_ON[name]]
        assert paid == pytest.approx(money_spent(booked, name), abs=1e-6)


def money_spent(booked, instrument):
    """Return the layout's money for an instrument over the weeks in which its partner was there."""
    index = booked.channel.case.columns.partner_index
    there = np.sum([week.active for week in booked.weeks], axis=0)
    rows = (row for row in booked.channel.layout.incentives if row.instrument == instrument)
    return sum(row.value * there[index[row.partner]] for row in rows)


@settings(max_examples=20)
@random_runs
def test_what_is_spare_at_a_periods_end_is_bought_back_and_paid_at_once(make, seed):
    booked = Booked(make, seed)
    channel, trade = booked.channel, booked.channel.trade
    due = np.zeros(len(channel.case.partners) + 1)
    for at, rows in enumerate(terms_by_candidate(channel.case, "buy_back")):
        if rows and trade.title[at]:
            every, row = PERIODS[rows[0].period], rows[0]
            ends = booked.on_shelf[every - 1 :: every]
            spare = (stock[at] - row.stock_from * level[at] for stock, level in ends)
            units = sum(max(np.floor(each), 0.0) for each in spare)
            for buyer, seller, price in steps(channel.case, at):
                due[buyer] += units * row.rate * price
                due[seller] -= units * row.rate * price
    for row in booked.independent:
        assert booked.paid("buy-back", row) == pytest.approx(due[row], abs=1e-6)


@settings(max_examples=20)
@random_runs
def test_goods_bought_are_paid_for_once_credit_ends(make, seed):
    booked = Booked(make, seed)
    channel = booked.channel
    due = np.zeros(len(channel.case.partners) + 1)
    for at, weeks in enumerate(credit(channel.case)):
        bought = [week.shipped[at] for week in booked.weeks[: len(booked.weeks) - weeks]]
        due[channel.trade.partner[at]] += sum(bought) * channel.trade.wholesale[at]
        due[channel.case.distribution.seller[at]] -= sum(bought) * channel.trade.wholesale[at]
    for row in booked.independent:
        assert -booked.paid("wholesale", row) == pytest.approx(due[row], abs=1e-6)


@settings(max_examples=20)
@random_runs
def test_the_maker_carries_what_partners_owe_for_goods(make, seed):
    booked = Booked(make, seed)
    case, carried = booked.channel.case, 0.0
    for at, weeks in enumerate(credit(case)):
        bought = np.array([week.shipped[at] for week in booked.weeks])
        waits = np.minimum(weeks, np.arange(len(bought), 0, -1))
        carried += float(bought @ waits) * booked.channel.trade.wholesale[at]
    carried *= case.economics.holding_rate
    assert booked.cash["credit", LENDERS] == pytest.approx(carried, abs=1e-6)


def credit(case):
    """Return the weeks of credit in the contracts by outlet; the maker gives itself none."""
    own = {partner.id for partner in case.partners if partner.own}
    rows = zip(case.candidates, terms_by_candidate(case, "credit"), strict=True)
    return [found[0].payment_lag if found and c.partner not in own else 0 for c, found in rows]


@settings(max_examples=150)
@given(
    st.sampled_from([random_case, pushed_case, full_case, full_case, tiered_case]),
    st.integers(0, 10**6),
)
@example(random_case, 67)  # fines for prices below the floor
@example(pushed_case, 51)  # goods diverted, and fines
@example(pushed_case, 54)  # goods diverted, and fines
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
        stocked = np.bincount(trade.partner, paid_for, len(account)) + invested(run, goods)
        earned = earned + channel.books.passed
        for row in np.flatnonzero(~channel.firms.own):
            own = int(account[row])
            other = run.paid((*CONTRACTS, "compensation", "fine", "price fine", "redress"), own)
            assert cash[own] - other == pytest.approx(earned[row] - stocked[row], abs=1e-6)


@settings(max_examples=150)
@given(
    st.sampled_from([random_case, pushed_case, full_case, full_case, tiered_case]),
    st.integers(0, 10**6),
)
@example(random_case, 67)  # fines for prices below the floor
@example(pushed_case, 51)  # goods diverted, and fines
@example(pushed_case, 54)  # goods diverted, and fines
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
            + (goods * trade.received - run.lent * channel.distributors.from_maker)[
                ~trade.own
            ].sum()
            + depots_paid_for(run)
            - case.economics.unit_cost * (goods.sum() + returned + at_depots(run).sum())
            - (hauled * trade.supply_cost).sum()
        )
        assert cash[MAKER] == pytest.approx(expected, abs=1e-6)


def at_depots(run):
    """Return by how much distributors' depots have filled this week, warehouses 0."""
    return np.array([0 if at < 0 else units for at, units in owned(run)])


def depots_paid_for(run):
    """Return what the maker was paid this week for goods now at distributors' depots."""
    case = run.channel.case
    paid = (case.distribution.price[sellers(case, at)[-1]] * n for at, n in owned(run) if at >= 0)
    return sum(paid)


def owned(run):
    """Return each warehouse's or depot's owner, and by how much it has filled this week."""
    return [(int(run.channel.sites.owner[at]), units) for at, units in enumerate(run.depots)]


def test_all_kinds_of_payment_come_up():
    kinds: set[str] = set()
    for make, seed in product((random_case, pushed_case, full_case, tiered_case), range(60)):
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
        "distribution",
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

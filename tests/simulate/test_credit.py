"""Credit: when goods are paid for, and who finances the stock meanwhile."""

from dataclasses import replace

import numpy as np
import pytest

from channelsim.domain.contract import Contract
from channelsim.domain.economics import unit_money
from channelsim.simulate.channel import Channel
from channelsim.simulate.ledger import LENDERS
from channelsim.simulate.trade import Trade
from tests.instances import tiny

NORTH_A = 1


def on_credit(weeks):
    return tiny().replace(contracts=(Contract("credit", 0.0, "", "dealer", payment_lag=weeks),))


def test_goods_are_paid_for_when_the_weeks_are_over():
    case = on_credit(2)
    channel = Channel(case, case.today)
    shipped = []
    for week in range(3):
        channel.step()
        shipped.append(channel.outlets.shipped[NORTH_A] * 70.0)
        paid = channel.ledger.by_kind.get("wholesale", 0.0)
        assert paid == (shipped[0] if week == 2 else 0.0)
    assert channel.credit.receivable[NORTH_A] == pytest.approx(sum(shipped[1:]))


def test_the_maker_finances_what_it_waits_for():
    case = on_credit(3)
    channel = Channel(case, case.today)
    channel.step()
    owed = channel.credit.receivable.sum()
    assert channel.ledger.by_kind["credit"] == pytest.approx(0.005 * owed)
    stock = channel.outlets.stock[NORTH_A] * 70.0
    assert channel.ledger.by_kind["holding"] == pytest.approx(0.005 * (stock - owed))
    assert channel.ledger.received[LENDERS] == pytest.approx(0.005 * stock)
    assert channel.books.channel == pytest.approx(0.005 * owed)


def test_a_plan_moves_the_holding_of_the_weeks_on_credit_to_the_maker():
    before, after = (unit_money(c) for c in (tiny().replace(contracts=()), on_credit(1)))
    saved = 0.005 * 1 * 70.0
    assert (after.partner_income - before.partner_income)[NORTH_A] == pytest.approx(saved)
    assert (before.margin - after.margin)[NORTH_A] == pytest.approx(saved)


def test_credit_adds_to_the_stock_that_a_partner_can_finance():
    poor = [replace(p, resources_weeks=0.5) for p in tiny().partners]
    for weeks, safety in ((1, 1.5), (9, 2.0)):
        case = on_credit(weeks).replace(partners=tuple(poor))
        assert Trade.of(case, case.today).safety[NORTH_A] == safety


def test_the_makers_own_arms_need_no_credit():
    case = on_credit(3).replace(partners=tuple(replace(p, own=True) for p in tiny().partners))
    np.testing.assert_array_equal(Channel(case, case.today).credit.weeks, 0)

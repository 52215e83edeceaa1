"""Contract terms as arrays, against the domain's own reading of the same rows."""

from dataclasses import replace

import numpy as np
import pytest

from channelsim.domain.contract import Contract
from channelsim.domain.economics import rate_at, unit_money
from channelsim.domain.economics import terms as rows_in_force
from channelsim.domain.layout import Layout, Spend
from channelsim.simulate.terms import Tab, all_terms
from channelsim.simulate.trade import Firms, Trade
from tests.instances import tiny
from tests.simulate.cases import random_case

NORTH_A, NORTH_D = 1, 3


def terms_of(case, layout=None):
    layout = layout or case.today
    trade = Trade.of(case, layout)
    return trade, all_terms(case, trade, Firms.of(case, layout, trade))


def only(case, layout=None):
    (term,) = terms_of(case, layout)[1]
    return term


@pytest.mark.parametrize(("reached", "rate"), [(-1, 0.0), (0.0, 0.02), (0.99, 0.02), (1.0, 0.05)])
def test_the_highest_step_reached_holds(reached, rate):
    assert only(tiny()).rate(np.full(5, float(reached)))[NORTH_A] == rate


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("reached", [0.0, 0.85, 1.0, 2.0])
def test_rates_are_those_of_the_domain(seed, reached):
    case, _ = random_case(seed)
    case = case.replace(policy=replace(case.policy, quota_shape="cliff"))
    for term in terms_of(case)[1]:
        expected = [
            rate_at(rows_in_force(case, j, term.instrument), reached)
            for j in range(len(case.candidates))
        ]
        np.testing.assert_allclose(term.rate(np.full(len(expected), reached)), expected)


@pytest.mark.parametrize("seed", range(12))
def test_money_per_unit_is_that_of_the_plan(seed):
    case, _ = random_case(seed)
    trade, terms = terms_of(case)
    price, money = case.columns.price, unit_money(case)
    by_name = {t.instrument: t.per_unit(price, trade) for t in terms}
    zero = np.zeros(len(price))
    paid = sum((by_name.get(name, zero) for name in ("rebate", "coop", "marketing")), zero)
    np.testing.assert_allclose(paid, money.incentives)


def test_a_cap_is_shared_by_a_partners_outlets():
    case = tiny().replace(
        contracts=(Contract("rebate", 0.1, channel_type="dealer", base="purchases", cap=60.0),)
    )
    base = np.zeros(5)
    base[[NORTH_A, NORTH_D]] = 900.0, 300.0
    due = only(case).due(np.ones(5), base)
    np.testing.assert_allclose(due[[NORTH_A, NORTH_D]], [45.0, 15.0])


def test_a_bonus_is_one_sum_however_many_outlets():
    case = tiny().replace(
        contracts=(Contract("bonus", 900.0, partner="north", attainment_from=1.0),)
    )
    layout = Layout.of(["north-a", "north-d"])
    due = only(case, layout).due(np.ones(5), np.zeros(5))
    np.testing.assert_allclose(due, [0.0, 450.0, 0.0, 450.0, 0.0])
    assert only(case, layout).due(np.full(5, 0.9), np.zeros(5)).sum() == 0.0


def test_incentive_money_becomes_a_rate_on_planned_sales():
    case = tiny().replace(contracts=())
    layout = Layout(case.today.openings, incentives=(Spend("north", "commission", 500.0),))
    trade, (term,) = terms_of(case, layout)
    sales = trade.expected[NORTH_A] * 100.0
    assert term.per_unit(case.columns.price, trade)[NORTH_A] == pytest.approx(500 / sales * 100)
    assert term.signed


def test_bonus_money_is_paid_by_the_quarter_for_the_quota():
    case = tiny().replace(contracts=())
    layout = Layout(case.today.openings, incentives=(Spend("north", "bonus", 100.0),))
    term = only(case, layout)
    assert term.due(np.ones(5), np.zeros(5)).sum() == pytest.approx(1300.0)
    assert term.due(np.full(5, 0.99), np.zeros(5)).sum() == 0.0


def test_reaching_a_step_pays_for_the_whole_period():
    tab = Tab(only(tiny()))
    week = np.array([0.0, 1000.0, 0.0, 0.0, 0.0])
    assert tab.book(np.full(5, 0.5), week, week)[NORTH_A] == pytest.approx(20.0)
    assert tab.book(np.full(5, 1.0), week, week)[NORTH_A] == pytest.approx(80.0)  # 100 - 20


def test_cash_rests_on_its_own_base():
    tab = Tab(only(tiny()))
    sold, bought = np.full(5, 100.0), np.full(5, 300.0)
    tab.book(np.ones(5), sold, bought)
    payable = tab.close(np.ones(5, dtype=bool), np.ones(5))
    assert payable[NORTH_A] == pytest.approx(15.0)


def test_a_period_that_ends_leaves_nothing_behind():
    tab = Tab(only(tiny()))
    tab.book(np.ones(5), np.full(5, 100.0), np.full(5, 100.0))
    tab.close(np.ones(5, dtype=bool), np.ones(5))
    assert tab.book(np.ones(5), np.zeros(5), np.zeros(5)).sum() == 0.0


@pytest.mark.parametrize(
    ("reached", "rate"),
    [(0.0, 0.0), (0.9, 0.0), (1.0, 0.003), (1.25, (0.03 * 0.35 + 0.05 * 0.15) / 1.25)],
)
def test_rates_above_their_steps_alone_pay_for_what_exceeds_them(reached, rate):
    rows = (
        Contract("rebate", 0.03, channel_type="dealer", attainment_from=0.9, above_only=True),
        Contract("rebate", 0.08, channel_type="dealer", attainment_from=1.1, above_only=True),
    )
    case = tiny().replace(contracts=rows)
    assert only(case).rate(np.full(5, reached))[NORTH_A] == pytest.approx(rate)
    assert rate_at(rows, reached) == pytest.approx(rate)

import pytest

from channelsim.domain.contract import Contract
from channelsim.domain.layout import Layout, Spend
from channelsim.simulate.run import simulate
from tests.simulate.cases import steady

REBATE = Contract("rebate", 0.05, channel_type="dealer")


def paid(*spends, contracts=(), weeks=4):
    case = steady(1.0).replace(contracts=contracts)
    return simulate(case, case.today.replace(incentives=spends), weeks=weeks)


def instruments(run):
    return run.weekly("instruments")[-1, 0]


def test_nothing_paid_is_no_instrument():
    assert instruments(paid()) == 0.0


def test_rebates_alone_are_one_instrument():
    assert instruments(paid(contracts=(REBATE,))) == pytest.approx(1.0)


def test_equal_money_through_two_is_two_instruments():
    spends = Spend("north", "training", 100.0), Spend("north", "coop", 100.0)
    assert instruments(paid(*spends)) == pytest.approx(2.0)


def test_little_money_hardly_counts():
    spends = Spend("north", "training", 100.0), Spend("north", "coop", 1.0)
    assert 1.0 < instruments(paid(*spends)) < 1.1


def test_what_partners_pay_is_no_incentive():
    royalty = Contract("royalty", 0.05, channel_type="dealer")
    assert instruments(paid(contracts=(royalty,))) == 0.0


def test_the_effort_gap_by_hand():
    # a dealer earns 100 - 70 - 10 selling cost - 0.70 for two weeks of stock = 19.30 a unit and
    # exerts effort 1 for it; the maker earns 70 - 40 - 1 line haul - 1 governance = 28
    run = paid(weeks=1)
    assert run.weekly("effort_gap")[0, 0] == pytest.approx(1 - (47.3 / 19.3) ** (-1 / 1.66))


def test_own_shops_have_no_gap():
    case = steady(1.0)
    run = simulate(case, Layout.of(["web", "flagship-a"]), weeks=1)
    assert run.weekly("effort_gap")[0, 0] == 0.0

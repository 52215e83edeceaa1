"""What chains of firms earn of what one firm would (Spengler 1950)."""

import numpy as np
import pytest

from channelsim.errors import BadValue
from channelsim.simulate.rest import rest_point
from channelsim.study.efficiency import channel_efficiency, integrated
from channelsim.study.terms import optimise_terms
from channelsim.study.theory_chains import in_turn
from scenarios.builder.chains import tiered
from tests.theory.chains import chain, wholesale_terms

MARKETS = ((1.0, 1.0, 0.0), (10.0, 1.0, 2.0), (8.0, 0.5, 3.0))


def spengler(a, b, cost):
    top = a / b
    return chain(a, b, cost=cost, price=0.7 * top, wholesale=0.4 * top)


@pytest.mark.parametrize("market", MARKETS)
def test_two_stages_earn_three_quarters_of_what_one_firm_earns(market):
    a, b, cost = market
    case = spengler(a, b, cost)
    terms = wholesale_terms(case, cost + 0.01 * a / b, a / b)
    led = optimise_terms(case, terms, starts=1).scenario
    assert channel_efficiency(led) == pytest.approx(0.75, rel=1e-4)


def test_four_stages_earn_less_than_a_quarter():
    case = chain(10.0, 1.0, cost=2.0, price=9.8, wholesale=9.5)
    led = in_turn(tiered(case, {"first": 6.0, "second": 8.0})).scenario
    assert channel_efficiency(led) == pytest.approx(0.234375, rel=1e-4)


def test_a_dealer_who_buys_at_cost_prices_for_the_whole():
    case = spengler(10.0, 1.0, 2.0).replace({"candidates.good0.wholesale_price": 2.0})
    assert channel_efficiency(case) == pytest.approx(1.0, rel=1e-6)


def test_one_firm_prices_substitutes_together():
    # q_j = a - b p_j + g p_k: the whole is dearest at (a / (b - g) + c) / 2
    case = chain(10.0, 2.0, 1.0, 1.0, partners=("l", "r"), makers=("", ""), price=7, wholesale=4)
    best = integrated(case, case.today, rest_point(case))
    np.testing.assert_allclose(best.price, 5.5, rtol=1e-4)


def test_a_channel_that_can_earn_nothing_is_refused():
    case = spengler(10.0, 1.0, 2.0).replace({"candidates.good0.partner_fixed_cost": 500.0})
    with pytest.raises(BadValue, match="must earn something, got -484; lower its fixed"):
        channel_efficiency(case)

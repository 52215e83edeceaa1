"""Where partners' answers come to rest, against closed forms and from many starts."""

from dataclasses import replace

import numpy as np
import pytest

from channelsim.domain.contract import Contract
from channelsim.simulate.rest import rest_point
from scenarios.builder.theory_response import commissioned, quota_bonus
from tests.simulate.cases import steady
from tests.theory.chains import chain

DUOPOLY = chain(
    1.0, 1.0, 0.5, partners=("left", "right"), makers=("", ""), price=0.6, wholesale=0.2
)


def test_two_dealers_answer_each_other():
    """McGuire and Staelin 1983: p = (1 + w) / (2 - theta)."""
    rest = rest_point(DUOPOLY)
    assert rest.at_rest
    assert rest.price == pytest.approx([1.2 / 1.5] * 2)


def test_twenty_starts_lead_to_one_rest_point():
    rng = np.random.default_rng(5)
    ends = [rest_point(DUOPOLY, start=rng.uniform(0.25, 1.2, 2)).price for _ in range(20)]
    np.testing.assert_allclose(ends, np.full((20, 2), 0.8), rtol=1e-8)


@pytest.mark.parametrize("start", [(0.3, 2.0), (2.0, 0.3), (3.0, 3.0)])
def test_who_asks_more_than_anybody_pays_finds_a_price_that_sells(start):
    rest = rest_point(DUOPOLY, start=np.array(start))
    assert rest.at_rest
    assert rest.price == pytest.approx([0.8] * 2)


def test_who_cannot_sell_above_cost_stays_idle():
    dear = DUOPOLY.replace({"candidates.good1.wholesale_price": 5.0})
    rest = rest_point(dear, start=np.array([0.6, 6.0]))
    assert rest.at_rest
    assert rest.units[1] == 0
    assert rest.partner_profit[1] == 0


def test_too_few_rounds_are_told():
    rest = rest_point(DUOPOLY, rounds=3)
    assert not rest.at_rest
    assert rest.rounds == 3


def test_profits_are_counted_by_hand():
    """q = 1 - 0.8 + 0.4; each dealer earns 0.6 a unit, the maker 0.2 on both."""
    rest = rest_point(DUOPOLY)
    assert rest.units == pytest.approx([0.6, 0.6])
    assert rest.partner_profit == pytest.approx([0.36, 0.36])
    assert rest.maker_profit == pytest.approx({"": 0.24})
    assert rest.channel_profit == pytest.approx(0.96)


def test_profits_of_makers_are_told_apart():
    case = DUOPOLY.replace({"candidates.good0.maker": "one", "candidates.good1.maker": "two"})
    assert rest_point(case).maker_profit == pytest.approx({"one": 0.12, "two": 0.12})


def test_a_reservation_that_is_not_earned_is_a_shortfall():
    case = DUOPOLY.replace({"candidates.good0.reservation_profit": 1.0})
    assert rest_point(case).shortfall == pytest.approx([0.64, 0.0])


def test_efforts_come_to_rest_with_prices():
    case = steady().replace({"channel_types.dealer.usual_income": 10.0})
    rest = rest_point(case)
    assert rest.at_rest
    assert rest.effort.max() > 1.1


def test_a_market_of_listed_prices_rests_where_it_is():
    case = steady()
    np.testing.assert_array_equal(rest_point(case).price, case.columns.price)


@pytest.mark.parametrize("instrument", ["revenue_share", "royalty"])
def test_a_dealer_who_shares_its_takings_asks_more(instrument):
    """q = 1 - p, w = 0.3, a fifth shared: p = (1 + 0.3 / 0.8) / 2."""
    shared = Contract(instrument, 0.2, channel_type="dealer")
    assert rest_point(chain(1.0, 1.0).replace(contracts=(shared,))).price == pytest.approx([0.6875])


def test_a_rebate_that_the_plan_does_not_reach_is_not_missed():
    step = Contract("rebate", 0.05, channel_type="dealer", attainment_from=1.0)
    case = steady().replace({"channel_types.dealer.usual_income": 20.0})
    policy = replace(case.policy, planned_attainment=0.9, quota_growth=1 / 0.9)
    plain, stepped = (
        rest_point(case.replace(contracts=rows, policy=policy)).effort for rows in ((), (step,))
    )
    np.testing.assert_allclose(stepped, plain, rtol=1e-12)


@pytest.mark.parametrize(("aversion", "lacking"), [(0.0, 0.0), (0.5, 0.0375), (1.0, 0.1)])
def test_who_minds_risk_counts_effort_and_risk_as_costs(aversion, lacking):
    """Half of each of 0.5 units: 0.25, less 0.125 of effort and a quarter of aversion / 2."""
    case = commissioned(aversion, 1.0, 1.0)
    place = f"candidates.{case.candidates[0].id}.reservation_profit"
    assert rest_point(case.replace({place: 0.1})).shortfall == pytest.approx([lacking])


def test_a_quota_pulls_at_rest_as_its_period_begins():
    near, far = (
        rest_point(quota_bonus().replace({"contracts.agent.bonus.attainment_from": quota})).effort[
            0
        ]
        for quota in (0.5, 2.5)
    )
    assert near > 10 * far

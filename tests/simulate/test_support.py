"""Support at work: who pays, what it moves, and that nothing moves without it."""

from dataclasses import replace

import numpy as np
import pytest

from channelsim.domain.layout import Spend
from channelsim.domain.measures import planned
from channelsim.domain.promotion import Promotion
from channelsim.simulate.channel import Channel
from channelsim.simulate.promotions import Promotions
from tests.instances import tiny

NORTH, NORTH_A, WEB = 1, 1, 4


def played(case, weeks, layout=None):
    channel = Channel(case, layout or case.today)
    for _ in range(weeks):
        channel.step()
    return channel


def under(**policy):
    return tiny().replace(policy=replace(tiny().policy, **policy))


def spent(instrument):
    case = tiny()
    return case.today.replace(incentives=(Spend("north", instrument, 5000.0),))


def test_without_support_nobody_is_moved():
    channel = played(tiny(), 2)
    np.testing.assert_array_equal(channel.support.motivation, 1.0)
    np.testing.assert_array_equal(channel.support.precision, 1.0)
    assert channel.governing == 0.0


@pytest.mark.parametrize("instrument", ["technical_support", "after_sales_support"])
def test_support_money_motivates_its_partner(instrument):
    channel = played(tiny(), 5, spent(instrument))
    motivation = channel.support.motivation
    assert motivation[NORTH] > 1.0 == motivation[0] == motivation[2]
    assert channel.ledger.by_kind[instrument] == pytest.approx(25_000.0)


def test_technical_support_pleases_more_buyers():
    case = tiny()
    case = case.replace(segments=tuple(replace(s, service_weight=1.0) for s in case.segments))
    channel = played(case, 10, spent("technical_support"))
    arcs = case.columns.partner_of[case.arcs.candidate] == NORTH
    weight = channel.support.served(np.ones((len(arcs), 1)))
    happy = channel.support.pleased(np.full((len(arcs), 1), 0.5))
    gain = 0.2 * channel.support.technical[NORTH]
    np.testing.assert_allclose(weight[arcs], np.exp(gain))
    np.testing.assert_allclose(weight[~arcs], 1.0)
    np.testing.assert_allclose(happy[arcs], 0.5 + gain * case.segments[0].happy_service_loss)


def test_after_sales_support_handles_more():
    case = tiny().replace({"candidates.north-a.after_sales_capacity": 10.0})
    channel = played(case, 3, spent("after_sales_support"))
    stock = channel.support.after_sales[NORTH]
    assert channel.after_sales.capacity[NORTH_A] == pytest.approx(10.0 * (1 + stock))


def test_the_sales_team_costs_its_pay_and_training_and_lifts_effort():
    case = under(sales_heads=2.0, head_salary=900.0, head_training=100.0)
    channel = played(case, 1)
    assert channel.governing == channel.ledger.by_kind["sales team"] == 2000.0
    assert channel.outlets.effort[NORTH_A] > 1.1
    extra = planned(case, case.today).governance - planned(tiny(), tiny().today).governance
    assert extra == pytest.approx(2000.0)


def test_meetings_come_round_and_are_paid_for_by_partner():
    case = under(meeting_weeks=4, meeting_cost=50.0)
    channel = played(case, 5)
    assert channel.ledger.by_kind["meetings"] == 50.0
    assert channel.support.precision[NORTH] == 1.5
    channel.step()
    assert channel.support.precision[NORTH] == pytest.approx(1.45)
    extra = planned(case, case.today).governance - planned(tiny(), tiny().today).governance
    assert extra == pytest.approx(12.5)


def test_a_meeting_raises_trust():
    met, not_met = played(under(meeting_weeks=4), 5), played(tiny(), 5)
    assert met.standing.trust[NORTH] > not_met.standing.trust[NORTH]


def test_news_reaches_partners_late_and_the_maker_at_once():
    row = Promotion("spring", from_week=3, to_week=6, price_cut=0.1, lift=0.5)
    deals = Promotions.of(tiny().replace(promotions=(row,)), np.ones(5, dtype=bool))
    own = np.array([False, False, False, False, True])
    by_week = np.array([deals.heard(week, 2, own) for week in range(8)])
    np.testing.assert_array_equal(by_week[:, NORTH_A], [0, 0, 0, 0, 0.5, 0.5, 0, 0])
    np.testing.assert_array_equal(by_week[:, WEB], [0, 0, 0.5, 0.5, 0.5, 0.5, 0, 0])


def test_how_fast_training_is_forgotten_is_the_policys():
    slow, quick = (played(under(training_decay=d), 20, spent("training")) for d in (0.0, 0.1))
    assert slow.standing.training[NORTH] > quick.standing.training[NORTH] > 0

"""What partners see of their quotas: what is done, what is ahead, what a step is worth."""

from dataclasses import replace

import numpy as np
import pytest

from channelsim.domain.contract import Contract
from channelsim.simulate.channel import Channel
from channelsim.simulate.pacing import Pace
from channelsim.simulate.terms import SPANS
from tests.instances import tiny

NORTH, NORTH_A = 1, 1
QUARTER = SPANS.index(13)


def played(weeks, **changes):
    case = tiny().replace(**changes)
    channel = Channel(case, case.today)
    for _ in range(weeks):
        channel.step()
    return channel


def test_before_anything_is_sold_the_plan_is_ahead():
    pace = Pace.of(played(0))
    assert not pace.done.any()
    np.testing.assert_allclose(pace.ahead[:, NORTH], 1 / 1.12)


def test_what_is_sold_is_done_and_the_rest_is_ahead():
    channel = played(6)
    pace, weekly = Pace.of(channel), channel.weekly_quota()[NORTH]
    assert pace.quota[QUARTER, NORTH] == pytest.approx(13 * weekly)
    sold = channel.contracts.units[QUARTER, NORTH]
    assert pace.done[QUARTER, NORTH] == pytest.approx(sold / (13 * weekly))
    effort = channel.outlets.effort[NORTH_A] ** 0.34
    ahead = 7 * channel.outlets.level[NORTH_A] / effort / (13 * weekly)
    assert pace.ahead[QUARTER, NORTH] == pytest.approx(ahead)


def test_a_step_of_a_rebate_is_worth_its_jump_on_every_unit():
    channel = played(6)
    (term,) = channel.terms
    goal = Pace.of(channel).goal(
        term, channel.money.price, channel.trade, np.arange(len(term.span))
    )
    np.testing.assert_allclose(goal.steps[NORTH_A], [-np.inf, 1.0])
    np.testing.assert_allclose(goal.per_unit[NORTH_A], [0.02 * 70, 0.03 * 70])
    assert not goal.lump.any()


def test_the_spread_that_a_partner_names_is_that_of_the_weeks_to_come():
    partners = tuple(replace(p, sales_spread=30.0) for p in tiny().partners)
    channel = played(6, partners=partners)
    (term,) = channel.terms
    goal = Pace.of(channel).goal(
        term, channel.money.price, channel.trade, np.arange(len(term.span))
    )
    quota = 13 * channel.weekly_quota()[NORTH]
    assert goal.noise[NORTH_A] == pytest.approx(30 * 7**0.5 / quota)


def test_as_a_period_begins_all_of_it_is_ahead():
    begun = Pace.begun(np.array([6.0, 0.0]), np.array([8.0, 0.0]), np.array([2.0, 2.0]))
    np.testing.assert_allclose(begun.ahead[QUARTER], [0.75, 0.0])
    np.testing.assert_allclose(begun.quota[QUARTER], [104.0, 0.0])
    np.testing.assert_allclose(begun.spread[QUARTER], 2 * 13**0.5)


def test_a_bonus_is_worth_its_sum_over_the_quota():
    row = Contract("bonus", 900.0, partner="north", period="quarter", attainment_from=1.0)
    channel = played(6, contracts=(row,))
    goal = Pace.of(channel).goal(
        channel.terms[0], channel.money.price, channel.trade, np.arange(len(channel.terms[0].span))
    )
    quota = 13 * channel.weekly_quota()[NORTH]
    assert goal.lump[NORTH_A] == pytest.approx([900.0 / quota])


def test_linear_pay_leaves_quota_driven_partners_at_the_best_response():
    policy = replace(tiny().policy, quota_shape="linear")
    efforts = []
    for rule in ("quota_driven", "best_response"):
        partners = tuple(p if p.own else replace(p, effort=rule) for p in tiny().partners)
        channel = played(3, policy=policy, partners=partners)
        efforts.append(channel.outlets.effort[NORTH_A])
    assert efforts[0] == pytest.approx(efforts[1], abs=2e-3)

"""Boycotts at work."""

from dataclasses import replace

import numpy as np

from channelsim.domain.layout import Layout, Opening
from channelsim.simulate.channel import Channel
from channelsim.simulate.rules.effort import LEAST
from tests.instances import tiny

NORTH, NORTH_A = 1, 1


def dealers(rule="boycott", web_today=True):
    case = tiny()
    return case.replace(
        partners=tuple(replace(p, relationship=rule) for p in case.partners),
        candidates=tuple(
            replace(c, open_today=web_today) if c.id == "web" else c for c in case.candidates
        ),
        policy=replace(case.policy, exit_trust=0.0, exit_weeks=999),
    )


def test_a_grievance_of_its_own_stops_orders_and_effort_for_eight_weeks():
    case = dealers()
    channel = Channel(case, case.today)
    channel.standing.usual[NORTH] -= 0.1
    boycotting = []
    for _ in range(40):
        channel.step()
        quiet = channel.outlets.effort[NORTH_A] == LEAST
        boycotting.append(bool(quiet and channel.outlets.ordered[NORTH_A] == 0))
    assert boycotting[1:9] == [True] * 8
    assert not any(boycotting[9:35])  # a pause of half a year
    assert boycotting[36]


def test_who_only_exits_never_boycotts():
    case = dealers("exit")
    channel = Channel(case, case.today)
    channel.standing.usual[NORTH] -= 0.1
    for _ in range(12):
        channel.step()
        assert channel.outlets.effort[NORTH_A] > LEAST


def group_boycott(web_price):
    case = dealers(web_today=False)
    case = case.replace(
        channel_types=tuple(
            replace(k, price=web_price) if k.online else k for k in case.channel_types
        ),
        appeals=tuple(
            replace(a, appeal=-3.0) if a.channel_type == "web" else a for a in case.appeals
        ),
    )
    channel = Channel(case, Layout((Opening("north-a"), Opening("web", open_week=2))))
    weeks = []
    for week in range(40):
        if channel.protests.active(week)[NORTH]:
            weeks.append(week)
        channel.step()
    return weeks


def test_a_cheaper_direct_channel_is_answered_one_to_two_quarters_later():
    weeks = group_boycott(80.0)
    assert len(weeks) == 8
    assert 2 + 13 < weeks[0] <= 2 + 26 + 1


def test_one_within_the_tolerance_is_not():
    assert group_boycott(95.0) == []


def test_no_boycotts_no_change():
    case = dealers("")
    one, other = (Channel(c, c.today) for c in (case, dealers("exit")))
    for channel in (one, other):
        for _ in range(5):
            channel.step()
    np.testing.assert_array_equal(one.outlets.stock, other.outlets.stock)

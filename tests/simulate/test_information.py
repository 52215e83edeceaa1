"""What reaches the maker, when, and how true."""

from dataclasses import replace

import numpy as np
import pytest

from channelsim.simulate.channel import Channel
from channelsim.simulate.information import Information
from tests.instances import tiny

NORTH_A, WEB = 1, 4


def informed(**policy):
    case = tiny()
    case = case.replace(policy=replace(case.policy, **policy))
    channel = Channel(case, case.today)
    outlets = channel.outlets
    outlets.ordered[[NORTH_A, WEB]] = 40, 20
    outlets.shipped[[NORTH_A, WEB]] = 30, 20
    outlets.sold[[NORTH_A, WEB]] = 25, 15
    outlets.target[[NORTH_A, WEB]] = outlets.position[[NORTH_A, WEB]] + np.array([7, 5])
    return Information(case.policy, channel.trade, channel.firms, channel.streams), outlets


@pytest.mark.parametrize(
    ("information", "distortion", "demand", "needs"),
    [
        ("none", 0.0, 50.0, 0.0),  # its own deliveries
        ("orders", 0.0, 60.0, 0.0),
        ("orders", 0.5, 80.0, 0.0),  # north, cut, says 60; the maker's own shop got all
        ("sell_out", 0.5, 40.0, 0.0),  # from tills
        ("inventory", 0.0, 40.0, 12.0),
        ("inventory", 0.5, 40.0, 15.5),  # north says it is short of 10.5
    ],
)
def test_what_is_shared(information, distortion, demand, needs):
    source, outlets = informed(information=information, distortion=distortion)
    news = source.report(outlets, 0)
    assert (news.demand, news.needs) == (demand, needs)


@pytest.mark.parametrize(("digitisation", "weeks"), [(0.0, 2), (0.5, 1), (1.0, 0)])
def test_reports_come_late_and_digitisation_speeds_them_up(digitisation, weeks):
    source, outlets = informed(information_lag=2, digitisation=digitisation)
    arrived = [source.report(outlets, week) for week in range(5)]
    assert [news and news.week for news in arrived] == [None] * weeks + list(range(5 - weeks))


def test_rarer_reports_bring_all_since_the_last():
    source, outlets = informed(report_weeks=3)
    arrived = [source.arriving(source.report(outlets, week - 1), week) for week in range(1, 8)]
    weeks = [[news.week for news in each] for each in arrived]
    assert weeks == [[], [], [0, 1, 2], [], [], [3, 4, 5], []]


def test_noise_errs_both_ways_and_not_on_average():
    source, outlets = informed(information_noise=0.2)
    told = np.array([source.report(outlets, week).demand for week in range(2000)])
    assert told.mean() == pytest.approx(60, rel=0.01)
    assert told.std() == pytest.approx(0.2 * np.hypot(40, 20), rel=0.05)


def test_the_maker_knows_last_weeks_orders():
    case = tiny()
    channel = Channel(case, case.today)
    channel.step()
    ordered = int(channel.outlets.ordered.sum())
    channel.step()
    assert channel.maker.known_orders == ordered > 0

"""Who buys ahead of need at the end of a quota period."""

import numpy as np
import pytest

from channelsim.simulate.channel import Channel
from tests.patterns.governance_cases import pushing, two_towns

LAST_THREE = (49, 50, 51)


def loaders(quota_growth=0.9, loading="forward_buying", **changes):
    case = two_towns(quota_growth=quota_growth)
    return case.replace({"channel_types.dealer.loading": loading, **changes})


def ahead(case, weeks=52):
    """Return what the two dealers buy ahead in each week: average weeks of sales."""
    channel, found = Channel(case, case.today), []
    for _ in range(weeks):
        sales = channel.loading.ahead(channel)
        found.append(np.zeros(2) if sales is None else sales)
        channel.step()
    return np.array(found)


def test_who_reaches_the_step_buys_ahead_in_the_last_three_weeks():
    bought = ahead(loaders())
    assert (bought[list(LAST_THREE)] > 0).all()
    assert not bought[: LAST_THREE[0]].any()


def test_no_more_than_it_can_finance():
    """Of 5 weeks 3 are safety stock; with 9 the gain of 2 points is worth 4 weeks at 0.5%."""
    assert ahead(loaders()).max() == pytest.approx(2.0)
    rich = loaders(**{"partners.*.resources_weeks": 9.0})
    assert ahead(rich).max() == pytest.approx(4.0)


def test_who_is_out_of_reach_does_not():
    assert not ahead(loaders(quota_growth=1.4)).any()


def test_who_is_short_and_dumps_counts_on_the_quota():
    short = loaders(quota_growth=1.05)
    assert not ahead(short).any()
    wang, li = ahead(pushing(short)).max(axis=0)
    assert wang > 0
    assert li == 0


def test_without_steps_nobody_does():
    assert not ahead(loaders(**{"policy.quota_shape": "linear"})).any()


def test_without_the_rule_nobody_does():
    assert not ahead(loaders(loading="none")).any()


def test_what_is_bought_ahead_is_not_bought_after():
    def orders(case):
        channel, found = Channel(case, case.today), []
        for _ in range(58):
            channel.step()
            found.append(int(channel.outlets.ordered.sum()))
        return np.array(found)

    usual, loaded = orders(loaders(loading="none")), orders(loaders())
    assert loaded[49:52].sum() > 1.4 * usual[49:52].sum()
    assert loaded[52:56].sum() < 0.7 * usual[52:56].sum()

"""The end of a quota year: row 2 (diversion)."""

from functools import cache

import numpy as np

from channelsim.simulate.terms import SPANS
from tests.phenomena.delta import DELTA, WEEK, mean, play, shipped, stepped

YEAR = SPANS.index(52)
LAST_FIVE = WEEK >= 48
DETERRED = {"policy.audit_probability": 0.4, "policy.detection": 0.7, "policy.fine": 60_000.0}


@cache
def paid_by_the_unit():
    return play(DELTA.replace({"policy.quota_shape": "linear"}))


@cache
def audited():
    return play(DELTA.replace(DETERRED))


def outside(runs, weeks):
    """Return the share of units in some weeks sold or brought into others' exclusive territory."""

    def share(run):
        return run.weekly("foreign")[weeks].sum() / run.weekly("units")[weeks].sum()

    return mean(share, runs)


def diverted(runs):
    return mean(lambda run: run.weekly("diverted").sum(), runs)


@cache
def dumpers():
    """Return the share of quota that those who dumped in the first year lacked before it, by what
    they had sold to consumers.
    """
    channel = stepped(DELTA, weeks=47)
    lacking = 1 - channel.contracts.units[YEAR] / np.maximum(channel.contracts.quota[YEAR], 1)
    sellers: set[int] = set()
    for _ in range(5):
        channel.step()
        sellers |= set(channel.trade.partner[channel.moves.seller])
    return lacking[sorted(sellers)]


def test_1_to_4_percent_of_units_leave_their_territory():
    assert 0.01 <= outside(shipped(), WEEK > 0) <= 0.04


def test_5_to_10_percent_do_in_the_last_five_weeks():
    assert 0.05 <= outside(shipped(), LAST_FIVE) <= 0.10


def test_nobody_diverts_before_the_last_five_weeks():
    assert all(run.weekly("diverted")[~LAST_FIVE].sum() == 0 for run in shipped())


def test_who_dumps_is_3_to_12_percent_short():
    assert len(dumpers()) >= 4
    assert dumpers().min() >= 0.03
    assert dumpers().max() <= 0.12


def test_without_a_step_at_quota_nobody_dumps():
    assert diverted(shipped()) > 1000
    assert diverted(paid_by_the_unit()) == 0
    assert outside(paid_by_the_unit(), LAST_FIVE) < 0.01


def test_frequent_audits_and_a_high_fine_deter():
    assert diverted(audited()) == 0

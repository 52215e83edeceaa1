"""Facts of quotas and bonuses, dealer by dealer: who is near, beyond and far from quota.

`test_effort` holds that those far from quota give up and that cliffs push at the year's end, and
`tests/phenomena/test_year_end.py` the spike of orders and what follows it.
"""

from dataclasses import replace
from functools import cache

import pytest

from channelsim.domain.contract import Contract
from tests.patterns.contrast import higher, shown
from tests.patterns.markets import NORTH, working_dealers
from tests.patterns.test_contracts import thin

BEYOND, NEAR, SHORT, FAR = 0.85, 1.03, 1.1, 1.2
"""Quota over last year's sales: of those who sell more than it, about as much, less, far less."""
YEAR = Contract("bonus", 40_000.0, channel_type="dealer", period="year", attainment_from=1.0)
QUARTER = replace(YEAR, period="quarter", rate=10_000.0)
MORE = Contract(
    "rebate", 0.05, channel_type="dealer", period="year", attainment_from=1.0, base="purchases"
)
TARGET = replace(MORE, rate=0.1, period="quarter")
RETURNS = Contract("buy_back", 0.8, channel_type="dealer", period="quarter", stock_from=6.0)
UNITS, EFFORT, FIRST_QUARTER, LAST_QUARTER = range(4)
CHANNEL, STOCK, WORK = range(3)


def paid(growth, *rows):
    """Dealers who mind quotas, under some terms."""
    case = working_dealers()
    partners = tuple(p if p.own else replace(p, effort="quota_driven") for p in case.partners)
    policy = replace(case.policy, quota_growth=growth)
    case = case.replace(partners=partners, contracts=rows, policy=policy)
    return case, case.today


@cache
def year(growth, *rows):
    """North's units, and its effort in the year and in its first and last quarter: (4, R)."""

    def look(run):
        units, effort = (run.weekly(name, "partner")[:, NORTH] for name in ("units", "effort"))
        return [units.sum(), effort.mean(), effort[:13].mean(), effort[39:].mean()]

    return shown(paid(growth, *rows), look).T


@pytest.mark.parametrize("growth", [BEYOND, NEAR, SHORT, FAR])
def test_a_bonus_raises_what_dealers_of_every_kind_sell(growth, record_property):
    """Chung, Steenburgh and Sudhir 2014: bonuses raise productivity in all segments."""
    without, paid_one = year(growth)[UNITS], year(growth, YEAR)[UNITS]
    assert higher(without, paid_one)
    record_property(f"quota x {growth:g}", f"{(paid_one / without).mean() - 1:+.1%}")


@pytest.mark.parametrize("growth", [BEYOND, FAR])
def test_a_bonus_raises_most_those_near_their_quota(growth):
    """Chung, Steenburgh and Sudhir 2014; Steenburgh 2008: the prize must hang in the balance."""
    near, other = (year(g, YEAR)[EFFORT] - year(g)[EFFORT] for g in (NEAR, growth))
    assert higher(other, near)


def test_without_pay_beyond_quota_the_best_slacken_once_the_bonus_is_theirs():
    """Chung, Steenburgh and Sudhir 2014; Oyer 1998."""
    played = year(BEYOND, YEAR)
    assert higher(played[LAST_QUARTER], played[FIRST_QUARTER])


def test_pay_beyond_quota_keeps_the_best_at_work():
    """Chung, Steenburgh and Sudhir 2014: over-achievement pay sustains those past their quota."""
    assert higher(year(BEYOND, YEAR)[LAST_QUARTER], year(BEYOND, YEAR, MORE)[LAST_QUARTER])


def test_quarterly_bonuses_keep_the_weakest_going():
    """Chung, Steenburgh and Sudhir 2014: a year's bonus is lost to them long before its end."""
    assert higher(year(FAR, YEAR)[LAST_QUARTER], year(FAR, QUARTER)[LAST_QUARTER])


def test_a_bonus_brings_effort_and_does_not_only_move_sales_in_time(record_property):
    """Steenburgh 2008: what a year gains the next quarter does not lose."""

    def with_the_next(run):
        weekly = run.weekly("units", "partner")[:, NORTH]
        return [float(weekly[:52].sum()), float(weekly.sum())]

    gain = shown(paid(NEAR, YEAR), with_the_next, 65) - shown(paid(NEAR), with_the_next, 65)
    in_the_year, in_all = gain.mean(axis=0)
    record_property("kept of the year's gain", f"{in_all / in_the_year:.0%}")
    assert in_all > 0.9 * in_the_year


def stocking(*rows):
    """A dealer in a small market who stocks what pays and minds quotas, under some terms."""
    case, _ = thin(*rows)
    partners = tuple(p if p.own else replace(p, effort="quota_driven") for p in case.partners)
    case = case.replace(
        partners=partners,
        channel_types=tuple(replace(k, usual_income=15.0) for k in case.channel_types),
        policy=replace(case.policy, quota_growth=1.03),
    )
    return case, case.today


@cache
def under(*rows):
    """Profit of the channel, and North's stock and effort: (3, R)."""

    def look(run):
        channel = run.weekly("profit") + run.weekly("partner_profit")
        stock, effort = (run.weekly(name, "partner")[:, NORTH] for name in ("stock", "effort"))
        return [channel.mean(), stock.mean(), effort.mean()]

    return shown(stocking(*rows), look).T


def test_a_target_rebate_with_returns_serves_the_channel_better_than_either_alone():
    """Taylor 2002: with sales effort neither coordinates by itself."""
    both = under(TARGET, RETURNS)[CHANNEL]
    for alone in (TARGET, RETURNS):
        assert higher(under(alone)[CHANNEL], both)


def test_the_rebate_moves_effort_and_returns_move_stock():
    """Taylor 2002 on why it takes both."""
    assert higher(under()[WORK], under(TARGET)[WORK])
    assert higher(under()[STOCK], under(RETURNS)[STOCK])
    assert higher(under(RETURNS)[WORK], under(TARGET)[WORK])
    assert higher(under(TARGET)[STOCK], under(RETURNS)[STOCK])

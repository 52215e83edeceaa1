"""The end of a quota year: row 2 (diversion), row 3 (the hockey stick and its hangover).

Of row 2 the rule assumes who may dump (ambitious dealers), how deep they undercut, and that nobody
begins who lacks more than 12%. When they begin, how little they lack, how much moves and whom fines
deter are what they decide.
"""

from functools import cache
from typing import NamedTuple

import numpy as np
import pytest

from channelsim.domain.columns import Floats, Ints
from channelsim.domain.event import Event
from channelsim.simulate.terms import SPANS
from tests.phenomena.delta import DELTA, KIND, WEEK, mean, of, play, shipped, stepped

YEAR = SPANS.index(52)
LAST_FIVE = WEEK >= 48
DETERRING = {"audit_probability": 0.4, "detection": 0.7, "fine": 60_000.0}
EXAMPLE = 70
"""Units that the dealer of the page's example sells in a week."""
STEP = 0.02
"""What reaching the quota adds to the rebate, share of a year's purchases: from 1% to 3%."""
WEAK = (0.03, 0.05, 0.08)
"""Shares by which demand falls in years from a little to very weak."""
FEWER = 3
"""Replications of a weak year: of the same luck as those of the usual one."""


@cache
def paid_by_the_unit():
    return play(DELTA.replace({"policy.quota_shape": "linear"}))


def outside(runs, weeks):
    """Return the share of units in some weeks sold or brought into others' exclusive territory."""

    def share(run):
        return run.weekly("foreign")[weeks].sum() / run.weekly("units")[weeks].sum()

    return mean(share, runs)


def diverted(runs):
    return mean(lambda run: run.weekly("diverted").sum(), runs)


class Dumpers(NamedTuple):
    """Who dumped in the first year, one row an outlet."""

    rows: Ints
    """Candidate rows."""
    lacking: Floats
    """Share of the quota that each lacked before the last five weeks, by its sales to consumers."""
    lost: Floats
    """What it lost on the goods and by freight, money."""
    prize: Floats
    """What reaching the quota adds to its rebate, money."""


@cache
def dumpers(**policy):
    """Play a year, and return who dumped."""
    case = DELTA.replace({f"policy.{name}": value for name, value in policy.items()})
    channel = stepped(case, weeks=47)
    quota = np.maximum(channel.contracts.quota[YEAR], 1)
    lacking = 1 - channel.contracts.units[YEAR] / quota
    lost = np.zeros(len(KIND))
    wholesale, season = case.columns.wholesale, case.columns.season
    for _ in range(5):
        channel.step()
        moves = channel.moves
        each = wholesale[moves.seller] - moves.price + moves.freight
        np.add.at(lost, moves.seller, moves.units * each)
    rows = np.flatnonzero(lost)
    partner = channel.trade.partner[rows]
    bought = quota[partner] / season[:47].sum() * season.sum() * wholesale[rows]
    return Dumpers(rows, lacking[partner], lost[rows], STEP * bought)


@cache
def weekly_sales():
    """Return the units that each candidate is expected to sell in an average week."""
    return stepped(DELTA, weeks=1).expected


def test_1_to_4_percent_of_units_leave_their_territory():
    assert 0.01 <= outside(shipped(), WEEK > 0) <= 0.04


def test_5_to_10_percent_do_in_the_last_five_weeks():
    assert 0.05 <= outside(shipped(), LAST_FIVE) <= 0.10


def test_they_wait_until_the_last_five_weeks():
    """No week is laid down: while its own sales may still do, nobody needs to dump."""
    assert all(run.weekly("diverted")[~LAST_FIVE].sum() == 0 for run in shipped())


def test_who_dumps_lacks_3_to_12_percent():
    """No least is laid down: who lacks less than 3% by then sells it to consumers."""
    lacking = dumpers().lacking
    assert len(lacking) >= 4
    assert lacking.min() >= 0.03
    assert lacking.max() <= 0.12


@pytest.mark.parametrize("policy", [{}, DETERRING])
def test_who_dumps_wins_more_than_it_loses_and_risks(policy):
    case = DELTA.replace({f"policy.{name}": value for name, value in policy.items()})
    found = dumpers(**policy)
    assert (found.prize > found.lost + case.policy.caught * case.policy.fine).all()


def test_without_a_step_at_quota_nobody_dumps():
    assert diverted(shipped()) > 1000
    assert diverted(paid_by_the_unit()) == 0
    assert outside(paid_by_the_unit(), LAST_FIVE) < 0.01


def test_frequent_audits_and_a_high_fine_deter_a_dealer_like_the_examples():
    """Who sells more has more to gain than the expected fine of 16,800."""
    small = weekly_sales() <= EXAMPLE
    today, audited = dumpers().rows, dumpers(**DETERRING).rows
    assert small[today].sum() >= 2
    assert small[audited].sum() == 0


@cache
def prudent():
    """Play dealers who buy nothing ahead of need."""
    return play(DELTA.replace({"channel_types.distributor.loading": "none"}))


@cache
def in_a_weak_year(change, **policy):
    """Play a year in which demand is lower by a share all through."""
    shock = Event("weak", "demand_shock", 0, size=-change)
    case = DELTA.replace({f"policy.{name}": value for name, value in policy.items()})
    return play(case.replace(events=(shock,)), weeks=52, replications=FEWER)


def ordered(runs, first, last):
    """Return what distributors order in some weeks after the end of the first year, and, before
    week 1, in the same weeks before the end of both years: mean over replications.
    """
    ends = (52, 104) if last <= 0 else (52,)
    dealers = KIND == "distributor"

    def orders(run):
        weekly = of(run, "orders", dealers)
        return sum(weekly[end + first : end + last].sum() for end in ends)

    return mean(orders, runs)


def over_linear(runs, first, last):
    """Return how far orders exceed those of the same weeks where pay has no steps, share."""
    return ordered(runs, first, last) / ordered(paid_by_the_unit(), first, last) - 1


def bought_ahead(runs, without_steps):
    """Return what dealers buy ahead at the end of the first year, units."""

    def orders(run):
        return of(run, "orders", KIND == "distributor")[49:52].sum()

    return mean(orders, runs) - mean(orders, without_steps)


@cache
def of_usual(change):
    """Return what dealers buy ahead in a weak year, share of what they do in the usual one."""
    usual = bought_ahead(shipped()[:FEWER], paid_by_the_unit()[:FEWER])
    weak = in_a_weak_year(change), in_a_weak_year(change, quota_shape="linear")
    return bought_ahead(*weak) / usual


def test_orders_rise_by_40_to_80_percent_in_the_last_three_weeks():
    assert 0.40 <= over_linear(shipped(), -3, 0) <= 0.80


def test_and_fall_by_30_to_50_percent_in_the_next_four():
    assert -0.50 <= over_linear(shipped(), 0, 4) <= -0.30


def test_dealers_who_buy_nothing_ahead_order_much_as_without_steps():
    assert abs(over_linear(prudent(), -3, 0)) < 0.15
    assert abs(over_linear(prudent(), 0, 4)) < 0.15


def test_the_weaker_the_year_the_less_dealers_buy_ahead():
    bought = [of_usual(change) for change in WEAK]
    assert bought == sorted(bought, reverse=True)


def test_on_the_way_from_3_to_8_percent_less_demand_it_falls_to_20_to_30_percent_of_usual():
    """Which year is weak the page does not say: at 5% less, dealers buy about 28% of usual."""
    assert of_usual(WEAK[0]) > 0.30
    assert of_usual(WEAK[-1]) < 0.20

"""The end of a quota year: row 2 (diversion), row 3 (the hockey stick and its hangover)."""

from functools import cache

import numpy as np

from channelsim.domain.event import Event
from channelsim.simulate.terms import SPANS
from tests.phenomena.delta import DELTA, KIND, WEEK, mean, of, play, shipped, stepped

YEAR = SPANS.index(52)
LAST_FIVE = WEEK >= 48
DETERRING = {"audit_probability": 0.4, "detection": 0.7, "fine": 60_000.0}
EXAMPLE = 70
"""Units that the dealer of the page's example sells in a week."""
WEAK = 0.044
"""Share by which demand falls in a weak year: it puts most dealers out of reach of the quota."""


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


@cache
def dumpers(**policy):
    """Return who dumped in the first year, candidate rows, and the share of its quota that each
    lacked before it, by what it had sold to consumers.
    """
    case = DELTA.replace({f"policy.{name}": value for name, value in policy.items()})
    channel = stepped(case, weeks=47)
    quota = np.maximum(channel.contracts.quota[YEAR], 1)
    lacking = 1 - channel.contracts.units[YEAR] / quota
    sellers: set[int] = set()
    for _ in range(5):
        channel.step()
        sellers |= set(channel.moves.seller)
    rows = np.array(sorted(sellers))
    return rows, lacking[channel.trade.partner[rows]]


@cache
def weekly_sales():
    """Return the units that each candidate is expected to sell in an average week."""
    return stepped(DELTA, weeks=1).expected


def test_1_to_4_percent_of_units_leave_their_territory():
    assert 0.01 <= outside(shipped(), WEEK > 0) <= 0.04


def test_5_to_10_percent_do_in_the_last_five_weeks():
    assert 0.05 <= outside(shipped(), LAST_FIVE) <= 0.10


def test_nobody_diverts_before_the_last_five_weeks():
    assert all(run.weekly("diverted")[~LAST_FIVE].sum() == 0 for run in shipped())


def test_who_dumps_is_3_to_12_percent_short():
    rows, lacking = dumpers()
    assert len(rows) >= 4
    assert lacking.min() >= 0.03
    assert lacking.max() <= 0.12


def test_without_a_step_at_quota_nobody_dumps():
    assert diverted(shipped()) > 1000
    assert diverted(paid_by_the_unit()) == 0
    assert outside(paid_by_the_unit(), LAST_FIVE) < 0.01


def test_frequent_audits_and_a_high_fine_deter_a_dealer_like_the_examples():
    """Who sells more has more to gain than the expected fine of 16,800."""
    small = weekly_sales() <= EXAMPLE
    today, audited = dumpers()[0], dumpers(**DETERRING)[0]
    assert small[today].sum() >= 2
    assert small[audited].sum() == 0


@cache
def prudent():
    """Play dealers who buy nothing ahead of need."""
    return play(DELTA.replace({"channel_types.distributor.loading": "none"}))


@cache
def under_demand(change, **policy):
    """Play the delta with demand changed by a share all through."""
    shock = Event("weak", "demand_shock", 0, size=change)
    case = DELTA.replace({f"policy.{name}": value for name, value in policy.items()})
    return play(case.replace(events=(shock,)))


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
    return ordered(runs, -3, 0) - ordered(without_steps, -3, 0)


def test_orders_rise_by_40_to_80_percent_in_the_last_three_weeks():
    assert 0.40 <= over_linear(shipped(), -3, 0) <= 0.80


def test_and_fall_by_30_to_50_percent_in_the_next_four():
    assert -0.50 <= over_linear(shipped(), 0, 4) <= -0.30


def test_dealers_who_buy_nothing_ahead_order_much_as_without_steps():
    assert abs(over_linear(prudent(), -3, 0)) < 0.15
    assert abs(over_linear(prudent(), 0, 4)) < 0.15


def test_in_a_weak_year_dealers_buy_ahead_20_to_30_percent_of_usual():
    weak = bought_ahead(under_demand(-WEAK), under_demand(-WEAK, quota_shape="linear"))
    usual = bought_ahead(shipped(), paid_by_the_unit())
    assert 0.20 <= weak / usual <= 0.30

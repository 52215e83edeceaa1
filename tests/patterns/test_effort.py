"""What makes partners work: each lever moves effort in the direction that the literature says."""

from dataclasses import replace

import numpy as np
import pytest

from channelsim.domain.layout import Layout, Spend
from channelsim.domain.promotion import Promotion
from channelsim.simulate.channel import Channel
from tests.patterns.contrast import REPLICATIONS, higher, rises, shown
from tests.patterns.markets import NORTH, SOUTH, pushed, under_quota, working_dealers


def effort(partner, weeks=slice(None)):
    return lambda run: float(run.weekly("effort", "partner")[weeks, partner].mean())


def spending(case, *instruments, money):
    each = tuple(Spend("north", name, money / len(instruments)) for name in instruments)
    return case, Layout(case.today.openings, incentives=each)


def units(run):
    return float(run.weekly("units", "partner")[-13:, NORTH].mean())


def test_a_quota_too_far_ahead_makes_partners_give_up():
    """Chung, Steenburgh and Sudhir 2014: those far from quota reduce effort."""
    assert rises(under_quota(2.0), under_quota(1.03), effort(NORTH))


def test_a_quota_already_met_makes_partners_slacken():
    """Oyer 1998: what is sold beyond the quota earns nothing more."""
    assert rises(under_quota(0.5), under_quota(1.03), effort(NORTH))


def test_a_cliff_pushes_at_the_years_end_as_linear_pay_does_not():
    """Oyer 1998: sales bunch at the fiscal year's end under steps."""

    linear = under_quota(1.06, quota_shape="linear", attainment_spread=0.1)
    assert rises(linear, under_quota(1.06), pushed)


def test_more_margin_raises_effort():
    """Albers, Mantrala and Sridhar 2010; effort is paid by the unit."""
    case = working_dealers()
    richer = case.replace({"channel_types.dealer.wholesale_price": 65.0})
    assert rises((case, case.today), (richer, richer.today), effort(NORTH), weeks=13)


def test_an_online_discount_lowers_offline_effort():
    """Lost sales and a price gap cost satisfaction and trust (Brown and Day 1981)."""
    case = working_dealers()
    cut = Promotion("web", from_week=1, to_week=52, price_cut=0.2, channel="web", maker_share=1.0)
    cheaper = case.replace(promotions=(cut,))
    assert rises((cheaper, case.today), (case, case.today), effort(NORTH))


def test_a_rival_next_door_lowers_effort():
    """Frazier and Lassar 1996: intensive distribution thins out what a dealer earns, and works for.

    What exclusive territories do `test_governance` shows.
    """
    case = working_dealers()
    alone = Layout.of(["north-a", "south-c", "web"])
    shared = Layout.of(["north-a", "south-c", "north-d", "web"])
    assert rises((case, shared), (case, alone), effort(SOUTH))


def test_alignment_keeps_effort_up_where_margin_moves_to_the_maker():
    """Jap 1999: who shares the maker's goals minds the cut less."""
    case = working_dealers()
    dearer = case.replace({"channel_types.dealer.wholesale_price": 74.0})
    played = []
    for alignment in (0.1, 0.9):
        partners = tuple(
            replace(p, alignment=alignment, effort="aligned_best_response") for p in case.partners
        )
        one = dearer.replace(partners=partners)
        played.append((one, one.today))
    assert rises(*played, effort(NORTH), weeks=13)


def test_training_is_lost_without_renewal():
    """Decay of what was learned: sales fall back where training money stops."""
    case = working_dealers()

    def sold(layout):
        return np.array([_sold_once_taught(case, layout, r) for r in range(REPLICATIONS)])

    renewed = spending(case, "training", money=20_000.0)[1]
    assert higher(sold(case.today), sold(renewed))


def _sold_once_taught(case, layout, replication):
    """Return what North, taught before the first week, sells a week in a year's last quarter."""
    channel = Channel(case, layout, replication=replication)
    channel.standing.training[NORTH] = 0.2
    week = []
    for _ in range(52):
        channel.step()
        week.append(channel.books.units[NORTH])
    return np.mean(week[-13:])


MIX = ("coop", "training", "technical_support")


def year(*instruments):
    """Spend, units, and the maker's contribution of a year, one row a replication."""
    case = working_dealers(people=20.0)
    segments = tuple(replace(s, service_weight=1.0) for s in case.segments)
    case = case.replace(segments=segments, contracts=())
    names = ("incentives", "units", "profit")

    def look(run):
        return [run.weekly(name).mean() for name in names]

    return shown(spending(case, *instruments, money=20_000.0), look).T


@pytest.fixture(scope="module")
def mixed():
    return year(*MIX)


@pytest.mark.parametrize(
    "single", [*MIX, "after_sales_support", "rebate", "bonus", "priority_supply"]
)
def test_a_mix_beats_any_single_instrument_of_equal_money(single, mixed):
    """Concave responses: the first money of each instrument does most (Little 1970)."""
    spent, sold, earned = year(single)
    assert spent == pytest.approx(mixed[0], rel=0.05)
    assert higher(sold, mixed[1])
    assert higher(earned, mixed[2])


def test_coop_money_raises_sales_with_diminishing_returns():
    """Ataman, van Heerde and Mela 2010: a logarithmic response."""
    case = working_dealers(people=20.0)
    played = (spending(case, "coop", money=m) for m in (0.0, 20_000.0, 40_000.0))
    none, some, more = (shown(each, units, 26) for each in played)
    assert higher(none, some)
    assert higher(some, more)
    assert higher(more - some, some - none)


@pytest.mark.parametrize("instrument", ["technical_support", "after_sales_support"])
def test_support_raises_effort(instrument):
    """Frazier, Gill and Kale 1989: dealers answer support with effort."""
    case = working_dealers()
    assert rises((case, case.today), spending(case, instrument, money=5_000.0), effort(NORTH))


def test_sales_people_raise_effort_with_falling_returns():
    """Zoltners and Sinha 2005: response to calls is concave."""
    case = working_dealers()

    def staffed(heads):
        policy = replace(case.policy, sales_heads=heads, span_of_control=2.0)
        one = case.replace(policy=policy)
        return one, one.today

    none, one, two = (shown(staffed(heads), effort(NORTH), 26) for heads in (0.0, 1.0, 2.0))
    assert higher(none, one)
    assert higher(one, two)
    assert higher(two - one, one - none)


def test_meetings_raise_trust():
    """Mohr and Nevin 1990: frequent contact builds the relation."""
    case = working_dealers()
    met = case.replace(policy=replace(case.policy, meeting_weeks=4))
    assert rises(
        (case, case.today), (met, met.today), lambda run: float(run.weekly("trust").mean())
    )


def test_late_news_costs_a_promotion_some_of_its_lift():
    """What sales people have not heard of they do not push."""
    case = working_dealers()
    row = Promotion("dealers", from_week=2, to_week=6, price_cut=0.0, channel="dealer", lift=0.5)
    case = case.replace(promotions=(row,))
    late = case.replace(policy=replace(case.policy, news_lag=3))

    def sold(run):
        return float(run.weekly("units", "partner")[1:6, NORTH].sum())

    assert rises((late, late.today), (case, case.today), sold, weeks=6)

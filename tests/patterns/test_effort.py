"""What makes partners work: each lever moves effort in the direction that the literature says."""

from dataclasses import replace

import numpy as np
import pytest

from channelsim.domain.contract import Contract
from channelsim.domain.layout import Layout, Spend
from channelsim.domain.promotion import Promotion
from channelsim.simulate.channel import Channel
from tests.patterns.contrast import REPLICATIONS, differences, positive, rises
from tests.simulate.cases import steady

NORTH, SOUTH = 1, 2
BONUS = Contract("bonus", 40_000.0, partner="north", period="year", attainment_from=1.0)


def market(people=1.0):
    """`steady` with two dealers of 15 a unit, whose effort 1 is worth that, and a web shop."""
    case = steady(people)
    return case.replace(
        responses=(),
        channel_types=tuple(replace(k, usual_income=15.0) for k in case.channel_types),
        candidates=tuple(
            replace(c, open_today=c.open_today or c.id == "south-c") for c in case.candidates
        ),
    )


def under_quota(growth, **policy):
    case = market()
    partners = tuple(p if p.own else replace(p, effort="quota_driven") for p in case.partners)
    policy = replace(case.policy, quota_growth=growth, **policy)
    case = case.replace(partners=partners, contracts=(BONUS,), policy=policy)
    return case, case.today


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

    def push(run):
        weekly = run.weekly("effort", "partner")[:, NORTH]
        return float(weekly[39:52].mean() - weekly[:13].mean())

    linear = under_quota(1.06, quota_shape="linear", attainment_spread=0.1)
    assert rises(linear, under_quota(1.06), push)


def test_more_margin_raises_effort():
    """Albers, Mantrala and Sridhar 2010; effort is paid by the unit."""
    case = market()
    richer = case.replace({"channel_types.dealer.wholesale_price": 65.0})
    assert rises((case, case.today), (richer, richer.today), effort(NORTH), weeks=13)


def test_an_online_discount_lowers_offline_effort():
    """Lost sales and a price gap cost satisfaction and trust (Brown and Day 1981)."""
    case = market()
    cut = Promotion("web", from_week=1, to_week=52, price_cut=0.2, channel="web", maker_share=1.0)
    cheaper = case.replace(promotions=(cut,))
    assert rises((cheaper, case.today), (case, case.today), effort(NORTH))


def test_an_exclusive_territory_raises_effort():
    """Rey and Stiglitz 1995: a dealer without a rival next door earns, and works, more."""
    case = market()
    alone = Layout.of(["north-a", "south-c", "web"])
    shared = Layout.of(["north-a", "south-c", "north-d", "web"])
    assert rises((case, shared), (case, alone), effort(SOUTH))


def test_alignment_keeps_effort_up_where_margin_moves_to_the_maker():
    """Jap 1999: who shares the maker's goals minds the cut less."""
    case = market()
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
    case = market()
    gaps = []
    for replication in range(REPLICATIONS):
        sold = []
        for layout in (spending(case, "training", money=20_000.0)[1], case.today):
            channel = Channel(case, layout, replication=replication)
            channel.standing.training[NORTH] = 0.2
            week = []
            for _ in range(52):
                channel.step()
                week.append(channel.books.units[NORTH])
            sold.append(np.mean(week[-13:]))
        gaps.append(sold[0] - sold[1])
    assert positive(np.array(gaps))


@pytest.mark.parametrize("single", ["coop", "training", "technical_support"])
def test_a_mix_beats_any_single_instrument_of_equal_money(single):
    """Concave responses: the first money of each instrument does most (Little 1970)."""
    case = market(people=20.0)
    case = case.replace(segments=tuple(replace(s, service_weight=1.0) for s in case.segments))
    mix = ("coop", "training", "technical_support")
    money = 20_000.0
    assert rises(spending(case, single, money=money), spending(case, *mix, money=money), units)


def test_coop_money_raises_sales_with_diminishing_returns():
    """Ataman, van Heerde and Mela 2010: a logarithmic response."""
    case = market(people=20.0)
    none, some, more = (spending(case, "coop", money=m) for m in (0.0, 20_000.0, 40_000.0))
    first, second = (differences(*pair, units, 26) for pair in ((none, some), (some, more)))
    assert positive(first)
    assert positive(second)
    assert positive(first - second)


@pytest.mark.parametrize("instrument", ["technical_support", "after_sales_support"])
def test_support_raises_effort(instrument):
    """Frazier, Gill and Kale 1989: dealers answer support with effort."""
    case = market()
    assert rises((case, case.today), spending(case, instrument, money=5_000.0), effort(NORTH))


def test_sales_people_raise_effort_with_falling_returns():
    """Zoltners and Sinha 2005: response to calls is concave."""
    case = market()

    def staffed(heads):
        policy = replace(case.policy, sales_heads=heads, span_of_control=2.0)
        one = case.replace(policy=policy)
        return one, one.today

    pairs = ((staffed(0.0), staffed(1.0)), (staffed(1.0), staffed(2.0)))
    first, second = (differences(*pair, effort(NORTH), 26) for pair in pairs)
    assert positive(first)
    assert positive(second)
    assert positive(first - second)


def test_meetings_raise_trust():
    """Mohr and Nevin 1990: frequent contact builds the relation."""
    case = market()
    met = case.replace(policy=replace(case.policy, meeting_weeks=4))
    assert rises(
        (case, case.today), (met, met.today), lambda run: float(run.weekly("trust").mean())
    )


def test_late_news_costs_a_promotion_some_of_its_lift():
    """What sales people have not heard of they do not push."""
    case = market()
    row = Promotion("dealers", from_week=2, to_week=6, price_cut=0.0, channel="dealer", lift=0.5)
    case = case.replace(promotions=(row,))
    late = case.replace(policy=replace(case.policy, news_lag=3))

    def sold(run):
        return float(run.weekly("units", "partner")[1:6, NORTH].sum())

    assert rises((late, late.today), (case, case.today), sold, weeks=6)

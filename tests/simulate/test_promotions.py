"""Promotions: who cuts when, what it earns and costs, and how far channels are out of step."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from channelsim.domain.conflict import Rivalry
from channelsim.domain.demand import logit_shares, occasions
from channelsim.domain.economics import unit_money
from channelsim.domain.measures import planned
from channelsim.domain.promotion import Promotion
from channelsim.simulate.channel import Channel
from channelsim.simulate.promotions import Promotions, misalignment
from channelsim.simulate.run import simulate
from channelsim.simulate.weekly import week_measures
from tests.instances import tiny
from tests.simulate.cases import random_case, steady

FLAGSHIP_A, NORTH_A, SOUTH_C, NORTH_D, WEB = range(5)
ALWAYS = Promotion("always", 1, 52, 0.1)


def promoted(*rows, case=None):
    return (case or tiny()).replace(promotions=rows)


def played(case, weeks=1):
    channel = Channel(case, case.today)
    for _ in range(weeks):
        channel.step()
    return channel


def cuts(*rows, week=0):
    case = promoted(*rows)
    return Promotions.of(case, ~np.isnan(case.columns.wholesale)).at(week).cut.tolist()


@pytest.mark.parametrize(
    ("channel", "expected"),
    [
        ("", [0.1] * 5),
        ("dealer", [0, 0.1, 0.1, 0.1, 0]),
        ("north", [0, 0.1, 0, 0.1, 0]),
        ("south-c", [0, 0, 0.1, 0, 0]),
        ("web", [0, 0, 0, 0, 0.1]),  # both a candidate and the type that it alone is of
    ],
)
def test_a_promotion_holds_for_the_outlets_of_its_channel(channel, expected):
    assert cuts(replace(ALWAYS, channel=channel)) == expected


def test_the_most_specific_promotion_counts_however_shallow_and_wherever_written():
    rows = [
        Promotion("one", 1, 52, 0.01, "north-a"),
        Promotion("firm", 1, 52, 0.02, "north"),
        Promotion("kind", 1, 52, 0.03, "dealer"),
        Promotion("all", 1, 52, 0.04),
    ]
    assert cuts(*rows) == cuts(*reversed(rows)) == [0.04, 0.01, 0.03, 0.02, 0.04]


def test_of_equals_the_deepest_cut_counts():
    deep = replace(ALWAYS, id="deep", price_cut=0.3)
    assert cuts(deep, ALWAYS) == cuts(ALWAYS, deep) == [0.3] * 5


def test_the_calendar_begins_with_week_1_and_repeats_every_year():
    row = Promotion("new year", 52, 1, 0.1)
    assert [cuts(row, week=week)[0] for week in (0, 1, 50, 51, 52, 53, 103)] == [
        *(0.1, 0, 0),
        *(0.1, 0.1, 0),
        0.1,
    ]


def test_a_promoted_outlet_asks_less_while_it_lasts():
    run = simulate(
        promoted(Promotion("fair", 2, 3, 0.2, "dealer")), tiny().today, weeks=5, record=("outlet",)
    )
    assert run.weekly("price", "outlet")[:, NORTH_A].tolist() == [100, 80, 80, 100, 100]
    assert (run.weekly("price", "outlet")[:, WEB] == 90).all()


def test_the_cut_comes_off_the_price_that_the_floor_gives():
    case = promoted(ALWAYS)
    case = case.replace(
        partners=tuple(replace(p, pricing="cost_plus", markup=0.0) for p in case.partners),
        policy=replace(case.policy, price_floor=95.0),
    )
    assert played(case).outlets.price[NORTH_A] == 95.0 * 0.9


def test_an_agreed_cut_does_not_break_the_floor():
    case = promoted(ALWAYS).replace({"policy.price_floor": 90.0})
    assert simulate(case, case.today, weeks=2).weekly("below_floor").tolist() == [[0.0]] * 2
    low = case.replace({"policy.price_floor": 91.0})  # the web shop asks 90 before the cut
    assert simulate(low, low.today, weeks=2).weekly("below_floor").min() > 0


def test_a_dealers_promoted_week_by_hand():
    """It asks 90 instead of 100, of which the maker pays back half: 5 a unit."""
    row = replace(ALWAYS, channel="dealer", maker_share=0.5)
    channel = played(promoted(row, case=tiny().replace(contracts=())))
    sold, stock = (int(x[NORTH_A]) for x in (channel.outlets.sold, channel.outlets.stock))
    profit = sold * (90.0 - 70.0 + 5.0) - 0.1 * 90.0 * sold - 0.005 * 70.0 * stock - 500.0
    assert channel.books.profit[NORTH_A] == pytest.approx(profit)
    assert channel.books.incentives == pytest.approx(5.0 * sold)
    assert channel.ledger.by_kind["promotion"] == pytest.approx(5.0 * sold)
    web = int(channel.outlets.sold[WEB])
    week = week_measures(channel, 1.0)
    assert week.revenue == pytest.approx(90.0 * (sold + web))
    assert week.incentives == pytest.approx(5.0 * sold)
    assert week.channel == pytest.approx((90.0 - 70.0) * sold + 0.2 * 90.0 * web)


def test_a_partner_without_title_is_paid_nothing_back():
    """What the web shop forgoes is the maker's own."""
    channel = played(promoted(replace(ALWAYS, channel="web", maker_share=1.0)))
    assert "promotion" not in channel.ledger.by_kind


def test_effort_follows_the_income_after_the_cut_and_the_refund():
    """Usual income 100 - 70 - 10 - 0.7 of holding; promoted 90 - 70 + 5 - 9 - 0.7."""
    row = replace(ALWAYS, channel="dealer", maker_share=0.5)
    channel = played(promoted(row, case=tiny().replace(contracts=())))
    assert channel.outlets.effort[NORTH_A] == pytest.approx((15.3 / 19.3) ** (1 / 1.66))


def test_the_refund_changes_where_the_cut_stays():
    rows = (
        Promotion("unpaid", 1, 1, 0.1, "dealer"),
        Promotion("paid", 2, 2, 0.1, "dealer", maker_share=1.0),
    )
    channel = played(promoted(*rows))
    before = channel.money.partner_income[NORTH_A]
    channel.step()
    assert channel.money.partner_income[NORTH_A] == pytest.approx(before + 10.0)


def test_display_alone_lifts_sales_at_an_unchanged_price():
    case = steady(10)
    shown = promoted(Promotion("shown", 1, 52, 0.0, "dealer", lift=0.5), case=case)
    plain, lifted = (simulate(c, c.today, weeks=4, record=("outlet",)) for c in (case, shown))
    np.testing.assert_array_equal(lifted.weekly("price", "outlet"), plain.weekly("price", "outlet"))
    units = [run.weekly("units", "outlet")[:, NORTH_A].sum() for run in (plain, lifted)]
    assert units[1] > 1.1 * units[0]


@settings(max_examples=30)
@given(st.integers(0, 10**6), st.floats(0, 0.9), st.floats(0, 0.9))
def test_a_deeper_cut_never_sells_fewer_expected_units(seed, one, other):
    case, layout = random_case(seed)
    channel = Channel(case, layout)
    channel.step()
    channel_of = case.candidates[0].channel_type
    units = []
    for cut in sorted((one, other)):
        row = Promotion("row", 1, 52, cut, channel_of)
        deal = Promotions.of(case.replace(promotions=(row,)), channel.trade.title).at(0)
        price = deal.money(case, channel.full_price).price
        weight = channel.setting.weights(price, channel.outlets.lift, channel.trading)
        share = logit_shares(case.arcs, weight)
        units.append(float((share * occasions(case)[case.arcs.zone]).sum()))
    assert units[1] >= units[0] * (1 - 1e-12)


def test_a_deeper_cut_sells_more_in_a_run_where_effort_stays():
    case = steady(10)
    case = case.replace(partners=tuple(replace(p, effort="none") for p in case.partners))
    units = []
    for cut in (0.0, 0.1, 0.2):
        row = replace(ALWAYS, price_cut=cut)
        units.append(simulate(promoted(row, case=case), case.today, weeks=6).realised.units)
    assert units[0] < units[1] < units[2]


@settings(max_examples=40)
@given(st.integers(0, 10**6))
def test_what_the_maker_pays_back_is_what_was_agreed(seed):
    case, layout = random_case(seed)
    channel = Channel(case, layout, seed=seed)
    owed, earned = 0.0, 0.0
    for week in range(case.horizon_weeks):
        channel.step()
        outlets, deal = channel.outlets, channel.promotions.at(week)
        np.testing.assert_allclose(outlets.price, channel.full_price * (1 - deal.cut))
        refund = outlets.sold * channel.full_price * deal.paid_back
        owed += float(refund.sum())
        earned += float((outlets.sold * (channel.money.incentives - _contracted(channel))).sum())
    paid = channel.ledger.by_kind.get("promotion", 0.0)
    assert paid == pytest.approx(owed) == pytest.approx(earned)


def _contracted(channel):
    """Return incentives per unit by contract and bargain: all but the promotion's."""
    by_contract = unit_money(channel.case, channel.money.price).incentives
    return by_contract + channel.bargains.discount


def test_a_promotion_of_nothing_changes_no_bit():
    case, layout = random_case(3)
    idle = Promotion("idle", 1, 52, 0.0, maker_share=1.0)
    runs = [
        simulate(case.replace(promotions=rows), layout, record=("total", "outlet"))
        for rows in ((idle,), ())
    ]
    for a, b in zip(runs[0].series, runs[1].series, strict=True):
        np.testing.assert_array_equal(a.values, b.values)


def test_a_plan_counts_on_listed_prices():
    case = promoted(ALWAYS)
    assert planned(case, case.today) == planned(tiny(), case.today)


@pytest.mark.parametrize(
    ("units", "cut", "expected"),
    [
        ({FLAGSHIP_A: 30, NORTH_A: 10}, {FLAGSHIP_A: 0.1}, 1.0),
        ({FLAGSHIP_A: 30, NORTH_A: 10}, {FLAGSHIP_A: 0.1, NORTH_A: 0.1}, 0.0),
        ({FLAGSHIP_A: 30, NORTH_A: 10}, {FLAGSHIP_A: 0.1, NORTH_A: 0.05}, 1.0),
        ({FLAGSHIP_A: 30, NORTH_A: 10}, {}, 0.0),
        # the maker sold 30 on promotion and 20 without, north 10: 300 of 500 pairs
        ({FLAGSHIP_A: 30, WEB: 20, NORTH_A: 10}, {FLAGSHIP_A: 0.1}, 0.6),
        (
            {FLAGSHIP_A: 30, WEB: 20},
            {WEB: 0.1},
            0.0,
        ),  # one partner has nobody to be out of step with
        ({}, {WEB: 0.1}, 0.0),
    ],
)
def test_misalignment_in_one_zone_by_hand(units, cut, expected):
    case = tiny()
    arcs = case.arcs
    rivalry = Rivalry.of(arcs, case.columns.partner_of)
    in_a = arcs.zone == 0
    sold = np.array([float(units.get(int(j), 0)) for j in arcs.candidate]) * in_a
    given = np.array([cut.get(int(j), 0.0) for j in arcs.candidate])
    assert misalignment(rivalry, sold, given) == pytest.approx(expected)


@settings(max_examples=50)
@given(st.integers(0, 10**6))
def test_misalignment_is_a_share(seed):
    case, rng = tiny(), np.random.default_rng(seed)
    rivalry = Rivalry.of(case.arcs, case.columns.partner_of)
    units = rng.integers(0, 50, len(case.arcs.zone)).astype(np.float64)
    cut = rng.choice([0.0, 0.1, 0.2], len(case.candidates))
    assert 0 <= misalignment(rivalry, units, cut[case.arcs.candidate]) <= 1 + 1e-12


def test_misalignment_weighs_zones_by_their_units():
    """In a everything is out of step (40 units), in c nothing is (60 units)."""
    case = tiny()
    arcs = case.arcs
    sold = np.zeros(len(arcs.zone))
    for zone, outlet, units in ((0, FLAGSHIP_A, 20), (0, NORTH_A, 20), (2, SOUTH_C, 60)):
        sold[(arcs.zone == zone) & (arcs.candidate == outlet)] = units
    rivalry = Rivalry.of(arcs, case.columns.partner_of)
    assert misalignment(rivalry, sold, 0.1 * (arcs.candidate == NORTH_A)) == pytest.approx(0.4)


def test_misalignment_is_recorded_for_the_weeks_that_are_out_of_step():
    rows = (Promotion("web", 2, 3, 0.1, "web"), Promotion("rest", 3, 3, 0.1))
    weekly = simulate(promoted(*rows), tiny().today, weeks=4).weekly("promotion_misalignment")
    assert weekly[0] == weekly[2] == weekly[3] == 0.0
    assert 0 < weekly[1] <= 1

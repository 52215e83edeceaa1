"""The week as a whole: its steady state, and what layouts do to it."""

from dataclasses import replace

import numpy as np
import pytest

from channelsim.domain.layout import Layout, Opening, Spend, Territory
from channelsim.domain.measures import planned
from channelsim.simulate.channel import Channel
from channelsim.simulate.run import simulate
from tests.instances import tiny
from tests.simulate.cases import steady

NORTH_A, SOUTH_C, NORTH_D, WEB = 1, 2, 3, 4


def played(case, layout, weeks, **options):
    channel = Channel(case, layout, **options)
    for _ in range(weeks):
        channel.step()
    return channel


def test_a_steady_market_plays_as_planned():
    case = steady()
    plan, realised = planned(case, case.today), simulate(case, case.today, weeks=26).realised
    close = {
        name: pytest.approx(value, rel=0.002, abs=1e-9) for name, value in plan.as_dict().items()
    }
    for name in ("customer_conflict", "conflict"):  # a plan sees no repeat purchases
        del close[name]
    assert {name: realised.as_dict()[name] for name in close} == close


def test_todays_layout_shows_no_trend():
    case = steady()
    run = simulate(case, case.today, weeks=52, record=("total", "outlet"))
    for measure in ("units", "stock", "trust", "satisfaction", "effort", "attainment", "orders"):
        weekly = run.weekly(measure)[:, 0]
        assert weekly[-13:].mean() == pytest.approx(weekly[:13].mean(), rel=0.002)


def test_inertia_leaves_todays_owners_where_they_are():
    case = steady()
    case = case.replace(
        segments=tuple(replace(s, inertia=1.5, aversion=-1.0) for s in case.segments)
    )
    channel = Channel(case, case.today)
    before = channel.consumers.owners.sum(axis=1)
    for _ in range(20):
        channel.step()
    np.testing.assert_allclose(channel.consumers.owners.sum(axis=1), before, rtol=0.005, atol=50)


def test_a_new_layout_replaces_todays_in_week_0():
    case = tiny()
    case = case.replace(candidates=tuple(replace(c, closing_cost=700.0) for c in case.candidates))
    channel = Channel(case, Layout.of(["south-c", "web"]))
    held = int(channel.outlets.position[NORTH_A])
    channel.step()
    assert held > 0
    assert channel.outlets.is_open.tolist() == [False, False, True, False, True]
    assert channel.maker.stock + channel.outlets.shipped.sum() == held + _made(channel)
    assert channel.ledger.by_kind["returns"] == held * 70.0
    assert channel.ledger.by_kind["compensation"] == 700.0  # the web shop stays
    assert channel.ledger.by_kind["set-up"] == 3120.0
    assert channel.outlets.sold[SOUTH_C] > 0
    assert channel.outlets.sold[NORTH_A] == 0


def _made(channel):
    return channel.ledger.by_kind["production"] / channel.case.economics.unit_cost


def test_openings_wait_for_their_week_and_end_with_it():
    case = tiny()
    layout = Layout((Opening("web"), Opening("south-c", open_week=3, close_week=6)))
    run = simulate(case, layout, weeks=8, record=("outlet",))
    np.testing.assert_array_equal(
        run.weekly("open", "outlet")[:, SOUTH_C], [0, 0, 0, 1, 1, 1, 0, 0]
    )
    assert (run.weekly("units", "outlet")[3:6, SOUTH_C] > 0).all()
    assert run.weekly("stock", "outlet")[7, SOUTH_C] == 0


def test_a_partner_below_its_reservation_leaves_and_takes_its_outlets_along():
    case = tiny()
    case = case.replace(
        candidates=tuple(replace(c, reservation_profit=1e6) for c in case.candidates),
        policy=replace(case.policy, exit_weeks=5),
    )
    channel = played(case, case.today, 6)
    assert channel.standing.exited.tolist() == [False, True, False]
    assert not channel.outlets.is_open[NORTH_A]
    assert channel.outlets.position[NORTH_A] == 0
    assert channel.ledger.by_kind.get("compensation", 0.0) == 0.0
    assert channel.consumers.owners.sum() > 0
    assert channel.recorder.viable(channel) == 0.0
    channel.step()
    assert channel.outlets.sold[NORTH_A] == 0


def test_partners_that_bear_a_loss_today_came_to_it_at_different_times():
    case = tiny()
    poor = case.replace(
        candidates=tuple(replace(c, reservation_profit=1e6) for c in case.candidates)
    )
    borne = {int(Channel(poor, poor.today, seed=n).standing.patience[1]) for n in range(60)}
    assert len(borne) > 15
    assert borne <= set(range(poor.policy.exit_weeks))
    assert not Channel(case, case.today).standing.patience.any()


def test_a_partner_out_of_trust_leaves():
    case = tiny()
    channel = played(case, case.today, 1)
    channel.standing.trust[1] = 0.1
    channel.step()
    assert channel.standing.exited[1]


def test_the_makers_own_arms_never_leave():
    case = tiny()
    channel = played(case, case.today, 1)
    channel.standing.trust[:] = 0.0
    channel.step()
    assert channel.outlets.is_open.tolist() == [False, False, False, False, True]


def test_capacity_bounds_weekly_sales():
    case = tiny()
    case = case.replace(candidates=tuple(replace(c, capacity=50) for c in case.candidates))
    run = simulate(case, case.today, weeks=5, record=("total", "outlet"))
    assert run.weekly("units", "outlet").max() == 50
    assert run.weekly("lost").min() > 0


def test_short_supply_is_lost_sales():
    case = steady(10)
    short = case.replace(economics=replace(case.economics, supply_capacity=3000.0))
    ample, scarce = (simulate(c, case.today, weeks=20).realised for c in (case, short))
    assert scarce.units < 0.7 * ample.units
    assert scarce.coverage < ample.coverage


def test_cost_plus_partners_price_by_their_cost():
    case = tiny()
    case = case.replace(
        partners=tuple(replace(p, pricing="cost_plus", markup=0.2) for p in case.partners)
    )
    channel = played(case, case.today, 1)
    unit_cost = 70.0 * (1 - 0.02)
    assert channel.outlets.price[NORTH_A] == pytest.approx(unit_cost * 1.2 / 0.9)
    assert channel.outlets.price[WEB] == 90.0  # the maker sets it


def test_the_price_floor_holds_partners_up():
    case = tiny()
    case = case.replace(
        partners=tuple(replace(p, pricing="cost_plus", markup=0.0) for p in case.partners),
        policy=replace(case.policy, price_floor=95.0),
    )
    assert played(case, case.today, 1).outlets.price[NORTH_A] == 95.0


@pytest.mark.parametrize("instrument", ["commission", "rebate", "bonus", "training", "coop"])
def test_incentive_money_raises_its_partners_sales(instrument):
    case = steady(10)
    spend = Layout(case.today.openings, incentives=(Spend("north", instrument, 20_000.0),))
    with_money, without = (simulate(case, x, weeks=26) for x in (spend, case.today))
    gain = (
        with_money.weekly("units", "partner")[-8:, 1] - without.weekly("units", "partner")[-8:, 1]
    )
    assert (gain > 0).all()
    assert with_money.realised.incentives > without.realised.incentives


def test_priority_money_serves_its_partner_first():
    case = steady(10)
    case = case.replace(economics=replace(case.economics, supply_capacity=5000.0))
    layout = Layout.of(c.id for c in case.candidates)
    paid = layout.replace(incentives=(Spend("south", "priority_supply", 1e6),))
    before, after = (simulate(case, x, weeks=8).weekly("units", "partner") for x in (layout, paid))
    assert after[:, 2].sum() > before[:, 2].sum()


def test_usual_income_makes_better_terms_raise_effort():
    case = tiny()
    kinds = tuple(replace(k, usual_income=15.0) for k in case.channel_types)
    case = case.replace(channel_types=kinds)
    richer = case.replace({"channel_types.dealer.wholesale_price": 60.0})
    before, after = (played(c, c.today, 1).outlets.effort[NORTH_A] for c in (case, richer))
    assert after > before > 1.0


def test_sales_into_an_exclusive_zone_are_foreign():
    case = tiny()
    layout = Layout.of(["north-a", "flagship-a"])
    held = layout.replace(territories=(Territory("south", "b", True),))
    run = simulate(case, held, weeks=4, record=("total", "zone"))
    foreign = run.weekly("foreign").sum()
    assert 0 < foreign < run.weekly("units").sum()
    share = foreign / run.weekly("units").sum()
    assert run.realised.territory_conflict == pytest.approx(share)
    assert simulate(case, layout, weeks=4).realised.territory_conflict == 0.0


def test_a_rival_next_door_costs_trust():
    case = steady(10)
    run = simulate(case, Layout.of(["north-a", "flagship-a", "web"]), weeks=20)
    trust = run.weekly("trust", "partner")[:, 1]
    assert trust[-1] < trust[0] < 0.8


def test_surplus_is_diverted_where_it_pays():
    case = _gap(fine=0.0)
    channel = played(case, case.today, 1)
    assert channel.outlets.moved_out[NORTH_A] > 0
    assert channel.outlets.moved_in[SOUTH_C] == channel.outlets.moved_out[NORTH_A]
    assert channel.recorder.sums["foreign"] == 0.0
    assert channel.ledger.by_kind["diverted goods"] > 0


def test_goods_diverted_into_an_exclusive_zone_are_foreign():
    case = _gap(fine=0.0)
    held = case.today.replace(territories=(Territory("south", "c", True),))
    channel = played(case, held, 1)
    assert channel.recorder.sums["foreign"] == channel.outlets.moved_out[NORTH_A] > 0


def test_an_expected_fine_deters_diversion():
    assert played(_gap(fine=1e9), tiny().today, 1).outlets.moved_out.sum() == 0


def test_audits_fine_those_who_diverted():
    case = _gap(fine=10.0, probability=1.0)
    channel = played(case, case.today, 6)
    assert channel.ledger.by_kind["fine"] == 10.0


def _gap(fine, probability=0.5):
    """Return `tiny` just after a peak: north holds a surplus bought far below south's price."""
    case = tiny()
    cheap = {"north-a": 40.0, "south-c": 90.0}
    return case.replace(
        candidates=tuple(
            replace(c, wholesale_price=cheap.get(c.id), open_today=c.id in cheap)
            for c in case.candidates
        ),
        seasons=_falling(),
        policy=replace(case.policy, fine=fine, audit_probability=probability, review_weeks=5),
    )


def _falling():
    from channelsim.domain.market import Season

    return tuple(Season(week, 3.0 if week > 45 else 0.5) for week in range(1, 53))


def test_mediation_restores_trust_at_a_cost():
    case = tiny()
    case = case.replace(policy=replace(case.policy, mediation_cost=500.0, review_weeks=4))
    layout = Layout.of(["north-a", "flagship-a", "web"])
    paid = played(case, layout, 5)
    free = played(case.replace(policy=replace(case.policy, mediation_cost=0.0)), layout, 5)
    assert paid.ledger.by_kind["mediation"] == 500.0
    assert paid.standing.trust[1] > free.standing.trust[1]


def test_attainment_decides_priority_at_reviews():
    case = tiny()
    case = case.replace(policy=replace(case.policy, review_weeks=3, quota_growth=2.0))
    channel = played(case, case.today, 4)
    assert channel.partners[1].tier == "C"


def test_what_waits_for_service_disappoints_buyers_until_it_is_handled():
    case = steady(1).replace(
        {
            "market.claim_rate": 0.1,
            "market.trading_weeks": 0.0,
            "candidates.north-a.after_sales_capacity": 40.0,
            "segments.everyone.happy_wait_loss": 0.05,
        }
    )
    ample = case.replace({"candidates.north-a.after_sales_capacity": 1e6})
    slow, quick = (
        simulate(c, c.today, weeks=30, record=("total", "outlet")) for c in (case, ample)
    )
    wait = slow.weekly("after_sales_wait", "outlet")
    assert (np.diff(wait[:, NORTH_A]) > 0).all()
    assert wait[:, WEB].max() == 0.0
    share = slow.weekly("units", "outlet") / slow.weekly("units")
    np.testing.assert_allclose(slow.weekly("after_sales_wait")[:, 0], (wait * share).sum(axis=1))
    assert slow.weekly("happy")[-5:].mean() < quick.weekly("happy")[-5:].mean() - 0.1


def test_occasions_grow():
    case = steady(100)
    growing = case.replace({"market.growth": 0.2})
    before, after = (simulate(c, c.today, weeks=53).weekly("occasions") for c in (case, growing))
    assert after[0] == before[0]
    assert after[52] == pytest.approx(1.2 * before[52], rel=0.01)


def test_word_of_mouth_spreads_awareness_to_the_neighbours():
    case = steady(100)
    case = case.replace(
        zones=tuple(replace(z, awareness=0.8 if z.id == "a" else 0.0) for z in case.zones),
        segments=tuple(replace(s, imitation=0.1) for s in case.segments),
    )
    near = case.replace({"market.contagion": 0.3})
    alone, heard = (simulate(c, c.today, weeks=4).weekly("aware", "zone") for c in (case, near))
    assert alone[-1, 1] == 0.0
    assert heard[-1, 1] > 0.005


def test_a_rebate_reached_at_the_review_lowers_a_cost_plus_price():
    case = tiny()
    case = case.replace(
        partners=tuple(replace(p, pricing="cost_plus", markup=0.2) for p in case.partners),
        policy=replace(case.policy, review_weeks=2, quota_growth=1.3),
    )
    channel = played(case, case.today, 2)
    before = channel.outlets.price[NORTH_A]
    channel.standing.reviewed_units[1] = 2 * channel.standing.reviewed_quota[1]
    channel.step()
    assert before == pytest.approx(70.0 * 0.98 * 1.2 / 0.9)
    assert channel.outlets.price[NORTH_A] == pytest.approx(70.0 * 0.95 * 1.2 / 0.9)
    assert channel.money.price[NORTH_A] == channel.outlets.price[NORTH_A]


def test_an_outlet_without_a_limit_sells_more_than_two_to_the_30():
    """A zone of 1e10 people who buy every week, one shop next door: it takes half of them."""
    case = tiny().replace({"zones.a.population": 1e10, "segments.everyone.purchase_rate": 1.0})
    case = case.replace({"candidates.north-a.capacity": None, "policy.effort_elasticity": 0.0})
    channel = played(case, Layout.of(["north-a"]), 12)
    assert channel.outlets.sold[NORTH_A] > 2**31

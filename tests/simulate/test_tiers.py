"""Customer tiers in a run: off they change nothing, on they do what each of their fields says."""

from dataclasses import replace

import numpy as np
import pytest

from channelsim.domain.customer_tier import CustomerTier
from channelsim.domain.demand import open_mask
from channelsim.simulate.channel import Channel
from channelsim.simulate.run import simulate
from channelsim.simulate.setting import Setting
from channelsim.simulate.start import tier_shares
from channelsim.simulate.tiers import Tiers
from tests.instances import tiny
from tests.simulate.cases import EVERYTHING, random_case, steady

LADDER = (CustomerTier("low", "Low", rise=0.4), CustomerTier("key", "Key", lapse=0.05))


def tiered(case=None, **key):
    low, high = LADDER
    return (case or steady()).replace(customer_tiers=(low, replace(high, **key)))


def played(case, weeks=12):
    channel = Channel(case, case.today)
    for _ in range(weeks):
        channel.step()
    return channel


def mean_of(case, measure, weeks=12):
    return simulate(case, case.today, weeks=weeks).weekly(measure).mean()


@pytest.mark.parametrize("seed", range(5))
def test_one_tier_without_effects_changes_no_bit(seed):
    case, layout = random_case(seed)
    plain = case.replace(customer_tiers=())
    alone = case.replace(customer_tiers=(CustomerTier("all", "All"),))
    runs = [simulate(c, layout, weeks=10, record=EVERYTHING) for c in (plain, alone)]
    for one, other in zip(runs[0].series, runs[1].series, strict=True):
        np.testing.assert_array_equal(one.values, other.values)


def test_tiers_treated_alike_sell_what_one_tier_sells():
    """To the sampling error: the draws have other names."""
    case = steady()
    assert mean_of(tiered(case), "units") == pytest.approx(mean_of(case, "units"), rel=2e-3)


def test_tiers_start_where_they_stay():
    channel = Channel(tiered(), tiered().today)
    before = channel.tiers.by_tier(channel.consumers.adopted)
    for _ in range(20):
        channel.step()
    after = channel.tiers.by_tier(channel.consumers.adopted)
    np.testing.assert_allclose(after / after.sum(), before / before.sum(), atol=0.004)


def test_shares_of_tiers_are_the_birth_death_chains():
    """Two tiers: share of the upper / lower = b rise / ((1 - b) lapse)."""
    case = tiered()
    setting, price = Setting.of(case, case.today), case.columns.price
    share = tier_shares(setting, Tiers.of(case), price, open_mask(case, case.today))
    weight = setting.weights(price, np.zeros_like(price), open_mask(case, case.today))
    buys = 0.1 * setting.by_zone(weight[:, 0]) / (1 + setting.by_zone(weight[:, 0]))
    np.testing.assert_allclose(
        share[:, 0, 1] / share[:, 0, 0], buys * 0.4 / ((1 - buys) * 0.05), rtol=1e-12
    )


def test_every_owner_is_of_one_tier():
    channel = played(tiered())
    people = channel.consumers.population.reshape(len(channel.case.zones), -1, 2).sum(axis=2)
    np.testing.assert_array_equal(people, channel.setting.people)


@pytest.mark.parametrize("effect", [{"service": 0.4}, {"price_offer": 0.15}, {"appeal": 0.5}])
def test_what_a_tier_is_offered_makes_it_buy_more_and_churn_less(effect):
    case = steady()
    case = case.replace(segments=tuple(replace(s, service_weight=1.0) for s in case.segments))
    runs = [
        simulate(tiered(case, **key), case.today, weeks=26, record=("total", "tier"))
        for key in ({}, effect)
    ]
    units, churn = (
        [run.weekly(m, "tier")[:, 1].mean() for run in runs] for m in ("units", "churn")
    )
    assert units[1] > 1.02 * units[0]
    assert churn[1] < churn[0] - 0.01


def test_an_offer_comes_off_the_takings_of_who_owns_the_goods():
    case = tiered(price_offer=0.2)
    channel = played(case, 1)
    cell = channel.sales.sold.reshape(len(channel.sales.sold), -1, 2)[:, :, 1].sum(axis=1)
    off = channel.setting.by_outlet(cell) * channel.outlets.price * 0.2
    asked = channel.outlets.sold * channel.outlets.price
    assert off.sum() > 0
    assert channel.ledger.by_kind["retail"] == pytest.approx((asked - off).sum())
    np.testing.assert_allclose(channel.outlets.sold * channel.money.price, asked - off)


def test_looking_after_customers_costs_the_maker():
    case = tiered(cost=2.0)
    channel = played(case, 1)
    customers = channel.tiers.by_tier(channel.consumers.adopted)[1]
    assert channel.ledger.by_kind["key accounts"] == pytest.approx(2.0 * customers)
    free, paid = (simulate(tiered(cost=c), case.today, weeks=1).realised for c in (0.0, 2.0))
    assert paid.governance - free.governance == pytest.approx(2.0 * customers)


def test_purchases_raise_and_idle_weeks_lower_customers():
    run = simulate(tiered(), tiered().today, weeks=8, record=("tier",))
    customers = run.weekly("customers", "tier")[:, 1]
    moved = run.weekly("risen", "tier")[:, 0] - run.weekly("lapsed", "tier")[:, 1]
    np.testing.assert_allclose(np.diff(customers), moved[1:])
    assert (run.weekly("risen", "tier")[:, 1] == 0).all()


def test_churn_and_customer_value_are_recorded_without_tiers_too():
    run = simulate(tiny(), tiny().today, weeks=10)
    assert ((run.weekly("churn") > 0) & (run.weekly("churn") < 1)).all()
    assert (run.weekly("customer_value") > 0).all()

"""What holds in every week of every run, whatever the rules."""

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from channelsim.simulate.channel import Channel
from channelsim.simulate.ledger import CONSUMERS
from channelsim.simulate.run import simulate
from tests.simulate.cases import pushed_case, random_case, tiered_case
from tests.simulate.everything import full_case


@settings(max_examples=400)
@given(
    st.sampled_from([random_case, pushed_case, full_case, full_case, tiered_case, tiered_case]),
    st.integers(0, 10**6),
)
@example(pushed_case, 51)  # goods diverted, and fines
def test_units_goods_and_money_balance_every_week(make, seed):
    case, layout = make(seed)
    channel = Channel(case, layout, seed=seed)
    outlets, ledger, passing = channel.outlets, channel.ledger, channel.distributors
    held = depots(channel)
    for _ in range(case.horizon_weeks):
        stock, transit = outlets.stock.copy(), outlets.transit.sum(axis=0)
        spent, returned = ledger.paid[CONSUMERS], channel.maker.stock
        production = ledger.by_kind.get("production", 0.0)
        sold_off = ledger.by_kind.get("sell-off", 0.0)
        channel.step()
        sales = channel.sales
        assert sales.sold.sum() + sales.lost.sum() + sales.outside.sum() == sales.occasions.sum()
        came = outlets.arrived + outlets.moved_in
        went = outlets.sold + outlets.moved_out + outlets.cleared + outlets.sold_off
        np.testing.assert_array_equal(outlets.stock, stock + came - went)
        assert outlets.stock.min(initial=0) >= 0
        under_way = transit + outlets.shipped - outlets.arrived - outlets.recalled
        np.testing.assert_array_equal(outlets.transit.sum(axis=0), under_way)
        made = (ledger.by_kind.get("production", 0.0) - production) / case.economics.unit_cost
        back = outlets.cleared.sum() + outlets.recalled.sum()
        back -= outlets.cleared[channel.sell_off.over(channel.week - 1)].sum()
        came, held = depots(channel) - held, depots(channel)
        assert channel.maker.stock == returned + back + made - outlets.shipped.sum() - came
        assert passing.sold_by_maker(outlets) == outlets.shipped.sum() + came
        takings = _takings(channel) + ledger.by_kind.get("sell-off", 0.0) - sold_off
        assert ledger.paid[CONSUMERS] - spent == pytest.approx(takings)
        assert ledger.balance.sum() == pytest.approx(0.0, abs=1e-9 * (1 + ledger.paid.sum()))
        assert ledger.paid.sum() == pytest.approx(sum(ledger.by_kind.values()))


def depots(channel):
    """Return the units at distributors' depots and on their way to them."""
    sites = channel.sites
    return 0 if sites is None else sites.held - sites.held_by_maker


def _takings(channel):
    """What consumers pay: the price asked less what their tier is offered."""
    offers = [tier.price_offer for tier in channel.case.customer_tiers] or [0.0]
    paid = channel.outlets.price[channel.setting.arcs.candidate, None] * (1 - np.array(offers))
    by_tier = channel.sales.sold.reshape(len(paid), -1, len(offers)).sum(axis=1)
    return float((by_tier * paid).sum())


@settings(max_examples=20)
@given(st.integers(0, 10**6))
def test_measures_stay_in_their_ranges(seed):
    case, layout = random_case(seed)
    realised = simulate(case, layout, seed=seed, weeks=8).realised
    for name in ("coverage", "share", "price_conflict", "territory_conflict", "viable"):
        assert 0 <= getattr(realised, name) <= 1
    for name in ("customer_conflict", "goal_conflict", "conflict"):
        assert 0 <= getattr(realised, name) <= 1

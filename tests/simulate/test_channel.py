"""The week as a whole: its identities, its steady state, and what layouts do to it."""

import mesa
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from channelsim.domain.layout import Layout, Opening, Spend, Territory
from channelsim.domain.measures import planned
from channelsim.simulate.channel import Channel
from channelsim.simulate.ledger import CONSUMERS
from channelsim.simulate.partners import Manufacturer, Partner
from tests.instances import tiny
from tests.simulate.cases import random_case, steady


def played(channel, weeks):
    for _ in range(weeks):
        channel.step()
    return channel


@settings(max_examples=40)
@given(st.integers(0, 10**6))
def test_units_goods_and_money_balance_every_week(seed):
    case, layout = random_case(seed)
    channel = Channel(case, layout, seed=seed)
    outlets, ledger = channel.outlets, channel.ledger
    for _ in range(case.horizon_weeks):
        stock, transit = outlets.stock.copy(), outlets.transit.sum(axis=0)
        spent, returned = ledger.paid[CONSUMERS], channel.maker.stock
        made_before = ledger.by_kind.get("production", 0.0)
        channel.step()
        sales = channel.sales
        assert sales.sold.sum() + sales.lost.sum() + sales.outside.sum() == sales.occasions.sum()
        came = outlets.arrived + outlets.moved_in
        went = outlets.sold + outlets.moved_out + outlets.cleared
        np.testing.assert_array_equal(outlets.stock, stock + came - went)
        first = np.where(outlets.arrived > 0, outlets.arrived, 0)
        np.testing.assert_array_equal(
            outlets.transit.sum(axis=0), transit + outlets.shipped - first - outlets.recalled
        )
        assert outlets.stock.min(initial=0) >= 0
        made = (ledger.by_kind.get("production", 0.0) - made_before) / 40.0
        back = outlets.cleared.sum() + outlets.recalled.sum()
        assert channel.maker.stock == returned + back + made - outlets.shipped.sum()
        takings = float((outlets.sold * outlets.price).sum())
        assert ledger.paid[CONSUMERS] - spent == pytest.approx(takings)
        assert ledger.balance.sum() == pytest.approx(0.0, abs=1e-9 * ledger.paid.sum() + 1e-9)
        assert ledger.paid.sum() == pytest.approx(sum(ledger.by_kind.values()))

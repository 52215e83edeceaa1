"""Sell-off: what is left at a season's end goes, and who bears it."""

import numpy as np
import pytest

from channelsim.domain.contract import Contract
from channelsim.simulate.channel import Channel
from tests.instances import tiny

NORTH_A = 1


def perishing(weeks=1, **changes):
    case = tiny().replace(contracts=())
    kinds = {"season_weeks": weeks, "salvage": 0.25} | changes
    return case.replace({f"channel_types.dealer.{name}": value for name, value in kinds.items()})


def played(case, weeks=1):
    channel = Channel(case, case.today)
    for _ in range(weeks):
        channel.step()
    return channel


def test_what_is_left_is_sold_off_when_the_season_ends():
    channel = played(perishing(weeks=3), weeks=2)
    assert channel.outlets.sold_off[NORTH_A] == 0
    left = channel.outlets.stock[NORTH_A]
    channel.step()
    outlets = channel.outlets
    assert left > 0
    assert outlets.stock[NORTH_A] == 0
    assert outlets.sold_off[NORTH_A] == left + outlets.arrived[NORTH_A] - outlets.sold[NORTH_A]


def test_the_partner_gets_what_it_fetches_and_loses_the_rest_of_what_it_paid():
    channel, kept = played(perishing()), played(tiny().replace(contracts=()))
    left = channel.outlets.sold_off[NORTH_A]
    assert channel.ledger.by_kind["sell-off"] == pytest.approx(0.25 * 70.0 * left)
    held = 0.005 * 70.0 * kept.outlets.stock[NORTH_A]
    lost = kept.books.profit[NORTH_A] + held - channel.books.profit[NORTH_A]
    assert lost == pytest.approx(0.75 * 70.0 * left)


def test_the_maker_has_earned_its_margin_on_it():
    channel = played(perishing())
    left = channel.outlets.sold_off[NORTH_A]
    assert channel.books.channel == pytest.approx(-(70.0 - 40.0) * left)


def test_what_was_bought_back_by_then_fetches_as_little_for_the_maker():
    row = Contract("buy_back", 0.6, channel_type="dealer")
    channel = played(perishing().replace(contracts=(row,)))
    back = channel.outlets.cleared[NORTH_A]
    assert back > 0
    assert channel.maker.stock == 0
    assert channel.books.channel == pytest.approx((-0.4 * 70.0 + 40.0 - 0.25 * 70.0) * back)


def test_goods_that_keep_are_not_sold_off():
    np.testing.assert_array_equal(played(tiny()).outlets.sold_off, np.zeros(5))

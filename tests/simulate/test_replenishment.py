"""Outlets' orders under each rule, and what they hold when week 0 begins."""

from dataclasses import replace

import numpy as np
import pytest

from channelsim.domain.contract import Contract
from channelsim.domain.rules import FAMILIES
from channelsim.simulate.channel import Channel
from tests.instances import tiny
from tests.simulate.cases import steady

NORTH_A, WEB = 1, 4


def ordering(rule, case=None, **kind):
    case = case or steady(1)
    return case.replace(
        partners=tuple(replace(p, ordering=rule) for p in case.partners),
        channel_types=tuple(replace(k, **kind) for k in case.channel_types),
    )


@pytest.mark.parametrize("rule", FAMILIES["ordering"])
def test_under_every_rule_orders_are_sales_in_the_long_run(rule):
    case = ordering(rule)
    channel = Channel(case, case.today)
    ordered = sold = 0
    for _ in range(60):
        channel.step()
        ordered, sold = ordered + channel.outlets.ordered, sold + channel.outlets.sold
    np.testing.assert_allclose(ordered, sold, rtol=0.1)


def test_lots_are_ordered_at_the_reorder_point_only():
    case = ordering("s_S", lot_weeks=5.0)
    channel = Channel(case, case.today)
    placed = []
    for _ in range(30):
        channel.step()
        placed.append(int(channel.outlets.ordered[NORTH_A]))
    lots = [lot for lot in placed if lot > 0]
    assert 4 <= len(lots) <= 7
    assert min(lots) >= 5 * 0.9 * channel.outlets.level[NORTH_A]


def test_stock_that_the_maker_manages_is_filled_up_every_week():
    case = ordering("s_S", vendor_managed=True, review_weeks=4)
    channel = Channel(case, case.today)
    for _ in range(10):
        channel.step()
        assert channel.outlets.ordered[NORTH_A] > 0


def test_stock_that_the_maker_manages_is_not_asked_for_in_excess():
    def orders(managed):
        case = ordering("order_up_to", vendor_managed=managed)
        case = case.replace({"economics.supply_capacity": 700.0})
        case = case.replace(partners=tuple(replace(p, inflate=1.0) for p in case.partners))
        channel = Channel(case, case.today)
        for _ in range(6):
            channel.step()
        return channel.outlets.ordered[NORTH_A]

    assert orders(True) < orders(False)


def test_a_base_stock_is_the_level_asked_for():
    case = ordering("base_stock", base_stock=3000.0)
    channel = Channel(case, case.today)
    channel.step()
    assert channel.outlets.target[NORTH_A] == 3000.0
    assert channel.outlets.position[NORTH_A] + channel.outlets.sold[NORTH_A] == 3000


def test_types_choose_for_partners_that_name_no_rule():
    kinds = tuple(
        replace(k, ordering="base_stock", base_stock=700.0) if k.id == "dealer" else k
        for k in tiny().channel_types
    )
    case = tiny().replace(channel_types=kinds)
    channel = Channel(case, case.today)
    channel.step()
    assert channel.outlets.target[NORTH_A] == 700.0
    assert channel.outlets.target[WEB] != 700.0


def test_a_thin_margin_stocks_less():
    case = ordering("newsvendor", salvage=0.5)
    cheap = case.replace({"channel_types.dealer.wholesale_price": 40.0})
    dear = case.replace({"channel_types.dealer.wholesale_price": 95.0})
    stock = []
    for one in (cheap, dear):
        channel = Channel(one, one.today)
        channel.step()
        stock.append(channel.outlets.target[NORTH_A])
    assert stock[0] > stock[1]


def newsvendors_target(*rows):
    """Return what a dealer of 50 a unit, asked 90, orders up to under some contract terms."""
    case = ordering("newsvendor", salvage=0.5).replace(contracts=rows)
    channel = Channel(case, case.today)
    channel.step()
    return channel.outlets.target[NORTH_A]


def test_a_newsvendor_who_may_give_stock_back_holds_more():
    """Pasternack 1985."""
    assert (
        newsvendors_target(Contract("buy_back", 0.9, channel_type="dealer")) > newsvendors_target()
    )


def test_a_buy_back_below_salvage_changes_nothing():
    poor = Contract("buy_back", 0.4, channel_type="dealer")
    assert newsvendors_target(poor) == newsvendors_target()


@pytest.mark.parametrize("instrument", ["revenue_share", "royalty"])
def test_a_newsvendor_who_shares_its_takings_holds_less(instrument):
    """Cachon and Lariviere 2005: unless the wholesale price falls with it."""
    shared = Contract(instrument, 0.1, channel_type="dealer")
    assert newsvendors_target(shared) < newsvendors_target()


def test_an_outlet_that_was_cut_expects_the_same_again():
    case = steady(1).replace({"economics.supply_capacity": 500.0})
    case = case.replace(partners=tuple(replace(p, inflate=1.0) for p in case.partners))
    channel = Channel(case, case.today)
    for _ in range(3):
        channel.step()
    outlets = channel.outlets
    cut = 1 - outlets.shipped[NORTH_A] / outlets.ordered[NORTH_A]
    channel.step()
    assert channel.replenishment.cut[NORTH_A] == pytest.approx(cut)
    need = channel.outlets.target[NORTH_A] - (
        channel.outlets.position[NORTH_A]
        + channel.outlets.sold[NORTH_A]
        - channel.outlets.shipped[NORTH_A]
    )
    assert channel.outlets.ordered[NORTH_A] > need


def test_sales_turn_into_the_makers_memory_of_them():
    case = steady(1)
    channel = Channel(case, case.today)
    before = channel.replenishment.turn.copy()
    channel.step()
    sold = channel.outlets.sold.copy()
    channel.step()
    moved = before + (sold - before) / 13
    np.testing.assert_allclose(channel.replenishment.turn[NORTH_A], moved[NORTH_A], rtol=0.01)

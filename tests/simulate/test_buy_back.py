"""Buy-back: which stock goes back, when, and who bears the difference."""

import numpy as np
import pytest

from channelsim.domain.contract import Contract
from channelsim.simulate.buy_back import BuyBack
from channelsim.simulate.channel import Channel
from channelsim.simulate.trade import Trade
from tests.instances import tiny

NORTH_A = 1


def bought_back(**fields):
    return tiny().replace(contracts=(Contract("buy_back", 0.6, channel_type="dealer", **fields),))


def due(case, level, stock, week):
    rule = BuyBack(case, Trade.of(case, case.today))
    return rule.due(np.full(5, level), np.full(5, stock), week)[NORTH_A]


@pytest.mark.parametrize(
    ("stock", "week", "back"),
    [
        (100, 12, 39),  # above 2 weeks of 30.2
        (60, 12, 0),  # below
        (100, 11, 0),  # the quarter has not ended
    ],
)
def test_what_exceeds_some_weeks_of_sales_goes_back_at_the_end(stock, week, back):
    assert due(bought_back(period="quarter", stock_from=2.0), 30.2, stock, week) == back


def test_the_partner_loses_what_is_not_paid_back_and_the_maker_earns_it():
    case = bought_back(stock_from=0.0)
    channel = Channel(case, case.today)
    channel.step()
    back = channel.outlets.cleared[NORTH_A]
    assert back > 0
    assert channel.outlets.stock[NORTH_A] == 0
    assert channel.ledger.by_kind["buy-back"] == pytest.approx(0.6 * 70.0 * back)
    assert channel.books.channel == pytest.approx(-0.4 * 70.0 * back)


def test_closed_outlets_and_those_without_title_send_nothing_back():
    case = bought_back()
    channel = Channel(case, case.today)
    channel.step()
    np.testing.assert_array_equal(np.flatnonzero(channel.outlets.cleared), [NORTH_A])


def test_goods_that_came_back_are_sent_out_first():
    case = bought_back(stock_from=0.0)
    channel = Channel(case, case.today)
    channel.step()
    shipped, back = channel.outlets.shipped.sum(), channel.outlets.cleared.sum()
    assert 0 < shipped < back
    assert "production" not in channel.ledger.by_kind
    assert channel.maker.stock == back - shipped

"""What partners earn on sell-out, and what they remember of it."""

import numpy as np
import pytest

from channelsim.domain.market import Season
from channelsim.simulate.books import remember
from channelsim.simulate.channel import Channel
from tests.instances import tiny
from tests.simulate.cases import steady

NORTH, NORTH_A = 1, 1


@pytest.fixture
def channel():
    case = tiny().replace(contracts=())
    model = Channel(case, case.today)
    model.step()
    return model


def test_a_dealers_profit_by_hand(channel):
    sold, stock = (int(x[NORTH_A]) for x in (channel.outlets.sold, channel.outlets.stock))
    profit = sold * (100.0 - 70.0) - 0.1 * 100.0 * sold - 0.005 * 70.0 * stock - 500.0
    assert channel.books.profit[NORTH_A] == pytest.approx(profit)


def test_reservation_is_that_of_open_outlets(channel):
    assert channel.books.reservation.tolist() == [0.0, 400.0, 0.0, 0.0, 0.0]


def test_the_makers_shop_earns_its_partner_nothing_but_cost(channel):
    assert channel.books.profit[4] == 0.0


def test_partners_know_their_season():
    calm = steady(10)
    wild = calm.replace(seasons=tuple(Season(w, 2.0 if w <= 26 else 0.0) for w in range(1, 53)))
    kept = []
    for case in (calm, wild):
        model = Channel(case, case.today)
        for _ in range(8):
            model.step()
        kept.append(model.standing.profit[NORTH])
    assert kept[1] == pytest.approx(kept[0], rel=0.03)


def test_a_dead_season_teaches_nothing(channel):
    before = channel.standing.profit.copy()
    remember(
        channel.standing, channel.books, channel.trade, channel.money, channel.outlets, season=0.0
    )
    np.testing.assert_array_equal(channel.standing.profit, before)


def test_who_asks_for_nothing_never_loses_patience():
    case = tiny()
    model = Channel(case, case.today)
    model.standing.patience[:] = 5
    model.standing.reservation[0] = 0.0
    model.step()
    assert model.standing.patience[0] == 0

"""T01 in n stages: each margin builds on the last (Spengler 1950)."""

import pytest

from channelsim.study.theory_chains import in_turn, whole
from tests.theory.chains import staged

MARKETS = ((1.0, 1.0, 0.0), (10.0, 1.0, 2.0), (8.0, 0.5, 3.0))


@pytest.mark.parametrize("stages", [2, 3, 4])
@pytest.mark.parametrize("market", MARKETS)
def test_every_stage_halves_what_is_left_to_the_next(market, stages):
    a, b, cost = market
    chosen = in_turn(staged(a, b, cost, stages))
    left = (a / b - cost) / 2**stages
    assert chosen.status == "found"
    assert chosen.rest.price[0] == pytest.approx(a / b - left, rel=1e-4)
    efficiency = chosen.rest.channel_profit / whole(staged(a, b, cost, 2))
    assert efficiency == pytest.approx(4 * (2**stages - 1) / 4**stages, rel=1e-4)


def test_of_two_distributors_the_nearer_to_the_maker_earns_twice_as_much():
    profit = in_turn(staged(10.0, 1.0, 2.0, 4)).rest.partner_profit
    shop, first, second = profit
    assert (first, second) == pytest.approx((4 * shop, 2 * shop), rel=1e-4)

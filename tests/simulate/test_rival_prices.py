"""Rivals that follow the brand's cheapest price."""

import numpy as np
import pytest

from channelsim.domain.market import Rival
from channelsim.simulate.rival_prices import RivalPrices
from tests.instances import tiny

OPEN = np.array([False, True, False, False, True])
LISTED = np.array([100.0, 100.0, 100.0, 100.0, 90.0])


def rivals(**fields):
    case = tiny().replace(rivals=(Rival("other", price=80.0, appeal=1.0, **fields),))
    return RivalPrices(case, LISTED, OPEN)


def test_a_rival_follows_a_part_of_the_cut_after_its_lag():
    found = rivals(reaction=0.5, reaction_lag=2)
    shown = []
    for price in (90.0, 81.0, 90.0, 90.0, 90.0, 90.0):
        found.learn(np.where(LISTED == 90.0, price, LISTED), OPEN)
        shown.append(found.price[0])
    # the cheapest falls by 10% in the second week: 80 x (1 - 0.05) two weeks later
    assert shown == pytest.approx([80.0, 80.0, 80.0, 76.0, 80.0, 80.0])


def test_a_cheaper_rival_takes_odds_away():
    found = rivals(reaction=1.0, reaction_lag=0)
    found.learn(np.where(LISTED == 90.0, 45.0, LISTED), OPEN)
    weight, zone = np.ones((4, 1)), np.arange(4)
    odds = found.weighed(weight, zone)
    # R goes from ln(1 + e^0.2) to ln(1 + e^0.6), utility 1 - price / 100
    before, after = (1 + np.exp(1 - price / 100) for price in (80.0, 40.0))
    np.testing.assert_allclose(odds, before / after)


def test_a_rival_without_reaction_stands_still():
    found = rivals()
    found.learn(LISTED / 2, OPEN)
    assert found.price == [80.0]
    assert not found.shift.any()

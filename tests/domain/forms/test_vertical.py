import numpy as np
import pytest

from channelsim.domain.demand import demand_of
from tests.domain.forms.textbook import sold, textbook


def market(theta: float):
    """A shop worth v and a web shop worth theta v (Chiang, Chhajed & Hess 2003)."""
    return textbook("vertical", [1.0, theta], online=(False, True))


@pytest.mark.parametrize("theta", [0.5, 0.6, 0.75, 0.8, 0.95])
def test_the_direct_threat_sells_nothing_at_the_published_prices(theta):
    """T04: p_d = w = theta / 2 and p_r = 1/2: the retailer sells 1/2."""
    units = sold(market(theta), [0.5, theta / 2])
    assert units == pytest.approx([0.5, 0.0], abs=1e-12)
    assert theta / 2 * units[0] == pytest.approx(theta / 4)


def test_both_sell_where_the_web_is_cheap():
    """theta = 0.5, prices 0.6 and 0.2: v* = 0.4 / 0.5 = 0.8 and 0.2 / 0.5 = 0.4."""
    assert sold(market(0.5), [0.6, 0.2]) == pytest.approx([0.2, 0.4])


def test_a_retailer_answers_a_cheap_web_shop_as_derived():
    """Against p_d with both selling, p_r = (1 - theta + p_d + w) / 2 leaves no gain; w = 0.1."""
    theta, direct, wholesale = 0.6, 0.15, 0.1
    price = np.array([(1 - theta + direct + wholesale) / 2, direct])
    demand, is_open = demand_of(market(theta)), np.ones(2, dtype=bool)
    units = sold(market(theta), price)
    slope = demand.slopes(price, np.zeros(2), is_open).by_candidate(2)
    assert min(units) > 0
    assert units[0] + (price[0] - wholesale) * slope[0, 0] == pytest.approx(0, abs=1e-12)


def test_a_shop_alone_sells_to_those_above_its_price():
    assert sold(market(0.5), [0.3, 0.1], shut=[1]) == pytest.approx([0.7, 0.0])


def test_shops_alike_share():
    assert sold(textbook("vertical", [1, 1, 1]), [0.4, 0.4, 0.5]) == pytest.approx([0.3, 0.3, 0])


def test_shares_are_those_of_a_crowd_that_chooses():
    """100,001 tastes evenly spread over five qualities and prices."""
    quality, price = np.array([1.0, 0.8, 0.5, 0.9, 0.3]), np.array([0.6, 0.42, 0.2, 0.55, 0.2])
    taste = np.linspace(0, 1, 100_001)[:, None]
    gain = np.hstack([taste * quality - price, np.zeros((len(taste), 1))])
    crowd = np.bincount(gain.argmax(axis=1), minlength=6)[:5] / len(taste)
    assert sold(textbook("vertical", quality), price) == pytest.approx(crowd, abs=1e-4)

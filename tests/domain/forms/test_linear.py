import numpy as np
import pytest

from channelsim.domain.demand import demand_of
from tests.domain.forms.textbook import sold, textbook


def slopes(scenario, price):
    price = np.array(price, dtype=float)
    lift, is_open = np.zeros(len(price)), np.ones(len(price), dtype=bool)
    return demand_of(scenario).slopes(price, lift, is_open).by_candidate(len(price))


@pytest.mark.parametrize(("price", "quantity"), [(7, 3), (6.4, 3.6)])
def test_choi_sells_the_published_quantities(price, quantity):
    """T03, a = 10, b = 2, gamma = 1: manufacturer Stackelberg, and vertical Nash."""
    scenario = textbook("linear", [10, 10], b=2, cross_price=1)
    assert sold(scenario, [price, price]) == pytest.approx([quantity, quantity])


@pytest.mark.parametrize("theta", [0.0, 0.3, 0.5, 0.9])
def test_integrated_manufacturers_rest_at_the_published_price(theta):
    """T02: p = 1 / (2 - theta) leaves no gain from another price, and a profit of p^2."""
    scenario = textbook("linear", [1, 1], cross_price=theta)
    price = 1 / (2 - theta)
    units = sold(scenario, [price, price])[0]
    assert units + price * slopes(scenario, [price, price])[0, 0] == pytest.approx(0, abs=1e-12)
    assert price * units == pytest.approx(price**2)


def test_slopes_are_the_coefficients():
    scenario = textbook("linear", [10, 10], b=2, cross_price=1)
    assert slopes(scenario, [7, 7]).tolist() == [[-2, 1], [1, -2]]


def test_nothing_is_sold_where_the_line_falls_below_nothing():
    scenario = textbook("linear", [1, 1], cross_price=0.5)
    assert sold(scenario, [3, 1]) == pytest.approx([0, 1.5])
    assert slopes(scenario, [3, 1])[0].tolist() == [0, 0]


def test_a_closed_outlets_price_moves_nobody():
    assert sold(textbook("linear", [1, 1], cross_price=0.5), [0.5, 0.9], shut=[1]) == [0.5, 0]


def test_zones_have_their_own_intercepts():
    """T18: D = a - p with a = 10 and 6, the weaker region by a rival strength of 4."""
    assert sold(textbook("linear", [10]), [7.5]) == [2.5]
    assert sold(textbook("linear", [10], rival_strength=4.0), [4.5]) == [1.5]


def test_isoelastic_demand_has_one_elasticity():
    scenario = textbook("isoelastic", [0.0, 0.0], b=2.0, cross_price=0.5)
    price = [3.0, 4.0]
    units = sold(scenario, price)
    assert units == pytest.approx([2 / 9, np.sqrt(3) / 16])
    elasticity = slopes(scenario, price) * np.array(price) / np.array(units)[:, None]
    assert elasticity == pytest.approx(np.array([[-2, 0.5], [0.5, -2]]))


@pytest.mark.parametrize("e", [1.5, 2.0, 3.0, 5.0])
def test_two_isoelastic_margins_leave_the_published_share(e):
    """T01: prices e / (e - 1) of cost at each stage; c = 1. Both are stationary points."""
    scenario = textbook("isoelastic", [0.0], b=e)
    markup = e / (e - 1)
    for cost in (1.0, markup):
        price = cost * markup
        gain = sold(scenario, [price])[0] + (price - cost) * slopes(scenario, [price])[0, 0]
        assert gain == pytest.approx(0, abs=1e-12)
    profit = [(p - 1) * sold(scenario, [p])[0] for p in (markup**2, markup)]
    published = ((2 * e - 1) / (e - 1)) * ((e - 1) / e) ** e
    assert profit[0] / profit[1] == pytest.approx(published)


def test_exogenous_demand_sells_every_occasion_at_any_price():
    scenario = textbook("exogenous", [1.0, 1.0], people=50)
    assert sold(scenario, [1, 1000]) == pytest.approx([25, 25])
    assert sold(scenario, [1, 1000], shut=[0]) == pytest.approx([0, 50])


def test_exogenous_demand_divides_by_appeal():
    assert sold(textbook("exogenous", [np.log(3), 0.0], people=8), [1, 1]) == pytest.approx([6, 2])

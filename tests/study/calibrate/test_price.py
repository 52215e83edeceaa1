import numpy as np
import pytest

from channelsim.domain.demand import expected_flows
from channelsim.domain.layout import Layout
from channelsim.errors import BadValue
from channelsim.study.calibrate.price import calibrate_price
from tests.instances import tiny

REPETITIONS = 300
ALONE = Layout.of(["north-a"])


def market(random, elasticity, follow=0.0):
    """Return prices, units, outlets and costs of 2 outlets; prices follow demand so far."""
    outlets = ["n"] * 40 + ["s"] * 40
    shock, cost = random.normal(0, 0.1, 80), random.normal(0, 0.1, 80)
    price = np.array([100.0] * 40 + [90.0] * 40) * np.exp(cost + follow * shock)
    level = np.array([5.0] * 40 + [9.0] * 40)
    units = np.exp(level + elasticity * np.log(price / 100) + shock)
    return price.tolist(), units.tolist(), outlets, cost.tolist()


def test_a_known_elasticity_lies_within_its_interval():
    random, hits = np.random.default_rng(7), 0
    for _ in range(REPETITIONS):
        price, units, outlets, _ = market(random, -2.6)
        found = calibrate_price(tiny(), price, units, outlets=outlets)
        hits += found["elasticity"].holds(-2.6)
    assert hits / REPETITIONS >= 0.93


def test_instruments_undo_prices_that_follow_demand():
    random, hits, misses = np.random.default_rng(8), 0, 0
    for _ in range(100):
        price, units, outlets, cost = market(random, -2.6, follow=0.5)
        tooled = calibrate_price(tiny(), price, units, outlets=outlets, instruments=[cost])
        plain = calibrate_price(tiny(), price, units, outlets=outlets)
        hits += tooled["elasticity"].holds(-2.6)
        misses += not plain["elasticity"].holds(-2.6)
    assert hits / 100 >= 0.93
    assert misses / 100 > 0.9


@pytest.mark.parametrize("before", [0.01, 0.0])
def test_the_scenario_sells_less_at_higher_prices_as_estimated(before):
    case = tiny().replace({"segments.everyone.price_sensitivity": before}, idle=True)
    price = np.linspace(80, 120, 20)
    found = calibrate_price(case, price, 1e6 * price**-1.5, layout=ALONE).scenario

    def sold(case, factor=1.0):
        dearer = case.replace({"candidates.north-a.price": 100.0 * factor})
        return expected_flows(dearer, ALONE).units.sum()

    assert sold(found) == pytest.approx(sold(case))
    change = np.log(sold(found, 1.0001) / sold(found)) / np.log(1.0001)
    assert change == pytest.approx(-1.5, rel=1e-3)


def test_sales_that_rise_with_prices_are_refused():
    with pytest.raises(BadValue, match="sales rise with the price .* pass instruments"):
        calibrate_price(tiny(), [90.0, 100.0, 110.0, 105.0], [1.0, 2.0, 3.0, 2.4])


def test_prices_that_stay_tell_nothing():
    with pytest.raises(BadValue, match="prices do not vary within outlets"):
        calibrate_price(tiny(), [90.0, 100.0] * 3, [3.0, 2.0] * 3, outlets=["n", "s"] * 3)

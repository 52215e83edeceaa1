import numpy as np
import pytest

from channelsim.domain.demand import demand_of
from channelsim.domain.market import Distance, Rival, Zone
from tests.domain.forms.textbook import sold, textbook
from tests.instances import tiny

ALONE = {"rival_strength": -100.0}


def monopoly_gain(price: float) -> float:
    """The slope of (p - c) s at a price: a = 2, beta = 1, c = 1 (T14)."""
    scenario = textbook("logit", [2.0])
    demand, is_open = demand_of(scenario), np.array([True])
    at = np.array([price])
    slope = demand.slopes(at, np.zeros(1), is_open).by_candidate(1)[0, 0]
    return demand.units(at, np.zeros(1), is_open)[0, 0] + (price - 1) * slope


def test_the_monopoly_price_of_a_logit_is_the_published_one():
    assert monopoly_gain(2.567143290409784) == pytest.approx(0, abs=1e-12)
    assert sold(textbook("logit", [2.0]), [2.567143290409784]) == pytest.approx([0.36189625663])


def test_the_duopoly_price_of_a_logit_is_the_published_one():
    scenario = textbook("logit", [2.0, 2.0])
    price = np.full(2, 2.401058137541547)
    is_open = np.ones(2, dtype=bool)
    slope = demand_of(scenario).slopes(price, np.zeros(2), is_open).by_candidate(2)
    share = sold(scenario, price)
    assert share == pytest.approx([0.2862537440776] * 2)
    assert share[0] + (price[0] - 1) * slope[0, 0] == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize(("a", "b", "price"), [(2, 1, (1, 2)), (1, 0.5, (3, 1)), (4, 2, (1, 2))])
def test_elasticities_of_a_logit_are_the_published_ones(a, b, price):
    """Own -beta p (1 - s), cross beta p_k s_k (T14)."""
    scenario = textbook("logit", [a, a], b=b)
    share = sold(scenario, price)
    is_open = np.ones(2, dtype=bool)
    slope = demand_of(scenario).slopes(np.array(price, float), np.zeros(2), is_open).by_candidate(2)
    assert slope[0, 0] * price[0] / share[0] == pytest.approx(-b * price[0] * (1 - share[0]))
    assert slope[0, 1] * price[1] / share[0] == pytest.approx(b * price[1] * share[1])


def huff(power: float, alpha: float = 1.0):
    """Sizes 1000, 500, 250 at 4, 2 and 1 km (T12): each in a zone of its own, all reach home."""
    shop = textbook("huff", [0.0] * 3, g=power, doors=(1000, 500, 250), doors_exponent=alpha)
    places = tuple(Zone(f"z{i}", "", 30, 121 + i, 0.0) for i in range(3))
    home = shop.zones[0]
    candidates = {f"candidates.outlet{i}.zone": f"z{i}" for i in range(3)}
    roads = tuple(Distance("town", f"z{i}", km) for i, km in enumerate((4, 2, 1)))
    wide = shop.replace(zones=(home, *places), distances=roads)
    return wide.replace({**candidates, "zones.town.rival_strength": -100.0})


@pytest.mark.parametrize(
    ("power", "shares"),
    [(2.0, [1 / 7, 2 / 7, 4 / 7]), (1.0, [1 / 3] * 3), (0.0, [4 / 7, 2 / 7, 1 / 7])],
)
def test_huff_gives_the_published_shares(power, shares):
    assert sold(huff(power), [1, 1, 1]) == pytest.approx(shares)


def test_huff_asks_no_price():
    assert sold(huff(2.0), [1, 9, 4]) == pytest.approx([1 / 7, 2 / 7, 4 / 7])


def test_attraction_of_size_is_a_power():
    """Sizes 1000, 500, 250 to the 2nd over squared km: 62,500 each."""
    assert sold(huff(2.0, alpha=2.0), [1, 1, 1]) == pytest.approx([1 / 3] * 3)


def test_what_is_nearer_than_the_nearest_km_is_as_near():
    """Least 2 km: 1000 / 16, 500 / 4, 250 / 4 = 1 : 2 : 1."""
    assert sold(huff(2.0).replace({"market.nearest_km": 2.0}), [1, 1, 1]) == pytest.approx(
        [0.25, 0.5, 0.25]
    )


def test_mci_weighs_prices_as_powers():
    """Price 2 to the -2nd against 1: 1/4 against 1."""
    assert sold(textbook("mci", [0.0, 0.0], b=2.0, **ALONE), [2, 1]) == pytest.approx([0.2, 0.8])


def test_a_rival_outlet_takes_its_logit_share():
    """Ours is worth 2 - 1, the rival 2.5 - 1.5 + 0 x 0.5: e against 1 + e."""
    scenario = textbook("logit", [2.0]).replace(rivals=(Rival("r", "town", price=1.5, appeal=2.5),))
    assert sold(scenario, [1]) == pytest.approx([np.e / (1 + 2 * np.e)])


def test_a_rival_outlet_is_an_outlet_of_ours_to_a_third():
    """Closed rows apart, a rival with an outlet's attributes takes what that outlet would."""
    ours = textbook("mci", [0.5, 0.2], b=1.7, doors=(3, 5))
    theirs = ours.replace(rivals=(Rival("r", "town", price=2.0, appeal=0.2, doors=5),))
    assert sold(theirs, [1.4, 2.0], shut=[1])[0] == pytest.approx(sold(ours, [1.4, 2.0])[0])


def test_rival_outlets_count_where_they_reach():
    """A shop in a, reach 10 km, counts in a and, ln 2 less, in b; a web rival everywhere."""
    scenario = tiny().replace(
        rivals=(
            Rival("shop", "a", price=100.0, appeal=1.0, reach_km=10.0),
            Rival("far", "c", strength=0.5),
            Rival("web", price=100.0, appeal=1.0),
        )
    )
    assert np.exp(scenario.outside[:, 0]) == pytest.approx([3, 2.5, np.exp(0.5) + 1, 2])


def test_rivals_of_strength_alone_leave_the_outside_option_as_it_was():
    scenario = tiny().replace(rivals=(Rival("r", "a", 0.3), Rival("s", "a", -0.7)))
    assert (scenario.outside == scenario.columns.outside[:, None]).all()

import numpy as np
import pytest

from channelsim.domain.demand import demand_of
from channelsim.errors import BadValue
from tests.domain.forms.textbook import sold, textbook


def street(*position_km: float, t: float = 1.0, appeal: float = 9.0, **market):
    return textbook("spatial", [appeal] * len(position_km), g=t, position_km=position_km, **market)


def gain(scenario, price: float, cost: float) -> float:
    """The slope of the first firm's profit where all ask this price."""
    count = len(scenario.candidates)
    at, is_open = np.full(count, price), np.ones(count, dtype=bool)
    slope = demand_of(scenario).slopes(at, np.zeros(count), is_open).by_candidate(count)[0, 0]
    return sold(scenario, at)[0] + (price - cost) * slope


@pytest.mark.parametrize("travel", ["linear", "quadratic"])
@pytest.mark.parametrize(("t", "cost"), [(1.0, 0.0), (0.5, 1.0), (2.0, 0.3)])
def test_hotelling_firms_at_the_ends_rest_at_cost_plus_t(travel, t, cost):
    """T13: p = c + t, half the line and a profit of t / 2 each."""
    line = street(0, 1, t=t, travel=travel)
    assert sold(line, [cost + t] * 2) == pytest.approx([0.5, 0.5])
    assert gain(line, cost + t, cost) == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize("firms", [2, 3, 5])
@pytest.mark.parametrize("t", [1.0, 0.7])
def test_salop_firms_rest_at_cost_plus_t_over_n(firms, t):
    ring = street(*(i / firms for i in range(firms)), t=t, space="circle")
    assert sold(ring, [1.0] * firms) == pytest.approx([1 / firms] * firms)
    assert gain(ring, 0.2 + t / firms, 0.2) == pytest.approx(0, abs=1e-9)


def test_the_indifferent_consumer_is_where_hotelling_says():
    """x = 1/2 + (p2 - p1) / 2t from the left end: prices 1 and 1.4, t = 1."""
    assert sold(street(0, 1), [1.0, 1.4]) == pytest.approx([0.7, 0.3])


def test_firms_in_the_middle_share_the_line():
    assert sold(street(0.5, 0.5), [1, 1]) == pytest.approx([0.5, 0.5])


def test_a_firm_too_near_is_undercut_altogether():
    """0.2 apart under linear cost, cheaper by more than 0.2 t takes all (d'Aspremont et al.)."""
    assert sold(street(0.4, 0.6), [1.0, 0.79]) == pytest.approx([0, 1])
    assert sold(street(0.4, 0.6), [1.0, 0.81]) == pytest.approx([0.405, 0.595])


@pytest.mark.parametrize("price", [1.6, 1.2 + 0.4])
def test_those_beyond_a_rival_who_find_both_equal_are_shared(price):
    """0.4 apart and cheaper by 0.4 t: those beyond the rival, 0.3 of the line, are torn."""
    firms = street(0.3, 0.7)
    at, is_open = np.array([price, 2.0]), np.ones(2, dtype=bool)
    assert sold(firms, at) == pytest.approx([0.85, 0.15])
    slope = demand_of(firms).slopes(at, np.zeros(2), is_open).by_candidate(2)
    assert np.isfinite(slope).all()


def test_those_too_far_from_a_poor_outlet_do_not_buy():
    """Worth 0.2 at the door and lost at 0.2 km either way, 0.447 under quadratic cost."""
    assert sold(street(0.5, appeal=1.2), [1]) == pytest.approx([0.4])
    assert sold(street(0.5, appeal=1.2, travel="quadratic"), [1]) == pytest.approx([2 * 0.2**0.5])
    assert sold(street(0.0, appeal=1.2), [1]) == pytest.approx([0.2])
    assert sold(street(0.0, appeal=1.2, space="circle"), [1]) == pytest.approx([0.4])


def test_a_longer_line_is_in_proportion():
    assert sold(street(0, 10, space_km=10.0, t=0.1), [1.0, 1.4]) == pytest.approx([0.7, 0.3])


@pytest.mark.parametrize("space", ["line", "circle"])
@pytest.mark.parametrize("travel", ["linear", "quadratic"])
def test_shares_are_those_of_a_crowd_that_chooses(space, travel):
    """20,001 consumers along a street of 3 km with four outlets, some left out."""
    at, price = np.array([0.2, 0.9, 1.0, 2.2]), np.array([1.0, 0.9, 0.98, 1.05])
    x = (np.arange(20_001) + 0.5) * 3 / 20_001
    away = np.abs(x[:, None] - at)
    away = np.minimum(away, 3 - away) if space == "circle" else away
    gain = 1.6 - price - away ** (2 if travel == "quadratic" else 1)
    best = np.hstack([gain, np.zeros((len(x), 1))]).argmax(axis=1)
    crowd = np.bincount(best, minlength=5)[:4] / len(x)
    found = sold(street(*at, appeal=1.6, space=space, travel=travel, space_km=3.0), price)
    assert found == pytest.approx(crowd, abs=2e-4)


def test_a_place_beyond_the_line_is_refused():
    with pytest.raises(BadValue, match=r"position_km 2, beyond the market's 1; raise market\.sp"):
        street(0, 2)

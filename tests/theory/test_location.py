"""T21: certificates of the planner on places known by heart, or counted out one by one."""

from itertools import combinations

import numpy as np
import pytest
from scipy.optimize import linear_sum_assignment

from channelsim.study.theory_response import located
from scenarios.builder.theory_response import SUPPLY_COSTS, WAREHOUSES, covering, line, warehouses


@pytest.mark.parametrize(("shops", "towns", "km"), [(2, 5, 3), (1, 5, 6), (3, 5, 2), (2, 7, 6)])
def test_the_towns_are_as_near_as_so_many_shops_allow(shops, towns, km):
    assert located(line(shops, towns))["cost"] == pytest.approx(km)


@pytest.mark.parametrize(
    ("shops", "towns", "reach", "covered"), [(1, 5, 1.0, 3), (2, 5, 1.0, 5), (2, 9, 1.0, 6)]
)
def test_so_many_shops_cover_as_many_towns_as_they_can(shops, towns, reach, covered):
    assert located(covering(shops, towns, reach))["units"] == pytest.approx(covered)


def least_cost(charge):
    """Return the least cost over every set of warehouses, stores assigned to their places."""
    places = list(WAREHOUSES.values())
    costs, best = np.array(SUPPLY_COSTS, dtype=float), np.inf
    for count in range(1, len(places) + 1):
        for chosen in combinations(range(len(places)), count):
            slots = [site for site in chosen for _ in range(places[site])]
            if len(slots) >= len(costs):
                rows, columns = linear_sum_assignment(costs[:, slots])
                best = min(best, costs[:, slots][rows, columns].sum() + charge * count)
    return best


def test_csplib_034_costs_383():
    assert located(warehouses())["cost"] == pytest.approx(383)


@pytest.mark.parametrize("charge", [0.0, 30.0, 60.0, 150.0])
def test_no_set_of_warehouses_is_cheaper(charge):
    assert located(warehouses(charge))["cost"] == pytest.approx(least_cost(charge))

"""T21: certificates of the planner on places known by heart, or counted out one by one."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from channelsim.domain.demand import open_mask
from channelsim.domain.layout import Layout
from channelsim.domain.measures import coverage, potential_demand, standard_arcs
from channelsim.optimise.assignment import assign
from channelsim.optimise.layout_inputs import plain_inputs
from channelsim.optimise.layout_problem import build
from channelsim.optimise.scenario_inputs import scenario_inputs
from channelsim.optimise.solve import solve
from channelsim.study.theory_response import located
from scenarios.builder.theory_response import SUPPLY_COSTS, WAREHOUSES, covering, line, warehouses
from tests.optimise.small import small_scenario


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


def relaxed(problem):
    """Return a problem whose openings may be shares."""
    for variable in problem.variables():
        variable.cat = "Continuous"
    return problem


@pytest.mark.parametrize("seed", range(30))
def test_no_layout_earns_more_than_its_linear_relaxation(seed):
    inputs, _ = scenario_inputs(small_scenario(seed))
    whole = solve(build(inputs).problem, gap=0.0)
    bound = solve(relaxed(build(inputs).problem), gap=0.0)
    assert not whole.found or whole.objective <= bound.objective + 1e-6 * abs(bound.objective)


def test_a_relaxation_may_lie_above_every_layout():
    """Three towns, each pair near one of three shops: halves of all serve them, whole shops not."""
    near = 1.0 - np.eye(3)
    inputs = plain_inputs(np.full(3, 0.8), np.full(3, 9.0), near, near)
    assert solve(build(inputs).problem, gap=0.0).objective == pytest.approx(1.4)
    assert solve(relaxed(build(inputs).problem)).objective == pytest.approx(3 - 1.5 * 0.8)


@given(data=st.data())
def test_whole_places_and_whole_demands_are_matched_in_whole_units(data):
    """A transport problem has whole solutions (Dantzig 1951): no town's units are cut."""
    towns, shops = data.draw(st.integers(2, 5)), data.draw(st.integers(2, 4))
    whole = st.integers(1, 9)
    demand = np.array(data.draw(st.lists(whole, min_size=towns, max_size=towns)), dtype=float)
    room = np.array(data.draw(st.lists(whole, min_size=shops, max_size=shops)), dtype=float)
    margin = data.draw(st.lists(whole, min_size=towns * shops, max_size=towns * shops))
    value = demand[:, None] * np.reshape(margin, (towns, shops))
    units = np.tile(demand[:, None], shops)
    inputs = plain_inputs(np.zeros(shops), room, units, value)
    sold = assign(inputs, np.ones(shops, dtype=bool)) * inputs.arcs.units
    assert sold == pytest.approx(np.round(sold), abs=1e-6)
    assert sold.sum() == pytest.approx(min(demand.sum(), room.sum()))


TOWNS = 8
ROAD = line(TOWNS, TOWNS)
SHOPS = st.sets(st.sampled_from([c.id for c in ROAD.candidates]))


def covered(shops, standard):
    """Return the share of people within a standard, km, of shops."""
    case = ROAD.replace({"market.service_standard_km": standard}, idle=True)
    is_open = open_mask(case, Layout.of(sorted(shops)))
    return coverage(standard_arcs(case), is_open, potential_demand(case))


@given(few=SHOPS, more=SHOPS, new=SHOPS, standard=st.sampled_from([0.5, 1.0, 2.0]))
def test_shops_cover_more_the_more_there_are_and_each_adds_less(few, more, new, standard):
    """Monotone and submodular (Nemhauser, Wolsey & Fisher 1978): the larger set gains no more."""
    many = few | more
    assert covered(few, standard) <= covered(many, standard)
    gained = covered(few | new, standard) - covered(few, standard)
    assert covered(many | new, standard) - covered(many, standard) <= gained + 1e-12

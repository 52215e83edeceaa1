import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from channelsim.domain.market import Market, Rival
from channelsim.domain.policy import Economics
from channelsim.errors import BadValue
from channelsim.optimise.demand_nodes import demand_nodes, full_units
from tests.instances import tiny
from tests.optimise.small import small_scenario

NONE_SHUT = np.zeros(5, dtype=bool)
FLAGSHIP_A, NORTH_A, SOUTH_C, NORTH_D, WEB = range(5)


def table():
    nodes = demand_nodes(tiny(), NONE_SHUT)
    rows = zip(nodes.arcs.node, nodes.arcs.site, nodes.arcs.units, strict=True)
    return {(int(nodes.zone[n]), int(j)): units.item() for n, j, units in rows}


def test_physical_nodes_of_tiny():
    # 0.8 of A's 1000 and B's 500 occasions, half of them next door, a third from 10 km away
    units = table()
    assert units[0, FLAGSHIP_A] == pytest.approx(400)
    assert units[0, NORTH_A] == pytest.approx(400)
    assert units[1, NORTH_A] == pytest.approx(400 / 3)
    assert units[2, SOUTH_C] == pytest.approx(320)
    assert units[2, NORTH_D] == pytest.approx(640 / 3)
    assert units[3, NORTH_D] == pytest.approx(80)


def test_zones_alike_to_online_shops_form_one_node():
    # 0.2 of all 2500 occasions, a fifth of them
    assert table()[-1, WEB] == pytest.approx(100)
    assert sum(zone == -1 for zone, _ in table()) == 1


def test_zones_of_other_rival_strength_are_online_nodes_of_their_own():
    scenario = tiny().replace({"zones.a.rival_strength": 0.3})
    nodes = demand_nodes(scenario, NONE_SHUT)
    assert (nodes.zone == -1).sum() == 2


def test_arcs_without_margin_are_left_out():
    nodes = demand_nodes(tiny().replace(economics=Economics(unit_cost=65.0)), NONE_SHUT)
    assert set(nodes.arcs.site.tolist()) == {FLAGSHIP_A}


def test_arcs_to_what_stays_shut_are_left_out():
    nodes = demand_nodes(tiny(), np.array([True, False, True, True, True]))
    assert set(nodes.arcs.site.tolist()) == {NORTH_A}


def test_value_is_margin_times_units():
    # of 100: production 40, freight 1, wholesale margin 30, rebate 5% of 70, governance 1
    nodes = demand_nodes(tiny(), NONE_SHUT)
    north = nodes.arcs.site == NORTH_A
    assert nodes.arcs.value[north] == pytest.approx(24.5 * nodes.arcs.units[north])


@settings(max_examples=20)
@given(st.integers(0, 1000))
def test_flows_hold_what_the_nodes_are_served(seed):
    scenario = small_scenario(seed)
    rng = np.random.default_rng(seed)
    count = len(scenario.candidates)
    nodes = demand_nodes(scenario, rng.random(count) < 0.2)
    served = rng.random(nodes.arcs.count)
    by_site = np.bincount(nodes.arcs.site, served * nodes.arcs.units, minlength=count)
    assert nodes.flows(served).by_candidate(count) == pytest.approx(by_site)


@settings(max_examples=20)
@given(st.integers(0, 1000))
def test_value_is_the_sum_of_its_parts(seed):
    scenario = small_scenario(seed)
    arcs = demand_nodes(scenario, np.zeros(len(scenario.candidates), dtype=bool)).arcs
    costs = sum(value for name, value in arcs.parts.items() if name != "revenue")
    assert arcs.value == pytest.approx(arcs.parts["revenue"] - costs)


def test_full_units_never_exceed_the_occasions():
    scenario = tiny()
    full = full_units(scenario, scenario.arcs)
    assert (full.sum(axis=1) <= np.array([1000.0, 500, 800, 200])[scenario.arcs.zone]).all()


def test_rival_outlets_part_zones_that_online_shops_would_merge():
    rivals = (Rival("r", "a", price=100.0, appeal=1.0, reach_km=1.0),)
    plain, met = (
        demand_nodes(tiny(), NONE_SHUT),
        demand_nodes(tiny().replace(rivals=rivals), NONE_SHUT),
    )
    assert (met.zone < 0).sum() == (plain.zone < 0).sum() + 1


def test_plans_need_consumers_who_choose():
    case = tiny().replace(market=Market(demand="linear"))
    with pytest.raises(BadValue, match="market.demand is linear, for which no plan is made"):
        demand_nodes(case, NONE_SHUT)


def test_capture_scales_what_a_candidate_serves():
    case = tiny().replace({"candidates.north-a.capture": 0.5})
    plain, scaled = (full_units(one, one.arcs).sum(axis=1) for one in (tiny(), case))
    north = tiny().arcs.candidate == NORTH_A
    assert scaled[north] == pytest.approx(plain[north] / 2)
    assert scaled[~north].tolist() == plain[~north].tolist()

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from channelsim.optimise.assignment import assign
from channelsim.optimise.layout_inputs import Limits, plain_inputs

ALL = np.ones(2, dtype=bool)


def inputs(capacity, supply=None, units=((4.0, 4.0), (6.0, 6.0))):
    value = np.array([[40.0, 30.0], [60.0, 54.0]])
    limits = Limits(supply=supply)
    return plain_inputs(np.zeros(2), np.array(capacity), np.array(units), value, limits)


def test_without_binding_capacity_everybody_gets_the_best():
    assert assign(inputs([np.inf, np.inf]), ALL).tolist() == [1, 0, 1, 0]


def test_what_is_closed_serves_nobody():
    assert assign(inputs([np.inf, np.inf]), np.array([False, True])).tolist() == [0, 1, 0, 1]


def test_short_capacity_goes_where_the_alternative_is_worst():
    # a unit of 0 is worth 2.5 more than 1's at node 0 and 1 more at node 1
    assert assign(inputs([4.0, np.inf]), ALL).tolist() == pytest.approx([1, 0, 0, 1])


def test_supply_is_shared_out_over_all():
    served = assign(inputs([np.inf, np.inf], supply=5.0), ALL)
    assert served @ np.array([4.0, 4, 6, 6]) == pytest.approx(5.0)


def test_only_the_holder_serves_its_node():
    served = assign(inputs([np.inf, np.inf]), ALL, np.array([1, -1]))
    assert served.tolist() == [0, 1, 1, 0]


@settings(max_examples=30)
@given(st.integers(0, 10_000))
def test_equals_a_linear_program(seed):
    rng = np.random.default_rng(seed)
    nodes, sites = rng.integers(1, 5, size=2)
    units, value = rng.uniform(1, 9, (nodes, sites)), rng.uniform(1, 99, (nodes, sites))
    capacity = rng.uniform(2, 12, sites)
    is_open = rng.random(sites) < 0.8
    problem = plain_inputs(np.zeros(sites), capacity, units, value)
    once = np.kron(np.eye(nodes), np.ones(sites))
    used = np.tile(np.eye(sites), nodes) * units.ravel()
    upper = np.tile(is_open, nodes).astype(float)
    bounds = list(zip(np.zeros(nodes * sites), upper, strict=True))
    rows, most = np.vstack([once, used]), [*np.ones(nodes), *capacity]
    best = linprog(-value.ravel(), A_ub=rows, b_ub=most, bounds=bounds)
    served = assign(problem, is_open)
    assert served @ value.ravel() == pytest.approx(-best.fun)
    assert (rows @ served <= np.array(most) + 1e-6).all()

"""Territories in one piece, of like workload, each zone from one source: three towns in a row."""

import numpy as np
import pytest

from channelsim.optimise.assignment import assign_within
from channelsim.optimise.layout_inputs import Limits, plain_inputs
from channelsim.optimise.serving_limits import ServingLimits

ALL = np.ones(2, dtype=bool)
ROAD = np.array([[0, 1], [1, 2]])


def served(units=None, capacity=(np.inf, np.inf), exclusive=True, **serving):
    """What 0, dear in the middle, and 1 serve of three towns in a row: (3, 2)."""
    value = np.array([[60.0, 50.0], [40.0, 55.0], [60.0, 30.0]])
    units = np.ones((3, 2)) if units is None else units
    limits = Limits(exclusive=exclusive, serving=ServingLimits(**serving))
    inputs = plain_inputs(np.zeros(2), np.array(capacity), units, value, limits)
    return assign_within(inputs, ALL)


def test_a_territory_may_not_be_cut_in_two():
    # 0, 1, 0 would earn 175; 1, 1, 0 earn 165 and all of 0's 160
    assert served(neighbours=ROAD).served.reshape(3, 2).tolist() == [[0, 1], [0, 1], [1, 0]]


def test_steps_that_are_long_enough_join_what_others_hold_between():
    wide = np.array([[0, 1], [1, 2], [0, 2]])
    assert served(neighbours=wide).served.reshape(3, 2).tolist() == [[1, 0], [0, 1], [1, 0]]


def test_a_zone_without_sales_is_held_where_it_joins_others():
    # two units do not do for three towns
    found = served(capacity=(2.0, 0.0), neighbours=ROAD)
    assert found.served.reshape(3, 2)[:, 0].sum() == pytest.approx(2)
    sold = np.flatnonzero(found.served.reshape(3, 2)[:, 0] > 1e-9)
    assert set(range(sold.min(), sold.max() + 1)) <= {n for n, f in found.held.items() if f == 0}


@pytest.mark.parametrize(("most", "earned"), [(0.34, 175.0), (0.33, None), (1.0, 175.0)])
def test_the_larger_workload_is_kept_to_the_mean(most, earned):
    # 2 units against 1: a third above the mean of 1.5
    found = served(balance=most)
    worth = found.served @ np.array([60.0, 50, 40, 55, 60, 30])
    if earned is None:
        work = found.served.reshape(3, 2).sum(axis=0)
        assert worth < 175
        assert work.max() <= (1 + most) * work.mean() + 1e-6
    else:
        assert worth == pytest.approx(earned)


def test_a_partner_without_a_territory_does_not_lower_the_mean():
    found = served(capacity=(np.inf, 0.0), balance=0.0)
    assert found.served.reshape(3, 2).sum(axis=0) == pytest.approx([3, 0])


def test_one_source_leaves_demand_unserved_where_two_would_share():
    # 0 has half a unit: alone it serves half of a town, or leaves the town to 1
    found = served(capacity=(0.5, np.inf), exclusive=False, single_source=True)
    assert (np.count_nonzero(found.served.reshape(3, 2) > 1e-9, axis=1) <= 1).all()
    shared = served(capacity=(0.5, np.inf), exclusive=False)
    assert (np.count_nonzero(shared.served.reshape(3, 2) > 1e-9, axis=1) == 2).any()

"""The lowest price of others, against a search by hand."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from channelsim.simulate.lowest import Lowest
from tests.instances import tiny

EVERYBODY = np.ones(5, dtype=bool)


def test_the_lowest_price_of_others_in_reach():
    case = tiny()  # A: flagship, north, web; C and D: south, north-d, web
    price = np.array([100.0, 80.0, 95.0, 70.0, 90.0])
    found = Lowest(case.arcs, case.columns.partner_of, case.columns.model)(price, EVERYBODY)
    np.testing.assert_array_equal(found, [80.0, 90.0, 70.0, 90.0, 70.0])


def test_who_is_not_visible_does_not_count():
    case = tiny()
    price = np.array([100.0, 80.0, 95.0, 70.0, 90.0])
    none = Lowest(case.arcs, case.columns.partner_of, case.columns.model)(
        price, np.zeros(5, dtype=bool)
    )
    np.testing.assert_array_equal(none, np.full(5, np.inf))


@given(
    st.lists(st.floats(1, 200), min_size=5, max_size=5),
    st.lists(st.booleans(), min_size=5, max_size=5),
)
def test_it_agrees_with_a_search(prices, visible):
    arcs, partner = tiny().arcs, tiny().columns.partner_of
    found = Lowest(arcs, partner, tiny().columns.model)(np.array(prices), np.array(visible))
    for row in range(5):
        zones = arcs.zone[arcs.candidate == row]
        there = arcs.candidate[np.isin(arcs.zone, zones)]
        others = [prices[k] for k in there if partner[k] != partner[row] and visible[k]]
        assert found[row] == min(others, default=np.inf)


def test_other_models_are_not_looked_at():
    case = tiny()
    price = np.array([100.0, 80.0, 95.0, 70.0, 10.0])
    model = np.array([-1, -1, -1, -1, 2])
    found = Lowest(case.arcs, case.columns.partner_of, model)(price, EVERYBODY)
    np.testing.assert_array_equal(found, [80.0, 100.0, 70.0, 95.0, np.inf])

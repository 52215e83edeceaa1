"""Who hears from whom, on the roads of `tiny`: A -10 km- B, C -10 km- D, A -100 km- C."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from channelsim.simulate.contagion import hearing
from tests.instances import tiny
from tests.simulate.cases import random_case


def weights(**market):
    found = hearing(tiny().replace({f"market.{name}": value for name, value in market.items()}))
    return found.toarray()


def test_without_contagion_zones_hear_only_themselves():
    assert hearing(tiny()) is None


def test_neighbours_within_the_radius_share_the_contagion():
    expected = np.array(
        [[0.6, 0.4, 0.0, 0.0], [0.4, 0.6, 0.0, 0.0], [0.0, 0.0, 0.6, 0.4], [0.0, 0.0, 0.4, 0.6]]
    )
    np.testing.assert_allclose(weights(contagion=0.4, contagion_km=50.0), expected)


def test_neighbours_pull_by_people_over_km_squared():
    # A hears B with 5,000 / 10^2 = 50 and C with 8,000 / 100^2 = 0.8
    row = weights(contagion=0.4, contagion_km=100.0)[0]
    np.testing.assert_allclose(row, [0.6, 0.4 * 50 / 50.8, 0.4 * 0.8 / 50.8, 0.0])


def test_a_zone_without_neighbours_hears_itself():
    np.testing.assert_allclose(weights(contagion=0.4, contagion_km=5.0), np.eye(4))


def test_centres_close_by_are_one_place():
    near = tiny().replace({"market.contagion": 0.4, "market.contagion_km": 50.0})
    roads = tuple(d for d in near.distances if (d.from_zone, d.to_zone) != ("a", "b"))
    touching = near.replace({"zones.b.longitude": 120.0}, distances=roads)
    row = hearing(touching).toarray()[0]
    assert np.isfinite(row).all()
    assert row[1] == pytest.approx(0.4)


@given(st.integers(0, 10**6), st.floats(0.01, 1.0), st.floats(1.0, 500.0))
def test_every_zone_hears_as_much_as_before(seed, contagion, km):
    case, _ = random_case(seed)
    case = case.replace(market=replace(case.market, contagion=contagion, contagion_km=km))
    found = hearing(case)
    np.testing.assert_allclose(found.sum(axis=1), 1.0)
    assert found.data.min() >= 0

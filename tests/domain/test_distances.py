import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from channelsim.domain.demand import candidate_km, zone_km
from channelsim.domain.distances import circle_km, nearby, nearest
from channelsim.domain.market import Distance, Zone
from tests.instances import tiny

DEGREE_KM = 6371 * math.pi / 180
"""A degree of a great circle: 111.19 km."""


def scattered(places, roads=()):
    """Return tiny's market in zones z0, z1 ... at these degrees, without candidates."""
    zones = tuple(
        Zone(f"z{i}", "", latitude, longitude, 1) for i, (latitude, longitude) in enumerate(places)
    )
    table = tuple(Distance(f"z{i}", f"z{j}", km) for (i, j), km in dict(roads).items())
    return tiny().replace(zones=zones, candidates=(), distances=table)


def test_a_degree_of_latitude_is_111_km_by_air_and_145_by_road():
    scenario = scattered([(0, 0), (1, 0)])
    assert zone_km(scenario, 0) == pytest.approx([0, 1.3 * DEGREE_KM])
    assert zone_km(scenario, 0)[1] == pytest.approx(144.55, abs=0.01)


def test_a_degree_of_longitude_shrinks_with_the_cosine_of_latitude():
    """At 60 degrees north it is half as long, to first order."""
    scenario = scattered([(60, 0), (60, 1)])
    assert zone_km(scenario, 0)[1] == pytest.approx(1.3 * DEGREE_KM / 2, rel=1e-4)


def test_antipodes_are_half_the_globe_apart():
    scenario = scattered([(35, 120), (-35, -60)])
    assert zone_km(scenario, 0)[1] == pytest.approx(1.3 * math.pi * 6371)


def test_the_date_line_is_crossed_the_short_way():
    scenario = scattered([(0, 179.5), (0, -179.5)])
    assert zone_km(scenario, 0)[1] == pytest.approx(1.3 * DEGREE_KM)


def test_roads_without_detours_follow_the_great_circle():
    scenario = scattered([(0, 0), (1, 0)]).replace({"market.detour_factor": 1.0})
    assert circle_km(scenario, np.array([0]), np.array([1])) == pytest.approx([DEGREE_KM])


def test_the_distance_table_overrules_the_great_circle_both_ways():
    scenario = scattered([(0, 0), (1, 0)], {(0, 1): 7.0})
    assert (zone_km(scenario, 0)[1], zone_km(scenario, 1)[0]) == (7.0, 7.0)


def test_candidates_are_as_far_as_their_zone_and_the_web_is_next_door():
    """From b: flagship-a and north-a 10 km, south-c 110, north-d 120, web 0."""
    assert candidate_km(tiny(), 1).tolist() == [10, 10, 110, 120, 0]


def test_a_road_longer_than_the_limit_keeps_neighbours_apart():
    scenario = scattered([(0, 0), (0.1, 0)], {(0, 1): 500.0})
    zone, at, km = nearby(scenario, np.array([1]), np.array([100.0]))
    assert (zone.tolist(), at.tolist(), km.tolist()) == ([1], [0], [0.0])


def test_a_road_shorter_than_the_limit_joins_the_ends_of_the_world():
    scenario = scattered([(-80, 0), (80, 0)], {(0, 1): 5.0})
    zone, at, km = nearby(scenario, np.array([1]), np.array([5.0]))
    assert dict(zip(zone.tolist(), km.tolist(), strict=True)) == {0: 5.0, 1: 0.0}
    assert at.tolist() == [0, 0]


def test_no_places_have_no_neighbours():
    assert [len(part) for part in nearby(tiny(), np.zeros(0, dtype=int), np.zeros(0))] == [0, 0, 0]


DEGREES = st.tuples(st.floats(-90, 90), st.floats(-180, 180))


@settings(max_examples=40)
@given(
    places=st.lists(DEGREES, min_size=2, max_size=7),
    limits=st.lists(st.floats(-10, 25_000) | st.just(math.inf), min_size=7, max_size=7),
    roads=st.dictionaries(st.sampled_from([(0, 1), (0, 0), (1, 1)]), st.floats(0, 25_000)),
)
def test_nearby_finds_just_the_pairs_within_the_limits(places, limits, roads):
    scenario = scattered(places, roads)
    count = len(places)
    near = nearby(scenario, np.arange(count), np.array(limits[:count]))
    by_zone = {
        (zone, place): km
        for zone in range(count)
        for place, km in enumerate(zone_km(scenario, zone).tolist())
        if km <= limits[place]
    }
    found = zip(near[0].tolist(), near[1].tolist(), strict=True)
    assert dict(zip(found, near[2].tolist(), strict=True)) == by_zone


@pytest.mark.parametrize("roads", [{}, {(0, 7): 1.0}])
def test_the_nearest_places_are_those_of_all_distances(roads):
    rng = np.random.default_rng(3)
    case = scattered(zip(rng.uniform(-60, 60, 40), rng.uniform(-180, 180, 40), strict=True), roads)
    places = np.arange(40) if roads else np.arange(0, 40, 2)
    near, km = nearest(case, places, 5)
    for row, place in enumerate(places):
        every = zone_km(case, int(place))[places]
        np.testing.assert_allclose(km[row], np.sort(every)[:5])
        np.testing.assert_allclose(every[near[row]], km[row])


def test_of_few_places_all_are_near():
    near, _ = nearest(scattered([(0, 0), (1, 0)]), np.arange(2), 5)
    np.testing.assert_array_equal(near, [[0, 1], [1, 0]])

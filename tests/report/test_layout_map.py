from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from channelsim.domain.demand import zone_km
from channelsim.domain.layout import Layout
from channelsim.domain.market import Zone
from channelsim.report.layout_map import layout_map, project, ring


def test_projected_distances_are_kilometres(scenario):
    plain = scenario.replace({"market.detour_factor": 1.0}, distances=())
    picture = layout_map(plain, plain.today, plain.today)
    apart = np.hypot(*(picture.zones[0] - picture.zones[2]))
    assert apart == pytest.approx(zone_km(plain, 0)[2], rel=1e-3)


@given(st.floats(-170, 170), st.floats(-80, 80), st.floats(-60, 60))
def test_the_projection_keeps_areas(lon, lat, middle):
    step = 0.01
    corners = np.array([(lon, lat), (lon + step, lat), (lon, lat + step)])
    at, east, north = project(corners, (0.5 * lon, middle))
    area = abs(np.linalg.det(np.array([east - at, north - at])))
    side = np.radians(step) * 6371
    assert area == pytest.approx(side**2 * np.cos(np.radians(lat + step / 2)), rel=1e-2)


def test_markers_show_what_the_plan_does(scenario):
    picture = layout_map(scenario, scenario.today, Layout.of(["south-c", "north-d"]))
    assert sorted(m.action for m in picture.markers) == ["close", "open", "open"]
    assert picture.kinds == ("Dealer",)
    assert picture.counts == ((1, 2),)


def test_online_operations_are_listed_off_the_map(scenario, plan):
    picture = layout_map(scenario, scenario.today, plan)
    assert picture.online == (("Web shop", "keep"),)
    assert len(picture.markers) == 2


def test_what_stays_out_is_not_shown(scenario):
    picture = layout_map(scenario, Layout(), Layout())
    assert (picture.markers, picture.online, picture.kinds) == ((), (), ())


def test_names_are_chinese_where_chinese_is_asked_for(scenario, plan):
    picture = layout_map(scenario, scenario.today, plan, lang="zh")
    assert picture.names[0] == "甲城"
    assert picture.kinds == ("经销商",)


def test_operations_of_one_zone_stand_side_by_side(scenario):
    both = Layout.of(["flagship-a", "north-a"])
    first, second = layout_map(scenario, both, both).markers
    assert (first.x, first.y) == (second.x, second.y)
    assert np.hypot(*np.subtract(first.ring, second.ring)) == pytest.approx(1)


@pytest.mark.parametrize("count", range(1, 30))
def test_markers_of_a_ring_never_overlap(count):
    places = np.array(ring(count))
    apart = np.hypot(*(places[:, None] - places[None]).transpose(2, 0, 1))
    assert len(places) == count
    assert (apart[~np.eye(count, dtype=bool)] >= 1 - 1e-9).all()


def test_more_types_than_colours_share_the_last_entry(scenario):
    base = scenario.channel_types[0]
    types = [type(base)(f"t{n}", f"T{n}", 10.0, reach_km=30.0) for n in range(9)]
    row = scenario.candidates[0]
    rows = [type(row)(f"c{n}-{k}", "maker", f"t{n}", "a") for n in range(9) for k in range(9 - n)]
    many = scenario.replace(
        channel_types=(*scenario.channel_types, *types), candidates=(*scenario.candidates, *rows)
    )
    opened = Layout.of(c.id for c in rows)
    picture = layout_map(many, opened, opened)
    assert picture.kinds[-1] == "Other types"
    assert len(picture.kinds) == 8
    assert picture.counts[-1] == (3, 3)


def test_far_places_of_few_people_do_not_shrink_the_map(scenario):
    far = Zone("far", "远岛", -30.0, 170.0, 1.0)
    picture = layout_map(scenario.replace(zones=(*scenario.zones, far)), Layout(), Layout())
    assert picture.outside == (1, 0)
    assert picture.frame[1] - picture.frame[0] < 1000


def test_lines_outside_the_frame_are_dropped(scenario):
    near = np.array([[120.0, 30.0], [120.2, 30.2]])
    picture = layout_map(scenario, Layout(), Layout(), (near, near - 90))
    assert len(picture.lines) == 1


def test_zones_without_people_still_make_a_map(scenario):
    empty = scenario.replace(zones=tuple(Zone(z.id, z.name, 0, 0, 0) for z in scenario.zones))
    west, east, south, north = layout_map(empty, Layout(), Layout()).frame
    assert west < east
    assert south < north


def test_markers_off_the_frame_are_counted(scenario):
    far = Zone("far", "远岛", -30.0, 170.0, 1.0)
    row = scenario.candidates[2]
    there = scenario.replace(
        zones=(*scenario.zones, far),
        candidates=(*scenario.candidates, replace(row, id="x", zone="far")),
    )
    assert layout_map(there, Layout(), Layout.of(["x", "north-a"])).outside == (1, 1)

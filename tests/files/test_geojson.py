import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channelsim.domain.demand import expected_flows
from channelsim.domain.layout import Layout, Opening, Territory
from channelsim.errors import BadValue, OutputRefused
from channelsim.files.geojson import layout_geojson, write_geojson
from tests.instances import tiny

IDS = [candidate.id for candidate in tiny().candidates]


def features(layout, flows=None):
    return {f["id"]: f for f in layout_geojson(tiny(), layout, flows)["features"]}


def test_a_physical_outlet_is_a_point_longitude_first():
    outlet = features(Layout.of(["north-d"]))["outlet/north-d"]
    assert outlet["geometry"] == {"type": "Point", "coordinates": [121.1, 31.0]}


def test_an_online_outlet_has_no_geometry():
    assert features(Layout.of(["web"]))["outlet/web"]["geometry"] is None


def test_an_outlet_says_what_it_is_in_both_languages():
    layout = Layout((Opening("north-a", 4, 20),))
    assert features(layout)["outlet/north-a"]["properties"] == {
        "kind": "outlet",
        "candidate": "north-a",
        "name": "north-a",
        "partner": "north",
        "partner_name": "北方商贸",
        "partner_name_en": "North",
        "channel_type": "dealer",
        "channel_type_name": "经销商",
        "channel_type_name_en": "Dealer",
        "online": False,
        "zone": "a",
        "zone_name": "甲城",
        "zone_name_en": "Alpha",
        "doors": 1,
        "open_today": True,
        "open_week": 4,
        "close_week": 20,
    }


def test_planned_units_come_with_the_flows():
    layout = tiny().today
    found = features(layout, expected_flows(tiny(), layout))
    # a dealer next door and the web shop share A's 1,000 occasions 4 : 1 : 4 with not buying
    assert found["zone/a"]["properties"]["units_per_week"] == {"north-a": 444.444, "web": 111.111}
    # 10 km away it has half the weight: 500 x 1/2 / (1 + 1/2 + 1/4)
    assert found["outlet/north-a"]["properties"]["units_per_week"] == 587.302


def test_a_zone_says_who_serves_it():
    found = features(Layout.of(["north-a", "web"]))
    assert found["zone/b"]["properties"]["served_by"] == ["north-a", "web"]
    assert found["zone/c"]["properties"]["served_by"] == ["web"]
    assert [found[f"zone/{z}"]["properties"]["covered"] for z in "abcd"] == [
        True,
        True,
        False,
        False,
    ]


def test_a_zone_says_who_holds_it():
    layout = Layout(territories=(Territory("north", "a", exclusive=True),))
    held = features(layout)["zone/a"]["properties"]["territories"]
    assert held == [{"partner": "north", "exclusive": True}]


@given(st.lists(st.sampled_from(IDS), unique=True))
def test_any_layout_gives_geojson_as_the_standard_has_it(chosen):
    layout = Layout.of(chosen)
    collection = layout_geojson(tiny(), layout, expected_flows(tiny(), layout))
    assert collection == json.loads(json.dumps(collection, allow_nan=False))
    assert (collection["type"], "crs" in collection) == ("FeatureCollection", False)
    ids = [feature["id"] for feature in collection["features"]]
    assert len(set(ids)) == len(ids) == len(chosen) + 4
    for feature in collection["features"]:
        assert set(feature) == {"type", "id", "geometry", "properties"}
        longitude, latitude = (feature["geometry"] or {"coordinates": (0, 0)})["coordinates"]
        assert abs(longitude) <= 180
        assert abs(latitude) <= 90


def test_places_are_given_to_a_tenth_of_a_metre():
    scenario = tiny().replace({"zones.a.longitude": 120.123456789})
    (outlet, *_) = layout_geojson(scenario, Layout.of(["north-a"]))["features"]
    assert outlet["geometry"]["coordinates"] == [120.123457, 30.0]


def test_a_layout_of_another_scenario_is_refused():
    with pytest.raises(BadValue, match="elsewhere"):
        layout_geojson(tiny(), Layout.of(["elsewhere"]))


def test_the_file_holds_names_as_they_are(tmp_path):
    path = write_geojson(layout_geojson(tiny(), tiny().today), tmp_path / "layout.geojson")
    text = path.read_text("utf-8")
    assert "甲城" in text
    assert json.loads(text)["type"] == "FeatureCollection"


@pytest.mark.parametrize(
    "there", ["", "[]", '{"type": "FeatureCollection", "features": [{"id": "border"}]}']
)
def test_other_map_data_are_not_replaced(tmp_path, there):
    path = tmp_path / "backdrop.geojson"
    path.write_text(there, "utf-8")
    with pytest.raises(OutputRefused, match="holds something else than a layout's map data"):
        write_geojson(layout_geojson(tiny(), Layout()), path)
    assert path.read_text("utf-8") == there


def test_map_data_of_a_layout_are_replaced(tmp_path):
    path = write_geojson(layout_geojson(tiny(), Layout()), tmp_path / "plan.geojson")
    write_geojson(layout_geojson(tiny(), Layout.of(["web"])), path)
    assert "outlet/web" in path.read_text("utf-8")

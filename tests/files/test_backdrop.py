import json

import numpy as np
import pytest

from channelsim.errors import BadInput
from channelsim.files.backdrop import BACKDROP, read_backdrop

LINE = [[120.0, 30.0], [121.0, 31.0]]
RING = [[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 0.0]]


@pytest.fixture
def backdrop(tmp_path):
    """Write a scenario's backdrop and read it."""
    (tmp_path / "scenario.toml").write_text('name = "x"\n')

    def read(content):
        (tmp_path / BACKDROP).write_text(json.dumps(content), "utf-8")
        return [line.tolist() for line in read_backdrop(tmp_path)]

    return read


@pytest.mark.parametrize(
    ("shape", "lines"),
    [
        ({"type": "LineString", "coordinates": LINE}, [LINE]),
        ({"type": "MultiLineString", "coordinates": [LINE, RING]}, [LINE, RING]),
        ({"type": "Polygon", "coordinates": [RING]}, [RING]),
        ({"type": "MultiPolygon", "coordinates": [[RING], [RING]]}, [RING, RING]),
        ({"type": "Point", "coordinates": [0.0, 0.0]}, []),
    ],
)
def test_lines_and_outlines_are_read(backdrop, shape, lines):
    assert backdrop(shape) == lines


def test_features_and_collections_are_opened(backdrop):
    line = {"type": "LineString", "coordinates": LINE}
    both = {"type": "GeometryCollection", "geometries": [line, line]}
    features = [{"type": "Feature", "geometry": g} for g in (line, None, both)]
    assert backdrop({"type": "FeatureCollection", "features": features}) == [LINE] * 3


def test_heights_are_dropped(backdrop):
    line = {"type": "LineString", "coordinates": [[*point, 99.0] for point in LINE]}
    assert backdrop(line) == [LINE]


def test_a_scenario_without_the_file_has_no_lines(tmp_path):
    (tmp_path / "scenario.toml").write_text('name = "x"\n')
    assert read_backdrop(tmp_path) == ()


@pytest.mark.parametrize(
    "content",
    [
        [],
        {"kind": "LineString"},
        {"type": "LineString"},
        {"type": "LineString", "coordinates": [["a", "b"]]},
        {"type": "LineString", "coordinates": [[1.0], [2.0, 3.0]]},
    ],
)
def test_anything_else_is_a_fault(backdrop, content):
    with pytest.raises(BadInput, match=r"backdrop\.geojson: is not a GeoJSON file") as caught:
        backdrop(content)
    assert caught.value.faults[0].code == "bad_geojson"


def test_lines_that_lead_nowhere_are_left_out(tmp_path):
    (tmp_path / "scenario.toml").write_text('name = "x"\n')
    (tmp_path / BACKDROP).write_text('{"type": "LineString", "coordinates": [[NaN, 0], [1, 1]]}')
    assert not any(np.isnan(line).any() for line in read_backdrop(tmp_path))


def test_a_folder_in_the_place_of_the_backdrop_is_told(tiny_folder):
    (tiny_folder / BACKDROP).mkdir()
    with pytest.raises(BadInput, match=r"backdrop\.geojson: cannot be read"):
        read_backdrop(tiny_folder)

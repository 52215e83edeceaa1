"""Province borders and coasts behind the map of a Chinese scenario, clipped to its cities."""

import json
from collections.abc import Iterator
from pathlib import Path

from channelsim.domain.scenario import Scenario

LINES = "east_asia_lines_ne10.geojson"
CREDIT = "Made with Natural Earth, public domain"
MARGIN = 0.1

type Point = list[float]
type Box = tuple[float, float, float, float]


def backdrop(data: Path, scenario: Scenario) -> str:
    """Return the lines near a scenario's zones as GeoJSON text."""
    content = json.loads((data / LINES).read_text("utf-8"))
    box = _box(scenario)
    features = [
        {
            "type": "Feature",
            "properties": feature["properties"],
            "geometry": {
                "type": "MultiLineString",
                "coordinates": [
                    part
                    for line in feature["geometry"]["coordinates"]
                    for part in _inside(line, box)
                ],
            },
        }
        for feature in content["features"]
    ]
    collection = {"type": "FeatureCollection", "credit": CREDIT, "features": features}
    return json.dumps(collection, ensure_ascii=False, separators=(",", ":")) + "\n"


def _box(scenario: Scenario) -> Box:
    """Return west, east, south and north of the zones with a margin."""
    lon = [z.longitude for z in scenario.zones]
    lat = [z.latitude for z in scenario.zones]
    pad = MARGIN * max(max(lon) - min(lon), max(lat) - min(lat))
    return min(lon) - pad, max(lon) + pad, min(lat) - pad, max(lat) + pad


def _inside(line: list[Point], box: Box) -> Iterator[list[Point]]:
    """Yield the stretches of a line that lie in a box."""
    west, east, south, north = box
    part: list[Point] = []
    for point in line:
        if west <= point[0] <= east and south <= point[1] <= north:
            part.append(point)
        else:
            if len(part) > 1:
                yield part
            part = []
    if len(part) > 1:
        yield part

"""Borders and coasts to draw behind a map: `backdrop.geojson` of a scenario folder (RFC 7946)."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from channelsim.errors import BadInput, Fault
from channelsim.files.sources import locate

BACKDROP = "backdrop.geojson"
_DEPTH = {"LineString": 0, "MultiLineString": 1, "Polygon": 1, "MultiPolygon": 2}


def read_backdrop(path: str | Path) -> tuple[NDArray[np.float64], ...]:
    """Return the lines of a scenario's backdrop, each (N, 2) of longitude and latitude.

    Lines and outlines of polygons are drawn, points are not. A scenario without the file has none.

    Raises
    ------
    BadInput
        If there is no such scenario, or the file is not GeoJSON or cannot be read.
    """
    file = locate(path) / BACKDROP
    try:
        if not file.exists():
            return ()
        shapes = _geometries(json.loads(file.read_text("utf-8")))
        lines = [np.array(line, dtype=float)[:, :2] for shape in shapes for line in _lines(shape)]
    except OSError as error:
        cure = f"cannot be read ({error.strerror}); check the file and its permissions"
        raise BadInput([Fault(BACKDROP, None, None, str(file), cure, "unreadable")]) from error
    except (ValueError, TypeError, KeyError, IndexError, AttributeError) as error:
        cure = "is not a GeoJSON file of lines or polygons; mend it or take it away"
        raise BadInput([Fault(BACKDROP, None, None, str(error), cure, "bad_geojson")]) from error
    return tuple(line for line in lines if np.isfinite(line).all())


def _geometries(content: dict[str, Any]) -> Iterator[dict[str, Any]]:
    kind = content["type"]
    if kind == "FeatureCollection":
        for feature in content["features"]:
            yield from _geometries(feature)
    elif kind == "Feature":
        if content["geometry"] is not None:
            yield from _geometries(content["geometry"])
    elif kind == "GeometryCollection":
        for shape in content["geometries"]:
            yield from _geometries(shape)
    elif kind in _DEPTH:
        yield content


def _lines(shape: dict[str, Any]) -> list[Any]:
    parts = [shape["coordinates"]]
    for _ in range(_DEPTH[shape["type"]]):
        parts = [line for part in parts for line in part]
    return parts

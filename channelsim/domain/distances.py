"""Road distances between zones: great circle x the market's detour factor, or the distance table.

The great circle is by haversine on a sphere of radius 6371 km. No road is shorter than the
difference of latitude, so pairs farther north or south than a limit need no trigonometry.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
from scipy.spatial import cKDTree

from channelsim.domain.columns import Floats, Ints

if TYPE_CHECKING:
    from channelsim.domain.scenario import Scenario

EARTH_RADIUS_KM = 6371.0
_CELLS = 1 << 22  # pairs looked at together: tens of megabytes


def circle_km(scenario: "Scenario", here: Ints, there: Ints) -> Floats:
    """Return the road km between pairs of zones (rows) that the distance table leaves out."""
    lat = np.radians(scenario.columns.latitude)
    lon = np.radians(scenario.columns.longitude)
    half = np.sin((lat[there] - lat[here]) / 2) ** 2
    across = np.sin((lon[there] - lon[here]) / 2) ** 2
    half = half + np.cos(lat)[there] * np.cos(lat)[here] * across
    circle: Floats = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.minimum(half, 1.0)))
    return circle * scenario.market.detour_factor


def nearby(scenario: "Scenario", places: Ints, limit: Floats) -> tuple[Ints, Ints, Floats]:
    """Return the pairs of a zone and a place no farther than the place's limit.

    Parameters
    ----------
    places
        (U,) zone rows, each once.
    limit
        (U,) road km, infinite for everywhere.

    Returns
    -------
    Zone rows, positions in `places`, and road km, each (N,).
    """
    parts = list(_candidates(scenario, places, limit))
    zone = np.concatenate([part[0] for part in parts])
    at = np.concatenate([part[1] for part in parts])
    km = np.concatenate([part[2] for part in parts])
    near = km <= limit[at]
    return zone[near], at[near], km[near]


def nearest(scenario: "Scenario", places: Ints, count: int) -> tuple[Ints, Floats]:
    """Return the places nearest to each place, itself among them, the nearest first.

    A tree over the sphere finds them where there is no distance table.

    Parameters
    ----------
    places
        (U,) zone rows, each once, ascending.
    count
        Most places to return for each.

    Returns
    -------
    Positions in `places`, and road km, each (U, N): N is `count`, or U where that is less.
    """
    few = min(count, len(places))
    if scenario.columns.roads or few == len(places):
        near = np.repeat(np.arange(len(places))[None], len(places), axis=0)
    else:
        _, near = cKDTree(_on_sphere(scenario, places)).query(_on_sphere(scenario, places), few)
        near = near.reshape(len(places), few)
    here = np.repeat(places, near.shape[1])
    km = circle_km(scenario, here, places[near.ravel()]).reshape(near.shape)
    zone, at, road = _roads(scenario, places)
    row = np.searchsorted(places, zone) if len(zone) else zone
    listed = np.isin(zone, places)
    km[row[listed], at[listed]] = road[listed]
    order = np.lexsort((near, km), axis=1)[:, :few]
    return np.take_along_axis(near, order, 1), np.take_along_axis(km, order, 1)


def _on_sphere(scenario: "Scenario", places: Ints) -> Floats:
    """Return points whose distances through the earth order those along it: (U, 3)."""
    lat = np.radians(scenario.columns.latitude[places])
    lon = np.radians(scenario.columns.longitude[places])
    return np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=1)


def _candidates(
    scenario: "Scenario", places: Ints, limit: Floats
) -> Iterator[tuple[Ints, Ints, Floats]]:
    """Yield pairs that may lie within the limits: those of the distance table, then the rest."""
    road_zone, road_at, road_km = _roads(scenario, places)
    yield road_zone, road_at, road_km
    north = np.radians(scenario.columns.latitude) * EARTH_RADIUS_KM * scenario.market.detour_factor
    zones = len(north)
    block = max(1, _CELLS // max(1, len(places)))
    for start in range(0, zones, block):
        stop = min(start + block, zones)
        apart = np.abs(north[start:stop, None] - north[places])
        maybe = apart <= limit + 1e-6
        here = (road_zone >= start) & (road_zone < stop)
        maybe[road_zone[here] - start, road_at[here]] = False
        row, at = np.nonzero(maybe)
        yield row + start, at, circle_km(scenario, row + start, places[at])


def _roads(scenario: "Scenario", places: Ints) -> tuple[Ints, Ints, Floats]:
    """Return the distance table's zone rows, positions in `places` and road km."""
    position = {int(place): at for at, place in enumerate(places)}
    rows = [
        (zone, position[other], km)
        for zone, roads in scenario.columns.roads.items()
        for other, km in dict(roads).items()
        if other in position
    ]
    table = np.array(rows, dtype=np.float64).reshape(-1, 3)
    return table[:, 0].astype(np.int64), table[:, 1].astype(np.int64), table[:, 2]

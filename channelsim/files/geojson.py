"""A layout as GeoJSON (RFC 7946): outlets and the zones they serve, for any map."""

import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from channelsim.domain.columns import Floats
from channelsim.domain.demand import Flows, Reach, open_mask, reach
from channelsim.domain.layout import Layout
from channelsim.domain.market import Zone
from channelsim.domain.measures import potential_demand, standard_arcs
from channelsim.domain.scenario import Scenario
from channelsim.files.output import write_file
from channelsim.files.replaceable import check_file_replaceable

_DECIMALS = 6
"""Of a degree: a tenth of a metre."""


def layout_geojson(
    scenario: Scenario, layout: Layout, flows: Flows | None = None
) -> dict[str, Any]:
    """Return a FeatureCollection: open operations, then zones with who serves them.

    Physical operations are points at their zone, longitude first; online ones have no geometry.

    Parameters
    ----------
    flows
        Planned sales; they give units per week and say who serves a zone. Without them every open
        operation that reaches a zone serves it.

    Raises
    ------
    BadValue
        If the layout names a candidate the scenario does not have.
    """
    features = [*_outlets(scenario, layout, flows), *_zones(scenario, layout, flows)]
    return {"type": "FeatureCollection", "features": features}


def write_geojson(collection: dict[str, Any], path: str | Path) -> Path:
    """Write a FeatureCollection as a file.

    Raises
    ------
    OutputRefused
        If it cannot be written, or a file stands there that is no layout.
    """
    check_geojson_place(Path(path))
    return write_file(path, json.dumps(collection, ensure_ascii=False, allow_nan=False) + "\n")


def check_geojson_place(path: Path) -> None:
    """Check that no other file than a layout's map data stands where they shall be written.

    Raises
    ------
    OutputRefused
        If one does.
    """
    check_file_replaceable(path, _is_layout, "a layout's map data")


def _is_layout(text: str) -> bool:
    content = json.loads(text)
    features = content.get("features") if isinstance(content, dict) else None
    return isinstance(features, list) and all(
        isinstance(one, dict) and str(one.get("id", "")).startswith(("outlet/", "zone/"))
        for one in features
    )


def _outlets(scenario: Scenario, layout: Layout, flows: Flows | None) -> Iterator[dict[str, Any]]:
    columns = scenario.columns
    is_open = open_mask(scenario, layout)
    units = flows.by_candidate(len(scenario.candidates)) if flows is not None else None
    weeks = {opening.candidate: opening for opening in layout.openings}
    for row in np.flatnonzero(is_open):
        candidate = scenario.candidates[row]
        partner = scenario.partners[columns.partner_of[row]]
        kind = scenario.channel_types[columns.type_of[row]]
        zone = scenario.zones[columns.zone_of[row]] if columns.zone_of[row] >= 0 else None
        properties = {
            "kind": "outlet",
            "candidate": candidate.id,
            "name": candidate.name or candidate.id,
            "partner": partner.id,
            "partner_name": partner.name,
            "partner_name_en": partner.name_en,
            "channel_type": kind.id,
            "channel_type_name": kind.name,
            "channel_type_name_en": kind.name_en,
            "online": kind.online,
            "zone": zone.id if zone is not None else None,
            "zone_name": zone.name if zone is not None else None,
            "zone_name_en": zone.name_en if zone is not None else None,
            "doors": candidate.doors,
            "open_today": candidate.open_today,
            "open_week": weeks[candidate.id].open_week,
            "close_week": weeks[candidate.id].close_week,
        }
        if units is not None:
            properties["units_per_week"] = round(float(units[row]), 3)
        yield _feature(f"outlet/{candidate.id}", None if kind.online else zone, properties)


def _zones(scenario: Scenario, layout: Layout, flows: Flows | None) -> Iterator[dict[str, Any]]:
    is_open = open_mask(scenario, layout)
    near = standard_arcs(scenario)
    covered = set(near.zone[is_open[near.candidate]].tolist())
    serving = _serving(scenario, layout, flows)
    holders: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for held in layout.territories:
        holders[held.zone].append({"partner": held.partner, "exclusive": held.exclusive})
    demand = potential_demand(scenario)
    for row, zone in enumerate(scenario.zones):
        served = serving.get(row, {})
        properties = {
            "kind": "zone",
            "zone": zone.id,
            "name": zone.name,
            "name_en": zone.name_en,
            "region": zone.region,
            "population": zone.population,
            "demand_per_week": round(float(demand[row]), 3),
            "covered": row in covered,
            "served_by": sorted(served),
            "territories": holders[zone.id],
        }
        if flows is not None:
            properties["units_per_week"] = {name: round(served[name], 3) for name in sorted(served)}
        yield _feature(f"zone/{zone.id}", zone, properties)


def _serving(
    scenario: Scenario, layout: Layout, flows: Flows | None
) -> dict[int, dict[str, float]]:
    """Return, by zone row, the candidates that serve it and their units per week."""
    is_open = open_mask(scenario, layout)
    arcs, units = _arcs(scenario, flows)
    live = np.flatnonzero(is_open[arcs.candidate] & (units > 0))
    found: dict[int, dict[str, float]] = defaultdict(dict)
    for arc in live.tolist():
        name = scenario.candidates[arcs.candidate[arc]].id
        found[int(arcs.zone[arc])][name] = float(units[arc])
    return found


def _arcs(scenario: Scenario, flows: Flows | None) -> tuple[Reach, Floats]:
    if flows is not None:
        units: Floats = flows.units.sum(axis=1)
        return flows.arcs, units
    arcs = reach(scenario)
    return arcs, np.ones(arcs.arcs)


def _feature(name: str, place: Zone | None, properties: dict[str, Any]) -> dict[str, Any]:
    geometry = None
    if place is not None:
        point = [round(place.longitude, _DECIMALS), round(place.latitude, _DECIMALS)]
        geometry = {"type": "Point", "coordinates": point}
    return {"type": "Feature", "id": name, "geometry": geometry, "properties": properties}

"""The map of a layout: where people are, what is open, and what the plan changes.

Places are projected by Lambert's azimuthal equal-area projection (Lambert 1772; Snyder 1987) about
the middle of the people, so that distances and areas can be read off it.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from channelsim.domain.columns import Floats
from channelsim.domain.distances import EARTH_RADIUS_KM
from channelsim.domain.layout import Layout
from channelsim.domain.scenario import Scenario
from channelsim.report.actions import actions
from channelsim.report.style import shown

type Lines = Sequence[NDArray[np.float64]]

MOST_TYPES = 7
OUTSIDE_SHARE = 0.01
ROOMIER = 0.5


class Marker(NamedTuple):
    """One physical operation on the map."""

    x: float
    """Kilometres east of the middle."""
    y: float
    """Kilometres north of the middle."""
    ring: tuple[float, float]
    """Shift within its zone's cluster, in diameters of a marker."""
    kind: int
    """Row of `LayoutMap.kinds`."""
    action: str
    """keep, open or close."""


class LayoutMap(NamedTuple):
    """What a map of a layout shows; kilometres from the middle of the people."""

    zones: Floats
    """(Z, 2) places of the zones."""
    people: Floats
    """(Z,) people."""
    names: tuple[str, ...]
    """(Z,) names of the zones, drawable."""
    markers: tuple[Marker, ...]
    """Physical operations open today or in the plan."""
    kinds: tuple[str, ...]
    """Names of the channel types shown, drawable; the rarest share one entry."""
    counts: tuple[tuple[int, int], ...]
    """Operations open (today, in the plan) by entry of `kinds`."""
    online: tuple[tuple[str, str], ...]
    """(name, action) of each online operation open today or in the plan."""
    lines: tuple[Floats, ...]
    """Borders and coasts, each (N, 2)."""
    frame: tuple[float, float, float, float]
    """West, east, south, north."""
    outside: tuple[int, int]
    """Zones, and physical operations, that lie outside the frame."""


def layout_map(
    scenario: Scenario,
    today: Layout,
    plan: Layout,
    lines: Lines = (),
    lang: str = "en",
) -> LayoutMap:
    """Return what the map of a plan against today's layout shows.

    Parameters
    ----------
    lines
        Borders and coasts to draw behind it, each (N, 2) of longitude and latitude.
    """
    place = np.array([(z.longitude, z.latitude) for z in scenario.zones])
    people = np.array([z.population for z in scenario.zones])
    middle = _middle(place, people)
    xy = project(place, middle)
    frame = _frame(xy, people)
    done = {k: v for k, v in actions(scenario, today, plan).items() if v != "out"}
    kinds, row_of = _kinds(scenario, done, lang)
    physical = [c for c in scenario.candidates if c.id in done and _physical(scenario, c.id)]
    shown_lines = (project(np.asarray(line, dtype=float), middle) for line in lines)
    markers = tuple(_markers(scenario, done, row_of, xy))
    return LayoutMap(
        zones=xy,
        people=people,
        names=tuple(shown(z.name, z.name_en, lang) for z in scenario.zones),
        markers=markers,
        kinds=kinds,
        counts=tuple(
            _count([done[c.id] for c in physical if row_of[c.channel_type] == row])
            for row in range(len(kinds))
        ),
        online=tuple(_online(scenario, done, lang)),
        lines=tuple(line for line in shown_lines if _within(line, frame).any()),
        frame=frame,
        outside=(_outside(xy, frame), _outside(_places(markers), frame)),
    )


def project(place: Floats, middle: tuple[float, float]) -> Floats:
    """Return kilometres east and north of the middle: (N, 2), from longitude and latitude."""
    lon, lat = np.radians(place[:, 0] - middle[0]), np.radians(place[:, 1])
    at = np.radians(middle[1])
    cos_c = np.sin(at) * np.sin(lat) + np.cos(at) * np.cos(lat) * np.cos(lon)
    k = np.sqrt(2 / np.maximum(1 + cos_c, 1e-6))
    x = k * np.cos(lat) * np.sin(lon)
    y = k * (np.cos(at) * np.sin(lat) - np.sin(at) * np.cos(lat) * np.cos(lon))
    return EARTH_RADIUS_KM * np.column_stack([x, y])


def ring(count: int) -> list[tuple[float, float]]:
    """Return places for `count` markers side by side about a centre, in marker diameters."""
    places = [(0.0, 0.0)]
    layer = 1
    while len(places) < count:
        for step in range(6 * layer):
            turn = np.pi / 3 * step / layer
            places.append((layer * float(np.cos(turn)), layer * float(np.sin(turn))))
        layer += 1
    kept = places[:count]
    if 1 < count < 6:
        kept = [
            (float(np.cos(a)) * r, float(np.sin(a)) * r)
            for r in [0.5 / np.sin(np.pi / count)]
            for a in np.pi / 2 + 2 * np.pi * np.arange(count) / count
        ]
    return kept


def _middle(place: Floats, people: Floats) -> tuple[float, float]:
    weight = people if people.sum() > 0 else np.ones(len(people))
    lon, lat = np.average(place, axis=0, weights=weight)
    return float(lon), float(lat)


def _frame(xy: Floats, people: Floats) -> tuple[float, float, float, float]:
    """Return a frame of all zones, or of nearly all people where far zones would shrink the map."""
    whole = _padded(xy)
    total = people.sum()
    if total <= 0:
        return whole
    core = np.ones(len(xy), dtype=bool)
    for axis in (0, 1):
        order = np.argsort(xy[:, axis])
        share = people[order] / total
        upto = np.cumsum(share)
        tail = (upto < OUTSIDE_SHARE) | (upto - share > 1 - OUTSIDE_SHARE)
        core[order[tail]] = False
    trimmed = _padded(xy[core]) if core.any() else whole
    return trimmed if _area(trimmed) < ROOMIER * _area(whole) else whole


def _padded(xy: Floats) -> tuple[float, float, float, float]:
    low, high = xy.min(axis=0), xy.max(axis=0)
    pad = 0.07 * max(float((high - low).max()), 20.0)
    return (
        float(low[0]) - pad,
        float(high[0]) + pad,
        float(low[1]) - pad,
        float(high[1]) + pad,
    )


def _area(frame: tuple[float, float, float, float]) -> float:
    return (frame[1] - frame[0]) * (frame[3] - frame[2])


def _within(xy: Floats, frame: tuple[float, float, float, float]) -> NDArray[np.bool_]:
    west, east, south, north = frame
    inside: NDArray[np.bool_] = (
        (xy[:, 0] >= west) & (xy[:, 0] <= east) & (xy[:, 1] >= south) & (xy[:, 1] <= north)
    )
    return inside


def _outside(xy: Floats, frame: tuple[float, float, float, float]) -> int:
    return int((~_within(xy, frame)).sum())


def _places(markers: tuple[Marker, ...]) -> Floats:
    return np.array([(marker.x, marker.y) for marker in markers]).reshape(-1, 2)


def _physical(scenario: Scenario, candidate: str) -> bool:
    columns = scenario.columns
    return not columns.online[columns.candidate_index[candidate]]


def _kinds(
    scenario: Scenario, done: dict[str, str], lang: str
) -> tuple[tuple[str, ...], dict[str, int]]:
    """Return the names of the channel types on the map, most frequent first, and their rows."""
    used = Counter(
        c.channel_type for c in scenario.candidates if c.id in done and _physical(scenario, c.id)
    )
    order = [kind for kind, _ in used.most_common()]
    names = {t.id: shown(t.name, t.name_en, lang) for t in scenario.channel_types}
    if len(order) <= MOST_TYPES:
        return tuple(names[k] for k in order), {k: row for row, k in enumerate(order)}
    row_of = {kind: min(row, MOST_TYPES) for row, kind in enumerate(order)}
    rest = {"en": "Other types", "zh": "其他类型"}[lang]
    return (*(names[k] for k in order[:MOST_TYPES]), shown(rest, "Other types", lang)), row_of


def _markers(
    scenario: Scenario, done: dict[str, str], row_of: dict[str, int], xy: Floats
) -> list[Marker]:
    by_zone = defaultdict(list)
    for c in scenario.candidates:
        if c.id in done and _physical(scenario, c.id):
            by_zone[c.zone].append(c)
    markers = []
    for zone, rows in by_zone.items():
        x, y = (float(v) for v in xy[scenario.columns.zone_index[zone]])
        rows.sort(key=lambda c: row_of[c.channel_type])
        for c, shift in zip(rows, ring(len(rows)), strict=True):
            markers.append(Marker(x, y, shift, row_of[c.channel_type], done[c.id]))
    return markers


def _online(scenario: Scenario, done: dict[str, str], lang: str) -> list[tuple[str, str]]:
    types = {t.id: t for t in scenario.channel_types}
    return [
        (shown(types[c.channel_type].name, types[c.channel_type].name_en, lang), done[c.id])
        for c in scenario.candidates
        if c.id in done and not _physical(scenario, c.id)
    ]


def _count(done: list[str]) -> tuple[int, int]:
    count = Counter(done)
    return count["keep"] + count["close"], count["keep"] + count["open"]

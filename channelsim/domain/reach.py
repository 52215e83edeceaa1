"""Who can buy where: the pairs of a zone and a candidate that reaches it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from channelsim.domain.columns import Bools, Floats, Ints, frozen
from channelsim.domain.distances import circle_km, nearby

if TYPE_CHECKING:
    from channelsim.domain.scenario import Scenario


@dataclass(frozen=True, eq=False)
class Reach:
    """The arcs of a market: pairs of a zone and a candidate it can buy from, zone by zone."""

    zone_start: Ints
    """(Z + 1,) where each zone's arcs begin."""
    candidate: Ints
    """(A,) candidate row, ascending within a zone."""
    zone: Ints
    """(A,) zone row."""
    km: Floats
    """(A,) road distance, 0 for an online candidate."""

    @property
    def arcs(self) -> int:
        """Number of arcs."""
        return len(self.candidate)

    def only(self, keep: Bools) -> "Reach":
        """Return the arcs to keep (A,)."""
        zone = self.zone[keep]
        return Reach(
            zone_start=frozen(np.searchsorted(zone, np.arange(len(self.zone_start)))),
            candidate=frozen(self.candidate[keep]),
            zone=frozen(zone),
            km=frozen(self.km[keep]),
        )


def reach(scenario: "Scenario") -> Reach:
    """Return the arcs of a scenario: within its type's reach, or online."""
    return arcs_within(scenario, _reach_km(scenario))


def arcs_within(scenario: "Scenario", limit: Floats) -> Reach:
    """Return the arcs from each zone to the candidates within their own limit (J,), road km."""
    at = scenario.columns.zone_of
    placeless = np.flatnonzero((at < 0) & (limit >= 0))
    zones = np.arange(len(scenario.zones))
    zone, candidate, km = _placed_arcs(scenario, limit)
    zone = np.concatenate([np.repeat(zones, len(placeless)), zone])
    candidate = np.concatenate([np.tile(placeless, len(zones)), candidate])
    km = np.concatenate([np.zeros(len(zone) - len(km)), km])
    order = np.lexsort((candidate, zone))
    starts = np.searchsorted(zone[order], np.arange(len(zones) + 1))
    return Reach(
        zone_start=frozen(starts),
        candidate=frozen(candidate[order]),
        zone=frozen(zone[order]),
        km=frozen(km[order]),
    )


def _placed_arcs(scenario: "Scenario", limit: Floats) -> tuple[Ints, Ints, Floats]:
    """Return zone rows, candidate rows and road km of the arcs to candidates that have a place."""
    at = scenario.columns.zone_of
    order = np.argsort(at, kind="stable")
    order = order[np.count_nonzero(at < 0) :]
    places, first, count = np.unique(at[order], return_index=True, return_counts=True)
    widest = np.maximum.reduceat(limit[order], first) if len(first) else np.zeros(0)
    zone, place, km = nearby(scenario, places, widest)
    times = count[place]
    within = np.arange(times.sum()) - np.repeat(np.cumsum(times) - times, times)
    candidate = order[np.repeat(first[place], times) + within]
    zone, km = np.repeat(zone, times), np.repeat(km, times)
    near = km <= limit[candidate]
    return zone[near], candidate[near], km[near]


def candidate_km(scenario: "Scenario", zone: int) -> Floats:
    """Return the road km from a zone (row) to each candidate, 0 for online ones: (J,)."""
    columns = scenario.columns
    at = columns.zone_of
    return np.where(at >= 0, zone_km(scenario, zone)[at], 0.0)


def zone_km(scenario: "Scenario", zone: int) -> Floats:
    """Return the road km from one zone (row) to every zone: (Z,).

    Great circle x the market's detour factor, or the distance table (`domain.distances`).
    """
    there = np.arange(len(scenario.zones))
    km = circle_km(scenario, np.full_like(there, zone), there)
    for other, road in scenario.columns.roads.get(zone, []):
        km[other] = road
    return km


def _reach_km(scenario: "Scenario") -> Floats:
    limits = [np.inf if t.reach_km is None else t.reach_km for t in scenario.channel_types]
    per_candidate: Floats = np.array(limits, dtype=np.float64)[scenario.columns.type_of]
    return per_candidate

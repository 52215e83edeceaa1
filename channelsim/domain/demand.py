"""The one demand model: who reaches what, what it is worth to them, and what they then choose.

Utility of candidate j for segment s of zone n, price p_j in money and distance km_nj:

    V_nsj = appeal_ts + attraction_j - b_s p_j - g_s km_nj + w_s service_j

Choice is multinomial logit (McFadden 1974) over the open candidates that reach the zone and an
outside option of utility R_n (rivals and not buying), so with weight e = exp(V - R)

    share_nsj = e_nsj / (1 + sum_k e_nsk).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from channelsim.domain.columns import Bools, Floats, Ints, frozen
from channelsim.domain.layout import Layout
from channelsim.errors import BadValue

if TYPE_CHECKING:
    from channelsim.domain.scenario import Scenario

EARTH_RADIUS_KM = 6371.0


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


def reach(scenario: "Scenario") -> Reach:
    """Return the arcs of a scenario: within its type's reach, or online."""
    return arcs_within(scenario, _reach_km(scenario))


def arcs_within(scenario: "Scenario", limit: Floats) -> Reach:
    """Return the arcs from each zone to the candidates within their own limit (J,), road km."""
    starts, candidates, kms = [0], [np.zeros(0, dtype=np.int64)], [np.zeros(0)]
    for zone in range(len(scenario.zones)):
        km = candidate_km(scenario, zone)
        near = np.flatnonzero(km <= limit)
        candidates.append(near)
        kms.append(km[near])
        starts.append(starts[-1] + len(near))
    counts = np.diff(starts)
    return Reach(
        zone_start=frozen(np.array(starts, dtype=np.int64)),
        candidate=frozen(np.concatenate(candidates)),
        zone=frozen(np.repeat(np.arange(len(counts)), counts)),
        km=frozen(np.concatenate(kms)),
    )


def candidate_km(scenario: "Scenario", zone: int) -> Floats:
    """Return the road km from a zone (row) to each candidate, 0 for online ones: (J,)."""
    columns = scenario.columns
    at = columns.zone_of
    km = zone_km(scenario, zone)[np.maximum(at, 0)] if len(scenario.zones) else np.zeros(len(at))
    return np.where(at >= 0, km, 0.0)


def zone_km(scenario: "Scenario", zone: int) -> Floats:
    """Return the road km from one zone (row) to every zone: (Z,).

    Great circle (haversine, radius 6371 km) x the market's detour factor, or the distance table.
    """
    lat = np.radians(np.array([z.latitude for z in scenario.zones]))
    lon = np.radians(np.array([z.longitude for z in scenario.zones]))
    half = np.sin((lat - lat[zone]) / 2) ** 2
    half = half + np.cos(lat) * np.cos(lat[zone]) * np.sin((lon - lon[zone]) / 2) ** 2
    circle = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.minimum(half, 1.0)))
    km: Floats = circle * scenario.market.detour_factor
    for other, road in scenario.columns.roads.get(zone, []):
        km[other] = road
    return km


def utility(scenario: "Scenario", arcs: Reach, price: Floats, lift: Floats | None = None) -> Floats:
    """Return V - R for every arc and segment: (A, S) utils relative to the outside option.

    Parameters
    ----------
    price
        (J,) consumer price, money per unit.
    lift
        (J,) utils added by effort, goodwill and the like; none by default.
    """
    columns = scenario.columns
    at = arcs.candidate
    segments = scenario.segments
    own = columns.appeal[columns.type_of] + columns.attraction[:, None]
    own = own - np.outer(price, [s.price_sensitivity for s in segments])
    own = own + np.outer(columns.service, [s.service_weight for s in segments])
    if lift is not None:
        own = own + lift[:, None]
    far = np.outer(arcs.km, [s.distance_sensitivity for s in segments])
    value: Floats = own[at] - far - columns.outside[arcs.zone][:, None]
    return value


def occasions(scenario: "Scenario") -> Floats:
    """Return occasions of an average week by people aware at the start: (Z, S)."""
    columns = scenario.columns
    result: Floats = columns.people * columns.purchase_rate * columns.awareness[:, None]
    return result


def logit_shares(arcs: Reach, weight: Floats) -> Floats:
    """Return each arc's share of its zone's occasions: (A, S), from weights exp(V - R)."""
    padded = np.vstack([weight, np.zeros((1, weight.shape[1]))])
    starts = np.minimum(arcs.zone_start[:-1], len(weight))
    sums = np.add.reduceat(padded, starts, axis=0)
    sums[np.diff(arcs.zone_start) == 0] = 0.0
    result: Floats = weight / (1.0 + sums)[arcs.zone]
    return result


@dataclass(frozen=True, eq=False)
class Flows:
    """Expected sales of an average week."""

    arcs: Reach
    """Who reaches what."""
    units: Floats
    """(A, S) units per week."""
    price: Floats
    """(J,) consumer price, money per unit."""

    def by_candidate(self, count: int) -> Floats:
        """Return units per week by candidate: (J,)."""
        total: Floats = np.bincount(
            self.arcs.candidate, weights=self.units.sum(axis=1), minlength=count
        )
        return total


type Demand = Callable[["Scenario", Layout], Flows]
"""A demand model in expectation: what a layout sells in an average week."""


def expected_flows(scenario: "Scenario", layout: Layout) -> Flows:
    """Return the logit's expected sales of a layout in an average week, without limits of stock.

    Raises
    ------
    BadValue
        If the layout names a candidate the scenario does not have.
    """
    arcs = reach(scenario)
    price = scenario.columns.price
    weight = np.exp(utility(scenario, arcs, price))
    weight = weight * open_mask(scenario, layout)[arcs.candidate][:, None]
    units = logit_shares(arcs, weight) * occasions(scenario)[arcs.zone]
    return Flows(arcs=arcs, units=frozen(units), price=price)


def open_mask(scenario: "Scenario", layout: Layout, week: int | None = None) -> Bools:
    """Return which candidates a layout has open, in `week` or at any time: (J,) bool.

    Raises
    ------
    BadValue
        If the layout names a candidate the scenario does not have.
    """
    index = scenario.columns.candidate_index
    mask = np.zeros(len(scenario.candidates), dtype=bool)
    for opening in layout.openings:
        if opening.candidate not in index:
            near = ", ".join(list(index)[:3])
            raise BadValue(
                f"the layout opens {opening.candidate!r}, which the scenario's candidates lack; "
                f"write a candidate id such as {near}"
            )
        close = opening.close_week
        live = week is None or (opening.open_week <= week and (close is None or week < close))
        mask[index[opening.candidate]] = live
    return mask


def _reach_km(scenario: "Scenario") -> Floats:
    limits = [np.inf if t.reach_km is None else t.reach_km for t in scenario.channel_types]
    columns = scenario.columns
    per_candidate: Floats = np.array(limits)[columns.type_of]
    return np.where(columns.online, np.inf, per_candidate)

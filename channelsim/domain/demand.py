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

from channelsim.domain.columns import Bools, Floats, Ints, frozen, row_of
from channelsim.domain.distances import circle_km, nearby
from channelsim.domain.layout import Layout

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
    # of a zone without arcs the sum is wrong, and no arc asks for it
    sums = np.add.reduceat(padded, arcs.zone_start[:-1], axis=0)
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
    arcs = scenario.arcs
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
        close = opening.close_week
        live = week is None or (opening.open_week <= week and (close is None or week < close))
        mask[row_of(index, opening.candidate, "candidate")] = live
    return mask


def _reach_km(scenario: "Scenario") -> Floats:
    limits = [np.inf if t.reach_km is None else t.reach_km for t in scenario.channel_types]
    per_candidate: Floats = np.array(limits, dtype=np.float64)[scenario.columns.type_of]
    return per_candidate

"""Who meets whom, and with what conflict, when a reference layout and one or two more are open."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from channelsim.domain.columns import Bools, Floats, Ints
from channelsim.domain.conflict import goal_conflict
from channelsim.domain.demand import occasions, utility
from channelsim.domain.economics import UnitMoney, partner_profit, reservation, unit_money
from channelsim.domain.measures import own_mask, potential_demand

if TYPE_CHECKING:
    from channelsim.domain.scenario import Scenario


@dataclass(frozen=True, eq=False)
class _Place:
    """One zone and the K usable candidates that reach it."""

    site: Ints
    """(K,) candidate rows."""
    weight: Floats
    """(K, S) exp(V - R)."""
    is_open: Bools
    """(K,) open in the reference."""
    occasions: Floats
    """(S,) per week."""
    part: float
    """The zone's part of demand."""

    def units(self, sets: Bools) -> Floats:
        """Return what each candidate sells in each set of open ones (N, K): (N, K)."""
        chosen = np.where(sets[:, :, None], self.weight, 0.0)
        per_weight = self.occasions / (1 + chosen.sum(axis=1))
        result: Floats = np.einsum("nks,ns->nk", chosen, per_weight)
        return result

    def toggled(self) -> tuple[Bools, Bools]:
        """Return the reference with each candidate open, and with each closed: (K, K) both."""
        one = np.eye(len(self.site), dtype=bool)
        return self.is_open | one, self.is_open & ~one


@dataclass(frozen=True, eq=False)
class Meetings:
    """The places where candidates meet, around a reference layout."""

    scenario: "Scenario"
    """The scenario."""
    reference: Bools
    """(J,) what is open."""
    places: tuple[_Place, ...]
    """Zones with demand that something usable reaches."""

    @classmethod
    def of(cls, scenario: "Scenario", reference: Bools, usable: Bools) -> "Meetings":
        """Collect the places of a scenario around a reference (J,), of usable candidates (J,)."""
        return cls(scenario, reference, tuple(_places(scenario, reference, usable)))

    def pairs(self) -> tuple[Ints, Floats, Floats]:
        """Return every pair of candidates of different partners that meets.

        First j x J + i with j < i, then their contact (price and customer conflict), then their
        foreign sales, both weighed by importance.
        """
        found = [self._pairs_at(place) for place in self.places]
        none = np.zeros(0, dtype=np.int64), np.zeros(0), np.zeros(0)
        key, contact, foreign = (
            np.concatenate(column) for column in zip(none, *found, strict=True)
        )
        names, row = np.unique(key, return_inverse=True)
        return (
            names,
            np.bincount(row, contact, minlength=len(names)),
            np.bincount(row, foreign, minlength=len(names)),
        )

    def contact_steps(self) -> Floats:
        """Return by how much opening each candidate in the reference raises contact: (J,)."""
        steps = np.zeros(len(self.reference))
        for place in self.places:
            opened, closed = place.toggled()
            rise = self._contact(place, opened) - self._contact(place, closed)
            steps[place.site] += place.part * rise
        return steps

    def goal_steps(self) -> Floats:
        """Return by how much opening each candidate in the reference raises goal conflict: (J,).

        Weighed by importance. What it takes from the others' sales is left aside.
        """
        units = self._units_with
        profit, wanted = partner_profit(self._money, units), reservation(self._money, units)
        independent = ~own_mask(self.scenario)
        partner = self.scenario.columns.partner_of
        count = len(self.scenario.partners)

        def goal(is_open: Bools) -> float:
            return goal_conflict(
                attainment=np.full(count, 1 / self.scenario.policy.quota_growth),
                profit=np.bincount(partner, profit * is_open, minlength=count),
                reservation=np.bincount(partner, wanted * is_open, minlength=count),
                active=np.bincount(partner, is_open & independent, minlength=count) > 0,
            )

        steps = np.zeros(len(units))
        for site in range(len(units)):
            alone = np.arange(len(units)) == site
            steps[site] = goal(self.reference | alone) - goal(self.reference & ~alone)
        return self._importance[3] * steps

    def _pairs_at(self, place: _Place) -> tuple[Ints, Floats, Floats]:
        columns, site = self.scenario.columns, place.site
        a, b = np.triu_indices(len(site), 1)
        partner = columns.partner_of[site]
        apart = partner[a] != partner[b]
        a, b = a[apart], b[apart]
        own, total = _units_of_pairs(place, a, b)
        share = own / np.where(total > 0, total, 1.0)
        gap = self._intensity(columns.price[site][a], columns.price[site][b])
        strength = self._importance[0] * gap + self._importance[2]
        contact = place.part * 2 * share[0] * share[1] * strength
        key = site[a] * len(columns.price) + site[b]
        return key, contact, self._foreign(site[a], site[b], own)

    def _foreign(self, a: Ints, b: Ints, own: Floats) -> Floats:
        online, margin = self.scenario.columns.online, self._money.margin
        sold = self._units_with[self.reference].sum()
        if not self.scenario.goals.exclusive_territories or sold <= 0:
            return np.zeros(len(a))
        less = np.where(own[0] * margin[a] < own[1] * margin[b], own[0], own[1])
        result: Floats = self._importance[1] * np.where(online[a] | online[b], 0.0, less / sold)
        return result

    def _contact(self, place: _Place, sets: Bools) -> Floats:
        """Return weighed price and customer conflict in a zone for sets of open ones (N, K)."""
        columns = self.scenario.columns
        names, row = np.unique(columns.partner_of[place.site], return_inverse=True)
        belongs = (row[:, None] == np.arange(len(names))).astype(np.float64)
        units = place.units(sets)
        sold = units @ belongs
        spent = (units * columns.price[place.site]) @ belongs
        price = np.divide(spent, sold, out=np.zeros_like(sold), where=sold > 0)
        total = sold.sum(axis=1, keepdims=True)
        share = np.divide(sold, total, out=np.zeros_like(sold), where=total > 0)
        gap = self._intensity(price[:, :, None], price[:, None, :])
        customer = np.where(total[:, 0] > 0, 1 - (share**2).sum(axis=1), 0.0)
        fought = np.einsum("ni,nj,nij->n", share, share, gap)
        result: Floats = self._importance[0] * fought + self._importance[2] * customer
        return result

    def _intensity(self, one: Floats, other: Floats) -> Floats:
        slack = self.scenario.policy.price_gap_tolerance
        high = np.maximum(one, other)
        gap = np.divide(np.abs(one - other), high, out=np.zeros_like(high), where=high > 0)
        result: Floats = np.clip((gap - slack) / (0.5 - slack), 0, 1)
        return result

    @property
    def _importance(self) -> tuple[float, ...]:
        return self.scenario.policy.conflict_weights

    @cached_property
    def _money(self) -> UnitMoney:
        return unit_money(self.scenario)

    @cached_property
    def _units_with(self) -> Floats:
        """What each candidate sells when the reference and it are open: (J,)."""
        units = np.zeros(len(self.reference))
        for place in self.places:
            opened, _ = place.toggled()
            units[place.site] += np.diagonal(place.units(opened))
        return units


def _places(scenario: "Scenario", reference: Bools, usable: Bools) -> Iterator[_Place]:
    arcs, demand = scenario.arcs, potential_demand(scenario)
    weight = np.exp(utility(scenario, arcs, scenario.columns.price))
    per_week = occasions(scenario)
    total = demand.sum()
    for zone in np.flatnonzero(per_week.sum(axis=1) > 0).tolist():
        here = np.arange(arcs.zone_start[zone], arcs.zone_start[zone + 1])
        here = here[usable[arcs.candidate[here]]]
        if len(here):
            site = arcs.candidate[here]
            part = float(demand[zone] / total)
            yield _Place(site, weight[here], reference[site], per_week[zone], part)


def _units_of_pairs(place: _Place, a: Ints, b: Ints) -> tuple[Floats, Floats]:
    """Return what a and b sell (2, H) and all sell (H,) with the reference, a and b open."""
    present = (place.weight * place.is_open[:, None]).sum(axis=0)
    added = place.weight * ~place.is_open[:, None]
    total = present + added[a] + added[b]
    per_weight = place.occasions / (1 + total)
    own = np.stack([(place.weight[k] * per_weight).sum(axis=1) for k in (a, b)])
    return own, (total * per_weight).sum(axis=1)

"""Where candidates meet, and what conflict any set of them has there.

In zone z, with D_z its part of demand, w the importance of each kind and the shares s and prices of
the partners that a set of open candidates has there (`domain.conflict`),

    f_z = D_z (w_price sum_{i<k} 2 s_i s_k I_ik + w_customer (1 - sum s_i^2))
          + w_territory x foreign units / all units of the reference

where units are foreign if territories are exclusive, another partner holds the zone (the one whose
physical operation earns the maker most there), and the operation that sells them stands elsewhere.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from channelsim.domain.columns import COMMON, Bools, Floats, Ints
from channelsim.domain.demand import occasions, utility
from channelsim.domain.economics import UnitMoney, partner_profit, reservation, unit_money
from channelsim.domain.measures import own_mask, potential_demand
from channelsim.optimise.goal_steps import GoalSteps

if TYPE_CHECKING:
    from channelsim.domain.scenario import Scenario

BLOCK = 4_000_000
"""Price gaps worked out at once."""


@dataclass(frozen=True, eq=False)
class _Place:
    """One zone and the K usable candidates that reach it."""

    zone: int
    """Zone row."""
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
    usable: Bools
    """(J,) what a plan may open."""
    places: tuple[_Place, ...]
    """Zones with demand that something usable reaches."""

    @classmethod
    def of(cls, scenario: "Scenario", reference: Bools, usable: Bools) -> "Meetings":
        """Collect the places of a scenario around a reference (J,), of usable candidates (J,)."""
        return cls(scenario, reference, usable, tuple(_places(scenario, reference, usable)))

    def steps(self) -> Floats:
        """Return by how much opening each candidate in the reference raises f: (J,)."""
        steps = np.zeros(len(self.reference))
        for place in self.places:
            opened, closed = place.toggled()
            steps[place.site] += self._conflict(place, opened) - self._conflict(place, closed)
        return steps

    def pairs(self) -> Iterator[tuple[Ints, Ints, Floats]]:
        """Yield pairs j < i that meet, and the second difference of f there.

        That is by how much more opening i raises f with j open than with j closed.
        """
        return (self._pairs_at(place) for place in self.places)

    def goals(self) -> GoalSteps:
        """Return the partners' goals around the reference."""
        units, money = self._units_with, self._money
        attained = self.scenario.policy.planned_attainment
        return GoalSteps(
            reference=self.reference,
            usable=self.usable,
            partner=self.scenario.columns.partner_of,
            independent=~own_mask(self.scenario),
            profit=partner_profit(money, units),
            wanted=reservation(money, units),
            quota=float(np.clip(1 - attained, 0, 1)),
            partners=len(self.scenario.partners),
        )

    def _pairs_at(self, place: _Place) -> tuple[Ints, Ints, Floats]:
        count = len(place.site)
        a, b = np.triu_indices(count, 1)
        rows = np.arange(len(a))
        value = np.zeros(len(a))
        for open_a, open_b, sign in ((1, 1, 1), (1, 0, -1), (0, 1, -1), (0, 0, 1)):
            sets = np.tile(place.is_open, (len(a), 1))
            sets[rows, a], sets[rows, b] = bool(open_a), bool(open_b)
            value += sign * self._conflict(place, sets)
        return place.site[a], place.site[b], value

    def _conflict(self, place: _Place, sets: Bools) -> Floats:
        """Return f of a zone for sets of open candidates (N, K): (N,)."""
        block = max(BLOCK // max(len(place.site), 1) ** 2, 1)
        parts = [sets[start : start + block] for start in range(0, len(sets), block)]
        return np.concatenate([np.zeros(0), *(self._conflict_of(place, part) for part in parts)])

    def _conflict_of(self, place: _Place, sets: Bools) -> Floats:
        columns = self.scenario.columns
        names, row = np.unique(columns.partner_of[place.site], return_inverse=True)
        belongs = (row[:, None] == np.arange(len(names))).astype(np.float64)
        units = place.units(sets)
        sold = units @ belongs
        total = sold.sum(axis=1, keepdims=True)
        share = np.divide(sold, total, out=np.zeros_like(sold), where=total > 0)
        shown, model = self._compared(place, units, belongs)
        spent, counted = (shown * columns.price[place.site]) @ belongs, shown @ belongs
        price = np.divide(spent, counted, out=np.zeros_like(sold), where=counted > 0)
        meet = self._intensity(price) * (model[:, :, None] == model[:, None, :])
        fought = np.einsum("ni,nj,nij->n", share, share, meet)
        customer = np.where(total[:, 0] > 0, 1 - (share**2).sum(axis=1), 0.0)
        contact = self._importance[0] * fought + self._importance[2] * customer
        foreign = self._foreign(place, sets, units, row)
        result: Floats = place.part * contact + self._importance[1] * foreign
        return result

    def _compared(self, place: _Place, units: Floats, belongs: Floats) -> tuple[Floats, Ints]:
        """Return the units (N, K) by which partners' prices are compared, and their models (N, P).

        A partner that sells the common model is compared by that alone.
        """
        model = self.scenario.columns.model[place.site]
        common = model == COMMON
        sells = (units * common) @ belongs > 0
        shown = np.where(common, units, units * (sells @ belongs.T == 0))
        own = np.where(belongs > 0, model[:, None], COMMON).max(axis=0)
        return shown, np.where(sells, COMMON, own)

    def _intensity(self, price: Floats) -> Floats:
        """Return the intensity of price gaps between partners: (N, P, P) from prices (N, P)."""
        slack = self.scenario.policy.price_gap_tolerance
        one, other = price[:, :, None], price[:, None, :]
        high = np.maximum(one, other)
        gap = np.divide(np.abs(one - other), high, out=np.zeros_like(high), where=high > 0)
        result: Floats = np.clip((gap - slack) / (0.5 - slack), 0, 1)
        return result

    def _foreign(self, place: _Place, sets: Bools, units: Floats, partner: Ints) -> Floats:
        """Return foreign units over all of the reference's: (N,)."""
        sold = self._units_with[self.reference].sum()
        if not self.scenario.goals.exclusive_territories or sold <= 0:
            return np.zeros(len(sets))
        alone = place.units(np.eye(len(place.site), dtype=bool)).diagonal()
        worth = alone * self._money.margin[place.site]
        shop = sets & ~self.scenario.columns.online[place.site]
        holder = partner[np.where(shop, worth, -np.inf).argmax(axis=1)]
        at = self.scenario.columns.zone_of[place.site]
        outside = (at >= 0) & (at != place.zone)
        foreign = sets & outside & (partner != holder[:, None]) & shop.any(axis=1, keepdims=True)
        result: Floats = np.where(foreign, units, 0.0).sum(axis=1) / sold
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
    per_week, total = occasions(scenario), demand.sum()
    for zone in np.flatnonzero(per_week.sum(axis=1) > 0).tolist():
        here = np.arange(arcs.zone_start[zone], arcs.zone_start[zone + 1])
        here = here[usable[arcs.candidate[here]]]
        if len(here):
            site = arcs.candidate[here]
            part = float(demand[zone] / total)
            yield _Place(zone, site, weight[here], reference[site], per_week[zone], part)

"""The four kinds of channel conflict, each in [0, 1] (frequency x intensity: Brown and Day 1981).

With s_i the share of partner i in a zone's units and p_i its price there:

    price      demand-weighted mean over zones of
               sum_{i<j} 2 s_i s_j clip((gap - t) / (0.5 - t), 0, 1)
    territory  units sold from outside into another partner's exclusive zone / all units
    customer   repeat purchases that went to another partner / all repeat purchases
    goal       mean over partners of the shortfalls against quota and against reservation profit

where gap = |p_i - p_j| / max(p_i, p_j) between partners that sell the same model, 0 between others
(`exclusive_model` of channel types), and t is the tolerance. The first three are zero with one
partner. A plan has no repeat purchases to observe; the chance that two purchases in a zone go to
different partners, sum_{i<j} 2 s_i s_j, stands in their place.
"""

from dataclasses import dataclass

import numpy as np

from channelsim.domain.columns import COMMON, Bools, Floats, Ints, frozen
from channelsim.domain.demand import Reach


@dataclass(frozen=True, eq=False)
class Rivalry:
    """Who meets whom where: N presences of a partner in a zone, M pairs of rivals in one zone."""

    presence: Ints
    """(A,) presence that each arc belongs to."""
    zone: Ints
    """(N,) zone row, ascending."""
    partner: Ints
    """(N,) partner row."""
    first: Ints
    """(M,) presence of the one rival."""
    second: Ints
    """(M,) presence of the other."""
    compared: Bools
    """(A,) whether the arc's price counts where its partner's is compared."""
    same_model: Bools
    """(M,) whether both rivals sell the same model, so that their prices are compared."""
    market: Ints
    """(N,) zone and model of each presence, numbered: prices are compared within."""
    zones: int
    """Z."""

    @classmethod
    def of(cls, arcs: Reach, partner_of: Ints, model_of: Ints | None = None) -> "Rivalry":
        """Build it from the arcs, and each candidate's partner (J,) and model (J,), one by default.

        A partner that sells the common model in a zone is compared by that alone.
        """
        count = int(partner_of.max(initial=0)) + 1
        names, presence = np.unique(
            arcs.zone * count + partner_of[arcs.candidate], return_inverse=True
        )
        zone = names // count
        first, second = _pairs(np.bincount(zone, minlength=1))
        model = np.full(len(presence), COMMON) if model_of is None else model_of[arcs.candidate]
        shown = np.full(len(names), np.iinfo(np.int64).max)
        np.minimum.at(shown, presence, model)
        return cls(
            presence=frozen(presence),
            zone=frozen(zone),
            partner=frozen(names % count),
            first=frozen(first),
            second=frozen(second),
            compared=frozen(model == shown[presence]),
            same_model=frozen(shown[first] == shown[second]),
            market=frozen(np.unique(np.stack([zone, shown]), axis=1, return_inverse=True)[1]),
            zones=len(arcs.zone_start) - 1,
        )

    def spread(self, values: Floats) -> Floats:
        """Sum values by arc (A,) over each partner's arcs in a zone: (N,)."""
        total = np.bincount(self.presence, weights=values, minlength=len(self.zone))
        return total.astype(np.float64)  # without arcs bincount counts in integers

    def by_zone(self, values: Floats) -> Floats:
        """Sum values by presence (N,) over zones: (Z,)."""
        return np.bincount(self.zone, weights=values, minlength=self.zones)

    def shares(self, units: Floats) -> Floats:
        """Return each presence's share of its zone's units (A,): (N,), zero where nothing sells."""
        sold = self.spread(units)
        total = self.by_zone(sold)[self.zone]
        return np.divide(sold, total, out=np.zeros(len(sold)), where=total > 0)


def undercut(
    rivalry: Rivalry, units: Floats, price: Floats, tolerance: float, full: float = 0.5
) -> Floats:
    """Return how far each presence is undercut: (N,), the sum over its cheaper rivals of their
    share in the zone x clip((gap - t) / (full - t), 0, 1).

    Parameters
    ----------
    units, price
        (A,) by arc; a partner's price in a zone is the mean over its units.
    full
        Gap that hurts in full, above the tolerance.
    """
    share, sold, spent = rivalry.shares(units), *_compared(rivalry, units, price)
    at = np.flatnonzero(sold > 0)
    harm = np.zeros(len(share))
    harm[at] = _undercut(rivalry.market[at], share[at], spent[at] / sold[at], tolerance, full)
    return harm


def _compared(rivalry: Rivalry, units: Floats, price: Floats) -> tuple[Floats, Floats]:
    """Return the units of each presence whose prices are compared, and what was paid: (N,) each."""
    shown = units * rivalry.compared
    return rivalry.spread(shown), rivalry.spread(shown * price)


def _undercut(market: Ints, share: Floats, price: Floats, tolerance: float, full: float) -> Floats:
    """Return how far each seller is undercut by the others in its market: (N,).

    Sellers in the order of their prices, sums over the cheaper ones are differences of running
    sums: rivals below p (1 - full) count whole, those from there to p (1 - t) in part.
    """
    base = market * (2 * price.max(initial=0.0) + 1)
    order = np.argsort(base + price, kind="stable")
    base, share, price = base[order], share[order], price[order]
    ranked = base + price
    shares = np.concatenate([[0.0], np.cumsum(share)])
    spent = np.concatenate([[0.0], np.cumsum(share * price)])
    first = np.searchsorted(ranked, base)
    deep = np.searchsorted(ranked, base + price * (1 - full), side="right")
    near = np.maximum(np.searchsorted(ranked, base + price * (1 - tolerance)), deep)
    whole = shares[deep] - shares[first]
    part = (1 - tolerance) * (shares[near] - shares[deep]) - (spent[near] - spent[deep]) / price
    harm = np.zeros_like(price)
    harm[order] = np.maximum(whole + part / (full - tolerance), 0.0)
    return harm


def undercuts(
    rivalry: Rivalry, units: Floats, price: Floats, tolerance: float, full: float = 0.5
) -> tuple[Ints, Ints, Floats]:
    """Return the dearer and the cheaper presence of each pair of rivals, and how far the one
    undercuts the other: (M,) clip((gap - t) / (full - t), 0, 1).

    Parameters
    ----------
    units, price, full
        As for `undercut`.
    """
    sold, spent = _compared(rivalry, units, price)
    mean = np.divide(spent, sold, out=np.zeros_like(sold), where=sold > 0)
    dearer = mean[rivalry.first] > mean[rivalry.second]
    victim = np.where(dearer, rivalry.first, rivalry.second)
    rival = np.where(dearer, rivalry.second, rivalry.first)
    gap = np.divide(
        mean[victim] - mean[rival], mean[victim], out=np.zeros(len(rival)), where=mean[victim] > 0
    )
    compared = rivalry.same_model & (mean[rival] > 0)
    strength = np.clip((gap - tolerance) / (full - tolerance), 0, 1) * compared
    return victim, rival, strength


def price_conflict(
    rivalry: Rivalry, units: Floats, price: Floats, demand: Floats, tolerance: float
) -> float:
    """Return price conflict from units (A,), price by arc (A,) and zone demand (Z,)."""
    harm = undercut(rivalry, units, price, tolerance)
    return _weighted(rivalry.by_zone(2 * rivalry.shares(units) * harm), demand)


def overlap(rivalry: Rivalry, units: Floats, demand: Floats) -> float:
    """Return the chance that two purchases in a zone go to different partners, demand-weighted."""
    share = rivalry.shares(units)
    sells = rivalry.by_zone(share) > 0
    return _weighted(np.where(sells, 1 - rivalry.by_zone(share**2), 0.0), demand)


def customer_conflict(switched: float, repeat: float) -> float:
    """Return the share of repeat purchases that switched partner."""
    return switched / repeat if repeat > 0 else 0.0


def territory_conflict(foreign: float, units: float) -> float:
    """Return the share of units sold into another partner's exclusive zone."""
    return foreign / units if units > 0 else 0.0


def goal_conflict(attainment: Floats, profit: Floats, reservation: Floats, active: Bools) -> float:
    """Return active partners' mean shortfall: half against quota, half against reservation.

    Parameters
    ----------
    attainment
        (P,) units over quota.
    profit, reservation
        (P,) money per week; a partner without reservation profit has no shortfall against it.
    active
        (P,) partners counted; none counts as no conflict.
    """
    if not active.any():
        return 0.0
    return float(shortfall(attainment, profit, reservation)[active].mean())


def shortfall(attainment: Floats, profit: Floats, reservation: Floats) -> Floats:
    """Return each partner's shortfall, (P,), 0 to 1: half against quota, half against reservation.

    Parameters
    ----------
    attainment, profit, reservation
        As for `goal_conflict`.
    """
    quota = np.clip(1 - attainment, 0, 1)
    lack = np.divide(
        reservation - profit, reservation, out=np.zeros_like(profit), where=reservation > 0
    )
    result: Floats = (quota + np.clip(lack, 0, 1)) / 2
    return result


def foreign_arcs(arcs: Reach, partner_of: Ints, zone_of: Ints, holder: Ints) -> Bools:
    """Return the arcs on which a sale is foreign: (A,).

    Foreign is what a physical operation sells into a zone that another partner holds exclusively.
    An operation that the maker has placed in the zone itself sells there by right, and online
    shops reach everyone.

    Parameters
    ----------
    zone_of
        (J,) zone row of each candidate, -1 online.
    holder
        (Z,) partner row that holds the zone exclusively, -1 where none does.
    """
    held = holder[arcs.zone]
    seller = partner_of[arcs.candidate]
    site = zone_of[arcs.candidate]
    result: Bools = (held >= 0) & (held != seller) & (site >= 0) & (site != arcs.zone)
    return result


def _weighted(values: Floats, weights: Floats) -> float:
    total = weights.sum()
    return float(np.clip((values * weights).sum() / total, 0, 1)) if total > 0 else 0.0


def _pairs(counts: Ints) -> tuple[Ints, Ints]:
    """Return all pairs within consecutive groups of the given sizes."""
    starts = np.cumsum(counts) - counts
    first, second = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
    for start, count in zip(starts, counts, strict=True):
        one, other = np.triu_indices(count, 1)
        first.append(start + one)
        second.append(start + other)
    return np.concatenate(first), np.concatenate(second)

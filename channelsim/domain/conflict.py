"""The four kinds of channel conflict, each in [0, 1] (frequency x intensity: Brown and Day 1981).

With s_i the share of partner i in a zone's units and p_i its price there:

    price      demand-weighted mean over zones of
               sum_{i<j} 2 s_i s_j clip((gap - t) / (0.5 - t), 0, 1)
    territory  units sold in a zone held exclusively by another partner / all units
    customer   repeat purchases that went to another partner / all repeat purchases
    goal       mean over partners of the shortfalls against quota and against reservation profit

where gap = |p_i - p_j| / max(p_i, p_j) and t is the tolerance. The first three are zero with one
partner. A plan has no repeat purchases to observe; the chance that two purchases in a zone go to
different partners, sum_{i<j} 2 s_i s_j, stands in their place.
"""

from dataclasses import dataclass

import numpy as np

from channelsim.domain.columns import Bools, Floats, Ints, frozen
from channelsim.domain.demand import Reach


@dataclass(frozen=True, eq=False)
class Rivalry:
    """Who meets whom where: the partners present in each zone, padded to K a zone."""

    slot: Ints
    """(A,) place of each arc's partner in its zone's row of K."""
    zone: Ints
    """(A,) zone row."""
    width: int
    """K, the most partners in a zone."""
    zones: int
    """Z."""

    @classmethod
    def of(cls, arcs: Reach, partner_of: Ints) -> "Rivalry":
        """Build it from the arcs and each candidate's partner (J,)."""
        partner = partner_of[arcs.candidate]
        slot = np.zeros(arcs.arcs, dtype=np.int64)
        width = 1
        for zone in range(len(arcs.zone_start) - 1):
            here = slice(arcs.zone_start[zone], arcs.zone_start[zone + 1])
            names, slot[here] = np.unique(partner[here], return_inverse=True)
            width = max(width, len(names))
        return cls(slot=frozen(slot), zone=arcs.zone, width=width, zones=len(arcs.zone_start) - 1)

    def spread(self, values: Floats) -> Floats:
        """Sum values by arc (A,) into zones x partners: (Z, K)."""
        flat = np.bincount(
            self.zone * self.width + self.slot, weights=values, minlength=self.zones * self.width
        )
        table: Floats = flat.reshape(self.zones, self.width)
        return table

    def shares(self, units: Floats) -> Floats:
        """Return each partner's share of its zone's units: (Z, K), zero where nothing sells."""
        table = self.spread(units)
        total = table.sum(axis=1, keepdims=True)
        return np.divide(table, total, out=np.zeros_like(table), where=total > 0)


def price_conflict(
    rivalry: Rivalry, units: Floats, price: Floats, demand: Floats, tolerance: float
) -> float:
    """Return price conflict from units (A,), price by arc (A,) and zone demand (Z,)."""
    share = rivalry.shares(units)
    sold = rivalry.spread(units)
    mean_price = np.divide(
        rivalry.spread(units * price), sold, out=np.zeros_like(sold), where=sold > 0
    )
    low = np.minimum(mean_price[:, :, None], mean_price[:, None, :])
    high = np.maximum(mean_price[:, :, None], mean_price[:, None, :])
    gap = np.divide(high - low, high, out=np.zeros_like(high), where=high > 0)
    intensity = np.clip((gap - tolerance) / (0.5 - tolerance), 0, 1)
    by_zone = np.einsum("zi,zj,zij->z", share, share, intensity)
    return _weighted(by_zone, demand)


def overlap(rivalry: Rivalry, units: Floats, demand: Floats) -> float:
    """Return the chance that two purchases in a zone go to different partners, demand-weighted."""
    share = rivalry.shares(units)
    met = np.where(share.sum(axis=1) > 0, 1 - (share**2).sum(axis=1), 0.0)
    return _weighted(met, demand)


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
    quota = np.clip(1 - attainment, 0, 1)
    lack = np.divide(
        reservation - profit, reservation, out=np.zeros_like(profit), where=reservation > 0
    )
    return float(((quota + np.clip(lack, 0, 1)) / 2)[active].mean())


def foreign_arcs(arcs: Reach, partner_of: Ints, online: Bools, holder: Ints) -> Bools:
    """Return the arcs on which a physical sale is foreign: (A,).

    Parameters
    ----------
    holder
        (Z,) partner row that holds the zone exclusively, -1 where none does.
    """
    held = holder[arcs.zone]
    seller = partner_of[arcs.candidate]
    result: Bools = (held >= 0) & (held != seller) & ~online[arcs.candidate]
    return result


def _weighted(values: Floats, weights: Floats) -> float:
    total = weights.sum()
    return float(np.clip((values * weights).sum() / total, 0, 1)) if total > 0 else 0.0

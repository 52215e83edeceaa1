"""Where things stand in the consumers' arrays: arcs by zone, partner and outlet; rows by state."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from channelsim.domain.demand import Reach

if TYPE_CHECKING:
    from channelsim.simulate.kernels.cell import Arcs

type Ints = NDArray[np.int64]


def linked(reach: Reach, partner_of: Ints) -> "Arcs":
    """Return the arcs with what links them: same partner in a zone, same outlet across zones."""
    from channelsim.simulate.kernels.cell import Arcs

    start = np.array(reach.zone_start, dtype=np.int64)  # numba has another type for read-only ones
    candidate = np.array(reach.candidate, dtype=np.int64)
    widths = np.diff(start)
    zone = np.repeat(np.arange(len(widths)), widths)
    slot = np.arange(len(candidate)) - start[zone]
    order = np.lexsort((slot, partner_of[candidate], zone))
    fresh = np.ones(len(order), dtype=np.bool_)
    ordered = np.stack([zone, partner_of[candidate]])[:, order]
    fresh[1:] = np.any(ordered[:, 1:] != ordered[:, :-1], axis=0)
    kin, next_kin = np.empty_like(candidate), np.full_like(candidate, -1)
    kin[order] = slot[order[np.maximum.accumulate(np.where(fresh, np.arange(len(order)), 0))]]
    follows = ~fresh[1:]
    next_kin[order[:-1][follows]] = slot[order[1:][follows]]
    return Arcs(
        zone_start=start,
        candidate=candidate,
        kin=kin,
        next_kin=next_kin,
        outlet_start=np.searchsorted(np.sort(candidate), np.arange(len(partner_of) + 1)),
        arc=np.argsort(candidate, kind="stable"),
        zone=zone,
        widest=int(widths.max(initial=0)),
    )


def state_rows(reach: Reach, segments: int) -> tuple[Ints, Ints, Ints]:
    """Return where rows stand: unaware (Z, S), happy and unhappy owners (A, S)."""
    start, end = reach.zone_start[:-1], reach.zone_start[1:]
    segment = np.arange(segments)
    rows = 2 + 2 * (end - start)
    cell = (segments * 2 * (np.arange(len(start)) + start))[:, None] + rows[:, None] * segment
    slot = np.arange(len(reach.candidate)) - start[reach.zone]
    happy = cell[reach.zone] + 2 + slot[:, None]
    return cell, happy, happy + (end - start)[reach.zone][:, None]


def pair_start(zone_start: Ints) -> Ints:
    """Return where each zone's pairs (last outlet k, bought outlet j) begin and end: (Z + 1,).

    A zone of K outlets has K^2 pairs; that of its k-th and its j-th stands at start + k * K + j.
    """
    return np.append(0, np.cumsum(np.diff(zone_start) ** 2)).astype(np.int64)

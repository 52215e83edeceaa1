"""How units answer prices: slopes between outlets that meet in a zone."""

from dataclasses import dataclass

import numpy as np

from channelsim.domain.columns import Bools, Floats, Ints, frozen
from channelsim.domain.reach import Reach


@dataclass(frozen=True, eq=False)
class Slopes:
    """d units / d price for M pairs of open arcs of one zone; every other pair's slope is 0."""

    arcs: Reach
    """Who reaches what."""
    of: Ints
    """(M,) arc whose units change."""
    by: Ints
    """(M,) arc whose candidate's price changes."""
    value: Floats
    """(M, S) units per week and unit of money."""

    def by_candidate(self, count: int) -> Floats:
        """Return d units of the row's candidate / d price of the column's: (J, J)."""
        at = self.arcs.candidate[self.of] * count + self.arcs.candidate[self.by]
        total = np.bincount(at, self.value.sum(axis=1), minlength=count * count)
        return total.astype(np.float64).reshape(count, count)


def slopes_of(arcs: Reach, pairs: tuple[Ints, Ints], value: Floats) -> Slopes:
    """Return the slopes of pairs of arcs, read-only."""
    return Slopes(arcs, frozen(pairs[0]), frozen(pairs[1]), frozen(value))


def open_pairs(arcs: Reach, is_open: Bools) -> tuple[Ints, Ints]:
    """Return all ordered pairs of open arcs of one zone, an arc with itself included: (M,) twice.

    The pairs of an arc stand together, arcs in order.
    """
    return pairs_of(arcs, is_open[arcs.candidate])


def pairs_of(arcs: Reach, used_arcs: Bools) -> tuple[Ints, Ints]:
    """Return the same for the arcs (A,) that are used."""
    used = np.flatnonzero(used_arcs)
    zone = arcs.zone[used]
    count = np.bincount(zone, minlength=len(arcs.zone_start) - 1)
    first = np.cumsum(count) - count
    times = count[zone]
    within = np.arange(times.sum()) - np.repeat(np.cumsum(times) - times, times)
    return np.repeat(used, times), used[np.repeat(first[zone], times) + within]


def own_pairs(pairs: tuple[Ints, Ints]) -> Floats:
    """Return 1 for each pair of an arc with itself, else 0: (M, 1)."""
    own: Floats = (pairs[0] == pairs[1]).astype(np.float64)[:, None]
    return own


def rivals_sum(arcs: Reach, is_open: Bools, values: Floats) -> Floats:
    """Return for each arc the sum of values (J,) over the other open candidates there: (A,)."""
    own = np.where(is_open, values, 0.0)[arcs.candidate]
    total = np.bincount(arcs.zone, own, minlength=len(arcs.zone_start) - 1)
    result: Floats = total[arcs.zone] - own
    return result

"""One week's occasions, choices and rationing of rows of consumers, in NumPy.

A row's buyers choose among the open outlets of its zone; what they choose are its claims.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from channelsim.domain.demand import Reach
from channelsim.simulate.consumers.faced import Faced
from channelsim.simulate.consumers.halving import by_lot, by_weight
from channelsim.simulate.consumers.names import Names, named
from channelsim.simulate.consumers.rows import HAPPY, UNAWARE, UNHAPPY, Rows
from channelsim.simulate.consumers.samplers import binomial
from channelsim.simulate.streams import Purpose, Streams

type Ints = NDArray[np.int64]
type Floats = NDArray[np.float64]

_BLOCK = 1 << 20


class Claims(NamedTuple):
    """Units that rows want of arcs, by row and then by arc."""

    row: Ints
    """(N,)"""
    arc: Ints
    """(N,)"""
    units: Ints
    """(N,) > 0."""

    def of(self, units: Ints) -> "Claims":
        """Return the same claims of other units (N,), without those of none."""
        some = units > 0
        return Claims(self.row[some], self.arc[some], units[some])

    def by_row(self, rows: int) -> Ints:
        """Return the units of each row: (R,)."""
        result = np.zeros(rows, dtype=np.int64)
        np.add.at(result, self.row, self.units)
        return result


@dataclass(frozen=True, eq=False)
class Week:
    """What draws are named by, and what consumers face."""

    streams: Streams
    number: int
    """Week as the counter's 16 bits."""
    reach: Reach
    rows: Rows
    faced: Faced

    def names(
        self, purpose: Purpose, who: Ints, about: Ints | int = 0, level: int = 0, stage: int = 0
    ) -> Names:
        """Return names of this week's draws."""
        return named(self.streams, self.number, purpose, who, about, level, stage)

    @cached_property
    def factor(self) -> Floats:
        """(R,) what multiplies the weight of the last outlet."""
        kind, segment = self.rows.kind, self.rows.segment
        loyal, averse = np.exp(self.faced.inertia), np.exp(self.faced.aversion)
        return np.where(
            kind == HAPPY, loyal[segment], np.where(kind == UNHAPPY, averse[segment], 1.0)
        )

    def spend(self, counts: Ints) -> tuple[Ints, Ints]:
        """Return who buys, and whose occasion goes to rivals or nothing, by row: (R,) twice."""
        rows, faced = self.rows, self.faced
        inside = self.total(faced.weight)[rows.zone, rows.segment]
        owner = np.flatnonzero(rows.last >= 0)
        own = faced.weight[rows.last[owner], rows.segment[owner]]
        inside[owner] += own * (self.factor[owner] - 1.0)
        inside = np.maximum(inside, 0.0)
        occasion = faced.occasion[rows.zone, rows.segment]
        aware = np.where(rows.kind == UNAWARE, 0, counts)
        buy = occasion * (inside / (1.0 + inside))
        buyers = binomial(aware, buy, self.names(Purpose.BUY, rows.key))
        leave = occasion / (1.0 + inside) / np.maximum(1.0 - buy, 1e-300)
        return buyers, binomial(aware - buyers, leave, self.names(Purpose.OUTSIDE, rows.key))

    def total(self, weight: Floats) -> Floats:
        """Return the weight of all outlets of a cell: (Z, S)."""
        result = np.zeros_like(self.faced.occasion)
        np.add.at(result, self.reach.zone, weight)
        return result

    def choose(self, stage: int, buyers: Ints, weight: Floats) -> Claims:
        """Return what buyers (R,) claim by logit with weights (A, S); 0 where there is nothing.

        Rows with buyers must have something to choose from.
        """
        found = [self._chosen(stage, rows, buyers, weight) for rows in self._blocks(buyers)]
        columns = zip(*found, strict=True) if found else [[np.empty(0, dtype=np.int64)]] * 3
        return Claims(*(np.concatenate(column) for column in columns))

    def _blocks(self, buyers: Ints) -> Iterator[Ints]:
        """Yield the rows with buyers in blocks of bounded work."""
        rows = np.flatnonzero(buyers)
        ends = np.cumsum(np.diff(self.reach.zone_start)[self.rows.zone[rows]])
        yield from np.split(rows, np.flatnonzero(np.diff(ends // _BLOCK)) + 1) if len(rows) else ()

    def _chosen(self, stage: int, rows: Ints, buyers: Ints, weight: Floats) -> Claims:
        row, arc = self._menu(rows)
        own = weight[arc, self.rows.segment[row]]
        is_open = own > 0.0
        row, arc, own = row[is_open], arc[is_open], own[is_open]
        own = np.where(arc == self.rows.last[row], own * self.factor[row], own)

        def naming(group: Ints, name: Ints, bit: int) -> Names:
            return self.names(Purpose.CHOOSE, self.rows.key[group], name, bit, stage)

        units = by_weight(row, self.reach.candidate[arc], own, buyers[rows], naming)
        return Claims(row, arc, units).of(units)

    def _menu(self, rows: Ints) -> tuple[Ints, Ints]:
        """Return every pair of one of the rows and an arc of its zone."""
        start = self.reach.zone_start[self.rows.zone[rows]]
        width = self.reach.zone_start[self.rows.zone[rows] + 1] - start
        first = np.cumsum(width) - width
        return np.repeat(rows, width), np.arange(width.sum()) + np.repeat(start - first, width)

    def ration(self, stage: int, claims: Claims, left: Ints) -> tuple[Ints, Ints]:
        """Return the units served of each claim (N,), and what outlets have left (J,).

        Of an outlet whose claims exceed its stock every unit claimed is as likely to be served.
        """
        candidate = self.reach.candidate[claims.arc]
        total = np.zeros_like(left)
        np.add.at(total, candidate, claims.units)
        short = total > left
        queued = np.flatnonzero(short[candidate])
        queued = queued[np.argsort(candidate[queued], kind="stable")]

        def naming(group: Ints, name: Ints, bit: int) -> Names:
            return self.names(Purpose.RATION, name, group, bit, stage)

        served = claims.units.copy()
        served[queued] = by_lot(
            candidate[queued],
            self.rows.key[claims.row[queued]],
            claims.units[queued],
            left[short],
            naming,
        )
        return served, np.where(short, 0, left - total)

    def first_of(self, failed: Ints, tries: Claims) -> Ints:
        """Return how many units of each first claim (N,) were of those who then failed (R,)."""
        some = np.flatnonzero(failed[tries.row] > 0)
        row, candidate = tries.row[some], self.reach.candidate[tries.arc[some]]

        def naming(group: Ints, name: Ints, bit: int) -> Names:
            return self.names(Purpose.FIRST, self.rows.key[group], name, bit)

        result = np.zeros_like(tries.units)
        units = failed[failed > 0]
        result[some] = by_lot(row, candidate, tries.units[some], units, naming)
        return result

"""First counts of consumers by state from shares, in plain NumPy.

Rounded they are those of the kernel; drawn they have its law, not its bits.
"""

import numpy as np
from numpy.typing import NDArray

from channelsim.domain.demand import Reach
from channelsim.simulate.consumers.halving import by_weight
from channelsim.simulate.consumers.links import state_rows
from channelsim.simulate.consumers.names import Names, named
from channelsim.simulate.consumers.rows import Rows
from channelsim.simulate.streams import Purpose, Streams

type Ints = NDArray[np.int64]
type Floats = NDArray[np.float64]


def allotted(
    reach: Reach,
    population: Ints,
    aware: Floats,
    owners: Floats,
    happy: Floats,
    streams: Streams | None,
) -> Ints:
    """Return counts by cell and row: see `start.counts_from_shares`."""
    rows = Rows.of(reach, population.shape[1])
    cell = rows.zone * population.shape[1] + rows.segment
    share = _shares(reach, aware, owners, happy)
    if streams is None:
        return _rounded(cell, share, population.ravel())
    some = np.flatnonzero(share)
    counts = np.zeros(len(share), dtype=np.int64)

    def naming(group: Ints, name: Ints, bit: int) -> Names:
        return named(streams, 0, Purpose.START, name, 0, bit)

    counts[some] = by_weight(cell[some], rows.key[some], share[some], population.ravel(), naming)
    return counts


def _shares(reach: Reach, aware: Floats, owners: Floats, happy: Floats) -> Floats:
    """Return the share of its cell's people that each row holds."""
    unaware, glad, sore = state_rows(reach, aware.shape[1])
    known = aware.astype(np.float64)
    np.subtract.at(known, reach.zone, owners)
    share = np.zeros(2 * (unaware.size + glad.size))
    share[unaware] = 1.0 - aware
    share[unaware + 1] = np.maximum(known, 0.0)
    share[glad] = owners * happy
    share[sore] = owners * (1.0 - happy)
    return share


def _rounded(cell: Ints, share: Floats, people: Ints) -> Ints:
    """Largest remainders: whole parts first, then one each to the largest fractions."""
    exact = share * (people / np.bincount(cell, share))[cell]
    counts = exact.astype(np.int64)
    rest = people - np.bincount(cell, counts).astype(np.int64)
    order = np.lexsort((counts - exact, cell))
    start = np.flatnonzero(np.diff(cell, prepend=-1))
    place = np.arange(len(cell)) - start[cell]  # in the cell, by falling fraction
    counts[order] += place < rest[cell]
    return counts

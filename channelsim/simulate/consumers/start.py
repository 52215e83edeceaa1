"""Counts of consumers to start from, by zone, segment and state."""

import numpy as np
from numpy.typing import NDArray

from channelsim.domain.demand import Reach
from channelsim.errors import BadValue
from channelsim.simulate.consumers.allotted import allotted
from channelsim.simulate.kernels.available import available
from channelsim.simulate.streams import Streams

type Ints = NDArray[np.int64]
type Floats = NDArray[np.float64]

_TOLERANCE = 1e-9


def counts_from_shares(
    reach: Reach,
    population: Ints,
    aware: Floats,
    owners: Floats,
    happy: Floats,
    streams: Streams | None = None,
) -> Ints:
    """Return counts of consumers whose shares by state are given.

    Each cell is rounded by largest remainders, or drawn as a multinomial where streams are given.

    Parameters
    ----------
    population
        (Z, S) consumers.
    aware
        (Z, S) share of the population that is aware, owners included.
    owners
        (A, S) share of the zone's population that last bought at an arc's outlet.
    happy
        (A, S) share of those owners who are happy with it.

    Raises
    ------
    BadValue
        If shares lie outside [0, 1] or a cell has more owners than aware consumers.
    """
    _check(reach, population, aware, owners, happy)
    count = _compiled if available() else allotted
    return count(reach, population, aware, owners, happy, streams)


def _compiled(
    reach: Reach,
    population: Ints,
    aware: Floats,
    owners: Floats,
    happy: Floats,
    streams: Streams | None,
) -> Ints:
    from channelsim.simulate.kernels.start import allot

    zones, segments = population.shape
    counts = np.empty(segments * 2 * (zones + len(reach.candidate)), dtype=np.int64)
    widest = int(np.diff(reach.zone_start).max(initial=0))
    allot(
        np.array(reach.zone_start, dtype=np.int64),
        np.array(reach.candidate, dtype=np.int64),
        np.array(population, dtype=np.int64, order="C"),
        np.array(aware, dtype=np.float64, order="C"),
        np.array(owners, dtype=np.float64, order="C"),
        np.array(happy, dtype=np.float64, order="C"),
        -1 if streams is None else int(streams.seed),
        0 if streams is None else int(streams.replication),
        counts,
        np.empty(2 + 2 * widest),
    )
    return counts


def _check(reach: Reach, population: Ints, aware: Floats, owners: Floats, happy: Floats) -> None:
    if population.min(initial=0) < 0:
        raise BadValue(f"population must be >= 0, got {population.min()}; count all consumers")
    for name, share in (("aware", aware), ("owners", owners), ("happy", happy)):
        if not np.all((share >= 0) & (share <= 1)):
            raise BadValue(f"{name} must lie in [0, 1]; divide counts by the population")
    sums = np.vstack([np.zeros(owners.shape[1]), np.cumsum(owners, axis=0)])
    excess = sums[reach.zone_start[1:]] - sums[reach.zone_start[:-1]] - aware
    if excess.max(initial=0.0) > _TOLERANCE:
        zone = int(excess.max(axis=1).argmax())
        raise BadValue(
            f"zone {zone} has more owners than aware people; lower owners or raise aware"
        )

"""First counts of consumers by state, from shares: rounded or drawn."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from channelsim.simulate.kernels.binomial import binomial_at
from channelsim.simulate.kernels.philox import (
    COMPILED,
    GLUE,
    INLINED,
)
from channelsim.simulate.kernels.place import (
    HAPPY_ROW,
    NEVER_ROW,
    NOBODY,
    START,
    UNHAPPY_ROW,
)
from channelsim.simulate.kernels.sources import SOURCES

type Ints = NDArray[np.int64]
type Floats = NDArray[np.float64]


@njit(**INLINED)
def _total(shares: Floats, rows: int) -> float:
    total = 0.0
    for row in range(rows):
        total += shares[row]
    return total


@njit(**GLUE)
def _round(people: int, shares: Floats, counts: Ints) -> None:
    """Largest remainders: whole parts first, then one each to the largest fractions."""
    scale = people / _total(shares, len(shares))
    rest = people
    for row in range(len(shares)):
        shares[row] *= scale
        counts[row] = int(shares[row])
        shares[row] -= counts[row]
        rest -= counts[row]
    while rest > 0:
        largest = 0
        for row in range(1, len(shares)):
            if shares[row] > shares[largest]:
                largest = row
        counts[largest] += 1
        shares[largest] -= 1.0
        rest -= 1


@njit(**GLUE)
def _draw(people: int, shares: Floats, candidate: Ints, counts: Ints, place: Any) -> None:
    """Multinomial, one binomial a row: each row takes its part of those not yet placed."""
    slots = len(candidate)
    below = _total(shares, len(shares))
    for row in range(len(shares) - 1, 0, -1):
        ident, kind = NOBODY, NEVER_ROW
        if row >= 2 + slots:
            ident, kind = candidate[row - 2 - slots], UNHAPPY_ROW
        elif row >= 2:
            ident, kind = candidate[row - 2], HAPPY_ROW
        counts[row] = binomial_at(people, shares[row] / below, place, START, ident, kind)
        people -= counts[row]
        below = _total(shares, row)
    counts[0] = people


@njit(**GLUE)
def _allot(
    zone_start: Ints,
    candidate: Ints,
    population: Ints,
    aware: Floats,
    owners: Floats,
    happy: Floats,
    seed: int,
    replication: int,
    counts: Ints,
    room: Floats,
) -> None:
    zones, segments = population.shape
    at = 0
    for zone in range(zones):
        start, end = zone_start[zone], zone_start[zone + 1]
        slots = end - start
        shares = room[: 2 + 2 * slots]
        for segment in range(segments):
            known = aware[zone, segment]
            shares[0] = 1.0 - known
            for slot in range(slots):
                share, pleased = owners[start + slot, segment], happy[start + slot, segment]
                shares[2 + slot] = share * pleased
                shares[2 + slots + slot] = share * (1.0 - pleased)
                known -= share
            shares[1] = max(known, 0.0)
            cell = counts[at : at + len(shares)]
            at += len(shares)
            if seed < 0:
                _round(population[zone, segment], shares, cell)
                continue
            place = (
                np.uint64(seed),
                np.uint64(replication),
                np.uint64(0),
                np.uint64(zone),
                np.uint64(segment),
                np.uint64(0),
            )
            _draw(population[zone, segment], shares, candidate[start:end], cell, place)


def _door(sources: int) -> Callable[..., None]:
    @njit(**COMPILED)
    def allot(
        zone_start: Ints,
        candidate: Ints,
        population: Ints,
        aware: Floats,
        owners: Floats,
        happy: Floats,
        seed: int,
        replication: int,
        counts: Ints,
        room: Floats,
    ) -> None:
        assert sources
        _allot(
            zone_start,
            candidate,
            population,
            aware,
            owners,
            happy,
            seed,
            replication,
            counts,
            room,
        )

    return allot


allot = _door(SOURCES)
"""Fill counts by cell and row from shares; seed -1 rounds instead of drawing.

`room` (2 + 2K,) is scratch, for the widest zone's K.
"""

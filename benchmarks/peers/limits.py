"""What this machine could do at most: random numbers by the engine's generator, and bytes moved."""

import time
from statistics import median
from typing import Any

import numpy as np
from country import Country
from numba import njit
from numpy.typing import NDArray

from channelsim.simulate.kernels.philox import fill_uniforms

type Ints = NDArray[np.int64]
type Floats = NDArray[np.float64]


def draws_of(country: Country) -> int:
    """Draws of a week without a shortage: buyers, outside, loyal, averse, choices, happiness."""
    slots = country.reached
    rows = 1 + 2 * slots
    ways = int(slots * np.ceil(np.log2(slots)))
    cell = 1 + 2 * rows + slots + ways + slots - 1 + slots
    return country.zones * country.segments * cell


def bytes_touched(country: Country) -> int:
    """Bytes that a week without a shortage reads or writes, each array once."""
    cells, arcs = country.zones * country.segments, country.zones * country.reached
    rows = cells * (2 + 2 * country.reached)
    flows = rows + 6 * arcs * country.segments + country.segments * arcs * 3
    tallies = 6 * cells + 9 * arcs * country.segments
    return 8 * (2 * 2 * rows + flows + tallies)


@njit(error_model="numpy")
def _fill(place: Any, idents: Ints, rounds: int, u: Floats, v: Floats) -> None:
    for i in range(rounds):
        fill_uniforms(place, i, 0, idents, len(idents), u, v)


def uniforms_per_second() -> float:
    """Draws' worth of uniforms, two each, that the generator makes in a bare loop."""
    place = tuple(np.uint64(i) for i in range(6))
    idents, u, v = np.arange(1_000), np.empty(1_000), np.empty(1_000)
    _fill(place, idents, 1, u, v)
    spent = []
    for _ in range(5):
        start = time.process_time()
        _fill(place, idents, 20_000, u, v)
        spent.append(time.process_time() - start)
    return 20_000_000 / median(spent)


def bandwidth() -> float:
    """Bytes a second that a copy of a large array reads and writes."""
    source = np.ones(25_000_000)
    target = source.copy()
    spent = []
    for _ in range(5):
        start = time.process_time()
        np.copyto(target, source)
        spent.append(time.process_time() - start)
    return 2 * source.nbytes / median(spent)

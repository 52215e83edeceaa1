"""What the machine could do at most: random numbers from the stream, bytes from memory."""

import time
from statistics import median

import numpy as np
from country import Country
from numba import njit
from numpy.typing import NDArray

from channelsim.simulate.kernels.philox import fill_uniforms
from channelsim.simulate.kernels.place import BUY, HAPPY_ROW

type Ints = NDArray[np.int64]
type Floats = NDArray[np.float64]

BATCH, REPEATS = 4_096, 2_000


@njit(error_model="numpy")
def _fill(idents: Ints, u: Floats, v: Floats) -> None:
    place = (np.uint64(1), np.uint64(0), np.uint64(0), np.uint64(0), np.uint64(0), np.uint64(0))
    fill_uniforms(place, BUY, HAPPY_ROW, idents, len(idents), u, v)


def uniforms_a_second() -> float:
    """Return how many uniforms a second of CPU the counter-based stream can give."""
    idents, u, v = np.arange(BATCH), np.empty(BATCH), np.empty(BATCH)
    _fill(idents, u, v)
    start = time.process_time()
    for _ in range(REPEATS):
        _fill(idents, u, v)
    return 2 * BATCH * REPEATS / (time.process_time() - start)


def memory_bandwidth() -> float:
    """Return the bytes a second that copying a large array reads and writes."""
    source = np.ones(20_000_000)
    target = np.empty_like(source)
    seconds = []
    for _ in range(5):
        start = time.perf_counter()
        np.copyto(target, source)
        seconds.append(time.perf_counter() - start)
    return 2 * source.nbytes / median(seconds)


def draws_a_week(country: Country) -> float:
    """Return the draws of a week without a shortage, where every row has buyers.

    By cell of K outlets: who learns (1), buyers and those who stay outside by row (1 + 2K each),
    the loyal (K), the averse on their way down a tree (K log2 K), the pool (K - 1), the happy (K).
    """
    k = country.reached
    cell = 1 + 2 * (1 + 2 * k) + k + k * np.log2(k) + (k - 1) + k
    return float(country.zones * country.segments * cell)


def state_bytes(country: Country) -> float:
    """Return the bytes of counts, weights and chances that a week reads or writes once."""
    k = country.reached
    return float(country.zones * country.segments * 8 * (2 * (2 + 2 * k) + 2 * k + 2))

"""Philox4x32-10 for the compiled kernels: uniforms as a pure function of a key and a counter.

A *place* says where a draw happens: (seed, replication, week, zone, segment, stage), six uint64.
With a purpose, an id and a level it fills the counter's four 32-bit words,

    c0 = attempt | level << 16 | stage << 24      c1 = week | purpose << 16
    c2 = zone                                     c3 = id | segment << 20

so that a rejected draw advances `attempt` alone and no draw ever moves another.
"""

from typing import Any, Final

import numpy as np
from numba import njit
from numpy.typing import NDArray

type Place = tuple[np.uint64, np.uint64, np.uint64, np.uint64, np.uint64, np.uint64]

_PLAIN: Final[dict[str, Any]] = {"error_model": "numpy", "_nrt": False}
"""No kernel makes an array, so none need count references (a third of the time if they do)."""
COMPILED: Final[dict[str, Any]] = {**_PLAIN, "cache": True, "nogil": True}
"""How a kernel that Python calls is compiled."""
INNER: Final[dict[str, Any]] = {
    **_PLAIN,
    "no_cfunc_wrapper": True,
    "no_cpython_wrapper": True,
}
"""How one that only kernels call is compiled: without a way in from Python, which takes longer to
compile than the kernel itself."""
INLINED: Final[dict[str, Any]] = {**INNER, "forceinline": True}
"""The same, merged into the caller before its loops are turned into vectors."""
GLUE: Final[dict[str, Any]] = {**INNER, "inline": "always"}
"""The same, merged into the caller before it is compiled: for what only passes arguments on."""

LEVELS: Final = 20
"""Levels of a binary tree over as many candidates as the counter tells apart."""

_MULTIPLY_0 = np.uint64(0xD2511F53)
_MULTIPLY_1 = np.uint64(0xCD9E8D57)
_WEYL_0 = np.uint64(0x9E3779B9)
_WEYL_1 = np.uint64(0xBB67AE85)
_LOW = np.uint64(0xFFFFFFFF)
_32 = np.uint64(32)
_24 = np.uint64(24)
_20 = np.uint64(20)
_16 = np.uint64(16)
_12 = np.uint64(12)
_UNIT = 2.0**-52
FIRST_ATTEMPT: Final = np.int64(0)
"""numba compiles a kernel anew for every Python integer it is given, not for numpy's."""


@njit(**INLINED)
def philox(k0: Any, k1: Any, c0: Any, c1: Any, c2: Any, c3: Any) -> Any:
    """Four random 32-bit words (as uint64) of a key and a counter (Salmon et al. 2011)."""
    for _ in range(10):
        product_0 = _MULTIPLY_0 * c0
        product_1 = _MULTIPLY_1 * c2
        c0 = (product_1 >> _32) ^ c1 ^ k0
        c1 = product_1 & _LOW
        c2 = (product_0 >> _32) ^ c3 ^ k1
        c3 = product_0 & _LOW
        k0 = (k0 + _WEYL_0) & _LOW
        k1 = (k1 + _WEYL_1) & _LOW
    return c0, c1, c2, c3


@njit(**INLINED)
def uniforms(place: Any, purpose: int, ident: int, level: int, attempt: int) -> Any:
    """Two independent uniforms inside (0, 1), on the midpoints of a grid of 2^-52."""
    seed, replication, week, zone, segment, stage = place
    w0, w1, w2, w3 = philox(
        seed,
        replication,
        np.uint64(attempt) | (np.uint64(level) << _16) | (stage << _24),
        week | (np.uint64(purpose) << _16),
        zone,
        np.uint64(ident) | (segment << _20),
    )
    u = (np.float64(((w0 << _32) | w1) >> _12) + 0.5) * _UNIT
    v = (np.float64(((w2 << _32) | w3) >> _12) + 0.5) * _UNIT
    return u, v


@njit(**INLINED)
def words(place: Any, purpose: int, ident: int, level: int) -> Any:
    """Two random 32-bit words, to be the key of draws that one counter cannot tell apart."""
    seed, replication, week, zone, segment, stage = place
    w0, w1, _, _ = philox(
        seed,
        replication,
        (np.uint64(level) << _16) | (stage << _24),
        week | (np.uint64(purpose) << _16),
        zone,
        np.uint64(ident) | (segment << _20),
    )
    return w0, w1


@njit(**INLINED)
def first_uniforms(place: Any, purpose: int, ident: int, level: int) -> Any:
    """Two independent uniforms of a draw's first attempt."""
    return uniforms(place, purpose, ident, level, FIRST_ATTEMPT)


@njit(**INNER)
def fill_uniforms(
    place: Any,
    purpose: int,
    level: int,
    idents: NDArray[np.int64],
    count: int,
    u: NDArray[np.float64],
    v: NDArray[np.float64],
) -> None:
    """First attempts of many ids at once, in a loop that the compiler turns into vectors."""
    for i in range(count):
        u[i], v[i] = first_uniforms(place, purpose, idents[i], level)

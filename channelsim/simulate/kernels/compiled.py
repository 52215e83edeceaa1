"""Compile a loop where numba is there, and run it as plain Python where it is not."""

from collections.abc import Callable

from channelsim.simulate.kernels.available import available


def compiled[**P, R](function: Callable[P, R]) -> Callable[P, R]:
    """Return the function compiled, or as it is: the same answers either way, slower."""
    if not available():
        return function
    from numba import njit

    fast: Callable[P, R] = njit(cache=True, error_model="numpy", nogil=True)(function)
    return fast

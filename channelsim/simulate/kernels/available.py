"""Whether the kernels can be used: numba is recommended, not needed."""

from functools import cache


@cache
def available() -> bool:
    """Return whether numba can be imported; an installed one that NumPy is too new for cannot."""
    try:
        import numba  # noqa: F401
    except ImportError:
        return False
    return True

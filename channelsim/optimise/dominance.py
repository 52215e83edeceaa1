"""Which points no other dominates, and which of those is the knee."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from channelsim.domain.columns import Bools, Floats


def non_dominated(values: ArrayLike | Sequence[Sequence[float]]) -> Bools:
    """Return which points no other is at least as good as in all and better in one: (K,).

    Equal points do not dominate one another.

    Parameters
    ----------
    values
        (K, P) value of each objective, more being better.
    """
    points = np.asarray(values, dtype=np.float64)
    kept = np.ones(len(points), dtype=bool)
    for row, point in enumerate(points):
        rivals = points[kept]
        worse = (rivals >= point).all(axis=1) & (rivals > point).any(axis=1)
        kept[row] = not worse.any()
    return kept


def normalised(values: Floats) -> Floats:
    """Return values (K, P) as shares of their range among the K points, 0 the worst, 1 the best."""
    low, high = values.min(axis=0), values.max(axis=0)
    width = np.where(high > low, high - low, 1.0)
    result: Floats = (values - low) / width
    return result


def knee(values: Floats) -> int:
    """Return the row that lies farthest beyond the plane through the single optima (Das 1999).

    With each objective a share of its range that plane is `sum = 1`, or parallel to it. What is
    worst in an objective is no knee as long as another point is worst in none: where objectives go
    together, the plane alone would take an end of the front.

    Parameters
    ----------
    values
        (K, P) values of points of which none dominates another, more being better.
    """
    shares = normalised(values)
    inner = (shares > 0).all(axis=1)
    beyond = np.where(inner | ~inner.any(), shares.sum(axis=1), -np.inf)
    return int(np.argmax(beyond))

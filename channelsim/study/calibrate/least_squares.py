"""Least squares with the covariance of what they estimate."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from scipy import optimize

from channelsim.domain.checks import require
from channelsim.domain.columns import Floats, Ints


class Fit(NamedTuple):
    """Parameters that fit best."""

    values: Floats
    """(K,) estimates."""
    covariance: Floats
    """(K, K) covariance of the estimates."""
    freedom: int
    """Observations less parameters."""


def linear(
    design: Floats, data: Floats, instruments: Floats | None = None, absorbed: int = 0
) -> Fit:
    """Return the ordinary, or with instruments (N, L >= K) the two-stage, least squares fit.

    Parameters
    ----------
    design, data
        (N, K) and (N,).
    absorbed
        Constants that were taken out of both before, such as groups' means.

    Raises
    ------
    BadValue
        If the columns do not tell the parameters apart, or there are too few rows.
    """
    rows, count = design.shape
    freedom = rows - count - absorbed
    require(
        freedom > 0,
        f"{rows} observations cannot tell {count + absorbed} parameters; add observations",
    )
    used = design if instruments is None else instruments @ _solved(instruments, design)
    require(
        np.linalg.matrix_rank(used) == count,
        "the data do not tell the parameters apart; add data in which they differ",
    )
    values = _solved(used, data)
    residual = data - design @ values
    variance = float(residual @ residual) / freedom
    return Fit(values, variance * np.linalg.inv(used.T @ used), freedom)


def centred(values: Floats, group: Ints) -> Floats:
    """Return values (N,) or (N, K) less the mean of their group (N,)."""
    columns = values.reshape(len(values), -1)
    count = np.bincount(group)
    means = np.stack([np.bincount(group, column) for column in columns.T], axis=1)
    result: Floats = (columns - (means / count[:, None])[group]).reshape(values.shape)
    return result


def curved(
    model: Callable[[Floats], Floats], data: Floats, start: Floats, low: Floats, high: Floats
) -> Fit:
    """Return the non-linear least squares fit of model(values) (N,) to data (N,) within bounds,
    with the covariance of its linearisation (Gallant 1987, ch. 1).

    Raises
    ------
    BadValue
        If there are too few data, or they leave a parameter open.
    """
    count = len(start)
    require(
        len(data) > count,
        f"{len(data)} observations cannot tell {count} parameters; add observations",
    )

    def gap(values: Floats) -> Floats:
        return model(values) - data

    found = optimize.least_squares(
        gap,
        np.clip(start, low, high),
        bounds=(low, high),
        x_scale=np.maximum(np.abs(start), 1e-9),
        ftol=1e-12, xtol=1e-12, gtol=1e-12, max_nfev=2000,
    )  # fmt: skip
    jacobian = np.asarray(found.jac, dtype=np.float64)
    slopes = jacobian * np.maximum(np.abs(start), 1e-9)
    require(
        np.linalg.matrix_rank(slopes) == count,
        "the data leave a parameter open; add data in which its effect shows",
    )
    freedom = len(data) - count
    variance = float(found.fun @ found.fun) / freedom
    return Fit(found.x, variance * np.linalg.inv(jacobian.T @ jacobian), freedom)


def _solved(design: Floats, data: Floats) -> Floats:
    result: Floats = np.linalg.lstsq(design, data, rcond=None)[0]
    return result

"""Forecasting rules: what a firm expects to sell in an average week, one row a forecast.

Demand is seen with its season taken out. A forecast stands for the weeks that an order must cover:
under ar1 what is expected of them differs from the long-run mean.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from channelsim.domain.columns import Floats, Ints

SMOOTHING = 0.2
"""Weight of the newest week (Gardner 1985 advises 0.1 to 0.3)."""


@dataclass(frozen=True, eq=False)
class Sight:
    """What a forecasting rule sees, each (N,) unless it says otherwise; units a week."""

    level: Floats
    """The forecast so far."""
    seen: Floats
    """The newest week."""
    past: Floats
    """(W, N) the newest weeks, the newest first."""
    window: Ints
    """Weeks that a moving average looks back, 1 to W."""
    weight: Floats
    """Weight of the newest week in smoothing."""
    mean: Floats
    """Mean of the weeks seen so far."""
    rho: Floats
    """Correlation with the week before, known or as found."""
    cover: Ints
    """Weeks that an order must cover."""
    delay: Ints
    """Weeks by which the newest week seen is older than last week."""


def smoothed(
    level: Floats, seen: Floats, season: float, weight: float | Floats = SMOOTHING
) -> Floats:
    """Return the level of sales in an average week after seeing one more week.

    Simple exponential smoothing of deseasonalised sales (Brown 1959); a week without season
    teaches nothing.

    Parameters
    ----------
    level
        (N,) units of an average week.
    seen
        (N,) units of the week seen.
    season
        Its factor.
    """
    if season <= 0:
        return level
    result: Floats = level + weight * (seen / season - level)
    return result


def exponential_smoothing(sight: Sight) -> Floats:
    """Move part of the way to the newest week (Brown 1959)."""
    return smoothed(sight.level, sight.seen, 1.0, sight.weight)


def moving_average(sight: Sight) -> Floats:
    """Return the mean of the last weeks (Chen, Drezner, Ryan and Simchi-Levi 2000)."""
    sums = np.cumsum(sight.past, axis=0)
    result: Floats = sums[sight.window - 1, np.arange(len(sight.window))] / sight.window
    return result


def ar1(sight: Sight) -> Floats:
    """Return the mean forecast over the weeks to cover, optimal where demand is AR(1):
    m + rho^delay (rho + ... + rho^cover) / cover (newest - m) (Lee, Padmanabhan and Whang 1997;
    Lee, So and Tang 2000).
    """
    rho, cover = sight.rho, np.maximum(sight.cover, 1)
    walk = rho == 1
    sums = np.where(walk, cover, (1 - rho**cover) / np.where(walk, 1.0, 1 - rho))
    pull = rho ** (sight.delay + 1) * sums
    result: Floats = np.maximum(sight.mean + pull / cover * (sight.seen - sight.mean), 0.0)
    return result


def known(sight: Sight) -> Floats:
    """Stay with what was expected from the start, as who knows the law of demand does."""
    return sight.level


def echoed(
    now: Floats, before: Floats, rho: Floats, echo: float, cover: Ints, delay: Ints
) -> Floats:
    """Return what is expected, beyond their mean, of orders over the weeks to cover where partners
    order what they sold and `echo` times its change (Lee, So and Tang 2000).

    Parameters
    ----------
    now, before
        (N,) demand beyond its mean in the newest week known and in the week before it, units.
    rho
        (N,) correlation of demand with the week before.
    delay
        (N,) weeks by which the newest week is older than last week.
    """
    walk = rho == 1
    sums = np.where(walk, cover, (1 - rho**cover) / np.where(walk, 1.0, 1 - rho))
    first = np.where(delay == 0, before, rho ** np.maximum(delay - 1, 0) * now)
    last = rho ** (delay + cover - 1) * now
    result: Floats = rho**delay * sums * now + echo * (last - first)
    return result


def origin(orders: Floats, before: Floats, echo: float) -> Floats:
    """Return the demand of which orders (N,) are the echo, demand a week before known (N,)
    (Raghunathan 2001): what was wrong at first dies out.
    """
    result: Floats = (orders + echo * before) / (1 + echo)
    return result


RULES: dict[str, Callable[[Sight], Floats]] = {
    "exponential_smoothing": exponential_smoothing,
    "moving_average": moving_average,
    "ar1": ar1,
    "known": known,
}

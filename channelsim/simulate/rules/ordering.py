"""Forecasting and ordering rules: what an outlet expects to sell and orders, one row an outlet."""

import numpy as np

from channelsim.domain.columns import Floats, Ints

SMOOTHING = 0.2
"""Weight of the newest week (Gardner 1985 advises 0.1 to 0.3)."""


def smoothed(level: Floats, seen: Floats, season: float, weight: float = SMOOTHING) -> Floats:
    """Return the level of sales in an average week after seeing one more week.

    Simple exponential smoothing of deseasonalised sales (Brown 1959); a week without season
    teaches nothing.

    Parameters
    ----------
    level
        (J,) units of an average week.
    seen
        (J,) units of the week seen.
    season
        Its factor.
    """
    if season <= 0:
        return level
    result: Floats = level + weight * (seen / season - level)
    return result


def order_up_to(level: Floats, ahead: Floats, weeks: Ints, safety: Floats) -> Floats:
    """Return the stock, on hand and on order, that an outlet orders up to, units (base stock:
    Arrow, Karlin and Scarf 1958).

    Parameters
    ----------
    ahead
        (J,) season factors summed over the weeks that the order must cover: lead time + review.
    weeks
        (J,) number of those weeks.
    safety
        (J,) weeks of sales held on top.
    """
    result: Floats = level * ahead * (1 + safety / np.maximum(weeks, 1))
    return result


def order(target: Floats, position: Ints) -> Ints:
    """Return whole units that bring the position up to the target."""
    result: Ints = np.maximum(np.rint(target).astype(np.int64) - position, 0)
    return result

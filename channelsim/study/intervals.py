"""Intervals of what was simulated: noise between replications, and ranges over assumptions."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import stats


@dataclass(frozen=True)
class Interval:
    """A mean with the low and high end of an interval, in the unit of the measure."""

    mean: float
    """Mean."""
    low: float
    """Low end."""
    high: float
    """High end."""

    @property
    def is_known(self) -> bool:
        """Whether there are ends: one figure has none."""
        return not np.isnan(self.low)

    @property
    def excludes_zero(self) -> bool:
        """Whether 0 lies outside; of no interval it is not known."""
        return self.low > 0 or self.high < 0

    def __str__(self) -> str:
        sizes = [abs(v) for v in (self.mean, self.low, self.high) if not np.isnan(v)]
        form = _form(max(sizes, default=0.0))
        return f"{self.mean:{form}} [{self.low:{form}}, {self.high:{form}}]"


def _form(largest: float) -> str:
    """Return the format in which numbers print alike: four digits of the largest, none cut off."""
    if largest == 0:
        return ",.4g"
    digits = np.floor(np.log10(largest))
    return f",.{max(3 - int(digits), 0)}f" if -5 <= digits <= 15 else ".3e"


def replication_interval(
    values: Sequence[float], level: float = 0.95, least: float = -np.inf, most: float = np.inf
) -> Interval:
    """Return the mean over independent replications with Student's interval for it.

    One value has no interval: low and high are NaN.

    Parameters
    ----------
    least, most
        Between which the mean must lie; the interval ends there.
    """
    data = np.asarray(values, dtype=float)
    mean = float(data.mean())
    if len(data) < 2:
        return Interval(mean, float("nan"), float("nan"))
    half = float(stats.t.ppf((1 + level) / 2, len(data) - 1) * stats.sem(data))
    return Interval(mean, max(mean - half, min(least, mean)), min(mean + half, max(most, mean)))


def tail_mean(values: Sequence[float], share: float, lower_is_better: bool = False) -> float:
    """Return the mean of the worst share of some figures, one at least: the conditional value at
    risk of equally likely cases (Rockafellar and Uryasev 2000).
    """
    data = np.sort(np.asarray(values, dtype=float))
    worst = data[::-1] if lower_is_better else data
    return float(worst[: max(int(share * len(data)), 1)].mean())


def assumption_interval(values: Sequence[float], level: float = 0.95) -> Interval:
    """Return the mean over draws of the assumptions with the central `level` of the draws.

    One draw has no range: low and high are NaN.
    """
    data = np.asarray(values, dtype=float)
    if len(data) < 2:
        return Interval(float(data.mean()), float("nan"), float("nan"))
    low, high = np.quantile(data, [(1 - level) / 2, (1 + level) / 2])
    return Interval(float(data.mean()), float(low), float(high))

"""What a calibration returns: estimates with their intervals, and the scenario that has them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import stats

from channelsim.domain import checks
from channelsim.domain.columns import Floats
from channelsim.domain.scenario import Scenario
from channelsim.study.aligned import aligned
from channelsim.study.intervals import Interval

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Estimate:
    """A parameter that data tell."""

    name: str
    """Parameter."""
    value: float
    """Estimate."""
    low: float
    """Low end of its interval; the value where the data leave no doubt."""
    high: float
    """High end."""
    unit: str
    """Unit of the three numbers."""

    def holds(self, value: float) -> bool:
        """Return whether a value lies within the interval."""
        return self.low <= value <= self.high


@dataclass(frozen=True, eq=False, repr=False)
class Calibration:
    """A model fitted to data."""

    model: str
    """What was fitted, and how."""
    estimates: tuple[Estimate, ...]
    """Parameters with their intervals."""
    scenario: Scenario
    """The scenario with the estimates written in."""
    observed: tuple[float, ...] = ()
    """Data, in their own unit and order."""
    fitted: tuple[float, ...] = ()
    """What the fitted model gives for them, in the same order and unit."""
    notes: tuple[str, ...] = ()
    """What the scenario could not take as it was estimated."""
    level: float = 0.95
    """Level of the intervals."""

    def __getitem__(self, name: str) -> Estimate:
        """Return an estimate by name."""
        names = [one.name for one in self.estimates]
        checks.one_of("estimate", name, names)
        return self.estimates[names.index(name)]

    @property
    def table(self) -> "pd.DataFrame":
        """One row an estimate: name, value, low, high, unit."""
        import pandas as pd

        return pd.DataFrame([vars(one) for one in self.estimates])

    @property
    def error(self) -> float:
        """Root of the mean squared difference of observed and fitted, in their unit; NaN without
        data.
        """
        if not self.observed:
            return float("nan")
        gap = np.subtract(self.observed, self.fitted)
        return float(np.sqrt(np.mean(gap**2)))

    def __str__(self) -> str:
        ends = f"{self.level:.0%} interval"
        rows = [("estimate", f"value [{ends}]", "unit")]
        rows += [(one.name, str(Interval(one.value, one.low, one.high)), one.unit)
                 for one in self.estimates]  # fmt: skip
        return "\n".join([f"{self.scenario.name}: {self.model}", aligned(rows), *self.notes])


def estimates_of(
    names: Sequence[str],
    units: Sequence[str],
    values: Floats,
    covariance: Floats,
    level: float,
    freedom: float = np.inf,
) -> tuple[Estimate, ...]:
    """Return estimates with Wald intervals: value +- t sd.

    Parameters
    ----------
    values, covariance
        (K,) and (K, K).
    freedom
        Degrees of freedom of Student's t; infinite: the normal's.
    """
    times = float(stats.t.ppf((1 + level) / 2, freedom))
    half = times * np.sqrt(np.maximum(np.diag(covariance), 0.0))
    rows = zip(names, values.tolist(), half.tolist(), units, strict=True)
    return tuple(Estimate(name, v, v - h, v + h, unit) for name, v, h, unit in rows)


def checked_level(level: float) -> float:
    """Return a level of intervals that is one.

    Raises
    ------
    BadValue
        If it does not lie between 0 and 1.
    """
    checks.within("level", level, 0.01, 0.9999, "write a share such as 0.95")
    return level

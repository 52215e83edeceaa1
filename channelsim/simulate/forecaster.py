"""Forecasts at work: what each row's rule remembers of demand, and its forecast after a week."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from channelsim.domain.columns import Bools, Floats, Ints
from channelsim.simulate.rules import forecasting
from channelsim.simulate.rules.chosen import Chosen

LONG = 52.0
"""Weeks that the demand of the start counts for in a mean: it has long been so."""
LEAST_WEEKS = 8.0
"""Weeks before which nobody finds a correlation."""
_MOST_RHO = 0.95
_ERROR_WEIGHT = 0.1
"""Weight of the newest week in the variance of errors (Brown 1959)."""


@dataclass(frozen=True, eq=False)
class Habits:
    """How each row forecasts, each (N,)."""

    names: Sequence[str]
    """Rule."""
    window: Ints
    """Weeks that a moving average looks back."""
    weight: Floats
    """Weight of the newest week in smoothing."""
    rho: Floats
    """Correlation taken for granted; NaN: as found."""
    cover: Ints
    """Weeks that an order must cover."""
    delay: Ints
    """Weeks by which what is seen is older than last week."""
    swing: Floats | float = 0.0
    """Standard deviation of a week's demand beyond that of counts, share of its mean."""


class Forecaster:
    """Forecasts of N rows.

    Parameters
    ----------
    habits
        How they forecast.
    level
        (N,) demand in an average week that they start from, units.
    errors
        Whether the spread of forecast errors is asked for.
    """

    def __init__(self, habits: Habits, level: Floats, *, errors: bool = False) -> None:
        self.habits, self._errors = habits, errors
        self._rule = Chosen.of(habits.names, forecasting.RULES)
        named = np.array(habits.names, dtype=object)
        averaged = habits.window[np.asarray(named == "moving_average", dtype=np.bool_)]
        self._correlates = "ar1" in habits.names
        self._past = np.repeat(level[None], int(averaged.max(initial=1)), axis=0)
        self._window = np.minimum(habits.window, len(self._past))
        self._learns = np.asarray(named != "known", dtype=np.bool_)
        self._variance = self._usual_variance(level)
        self._mean, self._weeks = level.copy(), np.zeros_like(level)
        self._last = level.copy()
        self._square, self._cross = np.zeros_like(level), np.zeros_like(level)

    @property
    def sigma(self) -> Floats:
        """Standard deviation of a week's demand about its forecast, at first as of Poisson counts
        and the market's swings: (N,) units.
        """
        result: Floats = np.sqrt(self._variance)
        return result

    @property
    def rho(self) -> Floats:
        """Correlation with the week before: (N,), known, or found after some weeks (Yule 1927)."""
        found = np.divide(
            self._cross, self._square, out=np.zeros_like(self._cross), where=self._square > 0
        )
        found = np.where(self._weeks < LEAST_WEEKS, 0.0, np.clip(found, -_MOST_RHO, _MOST_RHO))
        return np.where(np.isnan(self.habits.rho), found, self.habits.rho)

    def begin(self, which: Bools, level: Floats) -> None:
        """Start some rows (N,) anew from a level (N,)."""
        for row in (*self._past, self._mean, self._last):
            row[which] = level[which]
        self._variance[which] = self._usual_variance(level)[which]
        for row in (self._weeks, self._square, self._cross):
            row[which] = 0.0

    def learn(self, level: Floats, asked: Floats, season: float, which: Bools) -> Floats:
        """Return the levels (N,) after one more week; rows not of `which` (N,) stay as they are.

        Parameters
        ----------
        asked
            (N,) units that were asked for.
        season
            The week's factor; a week without season teaches nothing.
        """
        if season <= 0:
            return level
        seen = asked / season
        self._remember(level, seen, which)
        sight = forecasting.Sight(
            level=level,
            seen=seen,
            past=self._past,
            window=self._window,
            weight=self.habits.weight,
            mean=self._mean,
            rho=self.rho if self._correlates else self.habits.rho,
            cover=self.habits.cover,
            delay=self.habits.delay,
        )
        return np.where(which, self._rule(sight), level)

    def _usual_variance(self, level: Floats) -> Floats:
        """Return the variance of a week's demand of these levels (N,): (N,)."""
        result: Floats = level + (self.habits.swing * level) ** 2
        return result

    def _remember(self, level: Floats, seen: Floats, which: Bools) -> None:
        if len(self._past) > 1:
            self._past = np.roll(self._past, 1, axis=0)
            self._past[0] = np.where(which, seen, self._past[1])
        else:
            self._past[0] = np.where(which, seen, self._past[0])
        if self._errors:
            error = (seen - level) ** 2 - self._variance
            self._variance += np.where(which & self._learns, _ERROR_WEIGHT * error, 0.0)
        if self._correlates:
            self._correlate(seen, which)

    def _correlate(self, seen: Floats, which: Bools) -> None:
        """Take one more week into the mean and the sums of squares about it."""
        self._weeks += which
        self._mean += np.where(which, (seen - self._mean) / (LONG + self._weeks), 0.0)
        now, before = seen - self._mean, self._last - self._mean
        self._square += np.where(which, now**2, 0.0)
        self._cross += np.where(which, now * before, 0.0)
        self._last = np.where(which, seen, self._last)

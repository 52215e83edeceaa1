"""A maker that knows how partners turn demand into orders, and forecasts their orders from demand.

Partners who order up to an AR(1) forecast order in a week what they sold in the last one and k
times its change, y_t = d_(t-1) + k (d_(t-1) - d_(t-2)) (Lee, So and Tang 2000). A maker that is
told of demand foresees orders better than one that looks at the newest order alone; one that is
told of orders works demand out from all of them, and loses next to nothing (Raghunathan 2001).
"""

import numpy as np

from channelsim.domain.columns import Bools, Floats
from channelsim.simulate.forecaster import LONG, Habits
from channelsim.simulate.rules import forecasting


class Foresight:
    """Forecasts of partners' orders, N rows.

    Parameters
    ----------
    habits
        How they are forecast, correlations given.
    level
        (N,) demand in an average week at the start, units.
    echo
        k, times that orders add the change of demand.
    told
        Whether what is seen is demand instead of orders.
    """

    def __init__(self, habits: Habits, level: Floats, echo: float, *, told: bool) -> None:
        self.habits, self.echo, self.told = habits, echo, told
        self._delay = habits.delay + (0 if told else 1)
        self._mean, self._last, self._weeks = level.copy(), level.copy(), 0.0

    def learn(self, level: Floats, asked: Floats, season: float, which: Bools) -> Floats:
        """Return the orders expected in a mean week of those to cover (N,) after one more week.

        Parameters
        ----------
        level
            (N,) what was expected before.
        asked
            (N,) units of the week seen.
        season
            Its factor; a week without season teaches nothing.
        which
            (N,) rows that learn.
        """
        if season <= 0:
            return level
        seen, before = asked / season, self._last
        demand = seen if self.told else forecasting.origin(seen, before, self.echo)
        self._weeks += 1.0
        self._mean = self._mean + (demand - self._mean) / (LONG + self._weeks)
        self._last = demand
        off = forecasting.echoed(
            demand - self._mean,
            before - self._mean,
            self.habits.rho,
            self.echo,
            self.habits.cover,
            self._delay,
        )
        return np.where(which, np.maximum(self._mean + off / self.habits.cover, 0.0), level)

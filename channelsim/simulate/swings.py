"""Swings of demand at work: the shared factor on each zone's occasions, week by week.

The score of zone n has a memory (an AR(1) process, Box and Jenkins 1970) and a common part:

    x_t = m x_(t-1) + sqrt(1 - m^2) e_t,   e_nt = sqrt(k) common_t + sqrt(1 - k) own_nt

from the stationary law on, m the memory and k the common share. Zones are drawn by their ids.
"""

import numpy as np

from channelsim.domain import swings
from channelsim.domain.columns import Floats
from channelsim.domain.scenario import Scenario
from channelsim.simulate.streams import Purpose, Streams, stable_id

_OWN, _COMMON = 0, 1


class Swings:
    """Factors on occasions of Z zones, asked for week after week.

    Parameters
    ----------
    case, streams
        The run's scenario and random numbers.
    """

    def __init__(self, case: Scenario, streams: Streams) -> None:
        self.market, self.streams = case.market, streams
        self._key = np.array([stable_id(zone.id) for zone in case.zones], dtype=np.int64)
        self._score: Floats | None = None

    def next(self, week: int) -> Floats:
        """Return the factors of a week that follows the one asked for before: (Z,)."""
        market = self.market
        if market.swing == 0:
            return np.ones(len(self._key))
        news, memory = self._news(week), market.swing_memory
        if self._score is not None:
            news = memory * self._score + np.sqrt(1 - memory**2) * news
        self._score = news
        return swings.factor(news, market.swing, market.swing_law)

    def _news(self, week: int) -> Floats:
        share = self.market.swing_common
        own = self.streams.normal(Purpose.SHOCK, week, self._key, _OWN)
        common = self.streams.normal(Purpose.SHOCK, week, 0, _COMMON)
        result: Floats = np.sqrt(share) * common + np.sqrt(1 - share) * own
        return result

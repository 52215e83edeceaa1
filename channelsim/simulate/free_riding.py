"""Free riding on service: customers try a product where service is good and buy it elsewhere.

Of the best service that open shops of a zone show, an outlet that rides free at the rate f profits
above its own service s (Telser 1960; online, showrooming: Mehra, Kumar and Raju 2018):

    borrowed = f x max(best of the zone - s, 0)

which is worth its service weight to each segment, like service of its own. What today's shops show
is part of the appeals that were estimated under them, so that what counts is the difference.
"""

import numpy as np

from channelsim.domain.columns import Bools, Floats
from channelsim.domain.scenario import Scenario


class FreeRiding:
    """Odds with borrowed service in them, worked out anew only when shops open or close.

    Parameters
    ----------
    case
        The run's scenario.
    """

    def __init__(self, case: Scenario) -> None:
        columns = case.columns
        self.case, self.arcs = case, case.arcs
        rates = np.array([kind.free_riding for kind in case.channel_types])
        self.rate = rates[columns.type_of]
        self._tastes = np.array([segment.service_weight for segment in case.segments])
        today = np.array([c.open_today for c in case.candidates], dtype=np.bool_)
        self._usual = self.borrowed(today)
        self._is_open: Bools = today
        self._factor: Floats | None = None

    def borrowed(self, is_open: Bools) -> Floats:
        """Return the service that each arc borrows from the open shops (J,) of its zone: (A,)."""
        columns, at = self.case.columns, self.arcs.candidate
        best = np.zeros(len(self.case.zones))
        shops = is_open & (columns.zone_of >= 0)
        np.maximum.at(best, columns.zone_of[shops], columns.service[shops])
        shown = np.maximum(best[self.arcs.zone] - columns.service[at], 0.0)
        result: Floats = self.rate[at] * shown
        return result

    def factor(self, is_open: Bools) -> Floats | None:
        """Return what is borrowed where some outlets (J,) are open multiplies odds by: (A, S); None
        where nobody borrows.
        """
        if not self.rate.any():
            return None
        if self._factor is None or not np.array_equal(is_open, self._is_open):
            more = self.borrowed(is_open) - self._usual
            self._factor = np.exp(np.outer(more, self._tastes))
            self._is_open = is_open.copy()
        return self._factor

"""After-sales service: units sold come back with requests, and what cannot be handled waits.

Each outlet handles up to its capacity c a week; of the requests that units sold bring, r a unit,
the rest waits (Lindley 1952; as a fluid: Newell 1971):

    Q' = min(max(Q + r x units - c, 0), 26 c),   wait = Q / c weeks.

Whoever would wait longer than half a year gives up. Requests to an outlet that closes are still
handled. Buyers look at the wait that they find, so this week's sales move next week's buyers.
"""

from typing import TYPE_CHECKING

import numpy as np

from channelsim.domain.columns import Floats, Ints
from channelsim.domain.scenario import Scenario
from channelsim.simulate.ledger import MAKER, SERVICES
from channelsim.simulate.rules.complaints import made

if TYPE_CHECKING:
    from channelsim.simulate.channel import Channel

LONGEST_WAIT = 26.0
"""Weeks that anybody waits."""
_MOST_YEARS = 20


class AfterSales:
    """Requests that wait at every outlet.

    Parameters
    ----------
    case
        The run's scenario.
    sold
        (J,) units that today's outlets sell in an average week.
    """

    queue: Floats
    """(J,) requests waiting: at the start, what today's trading has left."""
    usual: Floats
    """(J,) weeks that today's buyers wait, the mean over a year's sales."""

    def __init__(self, case: Scenario, sold: Floats) -> None:
        self.rate, self.capacity = case.market.claim_rate, case.columns.after_sales
        self.queue = np.zeros_like(sold)
        self.usual = self._trade(sold, case.columns.season, case.market.trading_weeks)

    @property
    def wait(self) -> Floats:
        """Weeks that a request made now waits: (J,)."""
        result: Floats = self.queue / self.capacity
        return result

    def serve(self, sold: Floats | Ints) -> None:
        """Take in the requests of a week's sales (J,) and handle what capacity allows."""
        left = np.maximum(self.queue + self.rate * sold - self.capacity, 0.0)
        self.queue = np.minimum(left, LONGEST_WAIT * self.capacity)

    def _trade(self, sold: Floats, season: Floats, weeks: float) -> Floats:
        """Trade for whole years, and return the mean wait over the last one's sales: (J,)."""
        mean = np.zeros_like(sold)
        if self.rate == 0:
            return mean
        for _ in range(min(int(np.ceil(weeks / len(season))), _MOST_YEARS)):
            mean = np.zeros_like(sold)
            for factor in season:
                mean += self.wait * (factor / len(season))
                self.serve(sold * factor)
        return mean


def complaints(channel: "Channel") -> tuple[float, float]:
    """Return the complaints of this week's buyers, and pay for handling them: number and money."""
    policy, complain = channel.case.policy, channel.setting.tastes.complain
    if not complain.any():
        return 0.0, 0.0
    unhappy = (channel.sales.sold - channel.sales.happy_buyers).sum(axis=0).astype(np.float64)
    number = float(made(unhappy, channel.tiers.kinds(complain), policy.complaints_settled).sum())
    channel.ledger.pay("complaints", MAKER, SERVICES, number * policy.complaint_cost)
    return number, number * policy.complaint_cost

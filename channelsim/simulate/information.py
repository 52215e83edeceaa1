"""What the maker sees of its partners' trade: what they share, how late, and how well.

Under `none` it sees its own deliveries, under `orders` what partners say they order, under
`sell_out` what consumers bought, under `inventory` that and what partners are short of. Partners
may inflate reported orders and needs after a cut delivery (the rationing game: Lee, Padmanabhan and
Whang 1997); sell-out comes from tills. Own arms report the truth, though with the same noise.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from channelsim.domain.columns import Floats, dot
from channelsim.domain.policy import Policy
from channelsim.simulate.firms import Outlets
from channelsim.simulate.sites import Sites
from channelsim.simulate.streams import Purpose, Streams
from channelsim.simulate.trade import Firms, Trade

if TYPE_CHECKING:
    from channelsim.simulate.channel import Channel


@dataclass(frozen=True)
class News:
    """What the maker learns of one week."""

    week: int
    """The week it is about."""
    demand: float
    """Units sold, ordered or delivered, as it sees them."""
    orders: float
    """Units ordered, as it sees them."""
    needs: float
    """Units that partners are short of; 0 where they do not show their stock."""


class Information:
    """Reports on their way to the maker.

    Parameters
    ----------
    policy
        What is shared, with what lag and noise.
    trade, firms, streams
        The run's outlets, partners and random numbers.
    """

    def __init__(self, policy: Policy, trade: Trade, firms: Firms, streams: Streams) -> None:
        self.policy, self.trade, self.firms, self.streams = policy, trade, firms, streams
        self.lag = lag_of(policy)
        self._on_its_way: list[News] = []
        self._held: list[News] = []

    def spread(self, channel: "Channel") -> None:
        """Let the maker, its warehouses and outlets learn of the week before, if there was one."""
        if channel.week == 0:
            return
        outlets, sites, last = channel.outlets, channel.sites, channel.week - 1
        for news in self.arriving(self.report(outlets, last, sites), channel.week):
            channel.maker.learn(news)
        channel.replenishment.remember(outlets)
        if sites is not None:
            sites.learn(outlets, channel.setting.season(last))

    def arriving(self, news: News | None, week: int) -> tuple[News, ...]:
        """Return the news that reach the maker in a week: in one of reports all since the last."""
        self._held += [] if news is None else [news]
        if week % self.policy.report_weeks:
            return ()
        held, self._held = tuple(self._held), []
        return held

    def report(self, outlets: Outlets, week: int, sites: Sites | None = None) -> News | None:
        """Send the report of a week just played, and return the one that arrives, if any does.

        What warehouses and depots order of it, receive and lack the maker knows.
        """
        told, from_sites = self._told(outlets), (0.0, 0.0, 0.0)
        direct = np.ones(len(told))
        if sites is not None:
            direct, near = (sites.site < 0).astype(np.float64), sites.from_plant
            from_sites = (
                float(sites.sent[near].sum()),
                float(sites.ordered[near].sum()),
                sites.short,
            )
        shared, error = self.policy.information, self._error(week)
        orders = self._total(outlets.ordered * told * direct, error) + from_sites[1]
        demand = {
            "none": self._total(outlets.shipped * direct, error) + from_sites[0],
            "orders": orders,
        }.get(shared, self._total(outlets.sold.astype(np.float64), error))
        needs = self._total(self._short(outlets) * told, error)
        needs += from_sites[2] if shared == "inventory" else 0.0
        news = News(week, demand, orders, needs)
        self._on_its_way.append(news)
        return self._on_its_way.pop(0) if len(self._on_its_way) > self.lag else None

    def _told(self, outlets: Outlets) -> Floats:
        """Return what partners multiply their orders and needs by in their reports: (J,)."""
        cut = (outlets.shipped < outlets.ordered) & ~self.trade.own
        return np.where(cut, 1 + self.policy.distortion, 1.0)

    def _short(self, outlets: Outlets) -> Floats:
        if self.policy.information != "inventory":
            return np.zeros(len(outlets.target))
        short = np.maximum(outlets.target - outlets.position, 0.0)
        return np.where(outlets.is_open, short, 0.0)

    def _error(self, week: int) -> Floats | None:
        """Return the factor that noise puts on each partner's report: (P,)."""
        if self.policy.noise == 0:
            return None
        noise = self.streams.normal(Purpose.INFORMATION, week, self.firms.key)
        return np.maximum(1 + self.policy.noise * noise, 0.0)

    def _total(self, units: Floats, error: Floats | None) -> float:
        if error is None:
            return float(units.sum())
        return dot(np.bincount(self.trade.partner, units, len(error)), error)


def lag_of(policy: Policy) -> int:
    """Return by how many weeks the maker's view is older than last week, digitisation at work."""
    return round(policy.information_lag * (1 - policy.digitisation))

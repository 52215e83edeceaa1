"""How goods have flowed since the start: the bullwhip, and how often stock turns over.

    bullwhip    variance of orders / variance of sales, week by week (Lee, Padmanabhan and Whang
                1997); 1 where nothing varies
    turnover    units sold a year / mean stock

Variances are run on without going back over the weeks (Welford 1962).
"""

from typing import TYPE_CHECKING

import numpy as np

from channelsim.domain.columns import Floats

if TYPE_CHECKING:
    from channelsim.simulate.channel import Channel

WEEKS_A_YEAR = 52


class Spread:
    """Mean and variance of N flows over the weeks seen so far."""

    def __init__(self, rows: int) -> None:
        self.weeks = 0
        self.mean: Floats = np.zeros(rows)
        self._squares: Floats = np.zeros(rows)

    @property
    def variance(self) -> Floats:
        """Sample variance: (N,), 0 before the second week."""
        result: Floats = self._squares / max(self.weeks - 1, 1)
        return result

    def add(self, flow: Floats) -> None:
        """Take in one more week's flows (N,)."""
        self.weeks += 1
        off = flow - self.mean
        self.mean = self.mean + off / self.weeks
        self._squares = self._squares + off * (flow - self.mean)


class Flow:
    """Orders, production, sales and stock so far, by partner and, in the last row, in all.

    Parameters
    ----------
    partners
        P.
    """

    def __init__(self, partners: int) -> None:
        self.orders, self.sold = Spread(partners + 1), Spread(partners + 1)
        self.stock, self.made = Spread(partners + 1), Spread(1)
        self.upstream = Spread(1)

    def note(self, channel: "Channel") -> None:
        """Take in the week that a run has just played."""
        by_partner, outlets, sites = channel.setting.by_partner, channel.outlets, channel.sites
        ordered, sold = by_partner(outlets.ordered), by_partner(outlets.sold)
        asked = ordered.sum() if sites is None else sites.upstream(outlets.ordered)
        passing = channel.distributors
        self.add(
            ordered,
            sold,
            by_partner(outlets.stock),
            channel.maker.made,
            float(asked),
            (passing.ordered, passing.through(outlets.sold), passing.stock),
        )

    def add(
        self,
        orders: Floats,
        sold: Floats,
        stock: Floats,
        made: float,
        upstream: float,
        passing: tuple[Floats, Floats, Floats] | None = None,
    ) -> None:
        """Take in one more week.

        Parameters
        ----------
        orders, sold, stock
            (P,) of partners' outlets; the last row sums these alone.
        made, upstream
            Production in all, and orders that reach the plant.
        passing
            The same three of what partners sell on as distributors (P,); None: nothing.
        """
        more = passing or (np.zeros_like(orders),) * 3
        flows = (self.orders, orders), (self.sold, sold), (self.stock, stock)
        for (spread, flow), on_top in zip(flows, more, strict=True):
            spread.add(np.append(flow + on_top, flow.sum()))
        self.made.add(np.array([made]))
        self.upstream.add(np.array([upstream]))

    @property
    def bullwhip(self) -> Floats:
        """Variance of orders over that of sales: (P + 1,)."""
        return amplified(self.orders.variance, self.sold.variance)

    @property
    def production_bullwhip(self) -> float:
        """Variance of production over that of sales."""
        return float(amplified(self.made.variance, self.sold.variance[-1:])[0])

    @property
    def upstream_bullwhip(self) -> float:
        """Variance of orders that reach the plant over that of sales."""
        return float(amplified(self.upstream.variance, self.sold.variance[-1:])[0])

    @property
    def turnover(self) -> Floats:
        """Times a year that stock turns over: (P + 1,), 0 without stock."""
        sold, stock = self.sold.mean * WEEKS_A_YEAR, self.stock.mean
        return np.divide(sold, stock, out=np.zeros_like(sold), where=stock > 0)


def amplified(after: Floats, before: Floats) -> Floats:
    """Return the ratio of two variances, 1 where the first flow does not vary."""
    return np.divide(after, before, out=np.ones_like(after), where=before > 0)

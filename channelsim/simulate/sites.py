"""Regional warehouses at work: a second echelon between the plant and outlets.

A warehouse forecasts what its outlets order, or, where partners share sell-out, what they sell; it
orders up to the weeks ahead and its safety stock (Arrow, Karlin and Scarf 1958), and rations what
it holds among its outlets by the maker's rule. Its stock is the maker's. What an outlet buys first,
on opening, comes from the plant.
"""

import numpy as np

from channelsim.domain.columns import Floats, Ints
from channelsim.domain.rules import FAMILIES
from channelsim.domain.scenario import Scenario
from channelsim.simulate.firms import Outlets
from channelsim.simulate.forecaster import Forecaster, Habits
from channelsim.simulate.rules import ordering, rationing
from channelsim.simulate.supply import season_ahead, send, standing_stock
from channelsim.simulate.trade import Trade

TOLD = ("sell_out", "inventory")
"""Kinds of shared information that tell a warehouse what its outlets sell."""


class Sites:
    """State of every warehouse, W rows.

    Parameters
    ----------
    case
        The run's scenario.
    sold
        (J,) units that outlets of today sell in an average week.
    """

    def __init__(self, case: Scenario, sold: Floats) -> None:
        rows, self.season = case.sites, case.columns.season
        index = {site.id: at for at, site in enumerate(rows)}
        self.count = len(rows)
        self.site = np.array([index.get(c.site, -1) for c in case.candidates], dtype=np.int64)
        self.lead = np.array([s.lead_time for s in rows], dtype=np.int64)
        self.review = np.array([s.review_weeks for s in rows], dtype=np.int64)
        self.safety = np.array([s.stock_weeks for s in rows], dtype=np.float64)
        self.reserve = np.array([s.reserve_units for s in rows], dtype=np.float64)
        self._told = case.policy.information in TOLD
        self._rule = case.policy.rationing
        self.level = self._by_site(sold)
        self._forecaster = Forecaster(_habits(case), self.level)
        every = np.ones(self.count, dtype=np.bool_)
        goods = standing_stock(self, self.level, self.season, every, self._full)
        self.stock, self.transit = goods
        self.target = np.zeros(self.count)
        self.ordered, self.sent = self._none(), self._none()
        self.served = 0

    @property
    def position(self) -> Ints:
        """Units on hand and on their way to each warehouse: (W,)."""
        result: Ints = self.stock + self.transit.sum(axis=0)
        return result

    @property
    def held(self) -> int:
        """Units at warehouses and on their way to them."""
        return int(self.position.sum())

    @property
    def short(self) -> float:
        """Units by which warehouses are below what they order up to."""
        return float(np.maximum(self.target - self.position, 0.0).sum())

    def learn(self, outlets: Outlets, last_season: float) -> None:
        """Learn what outlets sold in a week played, if they tell."""
        if self._told:
            self._learn(outlets.sold, last_season)

    def serve(
        self, outlets: Outlets, trade: Trade, priority: Floats, turn: Floats, week: int
    ) -> None:
        """Take in what arrives, serve the outlets' orders, learn from them, and order."""
        due = self.transit[week % len(self.transit)]
        self.stock += due
        due[:] = 0
        asked = self._by_site(outlets.ordered)
        given = np.where(self.site >= 0, outlets.ordered, 0)
        for short in np.flatnonzero(asked > self.stock):
            rows = np.flatnonzero(self.site == short)
            claims = rationing.Claims(
                outlets.ordered[rows], priority[trade.partner[rows]], turn[rows]
            )
            given[rows] = rationing.rationed(self._rule, claims, float(self.stock[short]))
        self.served = int(given.sum())
        self.stock -= self._by_site(given).astype(np.int64)
        send(outlets, trade, given, week)
        if not self._told:
            self._learn(outlets.ordered, float(self.season[week % len(self.season)]))
        self._order(week)

    def upstream(self, ordered: Floats | Ints) -> float:
        """Return the orders that reach the plant, of orders by outlet (J,): units."""
        return float(ordered[self.site < 0].sum() + self.ordered.sum())

    def claims(self, outlets: rationing.Claims) -> rationing.Claims:
        """Return the claims on the plant: of outlets that it serves itself (J), and warehouses (W).

        A warehouse weighs as much as a partner of the middle tier.
        """
        return rationing.Claims(
            np.concatenate([np.where(self.site < 0, outlets.orders, 0), self.ordered]),
            np.concatenate([outlets.weight, np.ones(self.count)]),
            np.concatenate([outlets.earned, self._by_site(outlets.earned)]),
        )

    def take(self, sent: Ints, week: int) -> None:
        """Note what the plant has sent (W,)."""
        self.sent = sent
        self.transit[(week + self.lead) % len(self.transit), np.arange(self.count)] += sent

    def _learn(self, seen: Ints, season: float) -> None:
        every = np.ones(self.count, dtype=np.bool_)
        self.level = self._forecaster.learn(self.level, self._by_site(seen), season, every)

    def _order(self, week: int) -> None:
        self.target = self._full(self.level, week)
        turn = (week + np.arange(self.count)) % self.review == 0
        self.ordered = np.where(turn, ordering.order(self.target, self.position), 0)

    def _full(self, level: Floats, week: int) -> Floats:
        """Return the stock, on hand and on order, that forecasts (W,) call for: (W,) units."""
        weeks = self.lead + self.review
        ahead = season_ahead(self.season, week, weeks)
        return ordering.up_to(level, ahead, weeks, self.safety) + self.reserve

    def _by_site(self, values: Floats | Ints) -> Floats:
        """Sum values by outlet (J,) over the outlets of each warehouse: (W,)."""
        here = self.site >= 0
        return np.bincount(self.site[here], values[here], self.count).astype(np.float64)

    def _none(self) -> Ints:
        return np.zeros(self.count, dtype=np.int64)


def _habits(case: Scenario) -> Habits:
    rows = case.sites
    return Habits(
        names=[s.forecasting or FAMILIES["forecasting"][0] for s in rows],
        window=np.array([s.forecast_window for s in rows], dtype=np.int64),
        weight=np.array([s.forecast_weight for s in rows], dtype=np.float64),
        rho=np.array([np.nan if s.forecast_rho is None else s.forecast_rho for s in rows]),
        cover=np.array([s.lead_time + s.review_weeks for s in rows], dtype=np.int64),
        delay=np.zeros(len(rows), dtype=np.int64),
    )

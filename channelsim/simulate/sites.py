"""Warehouses and distributors' depots at work: echelons between the plant and outlets.

Each forecasts what is ordered from it, or, where partners share sell-out, what is sold through it,
and rations what it holds by the maker's rule. A warehouse is the maker's: it orders up to the weeks
ahead and its safety stock (Arrow, Karlin and Scarf 1958). A depot is its distributor's, orders by
that partner's rule, and from the first depot of those from whom it buys, else the plant. What an
outlet buys first, on opening, comes from the plant.
"""

from dataclasses import replace

import numpy as np

from channelsim.domain.channel import ChannelType
from channelsim.domain.columns import Bools, Floats, Ints
from channelsim.domain.distribution import MAKER, chain
from channelsim.domain.rules import FAMILIES
from channelsim.domain.scenario import Scenario
from channelsim.simulate.firms import Outlets
from channelsim.simulate.forecaster import Forecaster, Habits
from channelsim.simulate.rules import ordering, rationing
from channelsim.simulate.rules.chosen import Chosen
from channelsim.simulate.supply import season_ahead, send, standing_stock
from channelsim.simulate.trade import Trade

TOLD = ("sell_out", "inventory")
"""Kinds of shared information that tell a warehouse what its outlets sell."""
PLANT = -1
"""Row that stands for the plant among those who serve."""


class Sites:
    """State of every warehouse and depot, W rows.

    Parameters
    ----------
    case
        The run's scenario.
    sold
        (J,) units that outlets of today sell in an average week.
    """

    def __init__(self, case: Scenario, sold: Floats) -> None:
        rows, self.season = case.sites, case.columns.season
        index = case.columns.partner_index
        self.count = len(rows)
        self.owner = np.array([index.get(s.partner, MAKER) for s in rows], dtype=np.int64)
        self.site = _served_by(case, self.owner)
        self.above = np.array([_above(case, self.owner, at) for at in range(self.count)], np.int64)
        self.lead = np.array([s.lead_time for s in rows], dtype=np.int64)
        self.review = np.array([s.review_weeks for s in rows], dtype=np.int64)
        self.safety = _safety(case, self.owner)
        self.reserve = np.array([s.reserve_units for s in rows], dtype=np.float64)
        self._told = case.policy.information in TOLD
        self._rule = case.policy.rationing
        self._echelons = _echelons(self.above)
        self.level = self._through(sold)
        self._habits = _habits(case)
        self._forecasters = [
            Forecaster(_of(self._habits, rows), self.level[rows], errors=True)
            for rows in self._echelons
        ]
        self._orders = _Orders(case, self)
        every = np.ones(self.count, dtype=np.bool_)
        goods = standing_stock(self, self.level, self.season, every, self._full)
        self.stock, self.transit = goods
        self.target = np.zeros(self.count)
        self.ordered, self.sent = self._none(), self._none()
        self.served = 0

    @property
    def position(self) -> Ints:
        """Units on hand and on their way to each: (W,)."""
        result: Ints = self.stock + self.transit.sum(axis=0)
        return result

    @property
    def held(self) -> int:
        """Units at all of them and on their way to them."""
        return int(self.position.sum())

    @property
    def held_by_maker(self) -> int:
        """Units at warehouses and on their way to them."""
        return int(self.position[self.owner == MAKER].sum())

    @property
    def short(self) -> float:
        """Units by which they are below what they order up to."""
        return float(np.maximum(self.target - self.position, 0.0).sum())

    @property
    def at_warehouse(self) -> Bools:
        """(J,) which outlets order from a warehouse of the maker's."""
        mine = np.append(self.owner == MAKER, False)
        result: Bools = mine[self.site]
        return result

    @property
    def from_plant(self) -> Bools:
        """(W,) which order from the plant."""
        result: Bools = self.above == PLANT
        return result

    def learn(self, outlets: Outlets, last_season: float) -> None:
        """Learn what outlets sold in a week played, if they tell."""
        if self._told:
            seen = self._through(outlets.sold)
            for echelon in range(len(self._echelons)):
                self._learn(echelon, seen, last_season)

    def serve(
        self, outlets: Outlets, trade: Trade, priority: Floats, turn: Floats, week: int
    ) -> None:
        """Take in what arrives, serve what is ordered, learn from it, and order: those farthest
        from the plant first.
        """
        due = self.transit[week % len(self.transit)]
        self.stock += due
        due[:] = 0
        self.ordered, self.sent = self._none(), self._none()
        count, given = len(outlets.ordered), np.where(self.site >= 0, outlets.ordered, 0)
        earned = np.concatenate([turn, self._through(turn)])
        source = np.concatenate([self.site, self.above])
        for echelon, rows in enumerate(self._echelons):
            claims = rationing.Claims(
                np.concatenate([given, self.ordered]),
                np.concatenate([priority[trade.partner], self.weight(priority)]),
                earned,
            )
            sent = self._given(rows, source, claims)
            given = np.where(np.isin(self.site, rows), sent[:count], given)
            self.take(np.where(np.isin(self.above, rows), sent[count:], 0), week)
            if not self._told:
                asked = self._asked(source, claims.orders)
                self._learn(echelon, asked, float(self.season[week % len(self.season)]))
            self._order(rows, week)
        self.served = int(given.sum())
        send(outlets, trade, given, week)

    def weight(self, priority: Floats) -> Floats:
        """Return what its orders weigh in short supply (W,), of the weights of partners (P,).

        A warehouse weighs as much as a partner of the middle tier.
        """
        return np.where(self.owner == MAKER, 1.0, priority[self.owner])

    def upstream(self, ordered: Floats | Ints) -> float:
        """Return the orders that reach the plant, of orders by outlet (J,): units."""
        return float(ordered[self.site < 0].sum() + self.ordered[self.from_plant].sum())

    def claims(self, outlets: rationing.Claims, priority: Floats) -> rationing.Claims:
        """Return the claims on the plant: of outlets that it serves itself (J), and of these (W).

        Parameters
        ----------
        priority
            (P,) weight of a partner's orders.
        """
        return rationing.Claims(
            np.concatenate(
                [np.where(self.site < 0, outlets.orders, 0), self.ordered * self.from_plant]
            ),
            np.concatenate([outlets.weight, self.weight(priority)]),
            np.concatenate([outlets.earned, self._through(outlets.earned)]),
        )

    def take(self, sent: Ints, week: int) -> None:
        """Put on their way what the plant, or one of these, has sent to each (W,)."""
        self.sent = self.sent + sent
        self.transit[(week + self.lead) % len(self.transit), np.arange(self.count)] += sent

    def _given(self, rows: Ints, source: Ints, claims: rationing.Claims) -> Ints:
        """Return what an echelon sends of what is ordered: (J + W,), and take it off its stock."""
        given = np.where(np.isin(source, rows), claims.orders, 0)
        asked = self._asked(source, claims.orders)
        for short in rows[asked[rows] > self.stock[rows]]:
            mine = np.flatnonzero(source == short)
            part = rationing.Claims(claims.orders[mine], claims.weight[mine], claims.earned[mine])
            given[mine] = rationing.rationed(self._rule, part, float(self.stock[short]))
        self.stock -= self._asked(source, given).astype(np.int64)
        return given

    def _asked(self, source: Ints, values: Floats | Ints) -> Floats:
        """Sum values (J + W,) over whom each serves: (W,)."""
        here = source >= 0
        return np.bincount(source[here], values[here], self.count).astype(np.float64)

    def _learn(self, echelon: int, seen: Floats, season: float) -> None:
        rows = self._echelons[echelon]
        every = np.ones(len(rows), dtype=np.bool_)
        learned = self._forecasters[echelon].learn(self.level[rows], seen[rows], season, every)
        self.level = self.level.copy()
        self.level[rows] = learned

    def _order(self, rows: Ints, week: int) -> None:
        sigma = np.zeros(self.count)
        for forecaster, echelon in zip(self._forecasters, self._echelons, strict=True):
            sigma[echelon] = forecaster.sigma
        target, ordered = self._orders.place(self, sigma, week)
        self.target = self.target.copy()
        self.target[rows], self.ordered[rows] = target[rows], ordered[rows]

    def _through(self, values: Floats | Ints) -> Floats:
        """Sum values by outlet (J,) over the outlets whose goods pass each: (W,)."""
        total = self._asked(self.site, values)
        for rows in self._echelons:
            below = rows[self.above[rows] >= 0]
            np.add.at(total, self.above[below], total[below])
        return total

    def _full(self, level: Floats, week: int) -> Floats:
        """Return the stock, on hand and on order, that forecasts (W,) call for: (W,) units."""
        weeks = self.lead + self.review
        ahead = season_ahead(self.season, week, weeks)
        return ordering.up_to(level, ahead, weeks, self.safety) + self.reserve

    def _none(self) -> Ints:
        return np.zeros(self.count, dtype=np.int64)


class _Orders:
    """Ordering rules of warehouses and depots.

    What a rule takes of a channel type (lots, the service level, what leftovers are worth) is that
    of a type that says nothing.
    """

    def __init__(self, case: Scenario, sites: Sites) -> None:
        firms = [None if at == MAKER else case.partners[at] for at in sites.owner]
        default = FAMILIES["ordering"][0]
        names = [default if firm is None else firm.ordering or default for firm in firms]
        self._rule = Chosen.of(names, ordering.RULES, ordering.Need.at)
        self._waits = np.array([name in ordering.WAITING for name in names], dtype=np.bool_)
        self._need = self._at_start(case, sites)

    def place(self, sites: Sites, sigma: Floats, week: int) -> tuple[Floats, Ints]:
        """Return the stock that each orders up to (W,), and what it orders in a week (W,)."""
        ahead = season_ahead(sites.season, week, self._need.weeks)
        need = replace(self._need, level=sites.level, ahead=ahead, sigma=sigma)
        target, position = self._rule(need) + sites.reserve, sites.position
        turn = (week + np.arange(sites.count)) % sites.review == 0
        if self._waits.any():
            turn &= ~self._waits | (position <= ordering.reorder_point(need))
        return target, np.where(turn, ordering.order(target, position), 0)

    @staticmethod
    def _at_start(case: Scenario, sites: Sites) -> ordering.Need:
        weeks, every = sites.lead + sites.review, np.ones(sites.count)
        cost = np.append(case.distribution.price, case.economics.unit_cost)[sites.owner]
        kept = np.maximum(1 - case.economics.holding_rate * sites.review, 0.0)
        return ordering.Need(
            level=sites.level,
            ahead=weeks.astype(np.float64),
            weeks=weeks,
            safety=sites.safety,
            sigma=np.zeros(sites.count),
            fixed=ordering.up_to(sites.level, weeks.astype(np.float64), weeks, sites.safety),
            lot=ChannelType.lot_weeks * every,
            service=ChannelType.service_level * every,
            price=cost + _margin(case, sites.owner),
            cost=cost,
            salvage=cost * kept,
            uniform=np.zeros(sites.count, dtype=np.bool_),
            targets=np.zeros((sites.count, 0)),
            extra=np.zeros((sites.count, 0)),
        )


def _served_by(case: Scenario, owner: Ints) -> Ints:
    """Return the site that each outlet orders from: (J,), PLANT for the plant."""
    index = {site.id: at for at, site in enumerate(case.sites)}
    return np.array(
        [
            index[row.site] if row.site else _first_depot(case, owner, int(firm))
            for row, firm in zip(case.candidates, case.columns.partner_of, strict=True)
        ],
        dtype=np.int64,
    )


def _above(case: Scenario, owner: Ints, at: int) -> int:
    """Return the site that a site orders from, PLANT for the plant."""
    return PLANT if owner[at] == MAKER else _first_depot(case, owner, int(owner[at]))


def _first_depot(case: Scenario, owner: Ints, partner: int) -> int:
    """Return the first depot of those from whom a partner buys, the nearest first, else PLANT."""
    for seller in chain(case.distribution.supplier, partner):
        if (depots := np.flatnonzero(owner == seller)).size:
            return int(depots[0])
    return PLANT


def _echelons(above: Ints) -> list[Ints]:
    """Return the rows of each echelon, that farthest from the plant first."""
    depth = np.zeros(len(above), dtype=np.int64)
    at = above.copy()
    while (at >= 0).any():
        depth += at >= 0
        at = np.where(at >= 0, above[at], PLANT)
    return [np.flatnonzero(depth == far) for far in range(int(depth.max()), -1, -1)]


def _safety(case: Scenario, owner: Ints) -> Floats:
    """Return weeks of safety stock (W,), no more at a depot than its distributor can finance."""
    funds = np.array([p.resources_weeks for p in case.partners])
    safety = np.array([s.stock_weeks for s in case.sites], dtype=np.float64)
    return np.where(owner == MAKER, safety, np.minimum(safety, funds[owner]))


def _margin(case: Scenario, owner: Ints) -> Floats:
    """Return what each site's owner earns on a unit, mean over operations: (W,) money."""
    chains, count = case.distribution, len(case.partners)
    total = np.bincount(chains.partner, chains.margin, count)
    rows = np.maximum(np.bincount(chains.partner, minlength=count), 1)
    return np.where(owner == MAKER, 0.0, (total / rows)[owner])


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


def _of(habits: Habits, rows: Ints) -> Habits:
    """Return how some rows forecast."""
    return Habits(
        names=[habits.names[row] for row in rows],
        **{
            name: getattr(habits, name)[rows]
            for name in ("window", "weight", "rho", "cover", "delay")
        },
    )

"""Diversion at work: who resells what to whom this week."""

from dataclasses import dataclass, field
from functools import partial

import numpy as np

from channelsim.domain.columns import Bools, Floats, Ints
from channelsim.domain.distances import nearest
from channelsim.domain.rules import rules_of
from channelsim.domain.scenario import Scenario
from channelsim.simulate.firms import Outlets
from channelsim.simulate.kernels.deals import strike
from channelsim.simulate.rules import diversion
from channelsim.simulate.trade import Trade

NEAREST = 128
"""Places around a seller, the nearest, in which it looks for buyers."""


@dataclass(frozen=True, eq=False)
class Moves:
    """Diverted goods of one week, one row a deal."""

    seller: Ints
    """(M,) outlet row."""
    buyer: Ints
    """(M,) outlet row."""
    units: Ints
    """(M,) units."""
    price: Floats
    """(M,) money per unit."""
    freight: Floats
    """(M,) money per unit, paid by the seller."""
    reported: Ints
    """(M,) units that the seller reports as sold: they count for its quota."""


@dataclass(frozen=True, eq=False)
class Stakes:
    """What partners have to gain and to lose this week, each (P,)."""

    penalty: Floats
    """What being found to divert would cost now, money."""
    missing: Floats = field(default_factory=lambda: np.zeros(0))
    """Units that make who is short sure of the quota; empty: nobody looks at quotas."""
    prize: Floats = field(default_factory=lambda: np.zeros(0))
    """What each of them would earn, less the expected fine, money per unit."""
    lacking: Floats = field(default_factory=lambda: np.zeros(0))
    """Units that it expects to lack."""
    left: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    """Weeks that the period of that quota still lasts, this one included."""
    begun: Bools = field(default_factory=lambda: np.zeros(0, dtype=np.bool_))
    """Whether they have dumped for it."""


class Diversion:
    """Diversion among the outlets of one run.

    A buyer of another partner takes no more than its sales of a week. Both sides are physical
    outlets of independent partners that buy the goods. Each seller, in the order of the table,
    strikes the one best deal a week, among the `NEAREST` places with such outlets.

    Parameters
    ----------
    case, trade
        The run's scenario and terms of trade.
    """

    def __init__(self, case: Scenario, trade: Trade) -> None:
        self.case, self.trade = case, trade
        self.able: Bools = trade.title & ~trade.own & (case.columns.zone_of >= 0)
        names = np.array(rules_of(case, "diversion"), dtype=object)
        self.follow = {name: np.asarray(names == name, np.bool_) for name in diversion.RULES}
        self.dumps = bool((self.follow["quota_dumping"] & self.able).any())
        self._map: _Map | None = None

    def play(self, outlets: Outlets, stakes: Stakes) -> Moves:
        """Move goods wherever a rule finds a deal, and return the deals."""
        trades = self.able & outlets.is_open
        fetched = np.where(trades, diversion.fetched(self.trade.wholesale), 0.0)
        supply = self._supply(self._holding(outlets, stakes, trades))
        pays = (supply.units > 0) & (supply.kept < fetched.max(initial=0.0))
        sellers = np.flatnonzero(trades & pays)
        if not len(sellers):
            return _carried_out(
                outlets, sellers, sellers, sellers, fetched[:0], fetched[:0], sellers
            )
        room = np.where(trades, outlets.level, 0.0).astype(np.int64)
        if self._map is None:
            self._map = _Map.of(self.case, np.flatnonzero(self.able))
        deals = partial(self._map.deals, self.trade.partner, supply, fetched, room)
        if self.dumps:
            placed = deals(sellers, alone=True)[1]
            sellers = sellers[self._timely(sellers, placed, stakes)]
        chosen, units, freight = deals(sellers)
        made = chosen >= 0
        seller, buyer, units = sellers[made], chosen[made], units[made]
        reported = np.where(self.follow["quota_dumping"][seller], units, 0)
        return _carried_out(outlets, seller, buyer, units, fetched[buyer], freight[made], reported)

    def _timely(self, sellers: Ints, units: Ints, stakes: Stakes) -> Bools:
        """Return which sellers deal this week, of which each alone would sell these units (M,): who
        dumps may rather wait, or give the quota up.
        """
        partner = self.trade.partner[sellers]
        timely = diversion.is_time(
            stakes.lacking[partner],
            np.bincount(partner, units, len(stakes.penalty))[partner],
            stakes.left[partner],
            self.trade.review[sellers],
            stakes.begun[partner],
        )
        return timely | ~self.follow["quota_dumping"][sellers]

    def _holding(self, outlets: Outlets, stakes: Stakes, trades: Bools) -> diversion.Holding:
        trade, partner, level = self.trade, self.trade.partner, outlets.level
        surplus = np.where(trades, _surplus(outlets), 0)
        missing, prize = np.zeros_like(surplus), np.zeros(len(surplus))
        if len(stakes.missing):
            missing = _allotted(stakes.missing, np.where(trades, outlets.stock, 0), partner)
            prize = stakes.prize[partner]
        return diversion.Holding(
            stock=np.where(trades, outlets.stock, 0),
            surplus=surplus,
            wholesale=trade.wholesale,
            idle=np.divide(surplus, level, out=np.zeros(len(surplus)), where=level > 0),
            holding_rate=self.case.economics.holding_rate,
            toll=self.case.policy.caught * stakes.penalty[partner],
            missing=missing,
            prize=prize,
        )

    def _supply(self, seen: diversion.Holding) -> diversion.Supply:
        """Return what each outlet would divert by its own rule."""
        units, kept, toll = np.zeros_like(seen.surplus), seen.wholesale.copy(), seen.toll.copy()
        for name, rows in self.follow.items():
            if rows.any():
                own = diversion.RULES[name](seen)
                units[rows], kept[rows], toll[rows] = (
                    own.units[rows],
                    own.kept[rows],
                    own.toll[rows],
                )
        return diversion.Supply(units, kept, toll)


@dataclass(frozen=True, eq=False)
class _Map:
    """Places with outlets that may divert: which are near, what freight costs, who is there."""

    place: Ints
    """(J,) place of each outlet, -1 elsewhere."""
    near_start: Ints
    near: Ints
    freight: Floats
    """Places around each place, the nearest first, and the freight there, money per unit."""
    buyer_start: Ints
    buyers: Ints
    """Outlets of each place."""

    @classmethod
    def of(cls, case: Scenario, rows: Ints) -> "_Map":
        zones, at = np.unique(case.columns.zone_of[rows], return_inverse=True)
        place = np.full(len(case.candidates), -1, dtype=np.int64)
        place[rows] = at
        near, km = nearest(case, zones, NEAREST)
        return cls(
            place=place,
            near_start=np.arange(len(zones) + 1) * near.shape[1],
            near=near.ravel(),
            freight=case.market.freight_per_km * km.ravel(),
            buyer_start=np.searchsorted(np.sort(at), np.arange(len(zones) + 1)),
            buyers=rows[np.argsort(at, kind="stable")],
        )

    def deals(
        self,
        partner: Ints,
        supply: diversion.Supply,
        fetched: Floats,
        room: Ints,
        sellers: Ints,
        *,
        alone: bool = False,
    ) -> tuple[Ints, Ints, Floats]:
        """Return each seller's buyer (-1 for none), units and freight per unit."""
        paying_most_first = np.lexsort((-fetched[self.buyers], self.place[self.buyers]))
        found: tuple[Ints, Ints, Floats] = strike(
            sellers, self.place, np.array(partner), supply.units, supply.kept, supply.toll,
            fetched, room, self.near_start, self.near, self.freight, self.buyer_start,
            self.buyers[paying_most_first], float(fetched.max()), alone,
        )  # fmt: skip
        return found


def _surplus(outlets: Outlets) -> Ints:
    """Return whole units on hand that an outlet could spare and still be at its target: (J,)."""
    over = np.floor(outlets.position - outlets.target)
    return np.clip(over, 0, outlets.stock).astype(np.int64)


def _allotted(missing: Floats, stock: Ints, partner: Ints) -> Ints:
    """Return each outlet's part of its partner's missing units (P,), by stock: (J,)."""
    held = np.bincount(partner, stock, len(missing))[partner]
    part = np.divide(stock, held, out=np.zeros(len(stock)), where=held > 0)
    return np.ceil(np.ceil(missing)[partner] * part - 1e-9).astype(np.int64)


def _carried_out(
    outlets: Outlets,
    seller: Ints,
    buyer: Ints,
    units: Ints,
    price: Floats,
    freight: Floats,
    reported: Ints,
) -> Moves:
    np.subtract.at(outlets.stock, seller, units)
    np.add.at(outlets.stock, buyer, units)
    np.add.at(outlets.moved_out, seller, units)
    np.add.at(outlets.moved_in, buyer, units)
    return Moves(seller, buyer, units, price, freight, reported)

"""Diversion at work: who resells surplus to whom this week."""

from dataclasses import dataclass

import numpy as np

from channelsim.domain.columns import Bools, Floats, Ints
from channelsim.domain.demand import candidate_km
from channelsim.domain.scenario import Scenario
from channelsim.simulate.firms import Outlets
from channelsim.simulate.rules import diversion
from channelsim.simulate.trade import Trade


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


def divert(case: Scenario, trade: Trade, outlets: Outlets) -> Moves:
    """Move surplus goods wherever the rule finds a deal, and return the deals.

    A seller holds more than it orders up to; a buyer of another partner takes no more than its
    sales of a week. Both are physical outlets of independent partners that buy the goods. Each
    seller, in the order of the table, strikes the one best deal a week.
    """
    trades = trade.title & ~trade.own & outlets.is_open & (case.columns.zone_of >= 0)
    surplus = np.where(trades, _surplus(outlets), 0)
    fetched = np.where(trades, diversion.fetched(trade.wholesale), 0.0)
    idle = np.divide(surplus, outlets.level, out=np.zeros(len(surplus)), where=outlets.level > 0)
    kept = diversion.kept(trade.wholesale, idle, case.economics.holding_rate)
    room = np.where(trades, outlets.level, 0.0).astype(np.int64)
    deals = []
    for seller in np.flatnonzero((surplus > 0) & (kept < fetched.max(initial=0.0))):
        deal = _best(case, trade, int(seller), surplus, fetched - kept[seller], room)
        if deal is not None:
            buyer, units, freight = deal
            room[buyer] -= units
            deals.append((int(seller), buyer, units, fetched[buyer], freight))
    return _carried_out(outlets, deals)


def _surplus(outlets: Outlets) -> Ints:
    """Return whole units on hand that an outlet could spare and still be at its target: (J,)."""
    over = np.floor(outlets.position - outlets.target)
    return np.clip(over, 0, outlets.stock).astype(np.int64)


def _best(
    case: Scenario, trade: Trade, seller: int, surplus: Ints, gain: Floats, room: Ints
) -> tuple[int, int, float] | None:
    """Return buyer, units and freight per unit of a seller's best deal, or None if none pays."""
    home = int(case.columns.zone_of[seller])
    freight = case.market.freight_per_km * candidate_km(case, home)
    other: Bools = trade.partner != trade.partner[seller]
    units = np.where(other, np.minimum(room, surplus[seller]), 0)
    policy = case.policy
    worth = diversion.worthwhile(units, gain - freight, policy.audit_probability, policy.fine)
    buyer = int(np.argmax(worth))
    return (buyer, int(units[buyer]), float(freight[buyer])) if worth[buyer] > 0 else None


def _carried_out(outlets: Outlets, deals: list[tuple[int, int, int, float, float]]) -> Moves:
    seller, buyer, units = (np.array([d[i] for d in deals], dtype=np.int64) for i in range(3))
    np.subtract.at(outlets.stock, seller, units)
    np.add.at(outlets.stock, buyer, units)
    np.add.at(outlets.moved_out, seller, units)
    np.add.at(outlets.moved_in, buyer, units)
    price, freight = (np.array([d[i] for d in deals], dtype=np.float64) for i in (3, 4))
    return Moves(seller, buyer, units, price, freight)

"""How the network is built and what its prices look like: breadth, levels, access, gaps.

breadth            open physical outlets within the service standard, mean over zones by demand
levels             hands that a unit passes through on its way from the plant to its buyer, a
                   warehouse and independent partners, mean over units
access_km          road km to the physical outlets that people bought at, mean over units
price_dispersion   coefficient of variation of the prices paid in a zone
floor_depth        how far below the price floor units are sold that are sold below it, share of it
online_gap         (offline - online) / offline of the mean prices paid
price_wars         zones in which two partners or more ask less than before week 0, by more than
                   the tolerance; promotions are agreed with the maker and start no war
reaction_weeks     weeks from what consumers do to finished goods made in answer: the mean age of
                   what reaches the maker, and production
"""

from typing import TYPE_CHECKING

import numpy as np

from channelsim.domain.columns import Floats, across, dot

if TYPE_CHECKING:
    from channelsim.simulate.channel import Channel

UNITS = {
    "breadth": "outlets/zone",
    "levels": "hands",
    "access_km": "km",
    "floor_depth": "share of the floor",
    "online_gap": "share of the price offline",
    "price_wars": "zones",
    "reaction_weeks": "weeks",
}


def total(channel: "Channel") -> dict[str, float]:
    """Return the figures of the whole."""
    return {
        "breadth": _breadth(channel),
        "levels": _levels(channel),
        "access_km": _access(channel),
        "floor_depth": _floor_depth(channel),
        "online_gap": _online_gap(channel),
        "price_wars": _price_wars(channel),
        "reaction_weeks": _reaction(channel),
    }


def dispersion(channel: "Channel") -> Floats:
    """Return the coefficient of variation of the prices paid in each zone: (Z,), 0 without any."""
    setting = channel.setting
    sold = across(channel.sales.sold).astype(np.float64)
    price = channel.money.price[setting.arcs.candidate]
    units, spent = setting.by_zone(sold), setting.by_zone(sold * price)
    mean = np.divide(spent, units, out=np.zeros_like(units), where=units > 0)
    square = setting.by_zone(sold * (price - mean[setting.arcs.zone]) ** 2)
    spread = np.sqrt(np.divide(square, units, out=np.zeros_like(units), where=units > 0))
    return np.divide(spread, mean, out=np.zeros_like(mean), where=mean > 0)


def _breadth(channel: "Channel") -> float:
    setting = channel.setting
    within = np.bincount(
        setting.near.zone, channel.trading[setting.near.candidate], len(setting.demand)
    )
    return _ratio(dot(within, setting.demand), float(setting.demand.sum()))


def _levels(channel: "Channel") -> float:
    sold, hands = channel.books.sold, (~channel.trade.own).astype(np.float64)
    hands += channel.case.distribution.depth
    if channel.sites is not None:
        hands += channel.sites.at_warehouse
    return _ratio(dot(sold, hands), float(sold.sum()))


def _access(channel: "Channel") -> float:
    arcs = channel.setting.arcs
    physical = ~channel.case.columns.online[arcs.candidate]
    sold = np.where(physical, across(channel.sales.sold), 0).astype(np.float64)
    return _ratio(dot(sold, arcs.km), float(sold.sum()))


def _floor_depth(channel: "Channel") -> float:
    floor = channel.case.policy.price_floor
    if floor is None:
        return 0.0
    below = channel.full_price < floor
    sold = np.where(below, channel.books.sold, 0.0)
    return _ratio(dot(sold, 1 - channel.full_price / floor), float(sold.sum()))


def _online_gap(channel: "Channel") -> float:
    """Return the gap; 0 where nothing is sold on one of the two sides."""
    online, sold, price = channel.case.columns.online, channel.books.sold, channel.money.price
    there, here = (np.where(side, sold, 0.0) for side in (online, ~online))
    if there.sum() == 0 or here.sum() == 0:
        return 0.0
    return 1 - _ratio(dot(there, price), float(there.sum())) / _ratio(
        dot(here, price), float(here.sum())
    )


def _price_wars(channel: "Channel") -> float:
    setting, tolerance = channel.setting, channel.case.policy.price_gap_tolerance
    cut = channel.trading & (channel.full_price < (1 - tolerance) * channel.usual_price)
    at = setting.arcs.candidate[setting.live]
    cutting = setting.rivalry.spread(cut[at].astype(np.float64)) > 0
    return float((setting.rivalry.by_zone(cutting.astype(np.float64)) >= 2).sum())


def _reaction(channel: "Channel") -> float:
    supply = channel.case.supply
    made = supply.production_weeks if supply.production == "to_stock" else 0
    between = (channel.case.policy.report_weeks - 1) / 2
    return float(1 + channel.information.lag + between + made)


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole > 0 else 0.0

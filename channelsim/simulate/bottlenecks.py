"""Where the network falls short: lost sales by cause, orphan zones, overlap, and control.

lost_no_stock   units not sold because the outlet chosen first had none left
lost_capacity   the same because it could not handle more
unreached       occasions in zones that no open outlet reaches; they are lost to the outside
orphan_zones    zones whose partner left or was dismissed and that no open outlet covers
overlap         partners that sell in a zone, the mean over zones weighted by demand
control         share of units sold at or above the price floor and in one's own territory
"""

from typing import TYPE_CHECKING

import numpy as np

from channelsim.domain.columns import Floats, across, dot

if TYPE_CHECKING:
    from channelsim.simulate.channel import Channel

UNITS = {
    "lost_no_stock": "units/week",
    "lost_capacity": "units/week",
    "unreached": "occasions/week",
    "orphan_zones": "zones",
    "overlap": "partners",
    "control": "share of units",
}


def causes(channel: "Channel") -> dict[str, Floats]:
    """Return lost sales by cause, and occasions out of reach, by zone: (Z,) each."""
    setting, outlets = channel.setting, channel.outlets
    arcs, lost = setting.arcs, across(channel.sales.lost)
    before = outlets.stock + outlets.sold + outlets.cleared + outlets.sold_off
    full = (before >= channel.trade.capacity)[arcs.candidate]
    reached = np.zeros(len(setting.demand), dtype=np.bool_)
    reached[arcs.zone[channel.trading[arcs.candidate]]] = True
    return {
        "lost_no_stock": setting.by_zone(np.where(full, 0, lost)),
        "lost_capacity": setting.by_zone(np.where(full, lost, 0)),
        "unreached": np.where(reached, 0, across(channel.sales.occasions)).astype(np.float64),
    }


def total(channel: "Channel", below_floor: float, foreign: float) -> dict[str, float]:
    """Return the figures of the whole.

    Parameters
    ----------
    below_floor
        Share of units below the price floor.
    foreign
        Units sold or diverted into another partner's exclusive zone.
    """
    units = float(channel.books.sold.sum())
    away = foreign / units if units > 0 else 0.0
    return {
        **{name: float(zones.sum()) for name, zones in causes(channel).items()},
        "orphan_zones": _orphans(channel),
        "overlap": _overlap(channel),
        "control": float(np.clip(1 - below_floor - away, 0, 1)),
    }


def _orphans(channel: "Channel") -> float:
    setting, outlets = channel.setting, channel.outlets
    gone = (channel.roster.barred | outlets.left) & (channel.recorder.traded > 0)
    if not gone.any():
        return 0.0
    orphaned = setting.available(gone & ~outlets.is_open) & ~setting.available(outlets.is_open)
    return float(orphaned.sum())


def _overlap(channel: "Channel") -> float:
    setting = channel.setting
    sold = across(channel.sales.sold[setting.live]).astype(np.float64)
    sellers = setting.rivalry.by_zone((setting.rivalry.spread(sold) > 0).astype(np.float64))
    demand = float(setting.demand.sum())
    return dot(sellers, setting.demand) / demand if demand > 0 else 0.0

"""How goods flow in a week: outlets order, warehouses and the plant ship, deliveries arrive."""

from typing import TYPE_CHECKING

import numpy as np

from channelsim.domain.columns import Floats, Ints
from channelsim.simulate import cash, supply
from channelsim.simulate.rules import governance

if TYPE_CHECKING:
    from channelsim.simulate.channel import Channel


def deliver(channel: "Channel") -> None:
    """Order, ship what warehouses and the maker can, and take in what arrives."""
    outlets, trade, week, sites = channel.outlets, channel.trade, channel.week, channel.sites
    priority, turn = _priority(channel), channel.replenishment.turn
    channel.replenishment.order(outlets, week, channel.loading.ahead(channel))
    channel.protests.withhold(outlets, week)
    outlets.ordered[:] = channel.minds.decide("order", outlets.ordered)
    back = _send_back(channel)
    room, rule = _deliverable(channel), channel.case.policy.rationing
    if sites is not None:
        sites.serve(outlets, trade, priority, turn, week)
    supply.ship(outlets, trade, priority, room, week, rule, turn, sites)
    supply.receive(outlets, week)
    outlets.ordered -= back


def _send_back(channel: "Channel") -> Ints:
    """Take back at once what outlets order less than nothing of, as far as they have it, pay for it
    what it cost, and leave nothing of the order; return what went back: (J,) units.
    """
    outlets, trade = channel.outlets, channel.trade
    back = np.minimum(np.maximum(-outlets.ordered, 0), outlets.stock)
    if back.any():
        outlets.stock -= back
        outlets.cleared += back
        channel.maker.stock += int(back.sum())
        cash.send_back(channel.ledger, trade, back, channel.distributors.seller)
        channel.distributors.give_back("returns", back)
    np.maximum(outlets.ordered, 0, out=outlets.ordered)
    return back


def _priority(channel: "Channel") -> Floats:
    """Return the weight of each partner's orders in short supply: (P,)."""
    bought = governance.bought_priority(*channel.firms.money_for("priority_supply"))
    result: Floats = governance.priority(channel.standing.tier) * bought
    return result


def _deliverable(channel: "Channel") -> float | None:
    """Return what the maker can ship this week, units; None without limit.

    A disruption leaves a part of what it ships at most, or of a usual week's units.
    """
    room, part = channel.maker.room(channel.week), channel.happening.delivery
    if part == 1.0:
        return room
    most, usual = channel.maker.capacity, channel.expected[channel.outlets.is_open].sum()
    season = channel.setting.season(channel.week)
    left = part * (float(usual) * season if most is None else most)
    return left if room is None else min(room, left)

"""Outlets that open and close, and partners that leave: goods, money and who is still active."""

from typing import TYPE_CHECKING

import numpy as np

from channelsim.domain.columns import Bools
from channelsim.simulate import cash
from channelsim.simulate.rules import relationship

if TYPE_CHECKING:
    from channelsim.simulate.channel import Channel


def follow_calendar(channel: "Channel") -> None:
    """Close and open what the layout's calendar says for this week."""
    trade, outlets = channel.trade, channel.outlets
    planned = (trade.opens <= channel.week) & (channel.week < trade.closes)
    due = channel.roster.due(planned, channel.week) & ~outlets.left
    ending, opening = outlets.is_open & ~due, due & ~outlets.is_open
    if ending.any():
        _close(channel, ending, compensated=True)
    if opening.any():
        outlets.is_open |= opening
        channel.memory.expect(opening)
        channel.replenishment.stock_first(outlets, opening, channel.expected, channel.week)
        cash.found(channel.ledger, trade, opening)
    _refresh_active(channel)


def let_go(channel: "Channel") -> None:
    """Close the outlets of independent partners that have had enough."""
    standing, policy = channel.standing, channel.case.policy
    borne = relationship.endures(policy.exit_weeks, channel.firms.long_term)
    leaving = relationship.leaves(standing.patience, standing.trust, borne, policy.exit_trust)
    leaving &= standing.active & ~channel.firms.own
    if leaving.any():
        _leave(channel, leaving)


def go_bankrupt(channel: "Channel") -> None:
    """Close the outlets of partners that go bankrupt this week."""
    gone = channel.happening.bankrupt & channel.standing.active & ~channel.firms.own
    if gone.any():
        _leave(channel, gone)


def _leave(channel: "Channel", leaving: Bools) -> None:
    closing = leaving[channel.trade.partner] & channel.outlets.is_open
    channel.outlets.left |= leaving[channel.trade.partner]
    channel.standing.exited |= leaving
    _close(channel, closing, compensated=False)
    channel.roster.vacated[closing & (channel.case.columns.zone_of >= 0)] = channel.week
    _refresh_active(channel)


def dismiss(channel: "Channel", ended: Bools) -> None:
    """Close the outlets of partners (P,) whose contract the maker ends, with compensation."""
    if not ended.any():
        return
    closing = ended[channel.trade.partner] & channel.outlets.is_open
    channel.roster.barred |= ended[channel.trade.partner]
    channel.governed.terminated |= ended
    _close(channel, closing, compensated=True)
    channel.roster.vacated[closing & (channel.case.columns.zone_of >= 0)] = channel.week
    _refresh_active(channel)


def _close(channel: "Channel", which: Bools, compensated: bool) -> None:
    """Take back the goods, pay for them, and shut the doors."""
    outlets = channel.outlets
    back = outlets.clear(which)
    seller = channel.distributors.seller
    cash.wind_up(channel.ledger, channel.trade, back, which & compensated, seller)
    channel.distributors.give_back("returns", back)
    channel.maker.stock += int(back.sum())
    outlets.is_open &= ~which
    channel.memory.forget(which)


def _refresh_active(channel: "Channel") -> None:
    count = len(channel.standing.active)
    open_outlets = np.bincount(channel.trade.partner, channel.outlets.is_open, count)
    channel.standing.active = open_outlets > 0

"""Boycotts at work: who orders nothing and does the least this week."""

from typing import TYPE_CHECKING

import numpy as np

from channelsim.domain.columns import COMMON, Bools, Floats, Ints
from channelsim.domain.rules import rules_of
from channelsim.simulate.firms import Outlets
from channelsim.simulate.rules import effort, relationship
from channelsim.simulate.streams import Purpose
from channelsim.simulate.trade import NEVER

if TYPE_CHECKING:
    from channelsim.simulate.channel import Channel


class Protests:
    """Boycotts of a run.

    A partner boycotts if the rule of any of its operations says so.

    Parameters
    ----------
    channel
        The run.
    """

    until: Ints
    """(P,) first week after its latest boycott."""
    called: Ints
    """(P,) week in which the group of those stung by a direct channel acts, NEVER without one."""

    def __init__(self, channel: "Channel") -> None:
        partner, count = channel.trade.partner, len(channel.case.partners)
        names = np.array(rules_of(channel.case, "relationship"), dtype=object)
        self.partner = partner
        self.follow: dict[str, Bools] = {
            name: np.bincount(partner, names == name, count) > 0
            for name in relationship.RULES
            if name != "exit"
        }
        self.on = any((rows & ~channel.firms.own).any() for rows in self.follow.values())
        self.until = np.full(count, -NEVER, dtype=np.int64)
        self.called = np.full(count, NEVER, dtype=np.int64)
        self._was_open = channel.outlets.is_open.copy()
        luck = channel.streams.uniform(Purpose.RELATION, 0, 0)
        self.delay = relationship.group_delay(float(luck))

    def active(self, week: int) -> Bools:
        """Return who boycotts in a week: (P,)."""
        result: Bools = self.until > week
        return result

    def slackened(self, efforts: Floats, week: int) -> Floats:
        """Return outlets' effort (J,), at its least where the partner boycotts."""
        if not self.on:
            return efforts
        return np.where(self.active(week)[self.partner], effort.LEAST, efforts)

    def withhold(self, outlets: Outlets, week: int) -> None:
        """Take back the orders of partners that boycott."""
        if self.on:
            outlets.ordered[self.active(week)[self.partner]] = 0

    def rise(self, channel: "Channel", excess: Floats) -> None:
        """Let partners (P,) with enough to complain of begin a boycott next week."""
        if not self.on:
            return
        self._sting(channel)
        week = channel.week
        wrong = relationship.Wrong(excess, self.called == week)
        ready = channel.standing.active & ~channel.firms.own
        ready &= self.until + relationship.PAUSE_WEEKS <= week
        for name, rows in self.follow.items():
            begins = relationship.RULES[name](wrong) & rows & ready
            self.until[begins] = week + 1 + relationship.BOYCOTT_WEEKS

    def _sting(self, channel: "Channel") -> None:
        """Note whom a direct channel that has just opened undercuts beyond what is tolerated."""
        outlets, arcs = channel.outlets, channel.setting.arcs
        common = channel.case.columns.model == COMMON
        fresh = outlets.is_open & ~self._was_open & channel.trade.own & common
        self._was_open = outlets.is_open.copy()
        if not fresh.any():
            return
        price = channel.full_price[arcs.candidate]
        least = np.full(len(channel.setting.demand), np.inf)
        new = fresh[arcs.candidate]
        np.minimum.at(least, arcs.zone[new], price[new])
        tolerance = channel.case.policy.price_gap_tolerance
        hurt = (price * (1 - tolerance) > least[arcs.zone]) & (outlets.is_open & common)[
            arcs.candidate
        ]
        stung = np.bincount(self.partner[arcs.candidate[hurt]], minlength=len(self.called)) > 0
        due = np.where(stung, channel.week + self.delay, NEVER)
        self.called = np.minimum(np.where(self.called < channel.week, NEVER, self.called), due)

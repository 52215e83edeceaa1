"""Recruitment at work: idle partners apply for places that others have left.

A place is vacant once its partner has left or its contract was ended. Idle partners with an
operation in that zone apply; each is inspected once. From `REPLACEMENT_WEEKS` after the loss the
maker opens, in each zone, the applicant with the best signal if it passes.
"""

from typing import TYPE_CHECKING

import numpy as np

from channelsim.domain.columns import Bools, Floats, Ints, across
from channelsim.simulate import start
from channelsim.simulate.governed import may_join
from channelsim.simulate.ledger import MAKER, SERVICES
from channelsim.simulate.rules import recruitment, relationship
from channelsim.simulate.streams import Purpose
from channelsim.simulate.trade import NEVER

if TYPE_CHECKING:
    from channelsim.simulate.channel import Channel

ARRIVE, ABLE, SEEN = range(3)
"""Which of a partner's draws."""


class Pipeline:
    """Applicants of a run.

    Parameters
    ----------
    channel
        The run.
    """

    def __init__(self, channel: "Channel") -> None:
        case = channel.case
        self.on = case.policy.recruitment > 0
        self.could: Bools = may_join(case, channel.layout) & self.on
        self.applied: Bools = np.zeros(len(case.candidates), dtype=np.bool_)
        self.drawn: Floats = np.zeros(len(case.partners))
        self.signal: Floats = np.zeros(len(case.partners))
        self.aware = _awareness(channel)
        self.recruited = 0


def recruit(channel: "Channel") -> float:
    """Take in the week's applications and fill places; return the cost, money."""
    pipeline, roster = channel.pipeline, channel.roster
    vacant = roster.vacated < NEVER
    if not pipeline.on or not vacant.any():
        return 0.0
    zone = channel.case.columns.zone_of
    since = np.full(len(channel.case.zones), NEVER, dtype=np.int64)
    np.minimum.at(since, zone[vacant], roster.vacated[vacant])
    idle = pipeline.could & ~channel.standing.active[channel.trade.partner]
    idle &= (roster.joins == NEVER) & ~channel.outlets.left
    open_to = idle & (since[zone] < NEVER)
    cost = _receive(channel, open_to & ~pipeline.applied)
    _fill(channel, open_to & (since[zone] + recruitment.REPLACEMENT_WEEKS <= channel.week))
    return cost


def _receive(channel: "Channel", may_apply: Bools) -> float:
    """Take in and inspect who applies this week (J,); return what it costs, money."""
    policy, pipeline = channel.case.policy, channel.pipeline
    new = np.zeros(len(pipeline.signal), dtype=np.bool_)
    if may_apply.any():
        fresh = may_apply & _apply(channel)
        pipeline.applied |= fresh
        new[channel.trade.partner[fresh]] = True
    if new.any():
        _inspect(channel, new)
    cost = float(new.sum()) * policy.inspection + policy.trade_shows
    channel.ledger.pay("recruitment", MAKER, SERVICES, cost)
    return cost


def _apply(channel: "Channel") -> Bools:
    """Draw who would apply this week if it could: (J,)."""
    policy, zone = channel.case.policy, channel.case.columns.zone_of
    chance = recruitment.applications(
        policy.recruitment,
        policy.trade_shows,
        policy.inspection_unit,
        _pull(channel)[zone],
        1.0,
    )
    luck = channel.streams.uniform(Purpose.RECRUIT, channel.week, channel.firms.key, ARRIVE)
    result: Bools = luck[channel.trade.partner] < chance
    return result


def _inspect(channel: "Channel", new: Bools) -> None:
    """Draw how able new applicants (P,) are and what inspection shows of it."""
    policy, streams, key = channel.case.policy, channel.streams, channel.firms.key
    pipeline = channel.pipeline
    gap = recruitment.drawn(streams.normal(Purpose.RECRUIT, 0, key, ABLE), _terms(channel))
    noise = streams.normal(Purpose.RECRUIT, 0, key, SEEN)
    able = channel.firms.capability + gap
    shown = recruitment.signal(able, noise, policy.inspection, policy.inspection_unit)
    shown = able if policy.applicants_known else shown
    pipeline.drawn = np.where(new, gap, pipeline.drawn)
    pipeline.signal = np.where(new, shown, pipeline.signal)


def _fill(channel: "Channel", ready: Bools) -> None:
    """Let the best applicant of each zone (J,) open next week, if it passes."""
    pipeline, roster, partner = channel.pipeline, channel.roster, channel.trade.partner
    shown = pipeline.signal[partner]
    passes = recruitment.passes(shown, channel.case.policy.least_capability)
    rows = np.flatnonzero(ready & pipeline.applied & passes)
    if not len(rows):
        return
    zone = channel.case.columns.zone_of
    order = rows[np.lexsort((rows, -shown[rows], zone[rows]))]
    best = order[np.unique(zone[order], return_index=True)[1]]
    roster.joins[best] = channel.week + 1
    for row in best:  # a handful in a run
        vacant = np.flatnonzero((zone == zone[row]) & (roster.vacated < NEVER))
        roster.vacated[vacant[np.argmin(roster.vacated[vacant])]] = NEVER
    pipeline.recruited += len(best)
    channel.governed.drawn[partner[best]] = pipeline.drawn[partner[best]]
    _welcome(channel, best)


def _welcome(channel: "Channel", rows: Ints) -> None:
    """Expect of outlets that join what the market and the terms let one expect."""
    trade, standing, memory = channel.trade, channel.standing, channel.memory
    with_them = channel.outlets.is_open.copy()
    with_them[rows] = True
    look = start.outlook(channel.setting, trade, channel.terms, channel.money, with_them)
    channel.expected = channel.expected.copy()
    channel.expected[rows] = look.sold[rows]
    arcs = np.isin(channel.setting.arcs.candidate, rows)
    memory.planned = np.where(arcs, look.units, memory.planned)
    new = np.zeros(len(standing.active), dtype=np.bool_)
    new[trade.partner[rows]] = True
    content = relationship.satisfaction(look.profit, look.reservation, look.maker)
    reputation = channel.firms.reputation
    begun = {
        "trust": reputation,
        "satisfaction": content,
        "start": reputation + content,
        "profit": look.profit,
        "reservation": look.reservation,
        "maker": look.maker,
        "attainment": look.attainment,
        "reached": look.attainment,
        "grievance": look.grievance,
        "usual": look.grievance,
    }
    for name, value in begun.items():
        setattr(standing, name, np.where(new, value, getattr(standing, name)))


def _terms(channel: "Channel") -> float:
    """Return how well the independent partners that trade fare, 0 to 1."""
    standing = channel.standing
    trading = standing.active & ~channel.firms.own
    fare = relationship.economic(standing.profit, standing.reservation)
    return float(fare[trading].mean()) if trading.any() else recruitment.FAIR_TERMS


def _awareness(channel: "Channel") -> Floats:
    people = np.maximum(across(channel.setting.people), 1)
    result: Floats = across(channel.consumers.aware) / people
    return result


def _pull(channel: "Channel") -> Floats:
    """Return the factor of the brand's awareness and goodwill by zone, 1 at the start: (Z,)."""
    before = channel.pipeline.aware
    grown = np.divide(_awareness(channel), before, out=np.ones_like(before), where=before > 0)
    result: Floats = grown * np.exp(channel.goodwill.stock)
    return result

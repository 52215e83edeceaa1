"""Diversion rules: what a partner would resell into another partner's territory, one row an outlet.

Arbitrage (after Antia, Bergen and Dutta 2004): a unit fetches the buyer's wholesale price less a
discount, and costs what it is worth kept: its own wholesale price less the holding cost of the
weeks it would lie. It is moved iff

    units x (fetched - kept - freight) > chance of being caught x fine.

Quota dumping (non-linear pay moves sales to the end of a period: Oyer 1998): who expects to end a
period short of quota sells the missing units elsewhere, and reports them as sold, iff

    what the quota earns > missing units x (wholesale - fetched + freight) + chance x fine.

It waits as long as it can, for its own sales may still fill the quota. It begins when what it could
place a week would no longer do in the weeks after this one, less an order cycle (a deal may fall
short, and what it sells it must buy in again), and gives up where even all weeks would not do:

    placed x (weeks left - 1 - cycle) < units it expects to lack <= placed x weeks left

Who has begun has risked the fine, and goes on until it is sure of the quota. Who lacks more than
`MOST` of it does not begin.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from channelsim.domain.columns import Bools, Floats, Ints

DISCOUNT = 0.07
"""How far diverted goods go below the buyer's own wholesale price: 20 on 268 (assumption)."""
MOST = 0.12
"""Shortfall, share of quota, beyond which a partner gives the quota up (assumption:
`ASSUMPTIONS.md` 8, row 2); dumping at today's discount would still pay."""
LOOKS = 0.25
"""Share of a period at its end in which partners ask whether its quota is in reach (assumption)."""
SURE = 2.326
"""Standard deviations of its own sales that it makes sure against: 99%, for the quota is worth
hundreds of times what a unit too many loses."""


@dataclass(frozen=True, eq=False)
class Holding:
    """What a diversion rule sees, each (J,)."""

    stock: Ints
    """Units on hand."""
    surplus: Ints
    """Of which it could spare and still be at its target."""
    wholesale: Floats
    """What it pays for a unit, money."""
    idle: Floats
    """Weeks that its surplus would lie."""
    holding_rate: float
    """Cost of holding stock, share of its value per week."""
    toll: Floats
    """Fine that a deal is expected to cost, money."""
    missing: Ints
    """Its part of the units that its partner lacks for the quota."""
    prize: Floats
    """What each of them would earn, less the expected fine, money per unit."""


@dataclass(frozen=True, eq=False)
class Supply:
    """What outlets would divert, each (J,)."""

    units: Ints
    """Units for sale."""
    kept: Floats
    """What a unit is worth kept, money."""
    toll: Floats
    """Fine that a deal is expected to cost, money."""


def none(seen: Holding) -> Supply:
    """Never divert."""
    return Supply(np.zeros_like(seen.surplus), seen.wholesale, seen.toll)


def arbitrage(seen: Holding) -> Supply:
    """Resell surplus where it fetches more than it is worth kept."""
    return Supply(seen.surplus, kept(seen.wholesale, seen.idle, seen.holding_rate), seen.toll)


def quota_dumping(seen: Holding) -> Supply:
    """Sell the units that the quota lacks, if need be at a loss; the prize has the fine in it."""
    units = np.minimum(seen.missing, seen.stock)
    return Supply(units, seen.wholesale - seen.prize, np.zeros_like(seen.toll))


RULES: dict[str, Callable[[Holding], Supply]] = {
    "none": none,
    "arbitrage": arbitrage,
    "quota_dumping": quota_dumping,
}


def fetched(wholesale: Floats) -> Floats:
    """Return what a buyer at this wholesale price pays for a diverted unit, money."""
    result: Floats = wholesale * (1 - DISCOUNT)
    return result


def kept(wholesale: Floats, idle_weeks: Floats, holding_rate: float) -> Floats:
    """Return what a surplus unit is worth to its holder, money: never below nothing."""
    result: Floats = wholesale * np.maximum(1 - holding_rate * idle_weeks, 0.0)
    return result


def is_time(lacking: Floats, placed: Floats, left: Ints, cycle: Ints, begun: Bools) -> Bools:
    """Return who dumps this week, and neither waits nor gives the quota up.

    Parameters
    ----------
    lacking
        Units that it expects to lack at the end.
    placed
        Units that it could place this week.
    left
        Weeks that the period still lasts, this one included.
    cycle
        Weeks between two of its own orders.
    begun
        Whether it has dumped in this period.
    """
    later = placed * np.maximum(left - 1 - cycle, 0)
    result: Bools = (begun | (lacking > later)) & (lacking <= placed * left)
    return result


def prize(gain: Floats, missing: Floats, caught: float, penalty: Floats) -> Floats:
    """Return what each missing unit earns, money per unit: the gain of reaching the quota less the
    penalty times the chance of being caught, over the units; 0 where none is missing.
    """
    net = gain - caught * penalty
    return np.where(missing > 0, net / np.maximum(missing, 1.0), 0.0)


def penalty(fine: float, surcharge: float, offences: Ints) -> Floats:
    """Return the fine of a partner found to divert, money: repeated offences cost more."""
    each: Floats = fine * (1 + surcharge * offences.astype(np.float64))
    return each


def found(uniform: Floats, caught: float, weeks: int) -> Bools:
    """Return whose diversion an audit finds in a span of weeks; the chance is per quarter."""
    chance = 1 - (1 - caught) ** (weeks / 13)
    result: Bools = uniform < chance
    return result

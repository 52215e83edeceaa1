"""Relationship rules: satisfaction, trust, exit and boycott, one row a partner.

    economic     profit / (profit + reservation)           1/2 where it just earns its reservation
    fairness     2 profit / (profit + maker's margin)      1 at an equal split or better
    satisfaction 0.7 economic + 0.3 fairness               (Geyskens, Steenkamp and Kumar 1999;
                                                           the weights are assumed)
    trust        T + 0.02 (reputation - T) - 0.08 excess   (conflict erodes it: Anderson and Narus
                                                           1990; it heals slowly; rates assumed)

excess is grievance beyond what the partner is used to (adaptation level: Helson 1964), negative
where it has less to complain of than it was used to. Profit and reservation are those of an average
week: a partner knows its season.

Who has had enough leaves, whatever its rule. A partner that boycotts also speaks up before (exit
and voice: Hirschman 1970; dealer groups act 1-2 quarters after a cheaper direct channel opens, as
the sales companies of Gree did in 2020-22): for some weeks it orders nothing and does the least,
on a grievance of its own, or with the others whom the direct channel has stung.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from channelsim.domain.columns import Bools, Floats, Ints

FAIRNESS_WEIGHT = 0.3
HEALING = 0.02
"""Share of the way back to its reputation that trust goes each week."""
EROSION = 0.08
"""Trust lost per week and unit of excess grievance."""
QUARTER = 1 / 13
"""Weight of the newest week in what a partner remembers of sales: about a quarter."""
YEAR = 1 / 52
"""Weight of the newest week in what it remembers of profit: accounts are drawn up by the year, and
a firm does not leave for one bad season."""
BOYCOTT_FROM = 0.05
"""Excess grievance from which a partner boycotts on its own."""
BOYCOTT_WEEKS = 8
PAUSE_WEEKS = 26
"""Weeks from the end of a boycott to the earliest next one."""
GROUP_DELAY = (13, 26)
"""Weeks from the opening of a cheaper direct channel to the boycott of those it stung."""


def economic(profit: Floats, reservation: Floats) -> Floats:
    """Return economic satisfaction, 0 to 1."""
    gain = np.maximum(profit, 0.0)
    total = gain + np.maximum(reservation, 0.0)
    result: Floats = np.divide(gain, total, out=np.zeros_like(gain), where=gain > 0)
    return result


def fairness(profit: Floats, maker: Floats) -> Floats:
    """Return how fair a partner finds its part of what both earn on its sales, 0 to 1 (equity
    theory: Adams 1965; Kumar, Scheer and Steenkamp 1995).
    """
    gain = np.maximum(profit, 0.0)
    both = gain + np.maximum(maker, 0.0)
    share = np.divide(gain, both, out=np.zeros_like(gain), where=gain > 0)
    result: Floats = np.minimum(2 * share, 1.0)
    return result


def satisfaction(profit: Floats, reservation: Floats, maker: Floats) -> Floats:
    """Return satisfaction, 0 to 1."""
    result: Floats = (1 - FAIRNESS_WEIGHT) * economic(profit, reservation)
    return result + FAIRNESS_WEIGHT * fairness(profit, maker)


def remembered(memory: Floats, news: Floats, weight: float = QUARTER) -> Floats:
    """Return what is remembered after one more week (exponential smoothing)."""
    result: Floats = memory + weight * (news - memory)
    return result


def excess(grievance: Floats, usual: Floats) -> Floats:
    """Return grievance beyond the usual, negative below it."""
    result: Floats = grievance - usual
    return result


def trust(now: Floats, reputation: Floats, excess: Floats) -> Floats:
    """Return trust after one more week, 0 to 1."""
    return np.clip(now + HEALING * (reputation - now) - EROSION * excess, 0.0, 1.0)


def patience(weeks: Ints, profit: Floats, reservation: Floats) -> Ints:
    """Return the weeks below reservation profit that a partner still holds against the maker: one
    more for a bad week, one less for a good one.
    """
    return np.maximum(np.where(profit < reservation, weeks + 1, weeks - 1), 0)


def endures(exit_weeks: int, long_term: Floats) -> Floats:
    """Return the weeks below reservation that partners bear: (P,).

    Who weighs each later period by d values what is to come at d / (1 - d) of the present: 1 for
    d = 1/2 (self-enforcing relations: Telser 1980; long-term orientation: Ganesan 1994).
    """
    result: Floats = np.maximum(exit_weeks * long_term / (1 - long_term), 1.0)
    return result


def leaves(weeks: Ints, trust: Floats, exit_weeks: Floats | int, exit_trust: float) -> Bools:
    """Return who leaves: too long below reservation, or out of trust (Hirschman 1970)."""
    result: Bools = (weeks >= exit_weeks) | (trust < exit_trust)
    return result


@dataclass(frozen=True, eq=False)
class Wrong:
    """What a rule of protest sees, each (P,)."""

    excess: Floats
    """Grievance beyond the usual."""
    called: Bools
    """The group of those stung by a direct channel calls on it this week."""


def exit(wrong: Wrong) -> Bools:
    """Never boycott: bear it, or leave."""
    return np.zeros_like(wrong.called)


def boycott(wrong: Wrong) -> Bools:
    """Boycott on a grievance of one's own, or when called with anything to complain of."""
    result: Bools = (wrong.excess > BOYCOTT_FROM) | (wrong.called & (wrong.excess > 0))
    return result


RULES: dict[str, Callable[[Wrong], Bools]] = {"exit": exit, "boycott": boycott}
"""What a partner does about a grievance, besides leaving when it has had enough."""


def group_delay(uniform: float) -> int:
    """Return the weeks that a group takes to act, from a uniform of the whole group."""
    first, last = GROUP_DELAY
    return first + int(uniform * (last - first + 1))

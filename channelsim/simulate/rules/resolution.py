"""Conflict resolution rules: delay of mediation, registered customers, and open dealings.

Deal registration gives the partner that won a customer a window in which the others turn that
customer away. The window expires with chance 1 / w a week, so whether it still stands at the next
occasion depends on nothing but the occasion's own chance r a week:

    standing = r / (r + (1 - r) / w)         (the first of two geometric times)

and of all attempts to buy elsewhere a share f = protection x standing is turned away. In odds the
other partners weigh 1 - f; an owner's own outlet then weighs 1 / (1 - f) beside them, that is

    inertia + ln 1 / (1 - f)

for happy and unhappy owners alike (aversion never turns into its opposite). That keeps the
consumers' chain exactly lumpable. It is the registration itself as far as partners' shares among
each other go; it treats the outside option like another partner, so that protected owners also
stay somewhat longer with the brand, and it ties them to the outlet, not to all outlets of its
partner.
"""

import numpy as np

from channelsim.domain.columns import Bools, Floats, Ints

OPENNESS = 0.5
"""Share of the way from its reputation to full trust that open and fair dealings raise the trust a
partner rests at (procedural fairness: Kumar, Scheer and Steenkamp 1995; the size is assumed)."""
_MOST = 0.99


def turned_away(purchase_rate: Floats, protection: float, weeks: float) -> Floats:
    """Return the share of attempts to buy elsewhere that a registration stops, by segment (S,)."""
    lapses = (1 - purchase_rate) / weeks
    whole = purchase_rate + lapses
    standing = np.divide(purchase_rate, whole, out=np.zeros_like(whole), where=whole > 0)
    result: Floats = np.minimum(protection * standing, _MOST)
    return result


def registered(inertia: Floats, turned_away: Floats) -> Floats:
    """Return inertia or aversion, utils, with customers registered: (S,)."""
    result: Floats = inertia - np.log1p(-turned_away)
    return result


def resting(reputation: Floats, transparency: float) -> Floats:
    """Return the trust that partners rest at, 0 to 1: reputation, more under open dealings."""
    result: Floats = reputation + OPENNESS * transparency * (1 - reputation)
    return result


def waits(settling: Ints, taken_up: Bools, weeks: int) -> tuple[Ints, Bools]:
    """Return the weeks that cases still wait, and whose are settled now.

    Parameters
    ----------
    settling
        (P,) weeks to go, 0 without a case.
    taken_up
        (P,) cases taken up this week; one who has a case already gets no second.
    weeks
        Weeks from taking a case up to its settlement.
    """
    due = settling == 1
    fresh = taken_up & (settling == 0)
    left = np.where(fresh, weeks, np.maximum(settling - 1, 0))
    settled: Bools = due | (fresh & (weeks == 0))
    return left, settled

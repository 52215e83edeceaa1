"""Production rules: how many units the maker starts to make this week.

to_order   none ahead: what is shipped is made the same week
to_stock   up to a base stock over the weeks of production and one to plan (Arrow, Karlin and
           Scarf 1958); where partners show their stock, an echelon base stock: what they are
           short of comes on top (Clark and Scarf 1960)
"""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Outlook:
    """What a production rule sees, units unless it says otherwise."""

    level: float
    """Forecast of demand in an average week."""
    ahead: float
    """Season factors summed over the weeks that production must cover."""
    safety: float
    """Weeks of demand held as safety stock."""
    known_needs: float
    """What partners are known to be about to order."""
    position: int
    """Finished goods and units in production."""
    capacity: float
    """Units that production can start a week, inf: unlimited."""


def to_order(outlook: Outlook) -> int:
    """Start nothing ahead of orders."""
    return 0


def to_stock(outlook: Outlook) -> int:
    """Make up what is missing from the base stock, within capacity."""
    base = outlook.level * (outlook.ahead + outlook.safety) + outlook.known_needs
    return int(min(max(np.rint(base) - outlook.position, 0), np.floor(outlook.capacity)))


RULES = {"to_order": to_order, "to_stock": to_stock}

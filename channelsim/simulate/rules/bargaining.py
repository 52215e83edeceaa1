"""Bargaining rules: how a partner and the maker divide what both earn on a unit.

Generalised Nash bargaining (Nash 1950; over wholesale prices: Iyer and Villas-Boas 2003). Of the
joint margin J each side keeps what it would earn without the other, and the partner gets the part
b, its power, of the rest:

    income = d_partner + b (J - d_maker - d_partner).

The price list is open to every partner: bargaining never leaves it with less (outside options:
Binmore, Rubinstein and Wolinsky 1986), nor the maker with less than it earns elsewhere.
"""

import numpy as np

from channelsim.domain.columns import Floats

POWER_SHARE = 0.25
"""Share of what a city's shops sell above which a chain's back margin rises (`ASSUMPTIONS.md` 8,
row 10)."""
MOST_BACK = 0.5
"""Most that back margin takes, share of the wholesale price."""


def split(joint: Floats, maker_alone: Floats, partner_alone: Floats, power: Floats) -> Floats:
    """Return the partner's income by Nash bargaining, money per unit."""
    surplus = np.maximum(joint - maker_alone - partner_alone, 0.0)
    result: Floats = partner_alone + power * surplus
    return result


def discount(
    income: Floats, margin: Floats, maker_alone: Floats, partner_alone: Floats, power: Floats
) -> Floats:
    """Return what comes off the listed wholesale price, money per unit.

    Parameters
    ----------
    income, margin
        What partner and maker earn per unit at the listed wholesale price.
    maker_alone, partner_alone
        What each would earn without the other, money per unit sold between them.
    power
        The partner's, 0 to 1; 0 takes the list as it is.
    """
    agreed = split(income + margin, maker_alone, partner_alone, power)
    room = np.maximum(margin - maker_alone, 0.0)
    return np.where(power > 0, np.clip(agreed - income, 0.0, room), 0.0)


def back_margin(rate: Floats, share: Floats, growth: Floats, weeks: int) -> Floats:
    """Return back margins after some weeks, share of the wholesale price: they rise where the
    partner's share of what the city's shops sell is high, and never fall.
    """
    risen = rate + growth * weeks / 52
    return np.where(share > POWER_SHARE, np.minimum(risen, MOST_BACK), rate)


def recaptured(share: Floats, total: Floats) -> Floats:
    """Return the share of a partner's customers that the brand's other outlets would win if it
    were gone, under logit: (total - share) / (1 - share).
    """
    left = 1 - share
    return np.divide(total - share, left, out=np.zeros_like(share), where=left > 0)

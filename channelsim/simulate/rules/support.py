"""Support rules: what the maker's help does to partners, one row a partner.

Technical and after-sales support build stocks from 0 to 1 that saturate and are forgotten, as
training does (`effort.trained`). They raise motivation, the factor on a partner's effort
(perceived support: Eisenberger et al. 1986; of dealers: Frazier, Gill and Kale 1989), technical
support also the service of its outlets and after-sales support their capacity. Sizes are assumed.

The maker's sales people visit partners; effort answers their attention with falling returns
(Zoltners and Sinha 2005), by x = heads x span / partners x morale x (1 + skill):

    factor = 1 + 0.15 (1 - exp(-x)).
"""

import numpy as np

from channelsim.domain.columns import Bools, Floats

SUPPORT_WEEKS = 26.0
"""Weeks of spending at a partner's scale that build 1 - 1/e of a stock of support."""
SUPPORT_DECAY = 0.02
"""Share of a stock of support that is lost each week."""
SUPPORT_LIFT = 0.1
"""Rise of effort at a full stock of support."""
SERVICE_GAIN = 0.2
"""Service that a full stock of technical support adds, 0 to 1."""
TEAM_LIFT = 0.15
"""Most that the sales team's attention raises effort by."""
TEAM_TRUST = 0.005
"""Share of the way to full trust that full attention brings a partner in a week."""
MORALE_MEMORY = 1 / 26
"""Weight of the newest week in morale: half a year."""
MORALE_BOUNDS = (0.5, 1.5)
TRAINING_SHARE = 0.05
"""Training money that bends the skill of sales people, share of their pay."""
MEETING_TRUST = 0.05
"""Share of the way to full trust that a meeting brings a partner (Mohr and Nevin 1990)."""
MEETING_FORGOTTEN = 0.1
"""Share of what was said in a meeting that is out of date a week later."""
MEETING_PRECISION = 0.5
"""Rise of the precision (inverse variance) of a partner's forecast right after a meeting."""


def motivation(technical: Floats, after_sales: Floats) -> Floats:
    """Return the factor on effort of stocks of support (P,), 0 to 1 each: (P,)."""
    result: Floats = 1 + SUPPORT_LIFT * technical + SUPPORT_LIFT * after_sales
    return result


def attention(heads: float, span: float, partners: int, morale: float, skill: float) -> float:
    """Return the attention that a partner gets from the sales team, 0 to 1.

    Parameters
    ----------
    heads, span
        Sales people, and partners that one of them can look after.
    partners
        Partners to look after.
    morale, skill
        Factor of their drive, 1 as usual, and what training has added.
    """
    share = heads * span / max(partners, 1)
    return float(-np.expm1(-share * morale * (1 + skill)))


def morale(now: float, attainment: float) -> float:
    """Return morale after a week in which partners reached attainment times what was planned."""
    low, high = MORALE_BOUNDS
    return now + MORALE_MEMORY * (min(max(attainment, low), high) - now)


def closer(trust: Floats, share: float, who: Bools) -> Floats:
    """Return trust (P,) after some partners (P,) came a share of the way to full trust."""
    return np.where(who, trust + share * (1 - trust), trust)


def precision(fresh: Floats) -> Floats:
    """Return the precision of forecasts over that without meetings, for news (P,) 0 to 1 fresh:
    errors have a spread of 1 / sqrt(precision) of the usual.
    """
    result: Floats = 1 + MEETING_PRECISION * fresh
    return result

"""Governance rules: what the maker makes of a review of its partners, one row a partner."""

import numpy as np

from channelsim.domain.columns import Bools, Floats, Ints

TIERS = ("A", "B", "C")
TIER_BOUNDS = (1.10, 0.85)
"""Attainment from which a partner is A, and below which it is C."""
TIER_WEIGHT = (2.0, 1.0, 0.5)
"""Weight of its orders where supply is short."""
CASE = 0.02
"""Grievance in excess of the usual from which a conflict is a case for mediation."""
SETTLED = 0.5
"""Share of the trust lost that mediation restores."""


def tiers(attainment: Floats) -> Ints:
    """Return each partner's tier: 0 for A, 1 for B, 2 for C."""
    high, low = TIER_BOUNDS
    return np.where(attainment >= high, 0, np.where(attainment < low, 2, 1)).astype(np.int64)


def priority(tier: Ints) -> Floats:
    """Return the weight of the orders of a partner of each tier where supply is short."""
    result: Floats = np.array(TIER_WEIGHT)[tier]
    return result


def bought_priority(spend: Floats, scale: Floats) -> Floats:
    """Return the factor that priority-supply money puts on a partner's weight, 1 to 2."""
    result: Floats = 2 - np.exp(-spend / scale)
    return result


def cases(excess: Floats, active: Bools) -> Bools:
    """Return which partners have a conflict to mediate."""
    result: Bools = active & (excess > CASE)
    return result


def mediated(trust: Floats, usual: Floats, case: Bools) -> Floats:
    """Return trust after mediation: half of what was lost comes back (Mohr and Spekman 1994)."""
    return np.where(case, trust + SETTLED * np.maximum(usual - trust, 0.0), trust)

"""Governance rules: what the maker makes of a review of its partners, one row a partner.

The score of a review is the weighted mean of five criteria, each 1 as expected (weighted scorecards
of channel members: Kumar, Stern and Achrol 1992): sales over quota, which may exceed 1, and four
shares between 0 and 1: coverage, price discipline, service and reporting.
"""

from collections.abc import Sequence

import numpy as np

from channelsim.domain.columns import Bools, Floats, Ints

TIERS = ("A", "B", "C")
TIER_BOUNDS = (1.10, 0.85)
"""Score from which a partner is A, and below which it is C."""
TIER_WEIGHT = (2.0, 1.0, 0.5)
"""Weight of its orders where supply is short."""
CASE = 0.02
"""Grievance in excess of the usual from which a conflict is a case for mediation."""
SETTLED = 0.5
"""Share of the trust lost that mediation restores."""


def score(criteria: Sequence[Floats], weights: Sequence[float]) -> Floats:
    """Return the weighted mean of criteria (P,): (P,)."""
    result: Floats = sum(
        (weight * each for weight, each in zip(weights, criteria, strict=True)),
        np.zeros_like(criteria[0]),
    ) / sum(weights)
    return result


def tiers(score: Floats) -> Ints:
    """Return each partner's tier: 0 for A, 1 for B, 2 for C."""
    high, low = TIER_BOUNDS
    return np.where(score >= high, 0, np.where(score < low, 2, 1)).astype(np.int64)


def bad_reviews(bad: Ints, tier: Ints, judged: Bools) -> Ints:
    """Return the bad reviews in a row of each partner: one more in tier C, none after a better
    one; who is not judged keeps what it has.
    """
    return np.where(judged, np.where(tier == 2, bad + 1, 0), bad)


def ended(bad: Ints, terminate_after: int | None, judged: Bools) -> Bools:
    """Return whose contract the maker ends (progressive discipline: Gundlach and Achrol 1993)."""
    if terminate_after is None:
        return np.zeros_like(judged)
    result: Bools = judged & (bad >= terminate_after)
    return result


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

"""Churn of customers and what one is worth.

    churn   c = deserted / (deserted + repeat)      former buyers' occasions, lost and kept
    value   V = (m L (1 - c) - k) / (L c + d)       m margin, k cost a week, d discount rate

A customer who has bought has occasions at rate L, buys at one with probability 1 - c and is lost
for good otherwise: V = (L / (L + d)) (1 - c) (m + V) less what looking after the customer costs
until then (lost for good: Dwyer 1989; Gupta & Lehmann 2005).
"""

import math

WEEKS_A_YEAR = 52


def churn(deserted: float, repeat: float) -> float:
    """Return the share of former buyers' occasions that the brand lost, 0 to 1; 0 without any.

    Parameters
    ----------
    deserted
        Occasions of former buyers that went to rivals or to nothing.
    repeat
        Units that former buyers bought.
    """
    total = deserted + repeat
    return deserted / total if total > 0 else 0.0


def customer_value(
    margin: float, occasions: float, lost: float, discount: float, cost: float = 0.0
) -> float:
    """Return what a customer is worth to the maker, money.

    Parameters
    ----------
    margin
        The maker's margin per unit, money.
    occasions
        Occasions per customer and week.
    lost
        Churn, 0 to 1.
    discount
        Discount rate, share a year, above 0.
    cost
        What looking after a customer costs the maker, money per week.
    """
    hazard = occasions * lost + math.log1p(discount) / WEEKS_A_YEAR
    return (margin * occasions * (1 - lost) - cost) / hazard

"""Diversion rules: when a partner with surplus resells it into another partner's territory.

Arbitrage (after Antia, Bergen and Dutta 2004): a unit fetches the buyer's wholesale price less a
discount, and costs what it is worth kept: its own wholesale price less the holding cost of the
weeks it would lie. It is moved iff

    units x (fetched - kept - freight) > audit probability x fine.
"""

import numpy as np

from channelsim.domain.columns import Bools, Floats

DISCOUNT = 0.07
"""How far diverted goods go below the buyer's own wholesale price: 20 on 268 (assumption)."""


def fetched(wholesale: Floats) -> Floats:
    """Return what a buyer at this wholesale price pays for a diverted unit, money."""
    result: Floats = wholesale * (1 - DISCOUNT)
    return result


def kept(wholesale: Floats, idle_weeks: Floats, holding_rate: float) -> Floats:
    """Return what a surplus unit is worth to its holder, money: never below nothing."""
    result: Floats = wholesale * np.maximum(1 - holding_rate * idle_weeks, 0.0)
    return result


def worthwhile(units: Floats, gain: Floats, audit_probability: float, fine: float) -> Floats:
    """Return the expected gain of moving units at a gain each, money; 0 where it does not pay."""
    expected = units * gain - audit_probability * fine
    return np.where((units > 0) & (expected > 0), expected, 0.0)


def found(uniform: Floats, audit_probability: float, weeks: int) -> Bools:
    """Return whose diversion an audit finds in a span of weeks; the probability is per quarter."""
    caught = 1 - (1 - audit_probability) ** (weeks / 13)
    result: Bools = uniform < caught
    return result

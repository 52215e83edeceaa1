"""Rules about the maker's price policy: the price floor (MAP), its enforcement, the price gap.

A partner goes below the floor where its gain, weighed by how little it cares for the maker's
goals, exceeds what it must expect to pay (Becker 1968):

    (1 - alignment) x (profit below - profit at the floor) > chance seen x (fine + rebate withheld).

Violations are frequent among partners loosely tied to the maker, and credible enforcement ends
them (Israeli, Anderson and Coughlan 2016; Israeli 2018). Severity without detection deters nobody
(Antia, Bergen, Dutta and Fisher 2006).
"""

import numpy as np

from channelsim.domain.columns import Bools, Floats
from channelsim.simulate.rules.pricing import Quote


def held(price: Floats, floor: float | None) -> Floats:
    """Return prices held at or above the price floor (MAP: Israeli, Anderson and Coughlan 2016)."""
    return price if floor is None else np.maximum(price, floor)


def units_at(price: Floats, quote: Quote) -> Floats:
    """Return units where an outlet asks another price, rivals standing still: (J,).

    q exp(d / q (p - p0)), exact for small shares under logit; no more than capacity.
    """
    sells = quote.units > 0
    rate = np.divide(quote.slope, quote.units, out=np.zeros_like(quote.units), where=sells)
    # an exponent above 50 is more than any capacity or market holds
    grown = quote.units * np.exp(np.minimum(rate * (price - quote.price), 50.0))
    return np.minimum(grown, quote.capacity)


def gain_below(price: Floats, floor: float, quote: Quote) -> Floats:
    """Return what asking `price` (J,) instead of the floor earns, money per week."""
    below = units_at(price, quote) * (quote.kept * price - quote.unit_cost)
    at_floor = units_at(np.full_like(price, floor), quote) * (quote.kept * floor - quote.unit_cost)
    result: Floats = below - at_floor
    return result


def violates(gain: Floats, seen: float, sanction: Floats, alignment: Floats) -> Bools:
    """Return which partners go below the floor.

    Parameters
    ----------
    gain, sanction
        (P,) money per week: what it earns them, and what it costs them if seen.
    seen
        Chance per week.
    alignment
        (P,) weight on the maker's goals, 0 to 1.
    """
    result: Bools = (1 - alignment) * gain > seen * sanction
    return result


def within_gap(online: Floats, offline: float, gap: float) -> Floats:
    """Return online prices within a share of the cheapest offline price (equal pricing: Cattani,
    Gilland, Heese and Swaminathan 2006).
    """
    return np.clip(online, offline * (1 - gap), offline * (1 + gap))


def beyond_gap(online: Floats, offline: float, gap: float) -> Floats:
    """Return how far online prices go below the limit, share of the cheapest offline price."""
    return np.maximum(1 - gap - online / offline, 0.0)

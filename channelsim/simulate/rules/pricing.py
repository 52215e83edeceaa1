"""Pricing rules: what an outlet asks of consumers, money per unit, one row an outlet."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from channelsim.domain.columns import Floats

_MOST_SELLING = 0.95
"""A selling cost above this share of the price leaves no price that covers it."""


@dataclass(frozen=True, eq=False)
class Quote:
    """What a pricing rule sees, each (J,)."""

    listed: Floats
    """The plan's price, money per unit."""
    unit_cost: Floats
    """What a unit costs the partner net of rebates, money per unit."""
    markup: Floats
    """Share added to cost."""
    selling_rate: Floats
    """The partner's own selling cost, share of the price."""


def list_price(quote: Quote) -> Floats:
    """Keep the plan's price."""
    return quote.listed


def cost_plus(quote: Quote) -> Floats:
    """Return p = cost (1 + markup) / (1 - selling rate) (full cost: Hall and Hitch 1939)."""
    kept = 1 - np.minimum(quote.selling_rate, _MOST_SELLING)
    result: Floats = quote.unit_cost * (1 + quote.markup) / kept
    return result


RULES: dict[str, Callable[[Quote], Floats]] = {"list": list_price, "cost_plus": cost_plus}


def held(price: Floats, floor: float | None) -> Floats:
    """Return prices held at or above the price floor (MAP: Israeli, Anderson and Coughlan 2016)."""
    return price if floor is None else np.maximum(price, floor)

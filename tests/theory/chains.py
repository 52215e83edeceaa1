"""Textbook chains, and what their makers may choose."""

from channelsim.domain.scenario import Scenario
from channelsim.study.terms import Term
from scenarios.builder.chains import chain, tiered

__all__ = ["chain", "staged", "wholesale_terms"]


def wholesale_terms(case: Scenario, low: float, high: float) -> list[Term]:
    """Return the wholesale price of each good as its maker's choice."""
    return [Term(f"candidates.{c.id}.wholesale_price", low, high, c.maker) for c in case.candidates]


def staged(a: float, b: float, cost: float, stages: int) -> Scenario:
    """Return a maker, stages - 2 distributors and a retailer: prices rise towards the retailer."""
    top = a / b - cost
    case = chain(a, b, cost=cost, price=cost + 0.97 * top, wholesale=cost + 0.94 * top)
    names = [f"tier{at}" for at in range(stages - 2)]
    return tiered(case, {name: cost + (0.3 + 0.1 * at) * top for at, name in enumerate(names)})

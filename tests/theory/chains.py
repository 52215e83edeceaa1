"""Textbook chains, and what their makers may choose."""

from channelsim.domain.scenario import Scenario
from channelsim.study.terms import Term
from scenarios.builder.chains import chain

__all__ = ["chain", "wholesale_terms"]


def wholesale_terms(case: Scenario, low: float, high: float) -> list[Term]:
    """Return the wholesale price of each good as its maker's choice."""
    return [Term(f"candidates.{c.id}.wholesale_price", low, high, c.maker) for c in case.candidates]

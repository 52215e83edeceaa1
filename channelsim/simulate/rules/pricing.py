"""Pricing rules: what an outlet asks of consumers, money per unit, one row an outlet.

A best response maximises the partner's profit at the rivals' last prices (Bertrand-Nash in
differentiated goods: Anderson, de Palma and Thisse 1992; Besanko, Perry and Spady 1990). With q
its units, d = dq/dp < 0, k = 1 - selling rate - revenue share - royalty, and x what its own other
outlets gain per unit of money that this one asks more,

    p* = (c + (k q + x) / -d) / k,      p' = p + step (p* - p).

The step is Newton's at the optimum: 1/2 where demand is linear, 1 - s under logit, s the share of
occasions won (the fixed point of Morrow and Skerlos 2011). Where demand exceeds capacity, p* is
at least the price at which it does not.

Who competes in quantities holds the others' to stay as they are (Cournot 1838). With D the slopes
of all units in all prices and E its inverse, the quantities best against theirs sell at

    p* = c / k - sum over its own outlets k of q_k E_kj,      step = 1 / (1 + D_jj E_jj),

each outlet's own Newton step (Singh and Vives 1984 under linear demand). It comes to rest wherever
goods are substitutes, the more slowly in runs of weeks the better they replace one another.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

import numpy as np

from channelsim.domain.columns import Floats

_MOST_SELLING = 0.95
"""A selling cost above this share of the price leaves no price that covers it."""
_LEAST = 0.01
"""A best response never falls below this share of the listed price."""
REACTIVE = ("logit_best_response", "linear_best_response", "cournot", "match", "undercut")
"""Rules that look at the prices of last week."""
RESPONDING = ("logit_best_response", "linear_best_response", "cournot")
"""Rules that look at how units answer prices."""


@dataclass(frozen=True, eq=False)
class Quote:
    """What a pricing rule sees, each (J,)."""

    listed: Floats
    """The plan's price, money per unit."""
    unit_cost: Floats
    """What a unit costs the partner net of rebates and discounts, money per unit."""
    markup: Floats
    """Share added to cost."""
    selling_rate: Floats
    """The partner's own selling cost, share of the price."""
    shared: Floats
    """What it pays the maker on each sale, share of the price: revenue share and royalty."""
    passed: Floats
    """Change of cost that list prices pass on, money per unit."""
    floor: Floats
    """Price floor, money per unit; 0 without."""
    price: Floats
    """What it asked last week, money per unit."""
    units: Floats
    """Units of an average week at the prices of last week."""
    slope: Floats
    """d units / d price, units per unit of money."""
    spill: Floats
    """What the partner's other outlets gain per unit of money that this one asks more, money."""
    share: Floats
    """Share of the occasions in its reach that it wins, 0 to 1."""
    held_markup: Floats
    """What the units it sells are worth above cost where all other units stay, money per unit."""
    held_pull: Floats
    """How many times as much its units answer its price as where all other units stay."""
    capacity: Floats
    """Most units a week."""
    rival: Floats
    """Lowest price of other partners in its zones, as long ago as it takes to answer, money per
    unit; inf where there is none."""
    undercut: Floats
    """How far it undercuts, share."""
    min_margin: Floats
    """Least margin when it follows a rival, share of unit cost."""
    match_gap: Floats
    """Gap below the list price from which it answers a rival, share."""

    @classmethod
    def of(cls, listed: Floats, **seen: Floats) -> Self:
        """Return a quote in which all that is not given is 0: no rival, no limit of capacity."""
        nothing = np.zeros_like(listed)
        base = {name: nothing for name in cls.__dataclass_fields__ if name != "listed"}
        unlimited = np.full_like(listed, np.inf)
        base |= {"price": listed, "capacity": unlimited, "rival": unlimited}
        return cls(listed, **{**base, **seen})

    @property
    def kept(self) -> Floats:
        """Share of the price left after selling cost and what the maker takes of a sale."""
        result: Floats = 1 - np.minimum(self.selling_rate + self.shared, _MOST_SELLING)
        return result


def list_price(quote: Quote) -> Floats:
    """Keep the plan's price, but for the change of cost that is passed on."""
    result: Floats = quote.listed + quote.passed
    return result


def cost_plus(quote: Quote) -> Floats:
    """Return p = cost (1 + markup) / (1 - selling rate) (full cost: Hall and Hitch 1939)."""
    result: Floats = quote.unit_cost * (1 + quote.markup) / quote.kept
    return result


def map_bound(quote: Quote) -> Floats:
    """Keep the list price, and the price floor whatever a violation would gain (an authorised
    dealer: Israeli, Anderson and Coughlan 2016).
    """
    return np.maximum(list_price(quote), quote.floor)


def logit_best_response(quote: Quote) -> Floats:
    """Step towards the best response under logit demand (Anderson, de Palma and Thisse 1992)."""
    return _stepped(quote, 1 - np.minimum(quote.share, 1.0))


def linear_best_response(quote: Quote) -> Floats:
    """Return the best response under linear demand, one exact step (McGuire and Staelin 1983)."""
    return _stepped(quote, np.full_like(quote.price, 0.5))


def cournot(quote: Quote) -> Floats:
    """Step towards the price of the quantity that is best while the others keep theirs
    (Cournot 1838).
    """
    best = quote.unit_cost / quote.kept + quote.held_markup
    return _moved(quote, best, 1 / (1 + quote.held_pull))


def match(quote: Quote) -> Floats:
    """Match the lowest rival price below its own list price (Hess and Gerstner 1991)."""
    return _following(quote, quote.rival)


def undercut(quote: Quote) -> Floats:
    """Go a given share below the lowest rival price (Edgeworth 1925; Maskin and Tirole 1988)."""
    return _following(quote, quote.rival * (1 - quote.undercut))


RULES: dict[str, Callable[[Quote], Floats]] = {
    "list": list_price,
    "cost_plus": cost_plus,
    "map_bound": map_bound,
    "logit_best_response": logit_best_response,
    "linear_best_response": linear_best_response,
    "cournot": cournot,
    "match": match,
    "undercut": undercut,
}


def sticky(price: Floats, before: Floats, step: Floats) -> Floats:
    """Return prices that move by no more than a share of last week's (costs of changing prices:
    Rotemberg 1982; a bound in place of his quadratic cost).
    """
    return np.clip(price, before * np.maximum(1 - step, 0.0), before * (1 + step))


def _following(quote: Quote, target: Floats) -> Floats:
    """Return the target where it is below the list price, kept above the least margin, and where
    the rival is far enough below to be answered.
    """
    least, listed = quote.unit_cost * (1 + quote.min_margin), list_price(quote)
    ignored = (quote.match_gap > 0) & (quote.rival > listed * (1 - quote.match_gap))
    return np.where(ignored, listed, np.minimum(listed, np.maximum(target, least)))


def _stepped(quote: Quote, step: Floats) -> Floats:
    """Return last week's price moved by a step towards the best response to the others' prices."""
    steep = np.where(quote.slope < 0, -quote.slope, 1.0)
    income = quote.kept * quote.units + quote.spill
    return _moved(quote, (quote.unit_cost + income / steep) / quote.kept, step)


def _moved(quote: Quote, best: Floats, step: Floats) -> Floats:
    """Return last week's price moved by a step towards a best one, or to what capacity sells."""
    answers = quote.slope < 0
    steep = np.where(answers, -quote.slope, 1.0)
    excess = np.maximum(quote.units - quote.capacity, 0.0)
    best = np.where(excess > 0, np.maximum(best, quote.price + excess / steep), best)
    moved = np.maximum(quote.price + step * (best - quote.price), _LEAST * quote.listed)
    return np.where(answers, moved, quote.price)

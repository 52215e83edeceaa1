"""How the literature's chains of several stages are played: each stage anticipates the next."""

from channelsim.domain.distribution import chain
from channelsim.domain.scenario import Scenario
from channelsim.simulate.rest import rest_point
from channelsim.study.terms import Term, TermsChoice, optimise_terms
from channelsim.study.theory_figures import FREE

_EDGE = 0.1
"""How far from the cost and from the price at which nothing is sold the first stage looks, part of
what lies between; the next look half as far from it each, so that there is room for their margin.
"""


def spengler_tiers(case: Scenario) -> dict[str, float]:
    """Return the price and the efficiency of a chain of two, three and four stages."""
    found = {}
    for stages, seller in ((2, ""), (3, "first"), (4, "second")):
        shorter = case.replace({"partners.shop.supplier": seller}, idle=True)
        chosen = in_turn(shorter)
        found[f"price after {stages} stages"] = float(chosen.rest.price[0])
        found[f"efficiency of {stages} stages"] = chosen.rest.channel_profit / whole(case)
    return found


def in_turn(case: Scenario) -> TermsChoice:
    """Return what the stages of a chain with one good ask, from the maker down to its retailer."""
    cost, good = case.economics.unit_cost, case.candidates[0]
    room = case.appeals[0].appeal / case.segments[0].price_sensitivity - cost
    index = case.columns.partner_index[good.partner]
    above = [case.partners[row].id for row in chain(case.distribution.supplier, index)]
    paths = [
        f"candidates.{good.id}.wholesale_price",
        *(f"partners.{name}.wholesale_price" for name in above),
    ]
    stages = enumerate(zip(reversed(paths), reversed([*above, ""]), strict=True))
    return optimise_terms(
        case,
        [
            Term(path, cost + _EDGE * room, cost + (1 - _EDGE / 2**at) * room, partner=who)
            for at, (path, who) in stages
        ],
    )


def whole(case: Scenario) -> float:
    """Return what one firm that makes and sells the good earns: it buys at cost."""
    alone = case.replace({"partners.shop.supplier": ""}, idle=True)
    at = {f"candidates.{case.candidates[0].id}.wholesale_price": case.economics.unit_cost or FREE}
    return rest_point(alone.replace(at, idle=True)).channel_profit

"""Whoever chooses a number to earn most, and markets with a retailer and the maker's own web."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from scipy.optimize import minimize_scalar

from channelsim.domain.channel import Appeal, Candidate, ChannelType
from channelsim.domain.market import Market
from channelsim.domain.partner import Partner
from channelsim.domain.scenario import Scenario
from channelsim.simulate.rest import RestPoint, rest_point
from scenarios.builder.chains import chosen

CLOSE = 1e-3
"""To what a choice is found, share of its range."""


def best(earned: Callable[[float], float], low: float, high: float) -> float:
    """Return the choice between two that earns most, where earnings have one peak (Brent 1973)."""
    options = {"xatol": CLOSE * (high - low)}
    found = minimize_scalar(lambda x: -earned(x), bounds=(low, high), options=options)
    return float(found.x)


def values(case: Scenario, set_to: dict[str, float]) -> Scenario:
    """Return a case with values at paths, whether or not they stand there already."""
    changes = {path: partial(lambda value, _: value, value) for path, value in set_to.items()}
    return case.changed(changes, idle=True)


def dual(inconvenience: float) -> Scenario:
    """Return a shop worth 2 - p and the maker's web, less convenient, under logit choice; a unit
    costs 1.
    """
    case = chosen(
        2.0,
        1.0,
        Market(demand="logit"),
        1.0,
        price=3.5,
        wholesale=2.4,
        pricing="logit_best_response",
        name="dual",
        title="A shop and the maker's web",
    )
    return case.replace(
        channel_types=(*case.channel_types, ChannelType("web", "Web", price=3.5, online=True)),
        appeals=(*case.appeals, Appeal("web", "all", 2.0 - inconvenience)),
        partners=(*case.partners, Partner("maker", "Maker", own=True)),
        candidates=(*case.candidates, Candidate("web", "maker", "web", open_today=True)),
    )


def posted(case: Scenario, wholesale: float, price: float, web: float) -> RestPoint:
    """Return what both earn where all prices are as told."""
    kinds = {
        "dealer": {"price": price, "wholesale_price": wholesale, "pricing": "list"},
        "web": {"price": web},
    }
    return rest_point(
        case.replace(
            channel_types=tuple(replace(k, **kinds.get(k.id, {})) for k in case.channel_types)
        )
    )

"""Textbook chains: makers, partners and one town of consumers."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from channelsim.domain.channel import Appeal, Candidate, ChannelType
from channelsim.domain.market import Market, Segment, Zone
from channelsim.domain.partner import Partner
from channelsim.domain.policy import Economics, Policy
from channelsim.domain.scenario import Scenario

NOWHERE = -100.0
"""Rival strength at which nobody buys elsewhere, utils."""
PEOPLE = 40.0
"""An occasion buys at most one unit: a textbook's quantity is a fortieth per person."""


def chain(
    a: float,
    b: float,
    cross: float = 0.0,
    cost: float = 0.0,
    *,
    partners: Sequence[str] = ("shop",),
    makers: Sequence[str] = ("",),
    price: float = 0.6,
    wholesale: float = 0.3,
    pricing: str = "linear_best_response",
    name: str = "chain",
    title: str = "",
    people: float = PEOPLE,
) -> Scenario:
    """Return goods q_j = a - b p_j + cross sum of the others' p_k, one by each maker and partner.

    Parameters
    ----------
    people
        Consumers; each buys at most one unit, so that units must stay below.
    price, wholesale
        Where answers start, money per unit: something must be sold there.
    """
    case = chosen(
        a / people,
        b / people,
        Market(demand="linear", cross_price=cross / people),
        cost,
        partners=partners,
        makers=makers,
        price=price,
        wholesale=wholesale,
        pricing=pricing,
        name=name,
        title=title,
    )
    return case.replace({"zones.town.population": people})


def resellers(
    count: int, a: float, b: float, cost: float = 0.0, *, alike: float = 1e4, **named: Any
) -> Scenario:
    """Return goods of one maker that replace one another almost at once: a - b p sell in all.

    Parameters
    ----------
    alike
        How many times as steeply a reseller's own units fall in its price as all units fall in the
        price of all.
    named
        What `chain` takes besides.
    """
    names = tuple(f"reseller{i}" for i in range(count))
    others = count - 1
    return chain(
        a / count,
        alike * b,
        (alike * b - b / count) / others if others else 0.0,
        cost,
        partners=names,
        makers=("",) * count,
        **named,
    )


def tiered(case: Scenario, price: Mapping[str, float]) -> Scenario:
    """Return a chain whose retailers buy from the last of some distributors, each of whom buys from
    the one before it.

    Parameters
    ----------
    price
        Distributor -> what it pays for a unit, the nearest to the maker first.
    """
    sellers = ("", *price)
    tiers = tuple(
        Partner(name, name, supplier=seller, wholesale_price=paid)
        for seller, (name, paid) in zip(sellers, price.items(), strict=False)
    )
    retailers = tuple(replace(p, supplier=sellers[-1]) for p in case.partners)
    return case.replace(partners=(*retailers, *tiers))


def chosen(
    appeal: float,
    sensitivity: float,
    market: Market,
    cost: float = 0.0,
    *,
    partners: Sequence[str] = ("shop",),
    makers: Sequence[str] = ("",),
    price: float,
    wholesale: float,
    pricing: str,
    name: str,
    title: str,
) -> Scenario:
    """Return one consumer's choice among goods, under any form of demand."""
    goods = zip(partners, makers, strict=True)
    return Scenario(
        name=name,
        title=title,
        zones=(Zone("town", "Town", 30.0, 120.0, 1.0),),
        segments=(Segment("all", "All", 1.0, 1.0, sensitivity, 0.0),),
        channel_types=(
            ChannelType(
                "dealer", "Dealer", price=price, wholesale_price=wholesale, price_setter="partner",
                pricing=pricing, effort="none", diversion="none", stock_weeks=0.0,
            ),
        ),
        appeals=(Appeal("dealer", "all", appeal),),
        partners=tuple(Partner(p, p) for p in dict.fromkeys(partners)),
        candidates=tuple(
            Candidate(f"good{i}", partner, "dealer", "town", open_today=True, maker=maker)
            for i, (partner, maker) in enumerate(goods)
        ),
        economics=Economics(unit_cost=cost, holding_rate=0.0),
        policy=Policy(effort_elasticity=0.0),
        market=market,
    )  # fmt: skip

"""Textbook chains: makers, partners and one town of consumers."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from channelsim.domain.channel import Appeal, Candidate, ChannelType, Partner
from channelsim.domain.market import Market, Segment, Zone
from channelsim.domain.policy import Economics, Policy
from channelsim.domain.scenario import Scenario

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
) -> Scenario:
    """Return goods q_j = a - b p_j + cross sum of the others' p_k, one by each maker and partner.

    Parameters
    ----------
    price, wholesale
        Where answers start, money per unit: something must be sold there.
    """
    case = chosen(
        a / PEOPLE,
        b / PEOPLE,
        Market(demand="linear", cross_price=cross / PEOPLE),
        cost,
        partners=partners,
        makers=makers,
        price=price,
        wholesale=wholesale,
        pricing=pricing,
        name=name,
        title=title,
    )
    return case.replace({"zones.town.population": PEOPLE})


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

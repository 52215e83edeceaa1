"""Textbook chains, solved in closed form: makers, partners and one town of consumers."""

from collections.abc import Sequence

from channelsim.domain.channel import Appeal, Candidate, ChannelType, Partner
from channelsim.domain.market import Market, Segment, Zone
from channelsim.domain.policy import Economics, Policy
from channelsim.domain.scenario import Scenario
from channelsim.study.terms import Term

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
) -> Scenario:
    """Return goods q_j = a - b p_j + cross sum of the others' p_k, one by each maker and partner.

    Parameters
    ----------
    price, wholesale
        Where answers start, money per unit: something must be sold there.
    """
    goods = range(len(partners))
    return Scenario(
        name="chain",
        zones=(Zone("town", "Town", 30.0, 120.0, PEOPLE),),
        segments=(Segment("all", "All", 1.0, 1.0, b / PEOPLE, 0.0),),
        channel_types=(
            ChannelType(
                "dealer", "Dealer", price=price, wholesale_price=wholesale, price_setter="partner",
                pricing=pricing, effort="none", stock_weeks=0.0,
            ),
        ),
        appeals=(Appeal("dealer", "all", a / PEOPLE),),
        partners=tuple(Partner(p, p) for p in dict.fromkeys(partners)),
        candidates=tuple(
            Candidate(f"good{i}", partners[i], "dealer", "town", open_today=True, maker=makers[i])
            for i in goods
        ),
        economics=Economics(unit_cost=cost, holding_rate=0.0),
        policy=Policy(effort_elasticity=0.0),
        market=Market(demand="linear", cross_price=cross / PEOPLE),
    )  # fmt: skip


def wholesale_terms(case: Scenario, low: float, high: float) -> list[Term]:
    """Return the wholesale price of each good as its maker's choice."""
    return [Term(f"candidates.{c.id}.wholesale_price", low, high, c.maker) for c in case.candidates]

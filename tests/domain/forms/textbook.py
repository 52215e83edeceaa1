"""A textbook market: one zone of one consumer, and a candidate for each entry, next door."""

from collections.abc import Sequence

import numpy as np

from channelsim.domain.channel import Appeal, Candidate, ChannelType
from channelsim.domain.demand import Demand, demand_of
from channelsim.domain.market import Market, Segment, Zone
from channelsim.domain.partner import Partner
from channelsim.domain.policy import Economics
from channelsim.domain.scenario import Scenario


def textbook(
    demand: str,
    appeals: Sequence[float],
    *,
    b: float = 1.0,
    g: float = 0.0,
    online: Sequence[bool] = (),
    people: float = 1.0,
    rival_strength: float = 0.0,
    position_km: Sequence[float] = (),
    doors: Sequence[int] = (),
    **market,
) -> Scenario:
    """Return outlets 0, 1, ... of these appeals, price sensitivity b and distance sensitivity g."""
    ids = [f"outlet{i}" for i in range(len(appeals))]
    online = online or [False] * len(ids)
    return Scenario(
        name="textbook",
        zones=(Zone("town", "Town", 30, 120, people, rival_strength=rival_strength),),
        segments=(Segment("all", "All", 1.0, 1.0, b, g),),
        channel_types=tuple(
            ChannelType(i, i, price=1.0, online=o) for i, o in zip(ids, online, strict=True)
        ),
        appeals=tuple(Appeal(i, "all", a) for i, a in zip(ids, appeals, strict=True)),
        partners=(Partner("firm", "Firm"),),
        candidates=tuple(
            Candidate(
                i,
                "firm",
                i,
                "" if online[n] else "town",
                position_km=position_km[n] if position_km else 0.0,
                doors=doors[n] if doors else 1,
            )
            for n, i in enumerate(ids)
        ),
        economics=Economics(unit_cost=0.0),
        market=Market(demand=demand, **market),
    )


def sold(scenario: Scenario, price: Sequence[float], shut: Sequence[int] = ()) -> list[float]:
    """Return units by candidate at these prices, some shut."""
    return total(demand_of(scenario), scenario, np.array(price, dtype=float), shut).tolist()


def total(demand: Demand, scenario: Scenario, price: np.ndarray, shut: Sequence[int] = ()):
    """Return units by candidate: (J,)."""
    is_open = np.ones(len(price), dtype=bool)
    is_open[list(shut)] = False
    units = demand.units(price, np.zeros(len(price)), is_open).sum(axis=1)
    return np.bincount(scenario.arcs.candidate, units, minlength=len(price))

"""Textbook seasons: a partner stocks once against demand that swings, and the rest is sold off."""

from collections.abc import Sequence
from dataclasses import replace

from channelsim.domain.contract import Contract
from channelsim.domain.market import Market
from channelsim.domain.scenario import Scenario
from scenarios.builder.chains import NOWHERE, chosen

MILLION = 1e6
"""People stand for themselves: a textbook's unit is a million, so that single consumers' chance
does not show."""
RATE = 0.25
"""Occasions a person and week: four times as many people may come at most."""


def season(
    price: float,
    cost: float,
    wholesale: float,
    *,
    mean: float,
    deviation: float,
    law: str,
    salvage: float = 0.0,
    contracts: Sequence[Contract] = (),
    name: str,
    title: str,
) -> Scenario:
    """Return a maker and a newsvendor who knows the law of demand, a season a week.

    Parameters
    ----------
    mean, deviation
        Of a season's demand, millions of units.
    salvage
        What a unit left over fetches, money.
    """
    case = chosen(
        0.0,
        0.0,
        Market(demand="logit", swing=deviation / mean, swing_law=law),
        cost,
        price=price,
        wholesale=wholesale,
        pricing="list",
        name=name,
        title=title,
    )
    kind, people = case.channel_types[0], MILLION * mean / RATE
    return case.replace(
        {"policy.quota_growth": 1.0},
        zones=tuple(replace(z, population=people, rival_strength=NOWHERE) for z in case.zones),
        segments=tuple(replace(s, purchase_rate=RATE, retry=0.0) for s in case.segments),
        channel_types=(
            replace(
                kind, ordering="newsvendor", forecasting="known", season_weeks=1,
                salvage=salvage / wholesale,
            ),
        ),
        candidates=tuple(replace(c, lead_time=0) for c in case.candidates),
        contracts=tuple(contracts),
    )  # fmt: skip

"""Small towns: row 11 (agents who do not earn what they could elsewhere)."""

from dataclasses import replace
from functools import cache

import numpy as np

from tests.phenomena.delta import DELTA, KIND, TODAY, mean, play, shipped

TIER = {zone.id: zone.tier for zone in DELTA.zones}
AGENTS = tuple(
    j
    for j, c in enumerate(DELTA.candidates)
    if KIND[j] == "agent" and c.id in TODAY.open_ids and TIER[c.zone] == "T3"
)
BASE = 100.0
"""What an agent costs, and wants to earn, a week however small its town, CNY."""


@cache
def without_base():
    """Play agents whose cost and claims shrink with their town all the way."""
    small = {DELTA.candidates[j].id for j in AGENTS}

    def light(c):
        fixed, asked = c.partner_fixed_cost - BASE, c.reservation_profit - BASE
        return replace(c, partner_fixed_cost=fixed, reservation_profit=asked)

    return play(
        DELTA.replace(candidates=tuple(light(c) if c.id in small else c for c in DELTA.candidates))
    )


def below(runs):
    """Return the share of small-town agents that earn less than their reservation profit."""

    def share(run):
        profit, working = run.weekly("profit", "outlet"), run.weekly("open", "outlet") > 0
        asked = [c.reservation_profit for c in DELTA.candidates]
        return np.mean([profit[working[:, j], j].mean() < asked[j] for j in AGENTS])

    return mean(share, runs)


def test_a_third_to_a_half_of_small_town_agents_earn_too_little():
    assert 1 / 3 <= below(shipped()) <= 1 / 2


def test_agents_without_a_fixed_base_earn_enough():
    assert below(without_base()) == 0

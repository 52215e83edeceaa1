"""Service: row 6 (showrooming), row 9 (free riding on a flagship's service).

The scenario as shipped counts all service in the appeals. Here sellers with little of their own
profit from half of the best that the shops of their city show.
"""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from channelsim.domain.layout import Opening
from tests.phenomena.delta import DELTA, KIND, TODAY, ZONE, mean, of, play

PART = 0.5
"""A flagship then lifts a dealer of its city by 0.08 utils: 0.05 to 0.10 by `ASSUMPTIONS.md` 5."""
LOW = ("distributor", "agent", "chain")
ONLINE = ("platform", "own_online")
OPEN = {c.id for c in DELTA.candidates if c.open_today}
TOWNS = tuple(
    zone.id
    for zone in DELTA.zones
    if zone.tier == "T2" and f"distributor-{zone.id}" in OPEN and f"flagship-{zone.id}" not in OPEN
)
"""Towns of some size with a dealer and no flagship."""
HERE = np.isin(ZONE, TOWNS)
ROWS = [row for row, zone in enumerate(DELTA.zones) if zone.id in TOWNS]


@cache
def played(riders=(), flagships=False):
    """Play kinds that ride free, with a flagship in each town or without."""
    case = DELTA.replace(
        channel_types=tuple(
            replace(k, free_riding=PART if k.id in riders else 0.0) for k in DELTA.channel_types
        )
    )
    opened = tuple(Opening(f"flagship-{town}") for town in TOWNS) if flagships else ()
    return play(case, TODAY.replace(openings=(*TODAY.openings, *opened)))


def gained(look, riders):
    """Return by how much flagships raise what a kind of seller sells, share."""
    before = mean(look, played(riders))
    return mean(look, played(riders, flagships=True)) / before - 1


def dealers(run):
    return of(run, "units", HERE & np.isin(KIND, LOW)).sum()


def online(run):
    """Return what the towns buy online: all they buy, less what their shops sell."""
    return run.weekly("units", "zone")[:, ROWS].sum() - of(run, "units", HERE).sum()


def franchises(run):
    return of(run, "units", HERE & (KIND == "franchise")).sum()


def test_sellers_with_little_service_win_where_a_flagship_opens():
    assert gained(dealers, LOW) > 0.01


def test_without_free_riding_the_flagship_takes_from_them():
    assert gained(dealers, ()) < -0.01


def test_who_gives_service_of_its_own_wins_nothing():
    assert gained(franchises, LOW) < -0.01


def test_without_a_flagship_there_is_nothing_to_ride_on():
    """Dealers elsewhere, beside today's flagships, ride: these hardly hear of it."""
    assert mean(dealers, played(LOW)) == pytest.approx(mean(dealers, played()), rel=1e-4)


def test_towns_buy_more_online_where_a_flagship_shows_the_goods():
    assert gained(online, (*LOW, *ONLINE)) > 0.01


def test_models_of_their_own_for_online_shops_stop_it():
    """What cannot be compared in a shop cannot be chosen there (row 6: different models)."""
    assert gained(online, LOW) < -0.01

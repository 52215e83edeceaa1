"""Service: row 6 (showrooming), row 9 (free riding on a flagship's service).

Played in the shipped variant `service_spillover`: sellers with little service of their own profit
from half of the best that the shops of their town show. Its layout opens flagships in towns of some
size that have a dealer and none.

What sellers should gain follows from two figures. A flagship takes from them what it takes where
nobody rides. Where they ride it lifts them by the 0.05 to 0.10 utils of `ASSUMPTIONS.md` 5, which
by the logit multiplies their sales by e^u / (1 + s (e^u - 1)), s their share of occasions. The lift
is a mean of all kinds: of one kind by itself only online shops are held to it.
"""

from functools import cache

import numpy as np
import pytest

from channelsim.domain.measures import potential_demand
from tests.phenomena.delta import DELTA, KIND, LAYOUTS, TODAY, VARIANTS, WEEK, ZONE, mean, of, play

SPILLOVER = VARIANTS["service_spillover"]
FLAGSHIPS = LAYOUTS[SPILLOVER.layout]
LIFT = (0.05, 0.10)
LOW = ("distributor", "agent", "chain")
TOWNS = tuple(
    name.removeprefix("flagship-") for name in set(FLAGSHIPS.open_ids) - set(TODAY.open_ids)
)
HERE = np.isin(ZONE, TOWNS)
ROWS = [row for row, zone in enumerate(DELTA.zones) if zone.id in TOWNS]
MODELS = SPILLOVER.cases[0].scenario
"""Online shops with models of their own: what cannot be compared in a shop cannot be chosen there
(row 6)."""
CASES = {
    "all ride": SPILLOVER.scenario,
    "shops ride": MODELS,
    "nobody rides": SPILLOVER.scenario.replace({"channel_types.*.free_riding": 0.0}),
}


@cache
def played(riding, flagships=False):
    """Play a case with a flagship in each town or without."""
    return play(CASES[riding], FLAGSHIPS if flagships else TODAY)


def gained(look, riding):
    """Return by how much flagships raise what a kind of seller sells, share."""
    before = mean(look, played(riding))
    return mean(look, played(riding, flagships=True)) / before - 1


def dealers(run):
    return of(run, "units", HERE & np.isin(KIND, LOW)).sum()


def online(run):
    """Return what the towns buy online: all they buy, less what their shops sell."""
    return run.weekly("units", "zone")[:, ROWS].sum() - of(run, "units", HERE).sum()


def riders(run):
    return dealers(run) + online(run)


def franchises(run):
    return of(run, "units", HERE & (KIND == "franchise")).sum()


def occasions(run):
    """Return the occasions of the towns' people who know the brand."""
    aware, season = run.weekly("aware", "zone")[:, ROWS], DELTA.columns.season[WEEK - 1]
    return float((season @ aware) @ potential_demand(DELTA)[ROWS])


def implied(look):
    """Return the least and the most that some of those who ride should gain where all ride."""
    left = 1 + gained(look, "nobody rides")
    runs = played("nobody rides", flagships=True)
    share = mean(riders, runs) / mean(occasions, runs)
    return tuple(left * np.exp(u) / (1 + share * np.expm1(u)) - 1 for u in LIFT)


@pytest.mark.parametrize("look", [riders, online])
def test_sellers_gain_what_a_lift_of_5_to_10_hundredths_implies(look):
    """Of the flagships' own take, 2 to 4%, they win back all: 2% more than before."""
    least, most = implied(look)
    assert least <= gained(look, "all ride") <= most


@pytest.mark.parametrize("riding", ["all ride", "shops ride"])
def test_dealers_with_little_service_win_where_a_flagship_opens(riding):
    assert 0.01 < gained(dealers, riding) < LIFT[1]


def test_without_free_riding_the_flagship_takes_from_them():
    assert gained(dealers, "nobody rides") < -0.01


def test_who_gives_service_of_its_own_wins_nothing():
    assert gained(franchises, "all ride") < -0.01


def test_without_a_flagship_there_is_nothing_to_ride_on():
    """Dealers elsewhere, beside today's flagships, ride: these hardly hear of it."""
    assert mean(dealers, played("shops ride")) == pytest.approx(
        mean(dealers, played("nobody rides")), rel=1e-4
    )


def test_towns_buy_more_online_where_a_flagship_shows_the_goods():
    assert gained(online, "all ride") > 0.01


def test_models_of_their_own_for_online_shops_stop_it():
    assert gained(online, "shops ride") < -0.01

"""Platform festivals: row 4."""

from functools import cache

import numpy as np
import pytest

from tests.phenomena.delta import DELTA, FESTIVAL, OFFLINE, WEEK, mean, of, play, shipped

SUMMER, AUTUMN = np.isin(WEEK, range(22, 26)), np.isin(WEEK, range(42, 46))


@cache
def without_season():
    return play(DELTA.replace(seasons=()))


@cache
def without_promotions():
    return play(DELTA.replace(promotions=()))


def held(runs, weeks):
    """Return the share of demand that falls in some weeks."""
    demand = [run.weekly("occasions")[:, 0] for run in runs]
    return float(np.mean([d[weeks].sum() / d.sum() for d in demand]))


def online_gain(runs):
    """Return by how much more of the units is sold online in festival weeks."""

    def share(run, weeks):
        online = of(run, "units", ~OFFLINE)[weeks].sum()
        return online / (online + of(run, "units", OFFLINE)[weeks].sum())

    return mean(lambda run: share(run, FESTIVAL) - share(run, ~FESTIVAL), runs)


@pytest.mark.parametrize(("weeks", "percent"), [(SUMMER, 11), (AUTUMN, 12)])
def test_festival_weeks_hold_their_part_of_the_year(weeks, percent):
    assert round(100 * held(shipped(), weeks)) == percent


@pytest.mark.parametrize("weeks", [SUMMER, AUTUMN])
def test_without_festivals_four_weeks_are_a_thirteenth(weeks):
    assert round(100 * held(without_season(), weeks)) == 8


def test_online_gains_8_to_12_points_in_festival_weeks():
    assert 0.08 <= online_gain(shipped()) <= 0.12


def test_without_deeper_cuts_online_it_gains_nothing():
    assert abs(online_gain(without_promotions())) < 0.01

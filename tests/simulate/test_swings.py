"""Swings of demand: their memory, what zones share, and what they do to sales."""

import numpy as np
import pytest

from channelsim.simulate.run import simulate
from channelsim.simulate.streams import Streams
from channelsim.simulate.swings import Swings
from tests.instances import tiny

WEEKS = 4000


def swinging(**changes):
    return tiny().replace({f"market.{name}": value for name, value in changes.items()}, idle=True)


def factors(case, weeks=WEEKS, seed=1):
    swings = Swings(case, Streams(seed))
    return np.array([swings.next(week) for week in range(weeks)])


@pytest.mark.parametrize("memory", [0.0, 0.6, -0.4])
def test_a_week_remembers_the_one_before(memory):
    """4,000 weeks: four standard errors are 0.063."""
    found = factors(swinging(swing=0.1, swing_memory=memory))[:, 0]
    assert np.corrcoef(found[1:], found[:-1])[0, 1] == pytest.approx(memory, abs=0.063)
    assert found.std() == pytest.approx(0.1, rel=0.1)


@pytest.mark.parametrize("common", [0.0, 0.5])
def test_zones_share_a_part_of_the_variance(common):
    found = factors(swinging(swing=0.1, swing_common=common))
    assert np.corrcoef(found[:, 0], found[:, 1])[0, 1] == pytest.approx(common, abs=0.063)


def test_all_in_common_is_one_factor_everywhere():
    found = factors(swinging(swing=0.1, swing_common=1.0), weeks=5)
    np.testing.assert_array_equal(found, np.tile(found[:, :1], 4))


def test_a_zone_keeps_its_draws_where_another_is_gone():
    case = swinging(swing=0.1)
    fewer = case.replace(zones=case.zones[:2], candidates=case.candidates[:2], distances=())
    np.testing.assert_array_equal(factors(case, 9)[:, :2], factors(fewer, 9))


def test_without_swing_nothing_is_drawn():
    np.testing.assert_array_equal(factors(tiny(), 3), np.ones((3, 4)))


def test_occasions_swing_by_the_factor():
    case = swinging(swing=0.3, swing_common=1.0)
    run = simulate(case, case.today, seed=1, weeks=30)
    here = run.weekly("occasions")[:, 0]
    expected = factors(case, 30)[:, 0] * 2500
    assert here == pytest.approx(expected, abs=4 * 2500**0.5)

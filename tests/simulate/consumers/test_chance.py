import numpy as np
import pytest
from scipy import stats

from channelsim.simulate.consumers.chance import struck, tastes
from channelsim.simulate.streams import Purpose, Streams

STARTS = np.array([0, 40_000, 40_000, 100_001])
MOST = np.array([0.02, 1.0, 0.3])


def _struck(streams=Streams(7), purpose=Purpose.AWARE, week=3, most=MOST, **options):  # noqa: B008
    return struck(streams, purpose, week, STARTS, most, **options)


def test_nobody_is_missed_and_all_stand_in_their_cells():
    hit = _struck()
    everybody = _struck(most=np.ones(3))
    assert everybody.who.tolist() == list(range(100_001))
    below = np.flatnonzero(everybody.luck < MOST[everybody.cell])
    assert np.isin(below, hit.who).all()
    np.testing.assert_array_equal(hit.cell, np.where(hit.who < 40_000, 0, 2))


def test_luck_does_not_depend_on_what_is_asked():
    hit, everybody = _struck(), _struck(most=np.ones(3))
    np.testing.assert_array_equal(hit.luck, everybody.luck[hit.who])


def test_cells_without_a_chance_are_not_looked_at():
    assert len(_struck(most=np.zeros(3)).who) == 0


@pytest.mark.parametrize("spare", [False, True])
def test_luck_is_uniform(spare):
    assert stats.kstest(_struck(most=np.ones(3), spare=spare).luck, "uniform").pvalue > 1e-3


def test_the_spare_uniform_is_independent_of_luck():
    hit = _struck(most=np.ones(3), spare=True)
    table = np.histogram2d(hit.luck, hit.spare, bins=12)[0]
    assert stats.chisquare(table.ravel()).pvalue > 1e-3


@pytest.mark.parametrize(
    "other",
    [
        {"streams": Streams(8)},
        {"streams": Streams(7, 1)},
        {"streams": Streams(0, 7)},
        {"purpose": Purpose.LAPSE},
        {"week": 4},
        {"week": -3},
    ],
)
def test_each_seed_replication_purpose_and_week_has_its_own_luck(other):
    one, two = _struck(most=np.ones(3)).luck, _struck(most=np.ones(3), **other).luck
    assert not np.isin(one[:1000], two).any(where=one[:1000] != 0)
    assert abs(np.corrcoef(one, two)[0, 1]) < 0.015


def test_blocks_do_not_repeat_one_another():
    luck = _struck(most=np.ones(3)).luck
    assert len(np.unique(luck[:70_000])) > 69_990


def test_tastes_are_standard_normal_and_repeat():
    drawn = tastes(Streams(7), 100_000)
    assert stats.kstest(drawn, "norm").pvalue > 1e-3
    np.testing.assert_array_equal(drawn[:50_000], tastes(Streams(7), 50_000))

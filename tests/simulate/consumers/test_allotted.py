import numpy as np
import pytest
from scipy import stats

from channelsim.simulate.consumers import start
from channelsim.simulate.consumers.allotted import allotted
from channelsim.simulate.kernels.available import available
from channelsim.simulate.streams import Streams

OWNERS = np.array([[0.1], [0.2], [0.3]])
HAPPY = np.array([[0.5], [0.9], [1.0]])
AWARE = np.array([[0.5], [0.9]])


def test_shares_are_rounded_by_largest_remainders(reach_of):
    counts = allotted(
        reach_of([0, 1], [2]), np.array([[11], [10]]), AWARE, OWNERS, HAPPY, streams=None
    )
    # zone 0 of 11: 5.5 unaware, 2.2 never, 0.55 and 1.98 happy, 0.55 and 0.22 unhappy
    assert counts.tolist() == [5, 2, 1, 2, 1, 0, 1, 6, 3, 0]


def test_drawn_counts_follow_the_shares(reach_of):
    people = np.array([[10**9], [0]])
    counts = allotted(reach_of([0, 1], [2]), people, AWARE, OWNERS, HAPPY, Streams(3))
    assert counts[6:].tolist() == [0, 0, 0, 0]
    expected = 1e9 * np.array([0.5, 0.2, 0.05, 0.18, 0.05, 0.02])
    assert stats.chisquare(counts[:6], expected).pvalue > 1e-3


@pytest.mark.skipif(not available(), reason="needs numba")
def test_rounded_counts_are_those_of_the_kernel(reach_of):
    rng = np.random.default_rng(4)
    reach = reach_of([0, 2, 3], [], [1, 2], [0, 1, 2, 3])
    people = rng.integers(0, 10**6, (4, 3))
    owners, happy = rng.uniform(0, 0.2, (9, 3)), rng.uniform(0, 1, (9, 3))
    aware = rng.uniform(0.8, 1.0, (4, 3))
    ours = allotted(reach, people, aware, owners, happy, None)
    assert np.array_equal(ours, start.counts_from_shares(reach, people, aware, owners, happy))

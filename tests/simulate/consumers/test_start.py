import numpy as np
import pytest
from scipy import stats

from channelsim.errors import BadValue
from channelsim.simulate.consumers.counted import Counted
from channelsim.simulate.consumers.start import counts_from_shares
from channelsim.simulate.streams import Streams

PARTNER = np.array([0, 0, 1])
OWNERS = np.array([[0.1], [0.2], [0.3]])
HAPPY = np.array([[0.5], [0.9], [1.0]])


def _shares():
    return {"aware": np.array([[0.5], [0.9]]), "owners": OWNERS, "happy": HAPPY}


def test_shares_are_rounded_by_largest_remainders(reach_of):
    reach = reach_of([0, 1], [2])
    counts = counts_from_shares(reach, np.array([[11], [10]]), **_shares())
    # zone 0 of 11: 5.5 unaware, 2.2 never, 0.55 and 1.98 happy, 0.55 and 0.22 unhappy
    assert counts.tolist() == [5, 2, 1, 2, 1, 0, 1, 6, 3, 0]


def test_drawn_counts_keep_the_population_and_follow_the_shares(reach_of):
    reach = reach_of([0, 1], [2])
    people = np.array([[1_000_000_000], [0]])
    counts = counts_from_shares(reach, people, **_shares(), streams=Streams(3))
    consumers = Counted(reach, PARTNER, counts, Streams(3))
    assert np.array_equal(consumers.population, people)
    expected = 1e9 * np.array([0.5, 0.2, 0.05, 0.18, 0.05, 0.02])
    assert stats.chisquare(counts[:6], expected).pvalue > 1e-3


def test_drawn_counts_differ_between_replications(reach_of):
    reach = reach_of([0, 1], [2])
    people = np.array([[10_000], [10_000]])
    drawn = [counts_from_shares(reach, people, **_shares(), streams=Streams(3, r)) for r in (0, 1)]
    assert not np.array_equal(*drawn)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"aware": np.array([[0.2], [0.9]])}, "zone 0 has more owners than aware people"),
        ({"happy": HAPPY * 2}, r"happy must lie in \[0, 1\]"),
        ({"population": np.array([[-1], [3]])}, "population must be >= 0, got -1"),
    ],
)
def test_impossible_shares_are_refused(reach_of, change, message):
    given = {"population": np.array([[11], [10]]), **_shares(), **change}
    with pytest.raises(BadValue, match=message):
        counts_from_shares(reach_of([0, 1], [2]), **given)

import numpy as np

from channelsim.simulate.consumers.lots import serve
from channelsim.simulate.streams import Streams


def _serve(left, stage=0, week=0):
    who, outlet = np.arange(12), np.repeat([0, 1, 2], 4)
    return serve(Streams(6), week, stage, who, outlet, np.array(left))


def test_as_many_are_served_as_there_are_units():
    served, left = _serve([3, 9, 0, 5])
    assert served.reshape(3, 4).sum(axis=1).tolist() == [3, 4, 0]
    assert left.tolist() == [0, 5, 0, 5]


def test_every_claimant_is_as_likely_to_be_served():
    served = np.stack([_serve([1, 4, 2], week=week)[0] for week in range(4_000)])
    expected = np.repeat([1_000, 4_000, 2_000], 4)
    assert np.all(np.abs(served.sum(axis=0) - expected) < 4 * np.sqrt(1_000))


def test_a_claimant_who_is_served_is_served_of_more_units_too():
    few, more = _serve([1, 1, 1])[0], _serve([3, 2, 1])[0]
    assert np.all(more[few])


def test_the_second_round_draws_other_lots():
    assert _serve([2, 2, 2])[0].tolist() != _serve([2, 2, 2], stage=1)[0].tolist()


def test_nobody_claims_nothing():
    served, left = serve(Streams(6), 0, 0, np.zeros(0, int), np.zeros(0, int), np.array([2]))
    assert (len(served), left.tolist()) == (0, [2])

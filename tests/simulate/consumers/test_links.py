import numpy as np
from numpy.testing import assert_array_equal

from channelsim.simulate.consumers.links import pair_start


def test_a_zone_of_three_outlets_has_nine_pairs():
    assert_array_equal(pair_start(np.array([0, 3, 3, 5])), [0, 9, 9, 13])


def test_no_zone_has_no_pair():
    assert_array_equal(pair_start(np.array([0])), [0])

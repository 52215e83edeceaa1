"""Buying ahead by hand."""

import numpy as np
import pytest

from channelsim.simulate.rules import loading


@pytest.mark.parametrize(
    ("gain", "holding", "weeks"),
    [
        (0.02, 0.005, 4.0),  # a step of two points pays four weeks at half a percent
        (0.03, 0.005, 6.0),
        (0.0, 0.005, 0.0),  # no step in reach
        (-0.01, 0.005, 0.0),
        (0.02, 0.0, 52.0),  # stock costs nothing: a year at most
    ],
)
def test_weeks_bought_ahead(gain, holding, weeks):
    seen = loading.Prospect(np.array([gain]), holding)
    assert loading.forward_buying(seen) == pytest.approx([weeks])
    assert loading.none(seen) == [0.0]

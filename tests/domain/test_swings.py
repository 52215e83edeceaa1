"""The laws of swings, over evenly spaced quantiles."""

import numpy as np
import pytest
from scipy.special import ndtri

from channelsim.domain import swings

SCORES = ndtri((np.arange(100_000) + 0.5) / 100_000)


@pytest.mark.parametrize(("law", "spread"), [("normal", 0.2), ("uniform", 0.2), (None, 0.1)])
def test_a_factor_has_mean_one_and_the_deviation_asked_for(law, spread):
    found = swings.factor(SCORES, spread, law)
    assert found.mean() == pytest.approx(1.0, abs=1e-4)
    assert found.std() == pytest.approx(spread, rel=1e-3)


def test_the_widest_uniform_law_begins_at_nothing():
    found = swings.factor(SCORES, swings.WIDEST, "uniform")
    assert (found.min(), found.max()) == pytest.approx((0.0, 2.0), abs=1e-4)


def test_normal_demand_is_cut_at_nothing():
    assert swings.factor(np.array([-6.0, 0.0]), 0.5, "normal").tolist() == [0.0, 1.0]

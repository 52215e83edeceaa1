"""Applications, adverse selection and screening by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from channelsim.simulate.rules import recruitment

ONE = np.ones(1)


def test_applications_arrive_at_their_rate():
    chance = recruitment.applications(2.0, 0.0, 1000.0, ONE, 26.0)
    assert chance == pytest.approx([1 - np.exp(-1)])


def test_trade_shows_and_the_brand_bring_more():
    shows = recruitment.applications(1.0, 1000.0, 1000.0, ONE, 1.0)
    brand = recruitment.applications(1.0, 0.0, 1000.0, (1 + np.log(2)) * ONE, 1.0)
    assert shows == pytest.approx(brand)
    assert shows > recruitment.applications(1.0, 0.0, 1000.0, ONE, 1.0)


def test_poor_terms_draw_worse_applicants_and_good_ones_no_better():
    luck = np.array([1.0])
    assert recruitment.drawn(luck, 0.5) == pytest.approx([0.15])
    assert recruitment.drawn(luck, 0.9) == pytest.approx([0.15])
    assert recruitment.drawn(luck, 0.25) == pytest.approx([0.05])


def test_three_units_of_inspection_halve_the_noise():
    seen = recruitment.signal(np.array([0.6]), ONE, 3000.0, 1000.0)
    assert seen == pytest.approx([0.6 + 0.125])


@given(st.floats(-3, 3), st.floats(0, 1e6), st.floats(0, 1e6))
def test_more_inspection_comes_nearer_to_the_truth(luck, one, other):
    less, more = sorted([one, other])
    far, near = (
        abs(recruitment.signal(np.array([0.5]), np.array([luck]), x, 1000.0)[0] - 0.5)
        for x in (less, more)
    )
    assert near <= far + 1e-12


def test_who_shows_the_least_passes():
    np.testing.assert_array_equal(recruitment.passes(np.array([0.5, 0.49]), 0.5), [True, False])

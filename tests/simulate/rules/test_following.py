"""Matching, undercutting, the floor-bound list price, pass-through and sticky prices."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from channelsim.simulate.rules import pricing


def quote(rival, cost=70.0, listed=100.0, **fields):
    each = {name: np.array([value]) for name, value in fields.items()}
    return pricing.Quote.of(
        np.array([listed]), rival=np.array([rival]), unit_cost=np.array([cost]), **each
    )


@pytest.mark.parametrize(
    ("rival", "price"),
    [
        (90.0, 90.0),  # matched
        (120.0, 100.0),  # never above the list
        (np.inf, 100.0),  # nobody there
        (60.0, 77.0),  # cost 70 and a margin of 10%
    ],
)
def test_match(rival, price):
    assert pricing.match(quote(rival, min_margin=0.1)) == pytest.approx([price])


@pytest.mark.parametrize(("rival", "price"), [(90.0, 81.0), (75.0, 70.0), (np.inf, 100.0)])
def test_undercut(rival, price):
    assert pricing.undercut(quote(rival, undercut=0.1)) == pytest.approx([price])


@pytest.mark.parametrize(("rival", "price"), [(95.0, 100.0), (91.0, 100.0), (89.0, 89.0)])
def test_a_usual_gap_is_left_alone(rival, price):
    assert pricing.match(quote(rival, match_gap=0.1)) == pytest.approx([price])


def test_who_leaves_no_gap_alone_undercuts_a_dearer_rival_too():
    assert pricing.undercut(quote(105.0, undercut=0.1)) == pytest.approx([94.5])


def test_a_bound_dealer_keeps_the_floor():
    assert pricing.map_bound(quote(np.inf, listed=80.0, floor=90.0)) == [90.0]
    assert pricing.map_bound(quote(np.inf, floor=90.0)) == [100.0]


def test_list_prices_follow_cost_as_far_as_it_is_passed_on():
    assert pricing.list_price(quote(np.inf, passed=-4.0)) == [96.0]


def test_prices_move_by_no_more_than_a_step():
    moved = pricing.sticky(np.array([80.0, 120.0, 101.0]), np.full(3, 100.0), np.full(3, 0.05))
    np.testing.assert_allclose(moved, [95.0, 105.0, 101.0])


@given(st.floats(1, 200), st.floats(1, 200), st.floats(0, 0.9), st.floats(-0.5, 0.5))
def test_followers_stay_between_their_least_margin_and_their_list(rival, cost, share, margin):
    seen = quote(rival, cost, undercut=share, min_margin=margin)
    for rule in (pricing.match, pricing.undercut):
        price = float(rule(seen)[0])
        assert price <= 100.0
        assert price >= min(cost * (1 + margin), 100.0) * (1 - 1e-12)

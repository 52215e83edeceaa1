"""Deals struck zone by zone are those of looking at every buyer."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from channelsim.simulate.kernels.deals import strike


def market(rng, outlets, places):
    """Outlets of a few partners in places with freight between them, prices from a short list."""
    place = np.concatenate([np.arange(places), rng.integers(0, places, outlets - places)])
    freight = rng.choice([0.0, 1.0, 2.0, 8.0], (places, places))
    near = np.argsort(freight, axis=1, kind="stable")
    return {
        "place": place,
        "partner": rng.integers(0, 3, outlets),
        "units": rng.integers(0, 9, outlets),
        "kept": rng.choice([80.0, 85.0, 90.0], outlets),
        "toll": rng.choice([0.0, 10.0], outlets),
        "fetched": rng.choice([0.0, 84.0, 88.0, 93.0], outlets),
        "room": rng.integers(0, 9, outlets),
        "near_start": np.arange(places + 1) * places,
        "near": near.ravel(),
        "freight": np.take_along_axis(freight, near, axis=1).ravel(),
    }, freight


def one_by_one(at, freight, sellers, alone):
    """Each seller in turn looks at every buyer; of equal deals the first row's counts."""
    room, deals = at["room"].copy(), []
    for seller in sellers:
        units = np.where(
            at["partner"] != at["partner"][seller], np.minimum(room, at["units"][seller]), 0
        )
        gain = at["fetched"] - at["kept"][seller] - freight[at["place"][seller], at["place"]]
        worth = np.where(units > 0, units * gain - at["toll"][seller], 0.0)
        best = int(np.argmax(worth))
        if worth[best] > 0:
            room[best] -= 0 if alone else units[best]
            deals.append((best, units[best]))
        else:
            deals.append((-1, 0))
    return deals, room


@settings(max_examples=200)
@given(st.integers(0, 10**6), st.integers(1, 4), st.integers(0, 8), st.booleans())
def test_near_places_first_finds_the_deals_of_looking_everywhere(seed, places, more, alone):
    at, freight = market(np.random.default_rng(seed), places + more, places)
    sellers = np.flatnonzero(at["units"] > 0)
    wanted, left = one_by_one(at, freight, sellers, alone)
    buyers = np.lexsort((-at["fetched"], at["place"]))
    start = np.searchsorted(np.sort(at["place"]), np.arange(places + 1))
    chosen, units, _ = strike(
        sellers,
        **at,
        buyer_start=start,
        buyers=buyers,
        most=at["fetched"].max(),
        alone=alone,
    )
    assert list(zip(chosen.tolist(), units.tolist(), strict=True)) == wanted
    np.testing.assert_array_equal(at["room"], left)

from dataclasses import replace

import numpy as np
import pytest

from channelsim.domain.channel import Candidate
from channelsim.domain.market import Distance
from channelsim.errors import BadValue
from channelsim.study.calibrate.mci import calibrate_mci
from tests.instances import tiny

REPETITIONS = 150
DOORS = {"n": 2, "s": 5, "f": 1}


def town():
    """Return three shops of one type, one in each of three zones that all reach."""
    base = tiny()
    km = {("a", "b"): 4.0, ("a", "c"): 9.0, ("b", "c"): 6.0}
    return base.replace(
        zones=base.zones[:3],
        segments=(replace(base.segments[0], distance_sensitivity=1.0),),
        channel_types=base.channel_types[:1],
        appeals=base.appeals[:1],
        candidates=tuple(
            Candidate(name, "north", "dealer", zone, doors=DOORS[name], price=price)
            for name, zone, price in (("n", "a", 100.0), ("s", "b", 90.0), ("f", "c", 120.0))
        ),
        distances=tuple(Distance(x, y, far) for (x, y), far in km.items()),
        market=replace(base.market, demand="mci"),
        assumptions=(),
    )


def shares(alpha, far, price):
    """Return doors^alpha km^-far price^-price of Nakanishi & Cooper, by hand."""
    case, found = town(), {}
    km = {"aa": 1, "ab": 4, "ac": 9, "ba": 4, "bb": 1, "bc": 6, "ca": 9, "cb": 6, "cc": 1}
    for zone in "abc":
        for c in case.candidates:
            pull = c.doors**alpha * km[zone + c.zone] ** -far * c.price**-price
            found[zone, c.id] = pull
    total = {zone: sum(v for key, v in found.items() if key[0] == zone) for zone in "abc"}
    return {key: value / total[key[0]] for key, value in found.items()}


def test_exponents_are_exact_on_shares_without_noise():
    found = calibrate_mci(town(), shares(0.8, 1.7, 2.5))
    values = {one.name: one.value for one in found.estimates}
    assert values == pytest.approx(
        {"doors_exponent": 0.8, "distance_sensitivity": 1.7, "price_sensitivity": 2.5}, abs=1e-7
    )
    assert found.error < 1e-8


def test_exponents_are_written_into_the_scenario():
    found = calibrate_mci(town(), shares(0.8, 1.7, 2.5)).scenario
    assert found.market.doors_exponent == pytest.approx(0.8)
    assert found.segments[0].distance_sensitivity == pytest.approx(1.7)
    assert found.segments[0].price_sensitivity == pytest.approx(2.5)


def test_units_tell_as_much_as_shares():
    units = {key: 700 * share for key, share in shares(0.8, 1.7, 2.5).items()}
    assert calibrate_mci(town(), units)["doors_exponent"].value == pytest.approx(0.8)


def test_known_exponents_lie_within_their_intervals():
    random, clean = np.random.default_rng(6), shares(0.8, 1.7, 2.5)
    truth = {"doors_exponent": 0.8, "distance_sensitivity": 1.7, "price_sensitivity": 2.5}
    hits = dict.fromkeys(truth, 0)
    for _ in range(REPETITIONS):
        noisy = {key: share * np.exp(random.normal(0, 0.02)) for key, share in clean.items()}
        found = calibrate_mci(town(), noisy)
        for name, value in truth.items():
            hits[name] += found[name].holds(value)
    assert min(hits.values()) / REPETITIONS >= 0.93


def test_a_share_of_nothing_is_refused():
    with pytest.raises(BadValue, match="leave out what sells nothing: it has no logarithm"):
        calibrate_mci(town(), {**shares(1, 1, 1), ("a", "n"): 0.0})


def test_shops_that_do_not_differ_tell_nothing():
    with pytest.raises(BadValue, match="the shares tell no exponent; add outlets that differ"):
        calibrate_mci(town(), {("a", "n"): 0.5})

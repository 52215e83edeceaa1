import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from channelsim.domain.incentives import slope
from channelsim.domain.response import RESPONSE_FORMS, Response
from channelsim.optimise.incentive_pieces import piecewise
from channelsim.optimise.incentive_problem import Curves, water_fill


def log_curves(margins, room=np.inf, low=0.0, high=1e6, form="log", exponent=1.0):
    count = len(margins)
    response = Response("p", "training", form, lift=0.1, scale=100.0, exponent=exponent)
    return Curves(
        response=(response,) * count,
        partner=np.arange(count),
        margin=np.array(margins, dtype=float),
        room=np.full(count, room),
        low=np.full(count, low),
        high=np.full(count, float(high)),
    )


def random_curves(seed: int) -> Curves:
    rng = np.random.default_rng(seed)
    count, partners = int(rng.integers(1, 7)), 3
    low = rng.choice([0.0, 20.0], count, p=[0.8, 0.2])
    return Curves(
        response=tuple(
            Response(
                "p",
                "training",
                str(rng.choice(RESPONSE_FORMS)),
                lift=float(rng.uniform(0.02, 0.3)),
                scale=float(rng.uniform(20, 300)),
                exponent=float(rng.choice([0.3, 0.6, 0.9, 1.0])),
            )
            for _ in range(count)
        ),
        partner=rng.integers(partners, size=count),
        margin=rng.uniform(-500, 8000, partners),
        room=rng.choice([np.inf, 0.3, 0.1], partners),
        low=low,
        high=low + rng.uniform(50, 900, count),
    )


def test_equal_partners_share_equally():
    spend, level = water_fill(log_curves([5000.0, 5000.0]), 300.0)
    assert spend.tolist() == pytest.approx([150.0, 150.0])
    assert level == pytest.approx(5000 * 0.1 / 250)


def test_logarithms_are_filled_to_one_level():
    # M 0.1 / (100 + w) equal for both, and the money out: 700 split as 6 to 8
    spend, level = water_fill(log_curves([6000.0, 8000.0]), 500.0)
    assert spend.tolist() == pytest.approx([200.0, 300.0])
    assert level == pytest.approx(2.0)


def test_money_that_brings_less_than_it_costs_stays():
    # 3000 x 0.1 / (100 + w) = 1 at w = 200
    spend, level = water_fill(log_curves([3000.0]), 900.0)
    assert (spend.tolist(), level) == (pytest.approx([200.0]), 1.0)


def test_nothing_for_a_partner_that_earns_nothing():
    spend, _ = water_fill(log_curves([-10.0, 5000.0]), 100.0)
    assert spend.tolist() == pytest.approx([0.0, 100.0])


def test_a_full_partner_gets_no_more_than_fills_it():
    # 0.1 ln(1 + w / 100) = 0.05
    spend, level = water_fill(log_curves([5000.0], room=0.05), 900.0)
    assert spend.tolist() == pytest.approx([100 * (np.exp(0.5) - 1)])
    assert level == 1.0


def test_bounds_are_kept():
    spend, _ = water_fill(log_curves([6000.0, 100.0], low=30.0, high=120.0), 500.0)
    assert spend.tolist() == pytest.approx([120.0, 30.0])


def test_straight_lines_share_what_is_left_at_their_level():
    curves = log_curves([5000.0, 5000.0, 9000.0], form="power", high=200.0)
    spend, level = water_fill(curves, 300.0)
    assert spend[2] == pytest.approx(200.0)
    assert spend.sum() == pytest.approx(300.0)
    assert level == pytest.approx(5.0)


@pytest.mark.parametrize("form", RESPONSE_FORMS)
@pytest.mark.parametrize("exponent", [0.2, 0.5, 0.95, 1.0])
@pytest.mark.parametrize("level", [1.0, 2.5, 40.0])
def test_spend_stands_where_the_slope_falls_to_the_level(form, exponent, level):
    curves = log_curves([7000.0], form=form, exponent=exponent)
    spend = curves.spend_at(np.array([level])).item()
    if 0 < spend < 1e6:
        assert 7000 * slope(curves.response[0], spend) == pytest.approx(level, rel=1e-9)
    elif spend == 0:
        assert 7000 * slope(curves.response[0], 0.0) <= level
    else:
        assert 7000 * slope(curves.response[0], 1e6) >= level


@settings(max_examples=12)
@given(st.integers(0, 10_000), st.floats(1, 1500))
def test_water_filling_is_the_optimum_that_the_pieces_close_in_on(seed, extra):
    curves = random_curves(seed)
    floor = np.maximum(curves.room, curves.partner_lifts(curves.low))
    curves = Curves(**{**vars(curves), "room": floor})
    budget = float(curves.low.sum()) + extra
    spend, _ = water_fill(curves, budget)
    assert spend.sum() <= budget + 1e-6
    assert (curves.partner_lifts(spend) <= floor + 1e-9).all()
    other, _, error = piecewise(curves, budget, np.zeros(3), 1.0)
    best = curves.gain(other)
    scale = max(abs(best), 1.0)
    assert best - 1e-6 * scale <= curves.gain(spend) <= best + error + 1e-6 * scale

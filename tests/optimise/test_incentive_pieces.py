import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from channelsim.optimise.incentive_pieces import build_pieces, piecewise
from tests.optimise.test_incentive_problem import log_curves, random_curves

UNITS = np.array([100.0, 50.0])


def test_short_supply_goes_where_a_unit_earns_most():
    # partner 0 earns 60 a unit, partner 1 earns 100 a unit; 5 more units are all there is
    curves = log_curves([6000.0, 5000.0], high=900)
    spend, _, error = piecewise(curves, 900.0, UNITS, 5.0)
    assert UNITS @ curves.partner_lifts(spend) <= 5.0 + 1e-9
    assert curves.lifts(spend)[1] > curves.lifts(spend)[0]
    assert error <= 1e-5 * curves.gain(spend)


def test_budget_has_a_price_while_it_binds():
    _, price, _ = piecewise(log_curves([6000.0, 8000.0], high=500), 500.0, UNITS, 1e9)
    assert price == pytest.approx(1.0, abs=0.01)


def test_leftover_budget_has_no_price():
    _, price, _ = piecewise(log_curves([3000.0, 3000.0], high=5000), 5000.0, UNITS, 1e9)
    assert price == pytest.approx(0.0, abs=1e-9)


def test_program_is_written_row_by_row():
    problem = build_pieces(log_curves([9.0], room=0.3), 5.0, np.ones(1), 2.0, [[(0.1, 0.2)]])
    assert [row.name for row in problem.constraints()] == [
        "money",
        "room_0",
        "supply",
        "response_0_0",
    ]


@settings(max_examples=25)
@given(st.integers(0, 10_000), st.floats(1, 60))
def test_error_bound_covers_any_other_spend(seed, supply):
    curves = random_curves(seed)
    rng = np.random.default_rng(seed)
    units = rng.uniform(10, 90, 3)
    if units @ curves.partner_lifts(curves.low) > supply:
        return
    budget = float(curves.low.sum()) + 400.0
    best, _, error = piecewise(curves, budget, units, supply)
    for _ in range(50):
        other = rng.uniform(curves.low, curves.high)
        other = curves.low + (other - curves.low) * rng.random()
        lifts = curves.partner_lifts(other)
        fits = other.sum() <= budget and (lifts <= curves.room).all() and units @ lifts <= supply
        assert not fits or curves.gain(other) <= curves.gain(best) + error + 1e-6

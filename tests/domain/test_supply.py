"""The maker's supply refuses what cannot be, and says what to write."""

import pytest

from channelsim.domain.supply import Supply
from channelsim.errors import BadValue


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            {"production": "lean"},
            "production is unknown: 'lean'; write one of to_order, to_stock",
        ),
        (
            {"forecasting": "guess"},
            "forecasting is unknown: 'guess'; write one of exponential_smoothing, moving_average, "
            "ar1, known",
        ),
        (
            {"forecast_echo": 0.5},
            "forecast_echo tells how demand comes back in orders; write ar1 as forecasting and the "
            "correlation as forecast_rho, or leave it out",
        ),
        (
            {"production_weeks": -1},
            "production_weeks must be >= 0, got -1; write a number from 0 upwards",
        ),
        (
            {"production_capacity": 0},
            "production_capacity must be > 0, got 0; leave it empty for unlimited",
        ),
        (
            {"forecast_window": 0},
            "forecast_window must be >= 1, got 0; write a number from 1 upwards",
        ),
        (
            {"forecast_rho": 2},
            "forecast_rho must lie in [-1, 1], got 2; write a number between -1 and 1",
        ),
        (
            {"holding_rate": 2},
            "holding_rate must lie in [0, 1], got 2; write a share such as 0.25 or 25%",
        ),
        ({"order_cost": -5}, "order_cost must be >= 0, got -5; write a number from 0 upwards"),
    ],
)
def test_bad_values_are_refused_with_the_cure(changes, message):
    with pytest.raises(BadValue) as caught:
        Supply(**changes)
    assert caught.value.message == message

"""A warehouse refuses what cannot be, and says what to write."""

import pytest

from channelsim.domain.site import Site
from channelsim.errors import BadValue


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"lead_time": -1}, "lead_time must be >= 0, got -1; write a number from 0 upwards"),
        ({"review_weeks": 0}, "review_weeks must be >= 1, got 0; write a number from 1 upwards"),
        ({"stock_weeks": -2}, "stock_weeks must be >= 0, got -2; write a number from 0 upwards"),
        (
            {"forecasting": "guess"},
            "forecasting is unknown: 'guess'; write one of exponential_smoothing, moving_average, "
            "ar1, known",
        ),
        (
            {"forecast_weight": 1.5},
            "forecast_weight must lie in [0, 1], got 1.5; write a share such as 0.25 or 25%",
        ),
    ],
)
def test_bad_values_are_refused_with_the_cure(changes, message):
    with pytest.raises(BadValue) as caught:
        Site("hub", "Hub", **changes)
    assert caught.value.message == message

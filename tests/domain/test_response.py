from dataclasses import replace

import pytest

from channelsim.domain.response import Response
from channelsim.errors import BadValue

TRAINING = Response("north", "training", "log", lift=0.1, scale=100.0)
UPWARDS = "write a number from 0 upwards"
INSTRUMENTS = (
    "write one of rebate, commission, bonus, training, coop, marketing, priority_supply, royalty, "
    "technical_support, after_sales_support"
)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"instrument": "gift"}, f"instrument is unknown: 'gift'; {INSTRUMENTS}"),
        (
            {"form": "linear"},
            "form is unknown: 'linear'; write one of power, log, hill, exponential",
        ),
        ({"lift": -0.1}, f"lift must be >= 0, got -0.1; {UPWARDS}"),
        ({"scale": 0}, "scale must be > 0, got 0; write a number above 0"),
        ({"exponent": 0}, "exponent must be > 0, got 0; write a number above 0"),
        ({"exponent": 1.5}, "exponent must be <= 1, got 1.5; lower it (concave)"),
        ({"min_spend": -1}, f"min_spend must be >= 0, got -1; {UPWARDS}"),
        (
            {"min_spend": 10, "max_spend": 5},
            "max_spend must be >= 10, got 5; raise it to min_spend",
        ),
    ],
)
def test_a_response_refuses(changes, message):
    with pytest.raises(BadValue) as caught:
        replace(TRAINING, **changes)
    assert caught.value.message == message

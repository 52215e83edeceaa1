from dataclasses import replace

import pytest

from channelsim.domain.partner import Partner
from channelsim.errors import BadValue

NORTH = Partner("north", "北方商贸")

A_SHARE = "write a share such as 0.25 or 25%"
UPWARDS = "write a number from 0 upwards"
AN_ID = "write letters and digits of any script, such as shanghai or 上海"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            {"id": "n.n"},
            "id must be a short name without dots, stars or line breaks, got 'n.n'; " + AN_ID,
        ),
        ({"own": "yes"}, "own must be true or false, got 'yes'; write 1 or 0"),
        ({"capability": 60}, f"capability must lie in [0, 1], got 60; {A_SHARE}"),
        ({"reputation": -0.1}, f"reputation must lie in [0, 1], got -0.1; {A_SHARE}"),
        ({"alignment": 1.5}, f"alignment must lie in [0, 1], got 1.5; {A_SHARE}"),
        ({"resources_weeks": -1}, f"resources_weeks must be >= 0, got -1; {UPWARDS}"),
        ({"markup": -1}, f"markup must be >= 0, got -1; {UPWARDS}"),
        (
            {"effort": "some"},
            "effort is unknown: 'some'; write one of best_response, none, aligned_best_response, "
            "quota_driven",
        ),
        (
            {"pricing": "high"},
            "pricing is unknown: 'high'; write one of list, cost_plus, "
            "map_bound, logit_best_response, linear_best_response, cournot, match, "
            "undercut",
        ),
        ({"risk_aversion": -1}, f"risk_aversion must be >= 0, got -1; {UPWARDS}"),
        ({"inflate": -1}, f"inflate must be >= 0, got -1; {UPWARDS}"),
        ({"forecast_weight": 2}, f"forecast_weight must lie in [0, 1], got 2; {A_SHARE}"),
    ],
)
def test_a_partner_refuses(changes, message):
    with pytest.raises(BadValue) as caught:
        replace(NORTH, **changes)
    assert caught.value.message == message

import copy
import pickle
from dataclasses import replace

import pytest

from channelsim.domain.market import Distance, Market, Rival, Season, Segment, Zone
from channelsim.errors import BadValue

ZONE = Zone("a", "甲城", 30.0, 120.0, 10_000, shares={"value": 0.4, "premium": 0.6})
SEGMENT = Segment("value", "价格型", 0.4, 0.001, 0.01, 0.08)
A_SHARE = "write a share such as 0.25 or 25%"
UPWARDS = "write a number from 0 upwards"
UTILS = "write utils, where 1 makes odds 2.7 times as high"


def told(row, **changes) -> str:
    with pytest.raises(BadValue) as caught:
        replace(row, **changes)
    return caught.value.message


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            {"id": "a.b"},
            "id must be a short name without dots, stars or line breaks, got 'a.b'; write letters "
            "and digits of any script, such as shanghai or 上海",
        ),
        (
            {"latitude": 300},
            "latitude must lie in [-90, 90], got 300; write degrees north",
        ),
        (
            {"longitude": -181},
            "longitude must lie in [-180, 180], got -181; write degrees east",
        ),
        ({"population": -1}, f"population must be >= 0, got -1; {UPWARDS}"),
        (
            {"rival_strength": 250},
            f"rival_strength must lie in [-100, 100], got 250; {UTILS}",
        ),
        ({"awareness": 1.1}, f"awareness must lie in [0, 1], got 1.1; {A_SHARE}"),
        (
            {"shares": {"value": 1.5, "premium": -0.5}},
            f"share_value must lie in [0, 1], got 1.5; {A_SHARE}",
        ),
        (
            {"shares": {"value": 0.4, "premium": 0.5}},
            "the segment shares must sum to 1, got 0.9; mend them",
        ),
    ],
)
def test_a_zone_refuses(changes, message):
    assert told(ZONE, **changes) == message


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            {"id": ""},
            "id must be a short name without dots, stars or line breaks, got ''; write letters "
            "and digits of any script, such as shanghai or 上海",
        ),
        ({"share": 1.2}, f"share must lie in [0, 1], got 1.2; {A_SHARE}"),
        ({"purchase_rate": -0.1}, f"purchase_rate must lie in [0, 1], got -0.1; {A_SHARE}"),
        ({"retry": 2}, f"retry must lie in [0, 1], got 2; {A_SHARE}"),
        ({"online_preference": 55}, f"online_preference must lie in [0, 1], got 55; {A_SHARE}"),
        ({"innovation": -1}, f"innovation must lie in [0, 1], got -1; {A_SHARE}"),
        ({"happy_base": 93}, f"happy_base must lie in [0, 1], got 93; {A_SHARE}"),
        ({"happy_service_loss": -1}, f"happy_service_loss must lie in [0, 1], got -1; {A_SHARE}"),
        ({"happy_price_loss": 5}, f"happy_price_loss must lie in [0, 1], got 5; {A_SHARE}"),
        ({"happy_wait_loss": 2}, f"happy_wait_loss must lie in [0, 1], got 2; {A_SHARE}"),
        ({"price_sensitivity": -0.01}, f"price_sensitivity must be >= 0, got -0.01; {UPWARDS}"),
        ({"distance_sensitivity": -1}, f"distance_sensitivity must be >= 0, got -1; {UPWARDS}"),
        ({"imitation": -1}, f"imitation must be >= 0, got -1; {UPWARDS}"),
        (
            {"service_weight": -1},
            "service_weight must lie in [0, 100], got -1; write a number between 0 and 100",
        ),
        (
            {"inertia": -0.5},
            "inertia must lie in [0, 100], got -0.5; write a number between 0 and 100",
        ),
        ({"aversion": 1.2}, "aversion must lie in [-100, 0], got 1.2; write it negative"),
    ],
)
def test_a_segment_refuses(changes, message):
    assert told(SEGMENT, **changes) == message


@pytest.mark.parametrize(
    ("row", "changes", "message"),
    [
        (
            Rival("r", "a", 0.4),
            {"id": "*"},
            "id must be a short name without dots, stars or line breaks, got '*'; write letters "
            "and digits of any script, such as shanghai or 上海",
        ),
        (
            Rival("r", "a", 0.4),
            {"strength": 101},
            f"strength must lie in [-100, 100], got 101; {UTILS}",
        ),
        (Distance("a", "b", 1.0), {"km": -3}, f"km must be >= 0, got -3; {UPWARDS}"),
        (
            Season(24, 2.1),
            {"week": 53},
            "week must lie in [1, 52], got 53; write a number between 1 and 52",
        ),
        (
            Season(24, 2.1),
            {"week": 1.5},
            "week must be a whole number, got 1.5; write one such as 1",
        ),
        (Season(24, 2.1), {"factor": -1}, f"factor must be >= 0, got -1; {UPWARDS}"),
        (
            Market(),
            {"detour_factor": 0.9},
            "detour_factor must be >= 1, got 0.9; write a number from 1 upwards",
        ),
        (
            Market(),
            {"service_standard_km": -1},
            f"service_standard_km must be >= 0, got -1; {UPWARDS}",
        ),
        (Market(), {"trading_weeks": -1}, f"trading_weeks must be >= 0, got -1; {UPWARDS}"),
        (Market(), {"advertising": 2}, f"advertising must lie in [0, 1], got 2; {A_SHARE}"),
        (Market(), {"contagion": 20}, f"contagion must lie in [0, 1], got 20; {A_SHARE}"),
        (
            Market(),
            {"contagion_km": 0},
            "contagion_km must be > 0, got 0; write 0 as contagion for no contagion",
        ),
        (
            Market(),
            {"growth": -1},
            "growth must lie in [-0.9, 9], got -1; write a share a year such as 0.03 or 3%",
        ),
        (Market(), {"claim_rate": 2}, f"claim_rate must lie in [0, 1], got 2; {A_SHARE}"),
        (Market(), {"freight_per_km": -1}, f"freight_per_km must be >= 0, got -1; {UPWARDS}"),
        (Market(), {"goodwill": -1}, f"goodwill must be >= 0, got -1; {UPWARDS}"),
    ],
)
def test_the_rest_of_the_market_refuses(row, changes, message):
    assert told(row, **changes) == message


def test_a_zone_refuses_a_latitude_left_out():
    assert told(ZONE, latitude=None) == "latitude is empty; write a value"


@pytest.mark.parametrize("latitude", [float("nan"), float("inf"), "30"])
def test_a_zone_refuses_what_is_no_number(latitude):
    assert told(ZONE, latitude=latitude) == (
        f"latitude must be a finite number, got {latitude}; write degrees north"
    )


def test_the_shares_of_a_zone_cannot_be_edited():
    with pytest.raises(TypeError):
        ZONE.shares["value"] = 0.9


def test_a_zone_does_not_follow_the_mapping_it_was_made_from():
    shares = {"value": 1.0}
    zone = Zone("a", "甲城", 30.0, 120.0, 10_000, shares=shares)
    shares["value"] = 0.0
    assert zone.shares == {"value": 1.0}


@pytest.mark.parametrize("double", [copy.deepcopy, lambda z: pickle.loads(pickle.dumps(z))])
def test_a_zone_can_be_sent_to_another_process(double):
    assert double(ZONE) == ZONE


def test_a_zone_may_hold_ten_milliards_and_no_more():
    assert replace(ZONE, population=1e10).population == 1e10
    with pytest.raises(BadValue, match="population must be <= 10000000000, got 1.00001e.10; write"):
        replace(ZONE, population=1.00001e10)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"swing": -0.1}, "swing must be >= 0, got -0.1; write a number from 0 upwards"),
        (
            {"swing": 0.6, "swing_law": "uniform"},
            "swing must be <= 0.577350269189626, got 0.6; write less, or normal as swing_law: "
            "demand would fall below 0",
        ),
        ({"swing_law": "poisson"}, "swing_law is unknown: 'poisson'; write one of normal, uniform"),
        (
            {"swing_memory": 1},
            "swing_memory must lie in [-0.99, 0.99], got 1; write a number between -0.99 and 0.99",
        ),
        ({"swing_common": 2}, f"swing_common must lie in [0, 1], got 2; {A_SHARE}"),
    ],
)
def test_swings_refuse(changes, message):
    assert told(Market(), **changes) == message

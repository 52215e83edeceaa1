from dataclasses import replace

import pytest

from channelsim.domain.goodwill import Goodwill
from channelsim.errors import BadValue


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"decay": 0}, "decay must be > 0, got 0; write a share per week such as 0.02 or 2%"),
        (
            {"decay": 2},
            "decay must lie in [0, 1], got 2; write a share per week such as 0.02 or 2%",
        ),
        (
            {"penalty": -1},
            "penalty must lie in [0, 100], got -1; write a number between 0 and 100",
        ),
        ({"satisfaction": -1}, "satisfaction must lie in [0, 10], got -1; write utils"),
        ({"coop": 11}, "coop must lie in [0, 10], got 11; write utils"),
        ({"discount": -1}, "discount must lie in [0, 10], got -1; write utils"),
        ({"violation": 99}, "violation must lie in [0, 10], got 99; write utils"),
        ({"advertising": -11}, "advertising must lie in [-10, 10], got -11; write utils"),
    ],
)
def test_goodwill_refuses(changes, message):
    with pytest.raises(BadValue) as caught:
        replace(Goodwill(), **changes)
    assert caught.value.message == message


def test_nothing_moves_goodwill_unless_a_setting_says_so():
    assert not Goodwill(decay=0.1, penalty=3.0).moves


@pytest.mark.parametrize("name", ["satisfaction", "coop", "advertising", "discount", "violation"])
def test_every_effect_moves_goodwill(name):
    assert Goodwill(**{name: 0.1}).moves

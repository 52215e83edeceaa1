import pytest

from channelsim.domain.pair import Pair
from channelsim.errors import BadValue
from tests.instances import tiny


def test_a_pair_names_partners_or_candidates():
    pair = Pair("rivals", "incompatible", "north", "south-c")
    assert tiny().replace(pairs=(pair,)).pairs == (pair,)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (
            ("p", "hostile", "north", "south"),
            "kind is unknown: 'hostile'; write one of incompatible, requires",
        ),
        (
            ("p", "requires", "north", "north"),
            "first and second are both 'north'; name two partners or candidates",
        ),
    ],
)
def test_a_pair_checks_itself(row, message):
    with pytest.raises(BadValue) as error:
        Pair(*row)
    assert str(error.value) == message


def test_an_unknown_side_names_some_that_are_known():
    with pytest.raises(BadValue, match="pairs: id 'east' is unknown; write one of the ids, such"):
        tiny().replace(pairs=(Pair("p", "requires", "north", "east"),))

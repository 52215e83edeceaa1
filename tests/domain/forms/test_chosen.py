"""Which demand a scenario has, and what it refuses."""

import pytest

from channelsim.domain.demand import require_choice
from channelsim.domain.market import DEMAND_FORMS, Market, Rival
from channelsim.errors import BadValue
from tests.domain.forms.textbook import sold, textbook

TOLD = (
    "market.demand is linear, for which no plan is made; for "
    "consumers who choose write one of logit, nested_logit, huff, mci"
)


@pytest.mark.parametrize("form", DEMAND_FORMS)
def test_every_name_is_a_demand(form):
    assert sold(textbook(form, [1.5]), [1.0])[0] > 0


def test_an_unknown_form_is_refused():
    with pytest.raises(BadValue, match="demand is unknown: 'probit'; write one of logit, nested"):
        Market(demand="probit")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"nesting": 0.0}, "nesting must be > 0, got 0; write a number above 0, up to 1"),
        ({"nesting": 1.5}, "nesting must lie in [0, 1], got 1.5; write a number above 0, up to 1"),
        ({"doors_exponent": -1}, "doors_exponent must be >= 0, got -1; write a number from 0 "),
        ({"nearest_km": 0}, "nearest_km must be > 0, got 0; write a number above 0"),
        ({"cross_price": -1}, "cross_price must be >= 0, got -1; write a number from 0 upwards"),
        ({"space": "disc"}, "space is unknown: 'disc'; write one of line, circle"),
        ({"space_km": 0}, "space_km must be > 0, got 0; write a number above 0"),
        ({"travel": "cubic"}, "travel is unknown: 'cubic'; write one of linear, quadratic"),
    ],
)
def test_a_market_refuses(changes, message):
    with pytest.raises(BadValue) as caught:
        Market(**changes)
    assert caught.value.message.startswith(message)


def test_no_plan_is_made_of_a_textbooks_quantities():
    with pytest.raises(BadValue) as caught:
        require_choice(textbook("linear", [1.0]))
    assert caught.value.message == TOLD


def test_rival_outlets_need_consumers_who_choose():
    rivals = (Rival("r", "town", price=1.0),)
    with pytest.raises(BadValue) as caught:
        textbook("linear", [1.0]).replace(rivals=rivals)
    assert caught.value.message == (
        "rivals: r has a price, but linear demand knows no rival outlets; write a strength instead"
    )


def test_a_rival_needs_a_strength_or_a_price():
    with pytest.raises(BadValue, match="strength and price are both empty; write a strength, or"):
        Rival("r", "town")


def test_a_strength_needs_a_zone():
    with pytest.raises(BadValue, match="zone is empty; name the zone of the rival's strength"):
        Rival("r", strength=0.5)

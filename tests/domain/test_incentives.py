import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channelsim.domain.incentives import lift, partner_lift, slope
from channelsim.domain.layout import Layout, Spend
from channelsim.domain.response import RESPONSE_FORMS, Response
from channelsim.errors import BadValue
from tests.instances import tiny

CURVES = st.builds(
    Response,
    st.just("north"),
    st.just("coop"),
    st.sampled_from(RESPONSE_FORMS),
    lift=st.floats(0, 2),
    scale=st.floats(1, 1000),
    exponent=st.floats(0.1, 1),
)
MONEY = st.floats(0, 10_000)


@pytest.mark.parametrize(
    ("form", "exponent", "spend", "rise"),
    [
        ("log", 1, 100, 0.2 * math.log(2)),
        ("exponential", 1, 100, 0.2 * (1 - 1 / math.e)),
        ("power", 0.5, 25, 0.1),  # the root of a quarter
        ("power", 1, 50, 0.1),
        ("hill", 1, 100, 0.1),  # half the height at the scale
        ("hill", 0.5, 25, 0.2 * 0.5 / 1.5),
    ],
)
def test_a_curve_of_height_a_fifth_and_scale_100(form, exponent, spend, rise):
    curve = Response("north", "coop", form, 0.2, 100.0, exponent)
    assert lift(curve, spend) == pytest.approx(rise)


@given(CURVES, st.floats(-10, 0))
def test_no_money_brings_no_rise(curve, spend):
    assert lift(curve, spend) == 0.0


@given(CURVES, MONEY, MONEY)
def test_more_money_never_brings_less(curve, one, other):
    low, high = sorted((one, other))
    assert lift(curve, low) <= lift(curve, high)


@given(CURVES, MONEY, MONEY)
def test_money_is_worth_more_split_than_at_the_ends(curve, one, other):
    """A concave curve lies above its chords."""
    middle = lift(curve, (one + other) / 2)
    assert middle >= (lift(curve, one) + lift(curve, other)) / 2 - 1e-12


@given(CURVES, st.floats(1, 10_000))
def test_the_slope_is_the_rise_of_the_next_unit(curve, spend):
    step = spend * 1e-5
    rise = (lift(curve, spend + step) - lift(curve, spend - step)) / (2 * step)
    assert slope(curve, spend) == pytest.approx(rise, rel=1e-4, abs=1e-9)


@pytest.mark.parametrize(
    ("form", "exponent", "lift", "steep"),
    [
        ("log", 1, 0.2, 0.002),  # height over scale
        ("exponential", 1, 0.2, 0.002),
        ("power", 1, 0.2, 0.002),
        ("hill", 1, 0.2, 0.002),
        ("power", 0.5, 0.2, math.inf),
        ("hill", 0.5, 0.2, math.inf),
        ("power", 0.5, 0.0, 0.0),  # a curve of no height
    ],
)
def test_the_slope_at_no_money(form, exponent, lift, steep):
    assert slope(Response("north", "coop", form, lift, 100.0, exponent), 0) == steep


def test_a_layout_without_money_lifts_nobody():
    assert partner_lift(tiny(), Layout()).tolist() == [0, 0, 0]


def test_training_lifts_the_partner_it_is_spent_on():
    """0.1 ln(1 + 100 / 100)."""
    layout = Layout(incentives=(Spend("north", "training", 100.0),))
    assert partner_lift(tiny(), layout) == pytest.approx([0, 0.1 * math.log(2), 0])


def test_instruments_add_up():
    """0.1 ln 2 for training and 0.3 x 50 / 100 for co-op."""
    coop = Response("north", "coop", "power", 0.3, 100.0)
    scenario = tiny().replace(responses=(*tiny().responses, coop))
    spends = (Spend("north", "training", 100.0), Spend("north", "coop", 50.0))
    rise = partner_lift(scenario, Layout(incentives=spends))
    assert rise[1] == pytest.approx(0.1 * math.log(2) + 0.15)


def test_money_without_a_curve_lifts_nobody():
    layout = Layout(incentives=(Spend("north", "rebate", 100.0),))
    assert partner_lift(tiny(), layout).tolist() == [0, 0, 0]


def test_money_for_an_unknown_partner_is_told():
    with pytest.raises(BadValue) as caught:
        partner_lift(tiny(), Layout(incentives=(Spend("west", "training", 100.0),)))
    assert caught.value.message == (
        "the layout names the partner 'west', which the scenario does not have; write the id of a "
        "partner such as maker, north, south"
    )

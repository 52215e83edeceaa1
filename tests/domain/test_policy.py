from dataclasses import replace

import pytest

from channelsim.domain.policy import Economics, Goals, Policy
from channelsim.errors import BadValue

A_SHARE = "write a share such as 0.25 or 25%"
UPWARDS = "write a number from 0 upwards"


@pytest.mark.parametrize(
    ("row", "changes", "message"),
    [
        (Economics(40), {"unit_cost": -1}, f"unit_cost must be >= 0, got -1; {UPWARDS}"),
        (
            Economics(40),
            {"amortisation_weeks": 0},
            "amortisation_weeks must be > 0, got 0; write a number above 0",
        ),
        (
            Economics(40),
            {"capital_charge": 8},
            f"capital_charge must lie in [0, 1], got 8; {A_SHARE}",
        ),
        (
            Economics(40),
            {"holding_rate": -1},
            f"holding_rate must lie in [0, 1], got -1; {A_SHARE}",
        ),
        (
            Economics(40),
            {"supply_capacity": 0},
            "supply_capacity must be > 0, got 0; leave it out for unlimited",
        ),
        (Policy(), {"price_floor": 0}, "price_floor must be > 0, got 0; leave it out for none"),
        (
            Policy(),
            {"price_gap_tolerance": 0.5},
            "price_gap_tolerance must lie in [0, 0.49], got 0.5; write a number between 0 and 0.49",
        ),
        (
            Policy(),
            {"quota_growth": 0},
            "quota_growth must be > 0, got 0; write a number above 0",
        ),
        (
            Policy(),
            {"audit_probability": 10},
            f"audit_probability must lie in [0, 1], got 10; {A_SHARE}",
        ),
        (Policy(), {"fine": -1}, f"fine must be >= 0, got -1; {UPWARDS}"),
        (
            Policy(),
            {"review_weeks": 0},
            "review_weeks must be >= 1, got 0; write a number from 1 upwards",
        ),
        (
            Policy(),
            {"exit_weeks": 0.5},
            "exit_weeks must be a whole number, got 0.5; write one such as 1",
        ),
        (Policy(), {"exit_trust": 25}, f"exit_trust must lie in [0, 1], got 25; {A_SHARE}"),
        (
            Policy(),
            {"terminate_after": 0},
            "terminate_after must be >= 1, got 0; leave it empty for never",
        ),
        (
            Policy(),
            {"score_sales": 0.0},
            "the weights score_sales to score_reporting are all 0; make one of them positive",
        ),
        (Policy(), {"redress": -1}, f"redress must be >= 0, got -1; {UPWARDS}"),
        (Policy(), {"detection": 7}, f"detection must lie in [0, 1], got 7; {A_SHARE}"),
        (Policy(), {"mediation_cost": -1}, f"mediation_cost must be >= 0, got -1; {UPWARDS}"),
        (
            Policy(),
            {"rationing": "lottery"},
            "rationing is unknown: 'lottery'; write one of priority, proportional, turn_and_earn, "
            "linear, uniform",
        ),
        (
            Policy(),
            {"information": "rumours"},
            "information is unknown: 'rumours'; write one of orders, none, sell_out, inventory",
        ),
        (Policy(), {"information_lag": -1}, f"information_lag must be >= 0, got -1; {UPWARDS}"),
        (Policy(), {"information_noise": -1}, f"information_noise must be >= 0, got -1; {UPWARDS}"),
        (Policy(), {"distortion": -1}, f"distortion must be >= 0, got -1; {UPWARDS}"),
        (Policy(), {"digitisation": 2}, f"digitisation must lie in [0, 1], got 2; {A_SHARE}"),
        (
            Policy(),
            {"effort_elasticity": 1.5},
            f"effort_elasticity must lie in [0, 1], got 1.5; {A_SHARE}",
        ),
        (Policy(), {"least_effort": 0}, "least_effort must be > 0, got 0; write a number above 0"),
        (
            Policy(),
            {"least_effort": 2},
            "least_effort must be <= 1, got 2; write 1 for effort as planned",
        ),
        (
            Policy(),
            {"conflict_weights": (0.5, 0.5)},
            "conflict_weights must be 4 numbers, got 2; write those of price, territory, customer "
            "and goal conflict",
        ),
        (
            Policy(),
            {"conflict_weights": (1.5, -0.5, 0, 0)},
            f"conflict_weights must lie in [0, 1], got 1.5; {A_SHARE}",
        ),
        (
            Policy(),
            {"conflict_weights": (0.5, 0.5, 0.5, 0)},
            "conflict_weights must sum to 1, got 1.5; mend them",
        ),
        (Policy(), {"fine": None}, "fine is empty; write a value"),
        (Goals(), {"min_coverage": 90}, f"min_coverage must lie in [0, 1], got 90; {A_SHARE}"),
        (Goals(), {"max_conflict": -1}, f"max_conflict must lie in [0, 1], got -1; {A_SHARE}"),
        (Goals(), {"conflict_price": -1}, f"conflict_price must be >= 0, got -1; {UPWARDS}"),
        (Goals(), {"budget": -1}, f"budget must be >= 0, got -1; {UPWARDS}"),
        (Goals(), {"setup_budget": -1}, f"setup_budget must be >= 0, got -1; {UPWARDS}"),
        (Goals(), {"incentive_budget": -1}, f"incentive_budget must be >= 0, got -1; {UPWARDS}"),
        (Goals(), {"yearly_budget": -1}, f"yearly_budget must be >= 0, got -1; {UPWARDS}"),
        (
            Goals(),
            {"risk_level": 1},
            "risk_level must lie in [0, 0.9999], got 1; write a number between 0 and 0.9999",
        ),
        (
            Goals(),
            {"max_shortfall": 2e15},
            "max_shortfall must be <= 1e+15, got 2e+15; count money in a larger unit, say millions",
        ),
        (
            Goals(),
            {"max_open": 2.5},
            "max_open must be a whole number, got 2.5; write one such as 0",
        ),
        (
            Goals(),
            {"exclusive_territories": "no"},
            "exclusive_territories must be true or false, got 'no'; write 1 or 0",
        ),
    ],
)
def test_a_value_is_refused_with_its_cure(row, changes, message):
    with pytest.raises(BadValue) as caught:
        replace(row, **changes)
    assert caught.value.message == message


def test_setup_money_is_written_off_and_charged_for_capital():
    """1/200 a week written off and 0.2% a week for capital: 0.005 + 0.002."""
    assert Economics(40, amortisation_weeks=200, capital_charge=0.002).setup_rate == 0.007


def test_conflict_weights_read_from_a_file_equal_those_written_in_python():
    assert Policy(conflict_weights=[0.4, 0.3, 0.2, 0.1]) == Policy(
        conflict_weights=(0.4, 0.3, 0.2, 0.1)
    )


@pytest.mark.parametrize("name", ["contiguous_km", "max_imbalance"])
def test_the_shape_of_territories_asks_for_territories(name):
    with pytest.raises(BadValue) as error:
        Goals(**{name: 0.5})
    assert str(error.value) == (
        f"{name} is about exclusive territories; set exclusive_territories = true as well"
    )
    assert getattr(Goals(**{name: 0.5}, exclusive_territories=True), name) == 0.5

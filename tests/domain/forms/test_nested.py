import math

import numpy as np
import pytest

from channelsim.domain.demand import choice_of, demand_of
from channelsim.domain.market import Market
from tests.domain.forms.textbook import sold, textbook
from tests.instances import tiny

ONLINE = (False, False, True)


def test_shares_are_worked_out_by_hand():
    """All worth 0, lambda = 1/2: the shops' nest 2^(1/2), the web's 1, not buying 1."""
    scenario = textbook("nested_logit", [1, 1, 1], online=ONLINE, nesting=0.5)
    whole = 2 + math.sqrt(2)
    shops = math.sqrt(2) / whole
    assert sold(scenario, [1, 1, 1]) == pytest.approx([shops / 2, shops / 2, 1 / whole])


def test_unequal_shares_are_worked_out_by_hand():
    """Shops worth ln 2 and ln 4, web 0, lambda = 1/2: the nest holds (4 + 16)^(1/2)."""
    appeals = [1 + math.log(2), 1 + math.log(4), 1]
    scenario = textbook("nested_logit", appeals, online=ONLINE, nesting=0.5)
    nest = math.sqrt(20)
    expected = [0.2 * nest / (2 + nest), 0.8 * nest / (2 + nest), 1 / (2 + nest)]
    assert sold(scenario, [1, 1, 1]) == pytest.approx(expected)


def test_a_second_shop_takes_from_the_first_rather_than_from_the_web():
    scenario = textbook("nested_logit", [1, 1, 1], online=ONLINE, nesting=0.2)
    before, after = sold(scenario, [1, 1, 1], shut=[1]), sold(scenario, [1, 1, 1])
    assert after[0] / before[0] < 0.6
    assert after[2] / before[2] > 0.9


@pytest.mark.parametrize("nesting", [1.0, None])
def test_a_lambda_of_one_is_the_logit(nesting):
    plain = tiny()
    nested = plain.replace(market=Market(demand="nested_logit", nesting=nesting))
    price, is_open = plain.columns.price, np.array([True, True, False, True, True])
    args = (price, np.full(5, 0.1), is_open)
    assert choice_of(nested).weights(*args) == pytest.approx(choice_of(plain).weights(*args))
    slopes = demand_of(nested).slopes(*args).value
    assert slopes == pytest.approx(demand_of(plain).slopes(*args).value)


def test_lambda_near_one_is_near_the_logit():
    logit = sold(textbook("logit", [1, 2, 1], online=ONLINE), [1, 1, 1])
    gaps = [
        np.abs(
            np.subtract(
                sold(textbook("nested_logit", [1, 2, 1], online=ONLINE, nesting=n), [1, 1, 1]),
                logit,
            )
        ).max()
        for n in (0.9, 0.99, 0.999)
    ]
    assert gaps[0] > gaps[1] > gaps[2]
    assert gaps[2] < 1e-3


def test_the_smallest_lambda_does_not_overflow():
    """The better shop takes its whole nest: e^1 against the web's 1 and not buying."""
    scenario = textbook("nested_logit", [2, 1.5, 1], online=ONLINE, nesting=1e-3)
    whole = 2 + math.e
    assert sold(scenario, [1, 1, 1]) == pytest.approx([math.e / whole, 0, 1 / whole])


def test_a_model_of_its_own_takes_less_from_the_nest():
    """Two shops and a web shop next to another: with a model of its own it is no nest's."""
    scenario = textbook("nested_logit", [1, 1, 1], online=(False, True, True), nesting=0.5)
    own = scenario.replace({"channel_types.outlet2.exclusive_model": True})
    alone = sold(scenario, [1, 1, 1], shut=[2])
    common, apart = sold(scenario, [1, 1, 1]), sold(own, [1, 1, 1])
    assert apart[1] == pytest.approx(1 / 4)  # three nests of 1 beside not buying
    assert alone[1] - apart[1] < alone[1] - common[1]
    assert sum(apart) > sum(common)

"""A linear scheme costs what the steps cost, and a year's sum is four quarters'."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from channelsim.domain.contract import Contract
from channelsim.domain.economics import unit_money
from channelsim.domain.quota import contracts_in_force, linear_bonus, mean_rate
from tests.instances import tiny

LADDER = tiny().contracts  # 2%, from full quota 5%


@pytest.mark.parametrize(("attainment", "rate"), [(0.9, 0.02), (1.0, 0.05), (1.2, 0.05)])
def test_without_spread_the_step_reached_counts(attainment, rate):
    assert mean_rate(LADDER, attainment, 0.0) == pytest.approx(rate)


@given(st.floats(0.8, 1.5), st.floats(0.05, 0.2))
def test_the_mean_rate_spends_what_the_steps_spend(attainment, spread):
    nodes = np.linspace(-8, 8, 20_001)
    weights, reached = np.exp(-(nodes**2) / 2), attainment + spread * nodes
    paid = np.where(reached >= 1.0, 0.05, 0.02) * reached
    mean = float(paid @ weights / weights.sum()) / attainment
    assert mean_rate(LADDER, attainment, spread) == pytest.approx(mean, abs=2e-3)


def test_at_the_step_a_bonus_is_hoped_for_by_half():
    row = Contract("bonus", 200.0, partner="north", attainment_from=1.0)
    policy = replace(tiny().policy, attainment_spread=0.1)
    assert linear_bonus([row], policy) == pytest.approx(100.0)


def test_a_linear_rebate_leaves_the_plans_money_as_it_is():
    case = tiny()
    linear = case.replace(policy=replace(case.policy, quota_shape="linear"))
    np.testing.assert_array_equal(unit_money(linear).incentives, unit_money(case).incentives)
    (row,) = contracts_in_force(linear)
    assert (row.rate, row.attainment_from) == (0.05, 0.0)


def test_a_quarters_bonus_over_a_year_is_four_times_as_much():
    row = Contract("bonus", 200.0, partner="north", period="quarter", cap=300.0)
    case = tiny().replace(contracts=(row,), policy=replace(tiny().policy, quota_period="year"))
    (yearly,) = contracts_in_force(case)
    assert (yearly.period, yearly.rate, yearly.cap) == ("year", 800.0, 1200.0)


def test_other_terms_keep_their_period():
    row = Contract("commission", 0.1, partner="north")
    case = tiny().replace(contracts=(row,), policy=replace(tiny().policy, quota_period="year"))
    assert contracts_in_force(case) == (row,)

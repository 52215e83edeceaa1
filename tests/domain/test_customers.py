"""Churn and customer lifetime value against cases worked out by hand and a simulated life."""

import math

import numpy as np
import pytest

from channelsim.domain.customers import churn, customer_value


@pytest.mark.parametrize(
    ("deserted", "repeat", "expected"), [(30, 10, 0.75), (0, 5, 0.0), (4, 0, 1.0), (0, 0, 0.0)]
)
def test_churn_is_what_is_lost_of_all_occasions(deserted, repeat, expected):
    assert churn(deserted, repeat) == expected


def test_a_customer_never_lost_is_worth_a_perpetuity():
    weekly = math.log1p(0.1) / 52
    assert customer_value(100, 0.5, 0.0, 0.1) == pytest.approx(50 / weekly)


def test_a_customer_always_lost_is_worth_nothing_and_still_costs():
    assert customer_value(100, 0.5, 1.0, 0.1) == 0.0
    assert customer_value(100, 0.5, 1.0, 0.1, cost=1.0) < 0.0


def test_the_value_is_the_mean_of_many_lives():
    """Occasions come as a Poisson process; each keeps the customer or ends all."""
    margin, rate, lost, yearly, cost = 80.0, 0.2, 0.3, 0.5, 2.0
    rng, weekly, lives = np.random.default_rng(1), math.log1p(0.5) / 52, 200_000
    alive, time, value = np.ones(lives, dtype=bool), np.zeros(lives), np.zeros(lives)
    while alive.any():
        before = time.copy()
        time = time + rng.exponential(1 / rate, lives)
        looked_after = cost * (np.exp(-weekly * before) - np.exp(-weekly * time)) / weekly
        value -= np.where(alive, looked_after, 0.0)
        alive &= rng.random(lives) >= lost
        value += np.where(alive, margin * np.exp(-weekly * time), 0.0)
    error = value.std() / math.sqrt(lives)
    expected = customer_value(margin, rate, lost, yearly, cost)
    assert value.mean() == pytest.approx(expected, abs=4 * error)

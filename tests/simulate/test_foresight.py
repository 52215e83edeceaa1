"""A maker that knows how partners order: what it works out, and when it learns."""

import numpy as np
import pytest

from channelsim.simulate.forecaster import Habits
from channelsim.simulate.foresight import Foresight

RHO, ECHO, COVER, MEAN = 0.5, 0.75, 3, 100.0
ONE = np.array([True])


def foresight(*, told, delay):
    habits = Habits(
        names=("ar1",),
        window=np.array([4]),
        weight=np.array([0.2]),
        rho=np.array([RHO]),
        cover=np.array([COVER]),
        delay=np.array([delay]),
    )
    return Foresight(habits, np.array([MEAN]), ECHO, told=told)


def demands(weeks, seed=3):
    rng, off = np.random.default_rng(seed), [0.0]
    for _ in range(weeks):
        off.append(RHO * off[-1] + rng.normal(0, 5))
    return MEAN + np.array(off)


def test_orders_tell_as_much_as_sell_out_a_week_later():
    demand = demands(60)
    orders = demand[1:] + ECHO * np.diff(demand)
    rows, level = [foresight(told=True, delay=1), foresight(told=False, delay=0)], ([], [])
    for sold, ordered in zip(demand[1:], orders, strict=True):
        for at, (row, seen) in enumerate(zip(rows, (sold, ordered), strict=True)):
            level[at].append(row.learn(np.array([MEAN]), np.array([seen]), 1.0, ONE).item())
    assert np.ptp(level[0][-20:]) > 0.5
    assert level[1][-20:] == pytest.approx(level[0][-20:], rel=1e-9)


def test_a_steady_demand_is_expected_to_stay():
    row = foresight(told=True, delay=0)
    assert row.learn(np.array([50.0]), np.array([MEAN]), 1.0, ONE) == pytest.approx([MEAN])


@pytest.mark.parametrize(("season", "which"), [(0.0, ONE), (1.0, ~ONE)])
def test_a_week_without_season_and_rows_left_out_learn_nothing(season, which):
    row = foresight(told=True, delay=0)
    assert row.learn(np.array([50.0]), np.array([70.0]), season, which) == [50.0]

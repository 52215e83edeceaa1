"""The stationary law of owners, against the Markov chain it solves."""

from dataclasses import replace

import numpy as np
import pytest

from channelsim.simulate.setting import Setting
from channelsim.simulate.start import owner_shares
from tests.instances import tiny


def setting_with(inertia, aversion, trading_weeks=1e9):
    case = tiny()
    case = case.replace(
        segments=tuple(replace(s, inertia=inertia, aversion=aversion) for s in case.segments),
        market=replace(case.market, trading_weeks=trading_weeks),
    )
    return Setting.of(case, case.today)


def chain(weight, happy, inertia, aversion):
    """Return the stationary law by the power of the transition matrix over (outlet, mood)."""
    count = len(weight)
    move = np.zeros((2 * count, 2 * count))
    for k in range(count):
        for mood, bonus in enumerate((inertia, aversion)):
            row = mood * count + k
            pull = weight.copy()
            pull[k] *= np.exp(bonus)
            buys = pull / (1 + pull.sum())
            move[row, :count] += buys * happy
            move[row, count:] += buys * (1 - happy)
            move[row, row] += 1 - buys.sum()
    law = np.linalg.matrix_power(move, 1 << 14)[0]
    return law[:count] + law[count:], law[:count]


@pytest.mark.parametrize(
    ("inertia", "aversion"), [(0.0, 0.0), (0.7, -1.2), (2.0, 0.0), (0.0, -3.0)]
)
def test_owners_follow_the_stationary_law(inertia, aversion):
    setting = setting_with(inertia, aversion)
    rng = np.random.default_rng(3)
    arcs = setting.arcs
    weight = rng.uniform(0.1, 2.0, (arcs.arcs, 1))
    happy = rng.uniform(0.5, 1.0, (arcs.arcs, 1))
    owners, pleased = owner_shares(setting, weight, happy)
    for zone in range(4):
        here = slice(arcs.zone_start[zone], arcs.zone_start[zone + 1])
        law, content = chain(weight[here, 0], happy[here, 0], inertia, aversion)
        np.testing.assert_allclose(owners[here, 0], law, rtol=1e-9)
        np.testing.assert_allclose((owners * pleased)[here, 0], content, rtol=1e-9)


def test_owners_grow_with_trading():
    # at A the dealer has weight 1 and the web shop 1/4: 0.1 x (5/4) / (9/4) a week
    setting = setting_with(0.0, 0.0, trading_weeks=10.0)
    case = setting.case
    is_open = np.array([c.open_today for c in case.candidates])
    price = case.columns.price
    weight = setting.weights(price, np.zeros(5), is_open)
    owners, _ = owner_shares(setting, weight, setting.happiness(price, is_open))
    at_a = owners[: setting.arcs.zone_start[1]].sum()
    assert at_a == pytest.approx(1 - np.exp(-10 * 0.1 * 5 / 9))


def test_nobody_owns_where_nothing_is_sold():
    setting = setting_with(0.5, -1.0)
    nothing = np.zeros((setting.arcs.arcs, 1))
    owners, pleased = owner_shares(setting, nothing, nothing + 0.9)
    assert owners.sum() == 0.0
    assert pleased.sum() == 0.0

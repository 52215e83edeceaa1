"""Expected purchases in the stationary state, against the plan and against consumers who buy."""

from dataclasses import replace

import numpy as np

from channelsim.domain.demand import expected_flows
from channelsim.simulate.channel import Channel
from channelsim.simulate.setting import Setting
from channelsim.simulate.stationary import Stationary
from tests.simulate.cases import steady


def law_of(case):
    setting = Setting.of(case, case.today)
    is_open = np.array([c.open_today for c in case.candidates])
    return Stationary.of(setting, case.columns.price, is_open, np.zeros(len(is_open))), setting


def test_without_inertia_purchases_are_the_plans():
    case = steady()
    law, setting = law_of(case)
    np.testing.assert_allclose(law.purchases(setting), expected_flows(case, case.today).units)


def test_with_inertia_purchases_are_what_consumers_buy():
    case = steady()
    case = case.replace(
        segments=tuple(replace(s, inertia=1.5, aversion=-1.0) for s in case.segments)
    )
    law, setting = law_of(case)
    channel = Channel(case, case.today)
    channel.step()
    np.testing.assert_allclose(channel.sales.sold, law.purchases(setting), rtol=0.01, atol=10)

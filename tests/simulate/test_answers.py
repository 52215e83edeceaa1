"""How units answer prices: sums by zone against pairs of outlets."""

from dataclasses import replace

import numpy as np
import pytest

from channelsim.simulate.answers import Answers, by_outlet
from channelsim.simulate.setting import Setting
from tests.simulate.cases import random_case


@pytest.mark.parametrize("seed", range(8))
def test_logit_sums_agree_with_pairs(seed):
    case, layout = random_case(seed)
    kinds = tuple(replace(k, free_riding=0.0) for k in case.channel_types)
    case = case.replace(channel_types=kinds)  # pairs know nothing of borrowed service
    setting = Setting.of(case, layout)
    rng = np.random.default_rng(seed)
    count = len(case.candidates)
    is_open = np.isin(np.arange(count), setting.arcs.candidate[setting.live])
    price, lift, margin = (
        rng.uniform(70, 120, count),
        rng.normal(size=count),
        rng.uniform(0, 30, count),
    )
    weight = setting.weights(price, lift, is_open)
    found = Answers(setting).at(weight, price, lift, is_open, margin)
    slopes = setting.choice.slopes(price, lift, is_open)
    slope, spill = by_outlet(slopes, case.columns.partner_of, margin)
    np.testing.assert_allclose(found.slope, slope, atol=1e-9)
    np.testing.assert_allclose(found.spill, spill, atol=1e-9)
    units = setting.by_outlet(setting.choice.units(price, lift, is_open).sum(axis=1))
    np.testing.assert_allclose(found.units, units, atol=1e-9)

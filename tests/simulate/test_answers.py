"""How units answer prices: sums by zone against pairs of outlets."""

from dataclasses import replace

import numpy as np
import pytest

from channelsim.domain.demand import logit_shares, occasions
from channelsim.simulate.answers import Answers, by_outlet
from channelsim.simulate.setting import Setting
from tests.simulate.cases import random_case


@pytest.mark.parametrize("seed", range(8))
def test_logit_sums_agree_with_pairs(seed):
    case, layout = random_case(seed)
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
    slopes = setting.choice.slopes_at(weight, price, lift, is_open)
    slope, spill = by_outlet(slopes, case.columns.partner_of, margin)
    np.testing.assert_allclose(found.slope, slope, atol=1e-9)
    np.testing.assert_allclose(found.spill, spill, atol=1e-9)
    shares = logit_shares(setting.arcs, weight) * occasions(case)[setting.arcs.zone]
    units = setting.by_outlet(shares.sum(axis=1))
    np.testing.assert_allclose(found.units, units, atol=1e-9)


def nested(seed):
    """Return a random case in nests, in which borrowed service weighs."""
    case, layout = random_case(seed)
    case = case.replace(
        market=replace(case.market, demand="nested_logit", nesting=0.6),
        channel_types=tuple(
            replace(k, free_riding=0.7, service=0.3 * row)
            for row, k in enumerate(case.channel_types)
        ),
        segments=tuple(replace(s, service_weight=2.0) for s in case.segments),
    )
    return case, layout


@pytest.mark.parametrize("seed", range(8))
def test_slopes_in_nests_are_what_a_small_change_of_price_does(seed):
    case, layout = nested(seed)
    setting = Setting.of(case, layout)
    count = len(case.candidates)
    is_open = np.isin(np.arange(count), setting.arcs.candidate[setting.live])
    price, lift = case.columns.price, np.linspace(-0.5, 0.5, count)

    def units(price):
        shares = logit_shares(setting.arcs, setting.weights(price, lift, is_open))
        return setting.by_outlet((shares * occasions(case)[setting.arcs.zone]).sum(axis=1))

    step = 1e-4 * np.eye(count)
    by_steps = [
        (units(price + dear)[j] - units(price - dear)[j]) / 2e-4 for j, dear in enumerate(step)
    ]
    weight = setting.weights(price, lift, is_open)
    found = Answers(setting).at(weight, price, lift, is_open, np.zeros(count)).slope
    np.testing.assert_allclose(found, by_steps, rtol=1e-5, atol=1e-8)


def test_service_borrowed_in_nests_moves_the_slopes():
    found = []
    for rate in (0.0, 0.7):
        case, layout = nested(0)
        kinds = tuple(replace(k, free_riding=rate) for k in case.channel_types)
        shut = tuple(replace(c, open_today=False) for c in case.candidates)
        setting = Setting.of(case.replace(channel_types=kinds, candidates=shut), layout)
        price = case.columns.price
        everyone = np.ones(len(price), dtype=bool)
        none = np.zeros_like(price)
        weight = setting.weights(price, none, everyone)
        found.append(Answers(setting).at(weight, price, none, everyone, none).slope)
    assert not np.allclose(*found)

from dataclasses import replace

import numpy as np
import pytest

from channelsim.domain.policy import Economics
from channelsim.optimise.scenario_inputs import scenario_inputs
from tests.instances import tiny


def inputs_of(changes=None, **top):
    scenario = tiny().replace(changes, **top) if changes or top else tiny()
    return scenario_inputs(scenario)[0]


def test_charge_is_fixed_cost_and_set_up():
    assert inputs_of().sites.charge.tolist() == [2_100, 120, 120, 120, 550]


def test_closing_is_saved_by_staying_open():
    sites = inputs_of({"candidates.web.closing_cost": 1_560.0}).sites
    assert (sites.charge[4], sites.constant) == (540, 10)


def test_only_what_is_not_open_today_draws_on_the_setup_budget():
    assert inputs_of().sites.setup_once.tolist() == [15_600, 0, 3_120, 3_120, 0]


def test_zones_covered_by_the_same_candidates_are_one_group():
    # A and B by the two in A, C and D by the one in C and the one in D
    cover = inputs_of().limits.coverage
    assert cover.demand.tolist() == pytest.approx([1_500, 1_000])
    assert (cover.total, cover.least) == (pytest.approx(2_500), 0.9)
    assert list(zip(cover.group.tolist(), cover.site.tolist(), strict=True)) == [
        (0, 0),
        (0, 1),
        (1, 2),
        (1, 3),
    ]


def test_what_stays_shut_covers_nothing():
    cover = inputs_of({"candidates.south-c.eligible": False}).limits.coverage
    assert 2 not in cover.site


def test_too_little_service_stays_shut():
    changes = {"candidates.south-c.service": 0.4, "goals.min_service": 0.45}
    assert inputs_of(changes).sites.shut.tolist() == [False, False, True, False, False]


def test_no_floor_no_coverage():
    assert inputs_of({"goals.min_coverage": None}).limits.coverage is None


def test_least_spend_by_partner_and_room_for_what_it_lifts():
    responses = tuple(replace(r, min_spend=100.0) for r in tiny().responses[:1])
    inputs = inputs_of(responses=responses)
    assert inputs.limits.least_spend.tolist() == [0, 100, 0]
    lifted = 1 + 0.1 * np.log(2)
    assert inputs.sites.capacity[[0, 1, 3]] == pytest.approx([300, 600 / lifted, 200 / lifted])


def test_supply_leaves_room_for_least_spend():
    responses = tuple(replace(r, min_spend=100.0) for r in tiny().responses)
    economics = Economics(40.0, supply_capacity=500.0)
    inputs = inputs_of(responses=responses, economics=economics)
    assert inputs.limits.supply == pytest.approx(500 / (1 + 0.1 * np.log(2)))


def test_limits_by_type():
    limits = inputs_of({"channel_types.dealer.max_open": 2, "channel_types.web.min_open": 1}).limits
    assert limits.type_min.tolist() == [0, 0, 1]
    assert limits.type_max.tolist() == [2, np.inf, np.inf]

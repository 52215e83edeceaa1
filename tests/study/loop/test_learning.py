from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from channelsim.domain.demand import expected_flows
from channelsim.domain.measures import lifted, planned
from channelsim.optimise.demand_nodes import full_units
from channelsim.optimise.recommend import recommend
from channelsim.study.loop.learning import learn
from channelsim.study.loop.learnt import Learnt
from channelsim.study.loop.seen import see
from tests.instances import tiny


@cache
def plan():
    return recommend(tiny())


@cache
def seen():
    return see(tiny(), plan().layout, 0, range(3))


@cache
def learnt():
    return learn(tiny(), Learnt.nothing(tiny()), plan(), plan().layout, seen(), 1.0)


def test_expected_units_are_those_realised():
    believed = learnt().believed(tiny())
    flows = lifted(believed, plan().layout, expected_flows(believed, plan().layout))
    assert flows.by_candidate(5) == pytest.approx(seen().units, rel=1e-4)


@pytest.mark.parametrize("measure", ["conflict", "coverage", "cost", "incentives"])
def test_the_forecast_is_what_was_seen(measure):
    forecast = learnt().forecast(tiny(), plan().layout).as_dict()
    assert forecast[measure] == pytest.approx(seen().mean(measure), rel=1e-3)


def test_assigned_units_sum_to_those_expected():
    believed = learnt().believed(tiny())
    arcs = tiny().arcs
    served = plan().flows.units / np.maximum(full_units(tiny(), arcs), 1e-12)
    assigned = (served * full_units(believed, arcs)).sum()
    assert assigned == pytest.approx(expected_flows(believed, plan().layout).units.sum())


def test_the_response_is_what_the_money_brought():
    brought = (seen().units - seen().bare_units)[[1, 2, 3]].sum()
    promised = (
        planned(tiny(), plan().layout).units
        - planned(tiny(), plan().layout.replace(incentives=())).units
    )
    assert learnt().response == pytest.approx(brought / promised, rel=0.25)
    assert learnt().response < 0.5


def test_a_candidate_never_seen_follows_its_type():
    south = replace(plan().layout, openings=plan().layout.openings[:2], incentives=())
    now = learn(tiny(), Learnt.nothing(tiny()), plan(), south, see(tiny(), south, 0, range(1)), 1.0)
    assert south.open_ids == ("flagship-a", "north-a")
    assert now.attraction[2] == now.attraction[3] == now.attraction[1]
    assert now.attraction[4] == 0.0  # no web shop was seen


def test_without_damping_what_is_seen_last_counts_alone():
    twice = learn(tiny(), learnt(), plan(), plan().layout, seen(), 0.0)
    assert twice.conflict == pytest.approx(learnt().conflict, abs=1e-9)
    other = replace(learnt(), conflict=0.5)
    assert learn(tiny(), other, plan(), plan().layout, seen(), 0.0).conflict == pytest.approx(
        learnt().conflict, abs=1e-9
    )


def test_with_damping_all_that_was_seen_counts_alike():
    other = replace(learnt(), conflict=0.5)
    now = learn(tiny(), other, plan(), plan().layout, seen(), 1.0)
    assert now.conflict == pytest.approx((0.5 + learnt().conflict) / 2, abs=1e-9)

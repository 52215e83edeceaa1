"""Warehouses between the plant and outlets."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from channelsim.domain.site import Site
from channelsim.errors import BadValue
from channelsim.simulate.channel import Channel
from channelsim.simulate.run import simulate
from tests.instances import tiny
from tests.simulate.cases import random_case, steady, tiered_case

NORTH_A, WEB = 1, 4


def regional(case=None, served=("north-a", "south-c", "north-d"), **site):
    case = case or steady(1)
    return case.replace(
        sites=(Site("hub", "Hub", **site),),
        candidates=tuple(replace(c, site="hub" if c.id in served else "") for c in case.candidates),
    )


@settings(max_examples=40)
@given(st.sampled_from([random_case, tiered_case]), st.integers(0, 10**6))
def test_a_warehouse_holds_what_came_less_what_left(make, seed):
    case, layout = make(seed)
    channel = Channel(case, layout, seed=seed)
    for _ in range(10):
        held = 0 if channel.sites is None else channel.sites.held
        channel.step()
        if channel.sites is not None:
            sites = channel.sites
            assert sites.held == held + sites.sent[sites.from_plant].sum() - sites.served
            assert sites.stock.min(initial=0) >= 0
            assert channel.maker.stock >= sites.held_by_maker


@pytest.mark.parametrize(("lead", "review"), [(0, 1), (2, 1), (1, 2)])
def test_steady_trade_leaves_the_warehouses_stock_where_it_was(lead, review):
    channel = Channel(
        case := regional(lead_time=lead, review_weeks=review, stock_weeks=2.0), case.today
    )
    stock = []
    for _ in range(40):
        channel.step()
        stock.append(channel.sites.held)
    assert np.mean(stock[-10:]) == pytest.approx(np.mean(stock[:10]), rel=0.15)
    assert channel.outlets.stock[NORTH_A] > 0


def test_outlets_get_no_more_than_their_warehouse_holds():
    channel = Channel(case := regional(), case.today)
    channel.sites.stock[:] = 3
    channel.sites.transit[:] = 0
    channel.outlets.stock[NORTH_A] = 0
    channel.step()
    assert channel.outlets.ordered[NORTH_A] > 3
    assert channel.outlets.shipped[NORTH_A] == 3
    assert channel.outlets.shipped[WEB] == channel.outlets.ordered[WEB]


def test_the_plant_hears_from_the_warehouse_instead_of_its_outlets():
    channel = Channel(case := regional(lead_time=2), case.today)
    channel.step()
    orders = int(channel.outlets.ordered[WEB] + channel.sites.ordered.sum())
    channel.step()
    assert channel.maker.known_orders == orders


def test_a_second_stage_amplifies_the_first():
    # Chen, Drezner, Ryan and Simchi-Levi 2000: the ratios of the stages multiply
    run = simulate(case := regional(lead_time=3, stock_weeks=0.5), case.today, weeks=104)
    assert run.weekly("upstream_bullwhip")[-1] > 1.3 * run.weekly("bullwhip")[-1]


def test_without_warehouses_the_plant_sees_what_outlets_order():
    run = simulate(case := steady(1), case.today, weeks=20)
    np.testing.assert_array_equal(run.weekly("upstream_bullwhip"), run.weekly("bullwhip"))


def test_sell_out_lowers_the_bullwhip_that_a_warehouse_passes_on():
    case = regional(lead_time=3)
    shared = case.replace({"policy.information": "sell_out"})
    blind, told = (
        [
            simulate(c, c.today, replication=r, weeks=52).weekly("upstream_bullwhip")[-1, 0]
            for r in range(5)
        ]
        for c in (case, shared)
    )
    assert (np.array(told) < np.array(blind)).all()


def test_an_unknown_warehouse_is_refused():
    with pytest.raises(BadValue, match="candidates: site 'nowhere' is unknown"):
        tiny().replace({"candidates.web.site": "nowhere"})

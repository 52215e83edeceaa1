"""Distributors at work: `steady`, South's goods passing North, and North's a wholesaler, Big.

South pays 70 to North, North 60 to Big, Big 55 to the maker.
"""

from dataclasses import replace

import numpy as np
import pytest

from channelsim.domain.layout import Layout
from channelsim.domain.partner import Partner
from channelsim.domain.site import Site
from channelsim.simulate.channel import Channel
from channelsim.simulate.run import simulate
from tests.simulate.cases import steady

NORTH_A, SOUTH_C, NORTH_D = 1, 2, 3
NORTH, SOUTH, BIG = 1, 2, 3
DEPOT = Site("hub", "Hub", partner="north", lead_time=2)
OPEN = Layout.of(["flagship-a", "north-a", "south-c", "north-d", "web"])


def tiers(*depots, **north):
    case = steady(1)
    maker, first, second = case.partners
    return case.replace(
        partners=(
            maker,
            replace(first, supplier="big", wholesale_price=60.0, **north),
            replace(second, supplier="north"),
            Partner("big", "Big", wholesale_price=55.0),
        ),
        candidates=tuple(replace(c, open_today=True) for c in case.candidates),
        sites=depots,
        horizon_weeks=30,
    )


def played(case, weeks=6):
    channel = Channel(case, case.today)
    for _ in range(weeks):
        channel.step()
    return channel


def test_an_outlet_orders_from_the_first_depot_on_its_way():
    assert Channel(tiers(DEPOT), OPEN).sites.site.tolist() == [-1, -1, 0, -1, -1]
    upper = Site("far", "Far", partner="big")
    sites = Channel(tiers(DEPOT, upper), OPEN).sites
    assert sites.site.tolist() == [-1, 1, 0, 1, -1]
    assert sites.above.tolist() == [1, -1]


def test_a_dealer_gets_no_more_than_its_distributors_depot_holds():
    channel = Channel(tiers(DEPOT), OPEN)
    channel.sites.stock[:] = 3
    channel.sites.transit[:] = 0
    channel.outlets.stock[SOUTH_C] = 0
    channel.step()
    assert channel.outlets.ordered[SOUTH_C] > 3
    assert channel.outlets.shipped[SOUTH_C] == 3


def test_without_a_depot_goods_pass_without_a_stop():
    channel = played(tiers())
    outlets = channel.outlets
    bought = channel.distributors.bought(outlets)
    assert bought[NORTH] == outlets.shipped[SOUTH_C] > 0
    assert bought[BIG] == outlets.shipped[[NORTH_A, SOUTH_C, NORTH_D]].sum()


def test_with_a_depot_its_owner_buys_what_comes_to_it():
    channel = played(tiers(DEPOT))
    sent, outlets = int(channel.sites.sent[0]), channel.outlets
    bought = channel.distributors.bought(outlets)
    assert bought[NORTH] == sent > 0
    assert bought[BIG] == sent + outlets.shipped[[NORTH_A, NORTH_D]].sum()
    assert channel.distributors.sold_by_maker(outlets) == outlets.shipped.sum() + (
        sent - outlets.shipped[SOUTH_C]
    )


def test_a_distributor_earns_its_margin_on_what_dealers_sell():
    channel = played(tiers())
    sold = channel.outlets.sold
    expected = 5.0 * sold[[NORTH_A, SOUTH_C, NORTH_D]].sum()
    assert channel.books.passed[BIG] == pytest.approx(expected)
    assert channel.books.passed[NORTH] == pytest.approx(10.0 * sold[SOUTH_C])


def test_the_stock_of_a_depot_costs_its_owner():
    channel = played(tiers(DEPOT))
    held = channel.sites.stock[0] * 60.0 * channel.case.economics.holding_rate
    margin = 10.0 * channel.outlets.sold[SOUTH_C]
    assert held > 0
    assert channel.books.passed[NORTH] == pytest.approx(margin - held)


def test_steady_trade_earns_everybody_what_was_planned():
    case = tiers()
    run = simulate(case.replace(horizon_weeks=40), OPEN, weeks=40, record=("total", "partner"))
    profit = run.weekly("profit", "partner")[:, BIG].mean()
    assert profit == pytest.approx(
        5.0 * (planned(case)[[NORTH_A, SOUTH_C, NORTH_D]].sum()), rel=0.1
    )


def planned(case):
    return Channel(case, OPEN).expected


@pytest.mark.parametrize("rule", ["base_stock", "s_S", "R_S", "newsvendor"])
def test_a_depot_is_ordered_for_by_its_owners_rule(rule):
    usual, other = (played(tiers(DEPOT, **named), 20) for named in ({}, {"ordering": rule}))
    assert not np.array_equal(usual.sites.target, other.sites.target)


def test_depots_farther_from_the_plant_are_served_by_those_nearer():
    upper = Site("far", "Far", partner="big")
    channel = Channel(tiers(DEPOT, upper), OPEN)
    stock = channel.sites.stock[1] + channel.sites.transit[0, 1]
    channel.step()
    sent = channel.sites.sent[0] + channel.outlets.shipped[[NORTH_A, NORTH_D]].sum()
    assert channel.sites.stock[1] == stock - sent


def test_each_tier_shows_what_it_holds_and_orders():
    run = simulate(tiers(DEPOT), OPEN, weeks=30, record=("total", "partner"))
    without = simulate(tiers(), OPEN, weeks=30, record=("total", "partner"))
    held, plain = (r.weekly("stock", "partner")[-1, NORTH] for r in (run, without))
    assert held > plain
    assert run.weekly("bullwhip", "partner")[-1, NORTH] > 0


def test_a_unit_passes_a_hand_at_every_tier():
    run = simulate(tiers(), OPEN, weeks=3)
    shares = Channel(tiers(), OPEN).expected
    hands = np.array([0, 2, 3, 2, 0])
    assert run.weekly("levels")[:, 0].mean() == pytest.approx(
        float(shares @ hands / shares.sum()), rel=0.1
    )

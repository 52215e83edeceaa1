"""A disruption beside warehouses, finished goods and the limits of the plant."""

from dataclasses import replace

from channelsim.domain.event import Event
from channelsim.domain.site import Site
from channelsim.simulate.channel import Channel
from tests.simulate.cases import steady

NORTH_A, WEB = 1, 4


def first_week(case, size):
    case = case.replace(events=(Event("port", "supply_disruption", 0, size=size),))
    channel = Channel(case, case.today)
    channel.step()
    return channel


def test_a_warehouse_still_serves_its_outlets_while_the_plant_delivers_nothing():
    case = steady(1)
    case = case.replace(
        sites=(Site("hub", "Hub", stock_weeks=4.0),),
        candidates=tuple(
            replace(c, site="hub" if c.id == "north-a" else "") for c in case.candidates
        ),
    )
    outlets = first_week(case, size=1.0).outlets
    assert outlets.shipped[NORTH_A] == outlets.ordered[NORTH_A] > 0
    assert outlets.shipped[WEB] == 0 < outlets.ordered[WEB]


def test_a_disruption_leaves_a_part_of_the_limit():
    shipped = first_week(steady(1).replace({"economics.supply_capacity": 100.0}), size=0.4)
    assert shipped.outlets.shipped.sum() == 60


def test_goods_that_are_not_finished_limit_a_week_more_than_a_slight_disruption():
    scarce = {"supply.production": "to_stock", "supply.production_capacity": 10.0}
    channel = first_week(steady(1).replace(scarce), size=0.01)
    for _ in range(4):
        channel.step()
    assert channel.outlets.shipped.sum() == 10 < channel.outlets.ordered.sum()

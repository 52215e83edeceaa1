"""Each kind of event moves what it says and nothing before its first week."""

import numpy as np
import pytest

from channelsim.domain.event import Event
from channelsim.simulate.channel import Channel
from channelsim.simulate.run import simulate
from tests.instances import tiny
from tests.simulate.cases import EVERYTHING, steady

START = 6
NORTH_A, SOUTH_C, NORTH_D, WEB = 1, 2, 3, 4


def run(*events, case=None, weeks=12, level="total", measure="units"):
    case = (case or steady()).replace(events=events)
    return simulate(case, case.today, weeks=weeks, record=EVERYTHING).weekly(measure, level)


def ratio(measure, *events, level="total"):
    """What weeks with the events show over what the same weeks show without them."""
    changed, before = (run(*e, level=level, measure=measure) for e in (events, ()))
    np.testing.assert_array_equal(changed[:START], before[:START])
    return changed[START:] / np.where(before[START:] == 0, 1.0, before[START:])


def test_a_demand_shock_scales_the_occasions_of_its_zone():
    found = ratio("occasions", Event("boom", "demand_shock", START, size=0.5))
    np.testing.assert_allclose(found, 1.5, rtol=5e-3)
    only_a = ratio(
        "units", Event("slump", "demand_shock", START, size=-0.5, zone="a"), level="zone"
    )
    np.testing.assert_allclose(only_a[:, 0], 0.5, rtol=0.02)
    np.testing.assert_allclose(only_a[:, 2], 1.0, rtol=0.02)


def test_a_rival_that_enters_takes_units_in_its_zone():
    found = ratio("units", Event("rival", "rival_entry", START, size=1.0, zone="c"), level="zone")
    assert (found[:, 2] < 0.8).all()
    np.testing.assert_allclose(found[:, 0], 1.0, rtol=0.02)


def test_a_price_war_cuts_the_prices_of_its_channel():
    found = ratio(
        "price", Event("war", "price_war", START, size=0.2, channel="north"), level="outlet"
    )
    np.testing.assert_allclose(found[:, [NORTH_A, NORTH_D]], 0.8)
    np.testing.assert_allclose(found[:, [SOUTH_C, WEB]], 1.0)


def test_a_platform_promotion_cuts_prices_online_alone():
    found = ratio("price", Event("sale", "platform_promotion", START, size=0.1), level="outlet")
    np.testing.assert_allclose(found[:, WEB], 0.9)
    np.testing.assert_allclose(found[:, [NORTH_A, SOUTH_C]], 1.0)


def test_a_new_product_draws_buyers_everywhere_or_at_its_channel():
    everywhere = ratio("units", Event("new", "new_product", START, size=0.5))
    assert (everywhere > 1.05).all()
    web = ratio(
        "units", Event("new", "new_product", START, size=0.5, channel="web"), level="outlet"
    )
    assert (web[:, WEB] > 1.2).all()
    assert (web[:, NORTH_A] < 1.0).all()


def test_a_disruption_holds_deliveries_back_until_it_ends():
    gone = Event("port", "supply_disruption", START, START + 3, size=1.0)
    shipped = run(gone, measure="shipped")[:, 0]
    assert (shipped[START : START + 4] == 0).all()
    assert shipped[START + 4] > shipped[:START].mean()


def test_a_partial_disruption_delivers_its_part_of_what_is_usually_sold():
    case = steady().replace(events=(Event("port", "supply_disruption", 0, size=0.4),))
    channel = Channel(case, case.today)
    channel.step()
    most = 0.6 * channel.expected[channel.outlets.is_open].sum() * channel.setting.season(0)
    assert channel.outlets.shipped.sum() == int(most)


def test_a_bankrupt_partner_leaves_in_that_week():
    case = tiny().replace(events=(Event("end", "bankruptcy", 3, channel="north"),))
    weekly = simulate(case, case.today, weeks=6, record=("partner",)).weekly("active", "partner")
    assert weekly[:, 1].tolist() == [1, 1, 1, 0, 0, 0]


def test_events_add_up():
    pair = (
        Event("one", "demand_shock", START, size=0.5),
        Event("two", "demand_shock", START, size=-0.2, zone="a"),
    )
    case = steady().replace(events=pair)
    channel = Channel(case, case.today)
    np.testing.assert_allclose(channel.events.at(START).demand, [1.2, 1.5, 1.5, 1.5])
    assert channel.events.at(START + 1) is channel.events.at(START + 2)


@pytest.mark.parametrize("engine", ["lumped", "individual"])
def test_any_engine_meets_them(engine):
    case = tiny().replace(events=(Event("stop", "demand_shock", 1, size=-1.0),))
    weekly = simulate(case, case.today, weeks=3, engine=engine).weekly("units")[:, 0]
    assert weekly[0] > 0
    assert (weekly[1:] == 0).all()

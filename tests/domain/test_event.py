"""Events check themselves, and lead to zones and channels that exist."""

import pytest

from channelsim.domain.event import KINDS, Event
from channelsim.errors import BadValue
from tests.instances import tiny


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"kind": "earthquake"}, "kind is unknown: 'earthquake'"),
        ({"kind": "price_war", "size": 1.2}, "write a share such as 0.3"),
        ({"kind": "demand_shock", "size": -2.0}, "write a share such as -0.2"),
        ({"kind": "demand_shock", "to_week": 1}, "to_week must be >= 4"),
        ({"kind": "price_war", "zone": "a"}, "zone is a, but a price_war is nowhere"),
        ({"kind": "demand_shock", "channel": "web"}, "channel is web, but a demand_shock"),
        ({"kind": "bankruptcy"}, "name the partner that goes bankrupt"),
    ],
)
def test_an_event_that_cannot_be_is_refused(fields, message):
    with pytest.raises(BadValue, match=message):
        Event("it", from_week=4, **fields)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"kind": "demand_shock", "zone": "z"}, "events: zone 'z' is unknown"),
        ({"kind": "bankruptcy", "channel": "nobody"}, "events: channel 'nobody' is unknown"),
    ],
)
def test_an_event_leads_somewhere(fields, message):
    with pytest.raises(BadValue, match=message):
        tiny().replace(events=(Event("it", from_week=0, **fields),))


@pytest.mark.parametrize(("week", "held"), [(3, False), (4, True), (6, True), (7, False)])
def test_an_event_holds_from_its_first_week_to_its_last(week, held):
    assert Event("it", "demand_shock", 4, 6).holds(week) is held


def test_an_event_without_an_end_holds_to_the_end():
    assert Event("it", "demand_shock", 4).holds(30_000)


def test_every_kind_can_be_written():
    for kind in KINDS:
        assert Event("it", kind, 0, channel="north" * (kind == "bankruptcy")).kind == kind

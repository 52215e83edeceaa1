"""Mesa sees the firms: agent sets, grouping and data collection work on the views."""

import mesa
import numpy as np
import pytest

from channelsim.domain.layout import Layout
from channelsim.errors import BadValue
from channelsim.simulate.channel import Channel
from channelsim.simulate.partners import Manufacturer, Partner
from tests.instances import tiny


@pytest.fixture
def channel():
    case = tiny()
    model = Channel(case, Layout.of(["north-a", "south-c", "north-d", "web"]))
    for _ in range(3):
        model.step()
    return model


def test_the_channel_is_a_mesa_model(channel):
    assert isinstance(channel, mesa.Model)
    assert (channel.steps, channel.time, channel.week) == (3, 3, 3)


def test_every_firm_is_an_agent(channel):
    assert len(channel.agents_by_type[Partner]) == 3
    assert len(channel.agents_by_type[Manufacturer]) == 1


def test_agents_are_selected_by_what_their_row_says(channel):
    active = channel.agents_by_type[Partner].select(lambda agent: agent.active and not agent.own)
    assert sorted(agent.id for agent in active) == ["north", "south"]


def test_agents_are_grouped(channel):
    groups = channel.agents_by_type[Partner].groupby("own").count()
    assert groups == {True: 1, False: 2}


def test_agents_are_aggregated(channel):
    trust = channel.agents_by_type[Partner].agg("trust", np.mean)
    assert trust == pytest.approx(channel.standing.trust.mean())


def test_setting_an_attribute_sets_the_row(channel):
    channel.partners[2].trust = 0.3
    assert channel.standing.trust[2] == 0.3


def test_a_view_adds_up_its_outlets(channel):
    north = channel.partners[1]
    assert north.outlets.tolist() == [1, 3]
    assert north.stock == channel.outlets.stock[[1, 3]].sum()
    assert north.effort == pytest.approx(channel.outlets.effort[[1, 3]].mean())


def test_the_maker_learns_orders_a_week_late(channel):
    ordered = int(channel.outlets.ordered.sum())
    channel.step()
    assert channel.maker.known_orders == ordered


def test_balances_are_those_of_the_ledger(channel):
    parties = channel.maker.balance + sum(p.balance for p in channel.partners if not p.own)
    outsiders = channel.ledger.balance[[0, *range(2, 8)]].sum()
    assert parties + outsiders == pytest.approx(0.0, abs=1e-6)


def test_data_collection_works():
    channel = Channel(tiny(), tiny().today)
    collector = mesa.DataCollector(
        model_reporters={"units": lambda model: int(model.outlets.sold.sum())},
        agenttype_reporters={Partner: {"satisfaction": "satisfaction"}},
    )
    for _ in range(4):
        channel.step()
        collector.collect(channel)
    assert (collector.get_model_vars_dataframe()["units"] > 0).all()
    assert len(collector.get_agenttype_vars_dataframe(Partner)) == 12


def test_a_researcher_may_change_a_step():
    class Lazy(Channel):
        def exert(self):
            super().exert()
            self.outlets.lift[:] = -5.0

    case = tiny()
    lazy, usual = Lazy(case, case.today), Channel(case, case.today)
    for model in (lazy, usual):
        model.step()
    assert lazy.outlets.sold.sum() < usual.outlets.sold.sum() / 10


@pytest.mark.parametrize("value", [float("nan"), "much"])
def test_what_is_no_number_cannot_be_set(channel, value):
    with pytest.raises(BadValue, match="trust of 'south' must be a finite number"):
        channel.partners[2].trust = value

import numpy as np
import pytest

from channelsim.domain.layout import Layout, Spend
from channelsim.simulate.run import simulate
from channelsim.study.loop.seen import see, see_lately
from tests.instances import tiny

LAYOUT = Layout.of(["north-a", "web"])
CASE = tiny().replace(horizon_weeks=8)


def test_figures_are_those_of_the_runs():
    found = see(CASE, LAYOUT, 3, range(2, 4))
    runs = [simulate(CASE, LAYOUT, seed=3, replication=r).realised for r in (2, 3)]
    assert found.mean("profit") == pytest.approx(np.mean([run.profit for run in runs]))
    assert found.units.sum() == pytest.approx(np.mean([run.units for run in runs]))


def test_what_sells_nothing_has_no_price():
    found = see(CASE, LAYOUT, 0, range(1))
    assert np.isnan(found.price[2])
    assert found.price[1] == pytest.approx(100.0)


def test_without_incentive_money_there_is_nothing_to_compare():
    found = see(CASE, LAYOUT, 0, range(1))
    assert found.bare_units is found.units


def test_the_money_is_taken_away_to_see_what_it_brings():
    paid = LAYOUT.replace(incentives=(Spend("north", "training", 500.0),))
    found, bare = see(CASE, paid, 0, range(1)), see(CASE, LAYOUT, 0, range(1))
    assert found.bare_units.tolist() == bare.units.tolist()


def test_late_weeks_alone_are_looked_at():
    run = simulate(CASE, LAYOUT, seed=0, replication=1, record=("total",))
    found = see_lately(CASE, LAYOUT, 0, 1, since=5, until=8)
    assert found.mean("cost") == pytest.approx(run.weekly("cost")[5:].mean())

"""The public verb: what it returns, what it refuses, and that it repeats itself."""

import os
import subprocess
import sys

import numpy as np
import pytest

from channelsim.domain.layout import Layout, Spend
from channelsim.domain.measures import UNITS, Measures
from channelsim.errors import BadValue
from channelsim.simulate.run import simulate
from tests.instances import tiny
from tests.simulate.cases import EVERYTHING, steady


@pytest.fixture(scope="module")
def outcome():
    case = tiny()
    return simulate(case, case.today, seed=3, replication=1, weeks=6, name="now", record=EVERYTHING)


def test_an_outcome_knows_where_it_comes_from(outcome):
    origin = (outcome.scenario, outcome.layout, outcome.seed, outcome.replication)
    assert origin == ("tiny", "now", 3, 1)


def test_the_horizon_is_the_scenarios():
    case = tiny()
    assert len(simulate(case, case.today).weekly("units")) == 26


@pytest.mark.parametrize(
    ("level", "count"), [("total", 1), ("zone", 4), ("partner", 3), ("outlet", 5)]
)
def test_units_add_up_at_every_level(outcome, level, count):
    units = outcome.weekly("units", level)
    assert units.shape == (6, count)
    np.testing.assert_allclose(units.sum(axis=1), outcome.weekly("units")[:, 0])


def test_every_measure_is_recorded_with_its_unit(outcome):
    recorded = {s.measure: s.unit for s in outcome.series if s.level == "total"}
    assert {name: recorded[name] for name in Measures.names()} == {
        name: UNITS[name] for name in Measures.names()
    }


@pytest.mark.parametrize("name", ["coverage", "units", "revenue", "fixed", "price_conflict"])
def test_realised_measures_are_means_of_the_weeks(outcome, name):
    assert getattr(outcome.realised, name) == pytest.approx(outcome.weekly(name).mean())


def test_the_share_is_a_ratio_of_sums(outcome):
    ratio = outcome.weekly("units").sum() / outcome.weekly("occasions").sum()
    assert outcome.realised.share == pytest.approx(ratio)


def test_the_last_week_knows_who_is_viable(outcome):
    assert outcome.realised.viable == outcome.weekly("viable")[-1, 0]


def test_series_are_read_only(outcome):
    with pytest.raises(ValueError, match="read-only"):
        outcome.series[0].values[0] = 1.0


def test_only_the_levels_asked_for_are_recorded():
    case = tiny()
    levels = {s.level for s in simulate(case, case.today, weeks=1, record=("zone",)).series}
    assert levels == {"zone"}


def test_the_table_is_tidy(outcome):
    table = outcome.table
    assert len(table) == sum(s.values.size for s in outcome.series)
    assert set(table["source"]) == {"realised"}


@pytest.mark.parametrize(
    ("options", "cure"),
    [
        ({"weeks": 0}, "weeks must be >= 1, got 0; play at least one week"),
        ({"record": ("street",)}, "record must name levels of total, zone, partner, outlet"),
        ({"seed": -1}, "seed must be >= 0, got -1"),
        (
            {"engine": "swarm"},
            'engine must be one of lumped, plain, individual, got "swarm"; write',
        ),
    ],
)
def test_bad_options_are_refused(options, cure):
    with pytest.raises(BadValue, match=cure):
        simulate(tiny(), tiny().today, **options)


def test_an_unknown_candidate_is_refused():
    with pytest.raises(BadValue, match="nowhere"):
        simulate(tiny(), Layout.of(["nowhere"]))


def test_money_for_an_unknown_partner_is_refused():
    with pytest.raises(BadValue, match="nobody"):
        simulate(tiny(), tiny().today.replace(incentives=(Spend("nobody", "coop", 1.0),)))


def test_a_layout_with_nothing_open_sells_nothing():
    realised = simulate(tiny(), Layout(), weeks=3).realised
    assert (realised.units, realised.coverage, realised.conflict) == (0.0, 0.0, 0.0)


FINGERPRINT = """
import hashlib
from pandas.util import hash_pandas_object
from channelsim.simulate.run import simulate
from tests.instances import tiny
table = simulate(tiny(), tiny().today, seed=9, weeks=5, threads={threads}).table
print(len(table), hashlib.sha256(hash_pandas_object(table).to_numpy().tobytes()).hexdigest())
"""


def test_fresh_processes_of_any_threads_find_the_same_table():
    """The whole tidy table, which is what `outcome.parquet` holds."""
    prints = set()
    for threads in (1, 2):
        found = subprocess.run(
            [sys.executable, "-c", FINGERPRINT.format(threads=threads)],
            capture_output=True,
            text=True,
            check=True,
            env=os.environ | dict.fromkeys(("OMP_NUM_THREADS", "NUMBA_NUM_THREADS"), str(threads)),
        )
        prints.add(found.stdout)
    assert len(prints) == 1
    assert int(prints.pop().split()[0]) > 100


def test_the_outcome_does_not_depend_on_the_engine_beyond_sampling_error():
    def played(engine):
        outcomes = [
            simulate(tiny(), tiny().today, seed=4, replication=r, weeks=8, engine=engine)
            for r in range(40)
        ]
        names = ("share", "units", "revenue", "customer_conflict")
        return np.array([[getattr(o.realised, name) for name in names] for o in outcomes])

    one, other = played("lumped"), played("individual")
    error = np.sqrt((one.var(axis=0) + other.var(axis=0)) / 40)
    assert np.all(np.abs(one.mean(axis=0) - other.mean(axis=0)) < 4 * error)
    assert not np.array_equal(one, other)


def test_more_people_than_can_be_played_one_by_one_are_refused():
    case = steady(people=200_000.0)
    simulate(case, case.today, weeks=1)
    with pytest.raises(BadValue, match="at most 200000000 consumers can be played one by one"):
        simulate(case, case.today, weeks=1, engine="individual")

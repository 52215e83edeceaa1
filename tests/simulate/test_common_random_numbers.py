"""Equal seeds give equal bits, and what differs leaves the rest of the draws as they were."""

import numpy as np
import pandas as pd

from channelsim.domain.layout import Layout, Opening
from channelsim.files.scenario import read_scenario
from channelsim.simulate.channel import Channel
from channelsim.simulate.run import simulate
from tests.instances import tiny
from tests.simulate.cases import random_case, steady


def test_same_seed_same_bits():
    case, layout = random_case(7)
    one, two = (simulate(case, layout, seed=5, record=("outlet", "zone")) for _ in range(2))
    for a, b in zip(one.series, two.series, strict=True):
        np.testing.assert_array_equal(a.values, b.values)


def test_threads_do_not_change_a_bit():
    case, layout = random_case(11)
    one, three = (simulate(case, layout, threads=n) for n in (1, 3))
    assert one.realised == three.realised
    pd.testing.assert_frame_equal(one.table, three.table, check_exact=True)


def test_seeds_and_replications_differ():
    case = tiny()
    runs = [
        simulate(case, case.today, seed=seed, replication=replication, weeks=4).realised.units
        for seed, replication in ((0, 0), (1, 0), (0, 1))
    ]
    assert len(set(runs)) == 3


def test_layouts_share_their_consumers():
    case = steady(0.5)
    plan = Layout.of(["north-a", "web", "north-d"])
    runs = {
        name: np.array([simulate(case, x, seed=seed, weeks=4).realised.units for seed in range(20)])
        for name, x in (("today", case.today), ("plan", plan))
    }
    paired = np.var(runs["plan"] - runs["today"], ddof=1)
    independent = np.var(runs["plan"], ddof=1) + np.var(runs["today"], ddof=1)
    assert paired < independent / 2


def test_one_more_partner_leaves_the_consumers_out_of_its_reach_as_they_were():
    case = read_scenario("scenarios/yangtze_delta").replace({"market.contagion": 0.0})
    row = case.columns.candidate_index["distributor-lianyungang"]
    opened = case.today.replace(openings=(*case.today.openings, Opening("distributor-lianyungang")))
    before, after = Channel(case, case.today, seed=3), Channel(case, opened, seed=3)
    reached = np.isin(np.arange(len(case.zones)), case.arcs.zone[case.arcs.candidate == row])
    far = ~reached[case.arcs.zone]
    before.step()  # from the next week on firms' answers, such as another stock, reach farther
    after.step()
    for name in ("became_aware", "occasions", "outside"):
        mine, theirs = getattr(before.sales, name), getattr(after.sales, name)
        np.testing.assert_array_equal(mine[~reached], theirs[~reached])
    np.testing.assert_array_equal(before.sales.sold[far], after.sales.sold[far])
    assert not np.array_equal(before.sales.sold[~far], after.sales.sold[~far])

"""Conflict by partner and by pair, and lost sales by cause."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from channelsim.domain.layout import Layout, Territory
from channelsim.simulate.channel import Channel
from channelsim.simulate.run import simulate
from tests.instances import tiny
from tests.simulate.cases import pushed_case, random_case, steady

LEVELS = ("total", "zone", "partner", "pair")
KINDS = ("price", "territory", "customer", "goal")
MAKER, NORTH, SOUTH = 0, 1, 2


@settings(max_examples=30)
@given(st.sampled_from([random_case, pushed_case]), st.integers(0, 10**6))
def test_conflict_is_frequency_times_intensity_and_each_a_share(make, seed):
    case, layout = make(seed)
    run = simulate(case, layout, seed=seed, record=LEVELS, weeks=8)
    for kind in KINDS:
        conflict, often, much = (
            run.weekly(f"{kind}_{part}", "partner")
            for part in ("conflict", "frequency", "intensity")
        )
        np.testing.assert_allclose(often * much, conflict, atol=1e-9)
        for values in (conflict, often, much):
            assert values.min() >= 0
            assert values.max() <= 1 + 1e-9


@settings(max_examples=20)
@given(st.integers(0, 10**6))
def test_what_pairs_do_adds_up_to_what_the_whole_shows(seed):
    case, layout = pushed_case(seed)
    run = simulate(case, layout, seed=seed, record=LEVELS)
    for measure in ("diverted", "foreign"):
        pairs, total = run.weekly(measure, "pair"), run.weekly(measure)
        np.testing.assert_allclose(pairs.sum(axis=1), total[:, 0])
    names = next(s.names for s in run.series if s.level == "pair")
    victims = [name.split(">")[1] for name in names]
    undercut = run.weekly("undercut", "pair")
    for row, partner in enumerate(case.partners):
        mine = undercut[:, [victim == partner.id for victim in victims]].sum(axis=1)
        np.testing.assert_allclose(mine, run.weekly("price_conflict", "partner")[:, row], atol=1e-9)


def test_a_pair_says_who_undercuts_whom_how_far_and_where():
    case = steady(10).replace({"channel_types.web.price": 40.0})
    run = simulate(case, case.today, weeks=3, record=LEVELS)
    (names,) = {s.names for s in run.series if s.level == "pair"}
    assert names == ("maker>north",)
    sold = run.weekly("units", "zone")[-1]
    assert run.weekly("undercut", "pair")[-1, 0] == pytest.approx(
        run.weekly("price_conflict", "partner")[-1, NORTH]
    )
    assert run.weekly("price_intensity", "partner")[-1, NORTH] == pytest.approx(1.0)  # gap 60%
    assert run.weekly("worst_zone", "pair")[-1, 0] == 0
    assert sold.argmax() == 0


def test_foreign_sales_hurt_the_holder():
    case = tiny()
    layout = Layout.of(["north-a", "flagship-a"])
    held = layout.replace(territories=(Territory("south", "b", True),))
    run = simulate(case, held, weeks=4, record=LEVELS)
    assert run.weekly("territory_conflict", "partner")[-1].tolist() == [0.0, 0.0, 1.0]
    assert run.weekly("foreign", "pair").sum() == run.weekly("foreign").sum() > 0


@settings(max_examples=30)
@given(st.integers(0, 10**6))
def test_every_lost_sale_has_its_cause(seed):
    case, layout = random_case(seed)
    run = simulate(case, layout, seed=seed, record=("total", "zone"))
    for level in ("total", "zone"):
        causes = run.weekly("lost_no_stock", level) + run.weekly("lost_capacity", level)
        np.testing.assert_array_equal(causes, run.weekly("lost", level))


def test_capacity_and_empty_shelves_are_told_apart():
    case = steady()
    small = case.replace(candidates=tuple(replace(c, capacity=50) for c in case.candidates))
    scarce = case.replace(economics=replace(case.economics, supply_capacity=3e4))
    busy, empty = (simulate(c, case.today, weeks=20) for c in (small, scarce))
    assert busy.weekly("lost_capacity").sum() > busy.weekly("lost_no_stock").sum() == 0
    assert empty.weekly("lost_no_stock").sum() > empty.weekly("lost_capacity").sum() == 0


def test_occasions_where_nobody_is_open_are_unreached():
    case = steady(1)
    run = simulate(case, Layout.of(["north-a"]), weeks=3, record=("total", "zone"))
    unreached = run.weekly("unreached", "zone")[-1]
    assert unreached[:2].sum() == 0  # A and B
    assert unreached[2:].min() > 0
    assert run.weekly("unreached")[-1, 0] == unreached.sum()


def test_overlap_counts_the_partners_that_sell_in_a_zone():
    case = steady(10)
    alone, both = (
        simulate(case, Layout.of(rows), weeks=2).weekly("overlap")[-1, 0]
        for rows in (["web"], ["web", "north-a"])
    )
    assert alone == 1.0
    assert both == pytest.approx(1 + 1500 / 2500)  # North sells in A and B


def test_control_is_lost_to_foreign_sales():
    case = tiny()
    layout = Layout.of(["north-a"])
    held = layout.replace(territories=(Territory("south", "b", True),))
    free, taken = (Channel(case, x) for x in (layout, held))
    for channel in (free, taken):
        channel.step()
    share = [c.recorder.rows["total", "control"][-1][0] for c in (free, taken)]
    sold = taken.sales.sold.sum(axis=1)
    assert share[0] == 1.0
    assert share[1] == pytest.approx(1 - sold[taken.setting.foreign].sum() / sold.sum())

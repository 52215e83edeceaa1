import hashlib
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from channelsim.domain.demand import Reach
from channelsim.errors import BadValue
from channelsim.simulate.consumers.lumped import LumpedConsumers
from channelsim.simulate.consumers.sales import Sales
from channelsim.simulate.consumers.start import counts_from_shares
from channelsim.simulate.streams import Streams

RESULTS = tuple(name for name in Sales.__dataclass_fields__ if name != "moves")


def _market(reach, segments, seed, people=2_000):
    """A market of random tastes; its counts, and what its consumers face in a week."""
    rng = np.random.default_rng(seed)
    zones, arcs = len(reach.zone_start) - 1, len(reach.candidate)
    counts = rng.integers(0, people, segments * 2 * (zones + arcs))
    faced = {
        "inform": rng.uniform(0, 0.2, (zones, segments)),
        "occasion": rng.uniform(0, 1, (zones, segments)),
        "weight": rng.uniform(0, 2, (arcs, segments)),
        "inertia": rng.uniform(0, 2, segments),
        "aversion": rng.uniform(-2, 0, segments),
        "happy": rng.uniform(0, 1, (arcs, segments)),
        "retry": rng.uniform(0, 1, segments),
    }
    return counts, faced


def _by_zone(reach, values):
    sums = np.vstack([np.zeros((1, values.shape[1]), values.dtype), np.cumsum(values, axis=0)])
    return sums[reach.zone_start[1:]] - sums[reach.zone_start[:-1]]


def _digest(sales):
    return hashlib.sha256(b"".join(getattr(sales, name).tobytes() for name in RESULTS)).hexdigest()


reaches = st.integers(1, 9).flatmap(
    lambda count: st.lists(
        st.lists(st.integers(0, count - 1), unique=True).map(sorted), min_size=1, max_size=4
    ).map(lambda zones: (count, zones))
)


@settings(max_examples=120, deadline=None)
@given(reaches, st.integers(1, 3), st.integers(0, 10_000), st.sampled_from([0, 3, 400, 10**12]))
def test_every_occasion_and_every_unit_is_accounted_for(market, segments, seed, most):
    count, zones = market
    widths = [len(zone) for zone in zones]
    reach = Reach(
        zone_start=np.append(0, np.cumsum(widths)).astype(np.int64),
        candidate=np.array([c for zone in zones for c in zone], dtype=np.int64),
        zone=np.repeat(np.arange(len(zones)), widths),
        km=np.zeros(sum(widths)),
    )
    counts, faced = _market(reach, segments, seed)
    rng = np.random.default_rng(seed)
    faced["weight"] *= rng.integers(0, 2, count)[reach.candidate][:, None]
    stock = rng.integers(0, most + 1, count)
    consumers = LumpedConsumers(reach, rng.integers(0, 4, count), counts, Streams(seed))
    before = consumers.population, consumers.unaware, consumers.adopted
    sales = consumers.step(0, stock=stock, **faced)

    claims, sold, lost = (_by_zone(reach, x) for x in (sales.first_claims, sales.sold, sales.lost))
    assert np.array_equal(sales.occasions, sales.outside + claims)
    assert np.array_equal(sales.occasions, sales.outside + sold + lost)
    units = np.bincount(reach.candidate, sales.sold.sum(axis=1), minlength=count).astype(np.int64)
    assert np.array_equal(units + sales.leftover, stock)
    assert np.array_equal(consumers.population, before[0])
    assert np.array_equal(before[1] - consumers.unaware, sales.became_aware)
    assert np.array_equal(consumers.adopted - before[2], sold - sales.repeat)
    assert np.array_equal(consumers.adopted, _by_zone(reach, consumers.owners))
    assert np.array_equal(consumers.aware, consumers.population - consumers.unaware)
    assert consumers.counts.min() >= 0
    assert np.all((sales.second_sold >= 0) & (sales.second_sold <= sales.sold))
    assert np.all((sales.lost >= 0) & (sales.lost <= sales.first_claims))
    assert np.all((sales.switched >= 0) & (sales.switched <= sales.repeat))
    assert np.all((sales.happy_buyers >= 0) & (sales.happy_buyers <= sales.sold))
    assert not np.any(sales.sold[faced["weight"] == 0])
    assert not np.any(sales.leftover[~sales.in_stock])


def _country(**changes):
    """Twenty zones of three segments around thirty candidates of nine partners, some short."""
    rng = np.random.default_rng(1)
    zones = [sorted(rng.choice(30, 8, replace=False).tolist()) for _ in range(20)]
    candidate = np.array([c for zone in zones for c in zone], dtype=np.int64)
    reach = Reach(
        zone_start=np.arange(0, 161, 8),
        candidate=candidate,
        zone=np.repeat(np.arange(20), 8),
        km=np.zeros(160),
    )
    counts, faced = _market(reach, 3, 2)
    stock = rng.integers(2_000, 30_000, 30)
    consumers = LumpedConsumers(reach, np.arange(30) // 4, counts, Streams(8, 1), **changes)
    return reach, consumers, {**faced, "stock": stock}


def _three_weeks(**changes):
    _, consumers, faced = _country(**changes)
    return "".join(_digest(consumers.step(week, **faced)) for week in range(3))


def test_bits_do_not_depend_on_threads():
    alone = _three_weeks()
    assert _three_weeks(threads=2) == alone
    assert _three_weeks(threads=7) == alone


def test_bits_do_not_depend_on_the_process():
    script = (
        "import importlib.util, sys\n"
        f"spec = importlib.util.spec_from_file_location('again', {__file__!r})\n"
        "again = importlib.util.module_from_spec(spec)\n"
        "spec.loader.exec_module(again)\n"
        "print(again._three_weeks())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == _three_weeks()


def test_weeks_and_replications_draw_anew():
    _, consumers, faced = _country()
    start = consumers.counts.copy()
    first = _digest(consumers.step(0, **faced))
    consumers.counts[:] = start
    assert _digest(consumers.step(1, **faced)) != first
    consumers.counts[:] = start
    assert _digest(consumers.step(0, **faced)) == first
    consumers.counts[:] = start
    consumers.streams = Streams(8, 2)
    assert _digest(consumers.step(0, **faced)) != first


def test_shortages_reach_the_second_round():
    _, consumers, faced = _country()
    sales = consumers.step(0, **faced)
    assert sales.second_sold.sum() > 100
    assert sales.lost.sum() > 100
    assert 0 < sales.switched.sum() < sales.repeat.sum()


def test_a_closed_candidate_is_the_same_as_one_out_of_reach():
    reach, _, faced = _country()
    keep = reach.candidate != 13
    faced["weight"] *= keep[:, None]
    widths = np.bincount(reach.zone[keep], minlength=20)
    starts = np.append(0, np.cumsum(widths))
    bare = Reach(starts, reach.candidate[keep], reach.zone[keep], reach.km[keep])
    people, aware = np.full((20, 3), 90_000), np.full((20, 3), 0.8)
    owners = np.repeat(0.05 * keep[:, None], 3, axis=1)  # nobody bought at the closed one
    happy = np.full((160, 3), 0.9)
    closed = LumpedConsumers(
        reach,
        np.arange(30) // 4,
        counts_from_shares(reach, people, aware, owners, happy),
        Streams(8, 1),
    )
    away = LumpedConsumers(
        bare,
        np.arange(30) // 4,
        counts_from_shares(bare, people, aware, owners[keep], happy[keep]),
        Streams(8, 1),
    )
    arcwise = {name: faced[name][keep] for name in ("weight", "happy")}
    lost = 0
    for week in range(3):
        sales = closed.step(week, **faced)
        theirs = away.step(week, **{**faced, **arcwise})
        lost += sales.lost.sum()
        for name in RESULTS:
            mine = getattr(sales, name)
            mine = mine[keep] if len(mine) == len(keep) else mine
            assert np.array_equal(mine, getattr(theirs, name)), name
    assert lost > 0


def test_opening_one_more_leaves_zones_out_of_its_reach_untouched():
    reach, consumers, faced = _country()
    faced["stock"] = np.full(30, 10**9)
    opened = 13
    before = {**faced, "weight": np.where(reach.candidate[:, None] == opened, 0, faced["weight"])}
    away = np.setdiff1d(np.arange(20), reach.zone[reach.candidate == opened])
    far = np.isin(reach.zone, away)
    other = LumpedConsumers(reach, np.arange(30) // 4, consumers.counts, Streams(8, 1))
    for week in range(3):
        with_it, without = consumers.step(week, **faced), other.step(week, **before)
        assert np.array_equal(with_it.sold[far], without.sold[far])
        assert np.array_equal(with_it.outside[away], without.outside[away])
        assert not np.array_equal(with_it.sold[~far], without.sold[~far])


def test_common_random_numbers_cut_the_variance_of_a_layout_difference():
    reach, consumers, faced = _country()
    start = consumers.counts.copy()
    faced["stock"] = np.full(30, 10**9)
    fewer = {**faced, "weight": np.where(reach.candidate[:, None] == 13, 0, faced["weight"])}

    def sold(replication, given):
        consumers.counts[:] = start
        consumers.streams = Streams(9, replication)
        return sum(int(consumers.step(week, **given).sold.sum()) for week in range(4))

    with_it = np.array([sold(r, faced) for r in range(120)])
    without = np.array([sold(r, fewer) for r in range(120)])
    common = np.var(with_it - without)
    independent = np.var(with_it - np.roll(without, 1))
    assert independent > 5 * common


def test_ten_billion_consumers_are_counted_exactly(reach_of):
    reach = reach_of([0, 1])
    people = np.array([10**9, 10**9, 3 * 10**9, 3 * 10**9, 10**9, 10**9])
    consumers = LumpedConsumers(reach, np.array([0, 1]), people, Streams(4))
    sales = consumers.step(
        0,
        inform=np.array([[0.1]]),
        occasion=np.array([[0.2]]),
        weight=np.array([[1.0], [2.0]]),
        inertia=np.array([0.5]),
        aversion=np.array([-0.5]),
        happy=np.array([[0.9], [0.8]]),
        retry=np.array([0.5]),
        stock=np.array([4 * 10**8, 5 * 10**8]),
    )
    assert consumers.population[0, 0] == 10**10
    assert sales.occasions[0, 0] == pytest.approx(0.2 * 9.1e9, rel=1e-4)
    assert sales.sold[:, 0].tolist() == [4 * 10**8, 5 * 10**8]
    assert (sales.outside + sales.sold.sum() + sales.lost.sum())[0, 0] == sales.occasions[0, 0]


def test_results_are_read_only():
    _, consumers, faced = _country()
    with pytest.raises(ValueError, match="read-only"):
        consumers.step(0, **faced).sold[0, 0] = 1


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("occasion", np.full((20, 3), 1.5), r"occasion must lie in \[0, 1\]"),
        ("inform", np.full((20, 3), np.nan), r"inform must lie in \[0, 1\]"),
        ("weight", np.full((160, 3), -1.0), "weight must lie in"),
        ("weight", np.zeros((159, 3)), r"weight must have shape \(160, 3\), got \(159, 3\)"),
        ("inertia", np.full(3, -0.1), "inertia must lie in"),
        ("aversion", np.full(3, 0.1), "aversion must lie in"),
        ("stock", np.full(30, -1), "stock must be 30 numbers >= 0"),
        ("week", 40_000, "week must lie in"),
    ],
)
def test_impossible_weeks_are_refused_and_change_nothing(name, value, message):
    _, consumers, faced = _country()
    before = consumers.counts.copy()
    given = {"week": 0, **faced, name: value}
    with pytest.raises(BadValue, match=message):
        consumers.step(given.pop("week"), **given)
    assert np.array_equal(consumers.counts, before)


@pytest.mark.parametrize(
    ("counts", "message"),
    [
        (np.ones(7), "counts must hold 6 rows for each segment, got 7"),
        (-np.ones(6), "must be >= 0"),
    ],
)
def test_counts_that_do_not_fit_are_refused(reach_of, counts, message):
    with pytest.raises(BadValue, match=message):
        LumpedConsumers(reach_of([0, 1]), np.array([0, 1]), counts, Streams(1))

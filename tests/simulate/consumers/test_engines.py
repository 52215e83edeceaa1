"""What every engine of consumers must keep to: accounts that balance, and draws that repeat."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from channelsim.errors import BadValue
from channelsim.simulate.consumers.links import pair_start
from channelsim.simulate.consumers.sales import Sales
from channelsim.simulate.consumers.start import counts_from_shares
from channelsim.simulate.streams import Streams
from tests.simulate.consumers.markets import (
    ENGINES,
    PARTNERS,
    by_zone,
    country,
    in_country,
    market,
    reach_of,
    traced,
)

RESULTS = tuple(name for name in Sales.__dataclass_fields__ if name != "moves")
TIERS = {"rise": np.array([0.3, 0.6, 0.9]), "lapse": np.array([0.4, 0.2, 0.1])}

every_engine = pytest.mark.parametrize("engine", ENGINES.values(), ids=ENGINES)
reaches = st.integers(1, 9).flatmap(
    lambda count: st.lists(
        st.lists(st.integers(0, count - 1), unique=True).map(sorted), min_size=1, max_size=4
    ).map(lambda zones: (count, zones))
)


def _bits(sales):
    return b"".join(getattr(sales, name).tobytes() for name in RESULTS)


def _kinds(values, tiers):
    """Sums over the tiers of each kind: (Z, kinds)."""
    return values.reshape(len(values), -1, tiers).sum(axis=2)


def _a_week(engine, market_of, kinds, tiers, seed, most):
    """Consumers of a random market before and after a random week."""
    count, zones = market_of
    reach = reach_of(*zones)
    counts, faced = market(reach, kinds * tiers, seed, people=60)
    rng = np.random.default_rng(seed)
    faced["weight"] *= rng.integers(0, 2, count)[reach.candidate][:, None]
    faced |= {name: rng.uniform(0, 1, kinds * tiers) for name in ("rise", "lapse")}
    faced["stock"] = rng.integers(0, most + 1, count)
    partner = rng.integers(0, 4, count)
    given_counts = reach, partner, counts, Streams(seed)
    before, after = (traced(engine, *given_counts, tiers=tiers) for _ in range(2))
    return reach, partner, faced, before, after, after.step(0, **faced)


@every_engine
@settings(max_examples=60, deadline=None)
@given(
    reaches,
    st.integers(1, 2),
    st.integers(1, 3),
    st.integers(0, 10_000),
    st.sampled_from([0, 3, 400, 10**12]),
)
def test_every_occasion_and_every_unit_is_accounted_for(
    engine, market_of, kinds, tiers, seed, most
):
    reach, partner, faced, before, after, sales = _a_week(
        engine, market_of, kinds, tiers, seed, most
    )
    claims, sold, lost = (by_zone(reach, x) for x in (sales.first_claims, sales.sold, sales.lost))
    assert np.array_equal(sales.occasions, sales.outside + claims)
    assert np.array_equal(sales.occasions, sales.outside + sold + lost)
    outlets = len(faced["stock"])
    units = np.bincount(reach.candidate, sales.sold.sum(axis=1), minlength=outlets)
    assert np.array_equal(units.astype(np.int64) + sales.leftover, faced["stock"])
    assert sales.leftover.min() >= 0
    assert not np.any(sales.leftover[~sales.in_stock])
    assert not np.any(sales.sold[faced["weight"] == 0])
    assert np.array_equal(_kinds(after.population, tiers), _kinds(before.population, tiers))
    assert np.array_equal(before.unaware - after.unaware, sales.became_aware)
    gained = _kinds(after.adopted - before.adopted, tiers)
    assert np.array_equal(gained, _kinds(sold - sales.repeat, tiers))
    assert np.array_equal(after.adopted, by_zone(reach, after.owners))
    assert np.array_equal(after.owners, after.happy + after.unhappy)
    assert np.array_equal(after.aware, after.population - after.unaware)
    assert after.counts.min() >= 0
    parts = [
        (sales.second_sold, sales.sold),
        (sales.lost, sales.first_claims),
        (sales.happy_buyers, sales.sold),
        (sales.switched, sales.repeat),
        (sales.deserted, sales.outside),
        (sales.risen, sold),
    ]
    for part, whole in parts:
        assert np.all((part >= 0) & (part <= whole))
    flow = (after.population - before.population).reshape(-1, tiers)
    risen, lapsed = (x.reshape(-1, tiers) for x in (sales.risen, sales.lapsed))
    assert not np.any(risen[:, -1])
    assert not np.any(lapsed[:, 0])
    steps = risen[:, :-1] - lapsed[:, 1:]
    assert np.array_equal(flow, np.pad(steps, ((0, 0), (1, 0))) - np.pad(steps, ((0, 0), (0, 1))))
    if sales.moves is not None:
        _moves_add_up(reach, partner, sales)


def _moves_add_up(reach, partner, sales):
    start = pair_start(reach.zone_start)
    assert sales.moves.shape == (start[-1], sales.sold.shape[1])
    for zone, (first, last) in enumerate(zip(start[:-1], start[1:], strict=True)):
        arcs = slice(reach.zone_start[zone], reach.zone_start[zone + 1])
        width = arcs.stop - arcs.start
        flows = sales.moves[first:last].reshape(width, width, sales.moves.shape[1])
        owner = partner[reach.candidate[arcs]]
        assert np.all(flows.sum(axis=0) <= sales.sold[arcs])
        assert np.array_equal(flows.sum(axis=(0, 1)), sales.repeat[zone])
        assert flows[owner[:, None] != owner].sum() == pytest.approx(sales.switched[zone].sum())


@every_engine
def test_the_same_seed_draws_the_same_bits(engine):
    (_, one, faced), (_, other, _) = in_country(engine, tiers=3), in_country(engine, tiers=3)
    for week in range(3):
        assert _bits(one.step(week, **faced, **TIERS)) == _bits(other.step(week, **faced, **TIERS))


@every_engine
@pytest.mark.parametrize("streams", [Streams(8, 2), Streams(9, 1)])
def test_another_seed_or_replication_draws_anew(engine, streams):
    _, one, faced = in_country(engine)
    _, other, _ = in_country(engine, streams)
    assert _bits(one.step(0, **faced)) != _bits(other.step(0, **faced))


@every_engine
def test_a_week_is_drawn_by_its_name_whatever_came_before(engine):
    """Weeks in which nobody has an occasion and nobody learns leave no trace in later draws."""
    _, one, faced = in_country(engine)
    _, other, _ = in_country(engine)
    quiet = {name: np.zeros((20, 3)) for name in ("inform", "occasion")}
    for week in range(4):
        other.step(week, **{**faced, **quiet})
    assert _bits(one.step(4, **faced)) == _bits(other.step(4, **faced))
    _, third, _ = in_country(engine)
    assert _bits(third.step(5, **faced)) != _bits(in_country(engine)[1].step(4, **faced))


@every_engine
def test_shortages_reach_the_second_round(engine):
    _, consumers, faced = in_country(engine)
    sales = consumers.step(0, **faced)
    assert sales.second_sold.sum() > 100
    assert sales.lost.sum() > 100
    assert 0 < sales.switched.sum() < sales.repeat.sum()


@pytest.mark.parametrize(
    "engine", sorted(ENGINES.keys() - {"individual"})
)  # its draws are people's
def test_segments_that_share_no_stock_are_drawn_as_if_alone(engine):
    reach, counts, faced = country()
    stock = np.where(np.arange(30) % 5 == 0, 0, 10**6)  # all or nothing: nobody competes
    weight = np.where(np.random.default_rng(6).random((160, 3)) < 0.2, 0.0, faced["weight"])
    faced = {**faced, "stock": stock, "weight": weight}
    together = ENGINES[engine](reach, PARTNERS, counts, Streams(8, 1)).step(0, **faced)
    assert together.lost.sum(axis=0).min() > 0
    assert together.second_sold.sum(axis=0).min() > 0
    for segment in range(3):
        only = np.zeros_like(counts.reshape(20, 3, -1))
        only[:, segment] = counts.reshape(20, 3, -1)[:, segment]
        alone = ENGINES[engine](reach, PARTNERS, only.ravel(), Streams(8, 1)).step(0, **faced)
        for name in ("first_claims", "sold", "second_sold", "lost", "repeat", "switched"):
            found, expected = getattr(together, name), getattr(alone, name)
            np.testing.assert_array_equal(found[:, segment], expected[:, segment], name)


@every_engine
def test_a_closed_candidate_is_the_same_as_one_out_of_reach(engine):
    reach, _, faced = country(people=150)
    keep = reach.candidate != 13
    faced["weight"] *= keep[:, None]
    bare = reach_of(*(reach.candidate[keep & (reach.zone == zone)] for zone in range(20)))
    people, aware = np.full((20, 3), 2_000), np.full((20, 3), 0.8)
    owners = np.repeat(0.05 * keep[:, None], 3, axis=1)  # nobody bought at the closed one
    happy = np.full((160, 3), 0.9)
    counts = counts_from_shares(reach, people, aware, owners, happy)
    closed = engine(reach, PARTNERS, counts, Streams(8, 1))
    counts = counts_from_shares(bare, people, aware, owners[keep], happy[keep])
    away = engine(bare, PARTNERS, counts, Streams(8, 1))
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


@every_engine
def test_opening_one_more_leaves_zones_out_of_its_reach_untouched(engine):
    reach, consumers, faced = in_country(engine)
    _, other, _ = in_country(engine)
    faced["stock"] = np.full(30, 10**9)
    opened = 13
    before = {**faced, "weight": np.where(reach.candidate[:, None] == opened, 0, faced["weight"])}
    away = np.setdiff1d(np.arange(20), reach.zone[reach.candidate == opened])
    far = np.isin(reach.zone, away)
    for week in range(3):
        with_it, without = consumers.step(week, **faced), other.step(week, **before)
        assert np.array_equal(with_it.sold[far], without.sold[far])
        assert np.array_equal(with_it.happy_buyers[far], without.happy_buyers[far])
        assert np.array_equal(with_it.outside[away], without.outside[away])
        assert not np.array_equal(with_it.sold[~far], without.sold[~far])


@every_engine
def test_common_random_numbers_cut_the_variance_of_a_layout_difference(engine):
    reach, _, faced = country(people=150)
    faced["stock"] = np.full(30, 10**9)
    fewer = {**faced, "weight": np.where(reach.candidate[:, None] == 13, 0, faced["weight"])}

    def sold(replication, given_week):
        _, consumers, _ = in_country(engine, Streams(9, replication))
        return sum(int(consumers.step(week, **given_week).sold.sum()) for week in range(2))

    with_it = np.array([sold(r, faced) for r in range(40)])
    without = np.array([sold(r, fewer) for r in range(40)])
    assert np.var(with_it - np.roll(without, 1)) > 4 * np.var(with_it - without)


@every_engine
def test_results_are_read_only(engine):
    _, consumers, faced = in_country(engine)
    with pytest.raises(ValueError, match="read-only"):
        consumers.step(0, **faced).sold[0, 0] = 1


@every_engine
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
def test_impossible_weeks_are_refused_and_change_nothing(engine, name, value, message):
    _, consumers, faced = in_country(engine)
    before = consumers.counts.copy()
    given_week = {"week": 0, **faced, name: value}
    with pytest.raises(BadValue, match=message):
        consumers.step(given_week.pop("week"), **given_week)
    assert np.array_equal(consumers.counts, before)


@every_engine
@pytest.mark.parametrize(
    ("counts", "message"),
    [
        (np.ones(7), "counts must hold 6 rows for each segment, got 7"),
        (-np.ones(6), "must be >= 0"),
    ],
)
def test_counts_that_do_not_fit_are_refused(engine, counts, message):
    with pytest.raises(BadValue, match=message):
        engine(reach_of([0, 1]), np.array([0, 1]), counts, Streams(1))


@every_engine
def test_weights_of_every_size_are_chosen_by(engine):
    """One who is averse to the only outlet left still buys there, having no outside option."""
    reach = reach_of([0, 1])
    counts = np.array([0, 0, 0, 0, 0, 500])
    consumers = engine(reach, np.array([0, 1]), counts, Streams(5))
    sales = consumers.step(
        0,
        inform=np.zeros((1, 1)),
        occasion=np.ones((1, 1)),
        weight=np.array([[1e90], [1e-90]]),
        inertia=np.array([100.0]),
        aversion=np.array([-100.0]),
        happy=np.ones((2, 1)),
        retry=np.ones(1),
        stock=np.array([0, 500]),
    )
    assert sales.first_claims.ravel().tolist() == [500, 0]
    assert sales.second_sold.ravel().tolist() == [0, 500]

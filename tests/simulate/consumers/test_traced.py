"""Draws that keep who moved where, against pools that forget it and against the logit itself."""

import numpy as np
import pytest
from scipy import stats

from channelsim.simulate.consumers.chosen import ENGINES
from channelsim.simulate.consumers.links import pair_start
from channelsim.simulate.streams import Streams
from tests.simulate.consumers.markets import PARTNERS, country, reach_of

LumpedConsumers = ENGINES["lumped"]()  # compiled, or in NumPy where numba is not there
COPIES, WEEKS = 1_200, 3
ZONES = ([0, 1, 2, 4, 6], [0, 2, 3, 5, 6])
PARTNER = np.array([0, 0, 1, 2, 1, 0, 3])
SHORT = (6, 3, 10, 2, 4, 9, 30)


def _copies(*zones, outlets):
    """Arcs of copies of a town that share nothing: each copy is a replication."""
    return reach_of(*([c + outlets * i for c in zone] for i in range(COPIES) for zone in zones))


def _path(figures):
    """Figures of all weeks side by side: (C, any number)."""
    return np.concatenate([np.reshape(x, (COPIES, -1)) for x in figures], axis=1)


def _play(people, trace):
    """Figures of copies of a town in which some outlets are short, and their switches."""
    reach = _copies(*ZONES, outlets=7)
    rng = np.random.default_rng(30)
    counts = np.tile(rng.integers(people // 2, people, 48), COPIES)
    faced = {
        "inform": np.tile([[0.3, 0.6], [0.1, 0.4]], (COPIES, 1)),
        "occasion": np.tile([[0.9, 0.7], [0.8, 0.95]], (COPIES, 1)),
        "weight": np.tile(rng.uniform(0.2, 1.0, (10, 2)), (COPIES, 1)),
        "happy": np.tile(rng.uniform(0.4, 0.9, (10, 2)), (COPIES, 1)),
        "inertia": np.array([1.2, 0.5]),
        "aversion": np.array([-1.5, -0.6]),
        "retry": np.array([0.6, 0.9]),
        "stock": np.tile(np.array(SHORT) * people // 3, COPIES),
    }
    partner = np.tile(PARTNER, COPIES) + 4 * np.repeat(np.arange(COPIES), 7)
    consumers = LumpedConsumers(reach, partner, counts, Streams(31 + trace), trace=trace)
    figures, switched = [], []
    for week in range(WEEKS):
        sales = consumers.step(week, **faced)
        shown = [consumers.counts.copy(), sales.sold, sales.second_sold, sales.lost, sales.repeat]
        figures += [*shown, sales.first_claims, sales.happy_buyers, sales.leftover]
        switched.append(sales.switched)
    assert sales.second_sold.sum() > 0
    assert sales.lost.sum() > 0
    return [
        np.concatenate([np.reshape(x, (COPIES, -1)) for x in xs], 1) for xs in (figures, switched)
    ]


@pytest.mark.parametrize("people", [30, 3_000, 300_000])
def test_weeks_have_the_law_of_pooled_draws(people):
    """Means, second moments and random mixtures of all figures, at 1% by Bonferroni."""
    (mine, switches), (theirs, expected) = (_play(people, trace) for trace in (True, False))
    centre, spread = theirs.mean(axis=0), theirs.std(axis=0) + 1e-9
    pairs = [(mine, theirs), ((mine - centre) ** 2, (theirs - centre) ** 2), (switches, expected)]
    p_values = [stats.ttest_ind(*pair, equal_var=False).pvalue for pair in pairs]
    mixtures = np.random.default_rng(33).normal(size=(60, mine.shape[1])) / spread
    p_values.append([stats.ks_2samp(mine @ mix, theirs @ mix).pvalue for mix in mixtures])
    found = np.concatenate(p_values)
    assert np.nanmin(found) * len(found) > 0.01


@pytest.mark.parametrize("owners", [1, 7, 19, 21, 400])
@pytest.mark.parametrize("happy", [True, False])
def test_owners_of_one_outlet_choose_by_their_own_logit(owners, happy):
    """Rows of few buyers are drawn one by one, rows of many down the tree."""
    reach = _copies([0, 1, 3, 4, 6], outlets=7)
    weight = np.array([0.5, 1.5, 0.0, 1.0, 0.7])  # one is closed
    own = 1
    cell = np.zeros(12, dtype=np.int64)
    cell[2 + own if happy else 7 + own] = owners
    partner = np.arange(7 * COPIES)
    consumers = LumpedConsumers(reach, partner, np.tile(cell, COPIES), Streams(34), trace=True)
    sales = consumers.step(
        0,
        inform=np.zeros((COPIES, 1)),
        occasion=np.ones((COPIES, 1)),
        weight=np.tile(weight, COPIES)[:, None],
        inertia=np.array([0.8]),
        aversion=np.array([-0.9]),
        happy=np.ones((5 * COPIES, 1)),
        retry=np.ones(1),
        stock=np.full(7 * COPIES, owners),
    )
    moves = sales.moves.reshape(COPIES, 5, 5)
    assert moves.sum() == moves[:, own].sum() == sales.repeat.sum()
    weight[own] *= np.exp(0.8 if happy else -0.9)
    seen, chance = moves[:, own].sum(axis=0), weight / weight.sum()
    assert seen[2] == 0
    still_open = weight > 0
    expected = seen.sum() * chance[still_open]
    assert stats.chisquare(seen[still_open], expected).pvalue > 1e-3
    stay = moves[:, own, own]
    share = weight[own] / (1 + weight.sum())
    assert stay.var() == pytest.approx(owners * share * (1 - share), rel=0.25)


def _three_weeks(**changes):
    reach, counts, faced = country()
    consumers = LumpedConsumers(reach, PARTNERS, counts, Streams(8, 1), trace=True, **changes)
    return [consumers.step(week, **faced) for week in range(3)]


def test_moves_do_not_depend_on_threads():
    for threads in (2, 7):
        for one, other in zip(_three_weeks(), _three_weeks(threads=threads), strict=True):
            assert np.array_equal(one.moves, other.moves)
            assert np.array_equal(one.switched, other.switched)
            assert np.array_equal(one.lost, other.lost)


def test_moves_of_one_week_outlive_the_next():
    reach, counts, faced = country()
    consumers = LumpedConsumers(reach, PARTNERS, counts, Streams(8, 1), trace=True)
    first = consumers.step(0, **faced)
    kept = first.moves.copy()
    consumers.step(1, **faced)
    assert np.array_equal(first.moves, kept)
    assert len(kept) == pair_start(reach.zone_start)[-1]


def test_without_trace_there_are_no_moves():
    reach, counts, faced = country()
    assert LumpedConsumers(reach, PARTNERS, counts, Streams(8, 1)).step(0, **faced).moves is None

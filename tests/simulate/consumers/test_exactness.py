"""Engines that count against individuals, and all of them against every way a tiny week can go.

A town is played in thousands of copies that share nothing, side by side in one market: each copy is
a replication. Every test's level is its share of 1% over all towns (Bonferroni).
"""

from collections import Counter
from itertools import combinations, product
from typing import NamedTuple

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats
from scipy.spatial.distance import cdist

from channelsim.simulate.consumers.individual import IndividualConsumers
from channelsim.simulate.streams import Purpose, Streams
from tests.simulate.consumers.markets import ENGINES, reach_of, traced

type Floats = NDArray[np.float64]

ZONES = ([0, 1, 2, 4, 6], [0, 2, 3, 5, 6])
PARTNER = np.array([0, 0, 1, 2, 1, 0, 3])
OUTLETS, PARTNERS = 7, 4
COPIES, WEEKS = 3_000, 4
PERMUTED, PERMUTATIONS = 500, 2_499

# unaware, never bought, happy with and unhappy with each of five outlets; four cells a town
CELLS = [[3, 4, 3, 2, 3, 2, 1, 2, 3, 1, 3, 1], [2, 5, 2, 3, 1, 2, 4, 3, 1, 2, 1, 3]] * 2

PLENTY = (99, 99, 99, 99, 99, 99, 99)
SHORT = (6, 3, 8, 2, 4, 3, 9)
TOWNS = {
    "enough for everybody": {"stock": PLENTY},
    "some short, one empty": {"stock": (6, 99, 99, 0, 99, 4, 99)},
    "all short, both rounds rationed": {"stock": SHORT},
    "nothing left for a second round": {"stock": (1, 2, 1, 1, 0, 1, 2)},
    "promotions from week to week": {"stock": (9, 12, 11, 2, 7, 9, 99), "promoted": True},
    "tiers": {"stock": (9, 99, 6, 99, 4, 9, 99), "tiers": 2},
}
LEVEL = 0.01 / len(TOWNS)
COUNTING = {name: engine for name, engine in ENGINES.items() if engine is not IndividualConsumers}


class _InOrder(Streams):
    """Streams whose lots favour the first in the order of their rows."""

    def uniform(self, purpose, week, *ids):
        if purpose is Purpose.LOT:
            return np.asarray(ids[0]) / 2.0**32
        return super().uniform(purpose, week, *ids)


def _side_by_side(zones, outlets, copies):
    """Arcs of copies of a town whose zones reach some of its outlets."""
    return reach_of(*([c + outlets * i for c in zone] for i in range(copies) for zone in zones))


def _faced(week, stock, promoted=False, tiers=1):
    """What consumers of all copies face in a week: two zones and two segments (or tiers) a town."""
    rng = np.random.default_rng((20, week if promoted else 0))
    faced = {
        "inform": np.array([[0.3, 0.6], [0.1, 0.4]]),
        "occasion": np.array([[0.9, 0.7], [0.8, 0.95]]),
        "weight": rng.uniform(0.2, 1.0, (10, 2)),
        "happy": rng.uniform(0.4, 0.9, (10, 2)),
        "stock": np.array(stock),
    }
    tiled = {
        name: np.tile(value, (COPIES,) + (1,) * (value.ndim - 1)) for name, value in faced.items()
    }
    alike = {
        "inertia": np.array([1.2, 0.5]),
        "aversion": np.array([-1.5, -0.6]),
        "retry": np.array([0.6, 0.9]),
    }
    if tiers > 1:
        alike |= {"rise": np.array([0.4, 0.7]), "lapse": np.array([0.9, 0.5])}
    return tiled | alike


class _Played(NamedTuple):
    """What copies of a town showed."""

    figures: Floats
    """(C, weeks x n) figures that have a law in common."""
    switched: Floats
    """(C, weeks x n) figures that have a mean in common, being expectations in some engines."""
    moves: Floats | None
    """(C, weeks x n) units by last and by bought outlet, where they are traced."""
    sold: Floats
    """(C, weeks, outlets) units sold."""


def _path(figures):
    """Figures of all weeks, side by side, by copy."""
    return np.concatenate([np.reshape(figure, (COPIES, -1)) for figure in figures], axis=1) * 1.0


def _figures(consumers, sales):
    figures = [consumers.counts.copy(), sales.sold, sales.second_sold, sales.lost]
    figures += [
        sales.first_claims,
        sales.outside,
        sales.deserted,
        sales.repeat,
        sales.happy_buyers,
        sales.in_stock,
    ]
    return [*figures, sales.leftover, sales.became_aware, sales.risen, sales.lapsed]


def _play(engine, town, streams, **changes):
    """Play the copies of a town for some weeks."""
    partner = np.tile(PARTNER, COPIES) + PARTNERS * np.repeat(np.arange(COPIES), OUTLETS)
    counts = np.tile(np.ravel(CELLS), COPIES)
    reach = _side_by_side(ZONES, OUTLETS, COPIES)
    tiers = TOWNS[town].get("tiers", 1)
    consumers = traced(engine, reach, partner, counts, streams, tiers=tiers)
    figures, weeks = [], []
    for week in range(WEEKS):
        weeks.append(consumers.step(week, **{**_faced(week, **TOWNS[town]), **changes}))
        figures += _figures(consumers, weeks[-1])
    units = [np.bincount(reach.candidate, sales.sold.sum(axis=1)) for sales in weeks]
    moved = weeks[0].moves is not None
    return _Played(
        _path(figures),
        _path([sales.switched for sales in weeks]),
        _path([sales.moves for sales in weeks]) if moved else None,
        np.stack([each.reshape(COPIES, OUTLETS) for each in units], axis=1),
    )


def _in_common(one, other):
    """Paths of all figures that both sides show."""
    if one.moves is None or other.moves is None:
        return one.figures, other.figures
    return tuple(np.concatenate([side.figures, side.moves], axis=1) for side in (one, other))


def _of_means(one, other):
    """P-values that means (C, n) agree, of figures that vary enough for a normal law."""
    error = np.sqrt((one.var(axis=0) + other.var(axis=0)) / COPIES)
    often = np.minimum((one != one[0]).sum(axis=0), (other != one[0]).sum(axis=0)) >= 50
    apart = np.abs(one.mean(axis=0) - other.mean(axis=0))
    assert np.allclose(apart[error == 0], 0)
    return 2 * stats.norm.sf(apart[often] / error[often])


def _p_values(one, other):
    """Least p-value of many tests of scalars, times their number: means, second moments, KS."""
    mine, theirs = _in_common(one, other)
    centre, spread = theirs.mean(axis=0), theirs.std(axis=0) + 1e-9
    found = [_of_means(mine, theirs), _of_means((mine - centre) ** 2, (theirs - centre) ** 2)]
    found.append(_of_means(one.switched, other.switched))
    mixtures = np.random.default_rng(23).normal(size=(60, mine.shape[1])) / spread
    scalars = [(mine @ mix, theirs @ mix) for mix in mixtures]
    for week in range(WEEKS):
        weekly = one.sold[:, week], other.sold[:, week]
        scalars.append(tuple(sold.sum(axis=1) for sold in weekly))
        scalars += zip(*(sold.T for sold in weekly), strict=True)
    found.append([stats.ks_2samp(*pair, method="asymp").pvalue for pair in scalars])
    p_values = np.concatenate(found)
    return p_values.min() * len(p_values)


def _energy_p_value(one, other):
    """P-value of the energy distance between paths of figures, by permutation (Szekely 2004)."""
    both = np.concatenate([side[:PERMUTED] for side in _in_common(one, other)])
    both = both / (both.std(axis=0) + 1e-9)
    distance = cdist(both, both)
    side = np.repeat([1.0, -1.0], PERMUTED)
    shuffled = np.random.default_rng(24).permuted(np.tile(side, (PERMUTATIONS, 1)), axis=1)
    energy = -np.einsum("pi,pi->p", shuffled @ distance, shuffled)
    return (1 + np.sum(energy >= -side @ distance @ side)) / (1 + PERMUTATIONS)


@pytest.fixture(scope="module")
def individuals():
    """Individuals of each town, played once for all engines."""
    played = {}

    def of(town):
        if town not in played:
            played[town] = _play(IndividualConsumers, town, Streams(22))
        return played[town]

    return of


@pytest.mark.parametrize("engine", COUNTING.values(), ids=COUNTING)
@pytest.mark.parametrize("town", TOWNS)
def test_weeks_have_the_law_that_individuals_have(engine, town, individuals):
    counted = _play(engine, town, Streams(21))
    assert 2 * _p_values(counted, individuals(town)) > LEVEL
    assert 2 * _energy_p_value(counted, individuals(town)) > LEVEL


@pytest.mark.parametrize("engine", COUNTING.values(), ids=COUNTING)
def test_individuals_served_in_order_of_their_rows_are_told_apart(engine):
    town = "all short, both rounds rationed"
    counted = _play(engine, town, Streams(21))
    others = _play(IndividualConsumers, town, _InOrder(22))
    assert 2 * _p_values(counted, others) < 1e-9
    assert 2 * _energy_p_value(counted, others) < LEVEL


@pytest.mark.parametrize("engine", COUNTING.values(), ids=COUNTING)
@pytest.mark.parametrize(
    "changes",
    [{"inertia": np.array([1.0, 0.4])}, {"retry": np.array([0.7, 0.9])}],
    ids=["less faithful", "more eager"],
)
def test_individuals_who_differ_a_little_are_told_apart(engine, changes):
    town = "some short, one empty"
    counted = _play(engine, town, Streams(21))
    others = _play(IndividualConsumers, town, Streams(22), **changes)
    assert 2 * _p_values(counted, others) < LEVEL


# one never bought, one happy with outlet 0, one unhappy with outlet 1
TINY_WEIGHTS = ((0.8, 1.4), (0.8 * np.exp(0.7), 1.4), (0.8, 1.4 * np.exp(-1.0)))
TINY_RETRY, TINY_OCCASION = 0.6, 0.8


def _lots(claimants, units):
    """Every set of claimants that may be served, with its probability."""
    sets = list(combinations(claimants, min(units, len(claimants))))
    return [(set(served), 1 / len(sets)) for served in sets]


def _serve(choice, stock):
    """Every outcome of rationing both outlets: (served, left, probability)."""
    claims = [[who for who, outlet in choice.items() if outlet == j] for j in (0, 1)]
    for (one, p), (two, q) in product(_lots(claims[0], stock[0]), _lots(claims[1], stock[1])):
        yield one | two, (stock[0] - len(one), stock[1] - len(two)), p * q


def _second_choices(tries, in_stock):
    """Every way those who try again may choose, with its probability."""
    options = []
    for who in tries:
        weight = [w * s for w, s in zip(TINY_WEIGHTS[who], in_stock, strict=True)]
        options.append([(who, j, w / sum(weight)) for j, w in enumerate(weight) if w])
    for combination in product(*options):
        yield {who: j for who, j, _ in combination}, np.prod([p for _, _, p in combination])


def _enumerate_week(stock):
    """Probability of each (buyers' outlets, first claims, lost by first choice)."""
    law = Counter()
    for first in product((None, 0, 1), repeat=3):  # None: no occasion, or outside
        chance = 1.0
        for weight, outlet in zip(TINY_WEIGHTS, first, strict=True):
            shares = [TINY_OCCASION * w / (1 + sum(weight)) for w in weight]
            chance *= 1 - sum(shares) if outlet is None else shares[outlet]
        choice = {who: outlet for who, outlet in enumerate(first) if outlet is not None}
        for served, left, p in _serve(choice, stock):
            unserved = [who for who in choice if who not in served]
            in_stock = [units > 0 for units in left]
            for tries in product((True, False), repeat=len(unserved)):
                again = [who for who, t in zip(unserved, tries, strict=True) if t]
                q = np.prod([TINY_RETRY if t else 1 - TINY_RETRY for t in tries])
                rounds = _second_choices(again, in_stock) if any(in_stock) else [({}, 1.0)]
                for second, r in rounds:
                    for late, _, s in _serve(second, left):
                        bought = [choice[w] if w in served else second[w] if w in late else None
                                  for w in range(3)]  # fmt: skip
                        lost = [sum(choice[w] == j for w in unserved if w not in late)
                                for j in (0, 1)]  # fmt: skip
                        claims = [list(first).count(j) for j in (0, 1)]
                        law[(*bought, *claims, *lost)] += chance * p * q * r * s
    return law


@pytest.mark.parametrize("engine", ENGINES.values(), ids=ENGINES)
@pytest.mark.parametrize("stock", [(1, 1), (1, 0), (2, 1)])
def test_two_rounds_of_rationing_follow_the_enumerated_law(engine, stock):
    law = _enumerate_week(stock)
    assert sum(law.values()) == pytest.approx(1)
    draws = 20_000
    start = np.tile([0, 1, 1, 0, 0, 1], draws)
    reach = _side_by_side(([0, 1],), 2, draws)
    consumers = engine(reach, np.arange(2 * draws), start, Streams(24))
    sales = consumers.step(
        0,
        inform=np.zeros((draws, 1)),
        occasion=np.full((draws, 1), TINY_OCCASION),
        weight=np.tile([[0.8], [1.4]], (draws, 1)),
        inertia=np.array([0.7]),
        aversion=np.array([-1.0]),
        happy=np.tile([[1.0], [0.0]], (draws, 1)),
        retry=np.array([TINY_RETRY]),
        stock=np.tile(stock, draws),
    )
    figures = [consumers.counts, sales.first_claims, sales.lost, sales.sold, sales.repeat]
    rows = np.concatenate([figure.reshape(draws, -1) for figure in figures], axis=1)
    observed: Counter[tuple[int, ...]] = Counter(map(tuple, rows.tolist()))
    expected: Counter[tuple[int, ...]] = Counter()
    for (*bought, claim_0, claim_1, lost_0, lost_1), p in law.items():
        # whoever buys at 0 is happy, at 1 unhappy; who keeps the row is seen from the counts
        counts = [0, 0, 0, 0, 0, 0]
        for outlet, row in zip(bought, (1, 2, 5), strict=True):
            counts[row if outlet is None else (2, 5)[outlet]] += 1
        sold = [bought.count(0), bought.count(1)]
        repeat = sum(outlet is not None for outlet in bought[1:])
        expected[(*counts, claim_0, claim_1, lost_0, lost_1, *sold, repeat)] += p
    assert set(observed) <= set(expected)
    keys = sorted(expected, key=expected.get)
    mass = np.array([expected[key] * draws for key in keys])
    seen = np.array([observed[key] for key in keys])
    rare = mass < 5
    mass = np.append(mass[~rare], mass[rare].sum())
    seen = np.append(seen[~rare], seen[rare].sum())
    common = mass > 0
    assert stats.chisquare(seen[common], mass[common]).pvalue > 1e-3

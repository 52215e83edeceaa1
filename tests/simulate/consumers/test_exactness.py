"""The lumped engine against individuals, and against every way a tiny week can go."""

from collections import Counter
from itertools import combinations, product

import numpy as np
import pytest
from scipy import stats

from channelsim.simulate.consumers.lumped import LumpedConsumers
from channelsim.simulate.streams import Streams

ZONES = ([0, 1, 2, 4, 6], [0, 2, 3, 5, 6])
PARTNER = np.array([0, 0, 1, 2, 1, 0, 3])
OUTLETS, SLOTS, ROWS = 7, 5, 12
REPLICATIONS = 6_000


def _town(reach_of, stock):
    """Two zones, two segments, seven outlets of four partners, about 100 people."""
    reach = reach_of(*ZONES)
    rng = np.random.default_rng(20)
    faced = {
        "inform": np.array([[0.3, 0.6], [0.1, 0.4]]),
        "occasion": np.array([[0.9, 0.7], [0.8, 0.95]]),
        "weight": rng.uniform(0.2, 1.0, (10, 2)),
        "inertia": np.array([1.2, 0.5]),
        "aversion": np.array([-1.5, -0.6]),
        "happy": rng.uniform(0.4, 0.9, (10, 2)),
        "retry": np.array([0.6, 0.9]),
        "stock": np.array(stock),
    }
    # unaware, never bought, happy with and unhappy with each of five outlets; four cells
    cells = [[3, 4, 3, 2, 3, 2, 1, 2, 3, 1, 3, 1], [2, 5, 2, 3, 1, 2, 4, 3, 1, 2, 1, 3]]
    counts = np.array(cells * 2).ravel()
    return reach, counts, faced


def _lumped(reach, counts, faced):
    """Statistics of weeks that the engine plays: (R, any number of figures)."""
    consumers = LumpedConsumers(reach, PARTNER, counts, Streams(21))
    rows = []
    for replication in range(REPLICATIONS):
        consumers.counts[:] = counts
        consumers.streams = Streams(21, replication)
        sales = consumers.step(0, **faced)
        figures = [consumers.counts, sales.sold, sales.second_sold, sales.lost, sales.first_claims]
        figures += [sales.outside, sales.repeat, sales.happy_buyers, sales.in_stock, sales.leftover]
        figures += [sales.became_aware, sales.switched]
        rows.append(np.concatenate([np.ravel(figure) for figure in figures]))
    return np.array(rows)


class _Individuals:
    """The same week played by every consumer on their own, in R replications side by side."""

    def __init__(self, reach, counts, faced, *, biased=False):
        self.rng = np.random.default_rng(22)
        self.faced, self.biased = faced, biased
        self.zone, self.segment, self.row = (
            np.repeat(index, counts)
            for index in np.array(list(product(range(2), range(2), range(ROWS)))).T
        )
        self.people = len(self.row)
        self.arc = np.full((2, OUTLETS), -1)
        self.arc[reach.zone, reach.candidate] = np.arange(10)
        self.arc_of = self.arc[self.zone]  # (N, J), -1 out of reach
        self.last = np.full(self.people, -1)
        owner = self.row >= 2
        slots = np.array(ZONES)
        self.last[owner] = slots[self.zone[owner], (self.row[owner] - 2) % SLOTS]

    def chance(self):
        return self.rng.random((REPLICATIONS, self.people))

    def weights(self):
        weight = np.where(
            self.arc_of >= 0, self.faced["weight"][self.arc_of, self.segment[:, None]], 0.0
        )
        extra = np.where(self.row < 2 + SLOTS, self.faced["inertia"][self.segment], 0.0)
        extra = np.where(self.row >= 2 + SLOTS, self.faced["aversion"][self.segment], extra)
        owner = np.flatnonzero(self.last >= 0)
        weight[owner, self.last[owner]] *= np.exp(extra[owner])
        return weight

    def choose(self, weight, outside):
        """Index of the chosen outlet (R, N); the number of outlets means outside, -1 nothing."""
        bounds = np.cumsum(np.broadcast_to(weight, (REPLICATIONS, self.people, OUTLETS)), axis=2)
        total = bounds[:, :, -1] + outside
        aim = self.chance() * total
        chosen = (aim[:, :, None] >= bounds).sum(axis=2)
        return np.where(total > 0, chosen, -1)

    def ration(self, choice, left):
        """Who is served (R, N), and what is left (R, J)."""
        served = np.zeros(choice.shape, dtype=bool)
        order = np.arange(self.people)[None] / self.people if self.biased else self.chance()
        for outlet in range(OUTLETS):
            claims = choice == outlet
            rank = np.argsort(np.argsort(np.where(claims, order, 2.0), axis=1), axis=1)
            served |= claims & (rank < left[:, outlet : outlet + 1])
        sold = np.stack([((choice == j) & served).sum(axis=1) for j in range(OUTLETS)], axis=1)
        return served, left - sold

    def by_cell(self, who):
        """People by cell: (R, 4)."""
        cells = [(self.zone == z) & (self.segment == s) for z in (0, 1) for s in (0, 1)]
        return np.stack([who[:, cell].sum(axis=1) for cell in cells], axis=1)

    def by_arc(self, who, choice):
        """People by arc of their choice and segment: (R, 20)."""
        found = []
        for zone, slots in enumerate(ZONES):
            for outlet in slots:
                for segment in (0, 1):
                    here = (self.zone == zone) & (self.segment == segment)
                    found.append((who & (choice == outlet))[:, here].sum(axis=1))
        return np.stack(found, axis=1)

    def play(self):
        faced, zone, segment = self.faced, self.zone, self.segment
        learns = (self.row == 0) & (self.chance() < faced["inform"][zone, segment])
        aware = (self.row > 0) | learns
        occasion = aware & (self.chance() < faced["occasion"][zone, segment])
        first = np.where(occasion, self.choose(self.weights(), 1.0), -1)
        served, left = self.ration(first, np.tile(faced["stock"], (REPLICATIONS, 1)))
        in_stock = left > 0
        unserved = (first >= 0) & (first < OUTLETS) & ~served
        tries = unserved & (self.chance() < faced["retry"][segment])
        again = self.choose(self.weights()[None] * in_stock[:, None, :], 0.0)
        second = np.where(tries, again, -1)
        second_served, left = self.ration(second, left)
        bought = served | second_served
        at = np.where(served, first, second)
        arc = self.arc_of[np.arange(self.people), np.where(bought, at, 0)]
        happy = bought & (self.chance() < faced["happy"][arc, segment])
        row = np.where(learns, 1, self.row)
        slot = (at[:, :, None] > np.array(ZONES)[zone][None]).sum(axis=2)
        row = np.where(bought, 2 + slot + SLOTS * ~happy, row)
        counts = [self.by_cell(row == r) for r in range(ROWS)]
        had = self.row >= 2
        moved = bought & had & (PARTNER[np.where(bought, at, 0)] != PARTNER[self.last])
        figures = [np.stack(counts, axis=2).reshape(REPLICATIONS, -1), self.by_arc(bought, at)]
        figures += [self.by_arc(second_served, second), self.by_arc(unserved & ~bought, first)]
        figures += [self.by_arc(occasion, first), self.by_cell(first == OUTLETS)]
        figures += [self.by_cell(bought & had), self.by_arc(happy, at), in_stock, left]
        figures += [self.by_cell(learns), self.by_cell(moved)]
        return np.concatenate(figures, axis=1).astype(float)


SWITCHED = 4  # the last four figures are expectations given the others: only their means agree


def _least_p_value(one, other):
    """Least p-value, times the number of tests: means, second moments, random mixtures."""
    whole, theirs = one[:, :-SWITCHED], other[:, :-SWITCHED]
    centre, spread = theirs.mean(axis=0), theirs.std(axis=0) + 1e-9
    p_values = []
    pairs = [(one, other), ((whole - centre) ** 2, (theirs - centre) ** 2)]
    for mine, others in pairs:
        error = np.sqrt((mine.var(axis=0) + others.var(axis=0)) / REPLICATIONS)
        varies = error > 1e-9
        assert np.allclose(mine[:, ~varies], others[0, ~varies])
        apart = np.abs(mine.mean(axis=0) - others.mean(axis=0))[varies] / error[varies]
        p_values.append(2 * stats.norm.sf(apart))
    mixtures = np.random.default_rng(23).normal(size=(40, whole.shape[1])) / spread
    p_values += [[stats.ks_2samp(whole @ mix, theirs @ mix).pvalue] for mix in mixtures]
    p_values = np.concatenate(p_values)
    return p_values.min() * len(p_values)


@pytest.mark.parametrize(
    "stock",
    [
        (99, 99, 99, 99, 99, 99, 99),  # enough for everybody
        (6, 99, 99, 0, 99, 4, 99),  # some short, one empty: the second round serves everybody
        (6, 3, 8, 2, 4, 3, 9),  # all short: both rounds rationed
        (0, 0, 7, 0, 0, 0, 2),  # two outlets only
    ],
)
def test_a_week_has_the_law_that_individuals_have(reach_of, stock):
    town = _town(reach_of, stock)
    assert _least_p_value(_lumped(*town), _Individuals(*town).play()) > 0.01


def test_individuals_rationed_in_order_of_their_rows_are_told_apart(reach_of):
    town = _town(reach_of, (6, 3, 8, 2, 4, 3, 9))
    assert _least_p_value(_lumped(*town), _Individuals(*town, biased=True).play()) < 1e-9


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


@pytest.mark.parametrize("stock", [(1, 1), (1, 0), (2, 1)])
def test_two_rounds_of_rationing_follow_the_enumerated_law(reach_of, stock):
    law = _enumerate_week(stock)
    assert sum(law.values()) == pytest.approx(1)
    start = np.array([0, 1, 1, 0, 0, 1])
    consumers = LumpedConsumers(reach_of([0, 1]), np.array([0, 1]), start, Streams(24))
    observed: Counter[tuple[int | None, ...]] = Counter()
    draws = 20_000
    for replication in range(draws):
        consumers.counts[:] = start
        consumers.streams = Streams(24, replication)
        sales = consumers.step(
            0,
            inform=np.array([[0.0]]),
            occasion=np.array([[TINY_OCCASION]]),
            weight=np.array([[0.8], [1.4]]),
            inertia=np.array([0.7]),
            aversion=np.array([-1.0]),
            happy=np.array([[1.0], [0.0]]),
            retry=np.array([TINY_RETRY]),
            stock=np.array(stock),
        )
        figures = [consumers.counts, sales.first_claims, sales.lost, sales.sold, sales.repeat]
        observed[tuple(np.concatenate([np.ravel(figure) for figure in figures]).tolist())] += 1
    expected: Counter[tuple[int | None, ...]] = Counter()
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

"""The engine in NumPy against the compiled one, where people are too many to be played one by one.

Towns that share no outlet are independent, so copies of one side by side replicate its weeks.
"""

import numpy as np
import pytest
from scipy import stats

from channelsim.errors import BadValue
from channelsim.simulate.consumers import claims
from channelsim.simulate.consumers.chosen import ENGINES
from channelsim.simulate.consumers.plain import PlainConsumers
from channelsim.simulate.consumers.sales import Sales
from channelsim.simulate.kernels.available import available
from channelsim.simulate.streams import Streams
from tests.simulate.consumers.markets import PARTNERS, country, reach_of

RESULTS = tuple(name for name in Sales.__dataclass_fields__ if name != "moves")
COPIES, OUTLETS = 600, 7
ZONES = ([0, 1, 2, 4, 6], [0, 2, 3, 5, 6])
PARTNER = np.array([0, 0, 1, 2, 1, 0, 3])
# unaware, never bought, happy with and unhappy with each of five outlets; four cells a town
CELLS = [[3, 4, 3, 2, 3, 2, 1, 2, 3, 1, 3, 1], [2, 5, 2, 3, 1, 2, 4, 3, 1, 2, 1, 3]] * 2


def _faced(stock, tiers):
    """What consumers of all copies face: two zones and two segments (or tiers) a town."""
    rng = np.random.default_rng(30)
    town = {
        "inform": np.array([[0.3, 0.6], [0.1, 0.4]]),
        "occasion": np.array([[0.9, 0.7], [0.8, 0.95]]),
        "weight": rng.uniform(0.2, 1.0, (10, 2)),
        "happy": rng.uniform(0.4, 0.9, (10, 2)),
        "stock": np.array(stock),
    }
    alike = {
        "inertia": np.array([1.2, 0.5]),
        "aversion": np.array([-1.5, -0.6]),
        "retry": np.array([0.6, 0.9]),
    }
    if tiers > 1:
        alike |= {"rise": np.array([0.3, 0.9]), "lapse": np.array([0.9, 0.2])}
    return alike | {name: np.concatenate([value] * COPIES) for name, value in town.items()}


def _second_week(engine, people, stock, tiers):
    """Figures by name, each (n, copies), after two weeks of the copies of a town."""
    reach = reach_of(*([c + OUTLETS * i for c in zone] for i in range(COPIES) for zone in ZONES))
    counts = np.tile(np.ravel(CELLS) * people, COPIES)
    consumers = engine(reach, np.tile(PARTNER, COPIES), counts, Streams(33), tiers=tiers)
    faced = _faced(stock, tiers)
    consumers.step(0, **faced)
    sales = consumers.step(1, **faced)
    figures = {name: getattr(sales, name) for name in RESULTS} | {"counts": consumers.counts}
    return {name: figure.reshape(COPIES, -1).T for name, figure in figures.items()}


def _p_values(name, ours, theirs):
    """Test each figure; `switched` is an expectation in one engine, so only its means agree."""
    varies = (ours.std(axis=1) > 0) | (theirs.std(axis=1) > 0)
    assert np.array_equal(ours[~varies], theirs[~varies])
    pairs = zip(ours[varies], theirs[varies], strict=True)
    if name == "switched":
        return [stats.ttest_ind(*pair).pvalue for pair in pairs]
    return [stats.ks_2samp(*pair, method="asymp").pvalue for pair in pairs]


def _mixed_p_values(ours, theirs):
    """Test random mixtures of all figures, which depend on how they vary together."""
    mine, others = (
        np.vstack([figure for name, figure in side.items() if name != "switched"])
        for side in (ours, theirs)
    )
    spread = others.std(axis=1)
    mixtures = np.random.default_rng(34).normal(size=(40, len(mine)))
    mixtures *= np.divide(1.0, spread, out=np.zeros_like(spread), where=spread > 0)
    pairs = zip(mixtures @ mine, mixtures @ others, strict=True)
    return [stats.ks_2samp(*pair, method="asymp").pvalue for pair in pairs]


@pytest.mark.skipif(not available(), reason="needs numba")
@pytest.mark.parametrize("tiers", [1, 2])
@pytest.mark.parametrize(
    ("people", "stock"),
    [
        (1, (6, 3, 8, 2, 4, 3, 9)),  # all short
        (1_000, (9_000, 2_000, 8_000, 0, 4_000, 9_000, 9_000)),
        (10**8, (9 * 10**8, 2 * 10**8, 8 * 10**8, 0, 4 * 10**8, 9 * 10**8, 9 * 10**8)),
        (10**8, (10**10,) * 7),  # enough for everybody
    ],
)
def test_two_weeks_have_the_law_of_the_compiled_engine(people, stock, tiers):
    ours, theirs = (
        _second_week(ENGINES[name](), people, stock, tiers) for name in ("plain", "lumped")
    )
    p_values = [_p_values(name, ours[name], theirs[name]) for name in ours]
    together = np.concatenate([*p_values, _mixed_p_values(ours, theirs)])
    assert together.min() * len(together) > 0.01


def _three_weeks(**changes):
    reach, counts, faced = country()
    faced |= {"rise": np.full(3, 0.3), "lapse": np.full(3, 0.1)}
    consumers = PlainConsumers(reach, PARTNERS, counts, Streams(8, 1), **changes)
    return [consumers.step(week, **faced) for week in range(3)]


def test_bits_do_not_depend_on_the_blocks_that_rows_are_played_in(monkeypatch):
    whole = _three_weeks(tiers=3)
    monkeypatch.setattr(claims, "_BLOCK", 100)
    for mine, theirs in zip(whole, _three_weeks(tiers=3), strict=True):
        assert all(np.array_equal(getattr(mine, name), getattr(theirs, name)) for name in RESULTS)


def test_moves_are_traced_only_on_demand():
    assert all(sales.moves is None for sales in _three_weeks())
    assert all(sales.moves.sum() == sales.repeat.sum() for sales in _three_weeks(trace=True))


def test_nobody_moves_from_the_last_tier_of_one_kind_to_the_first_of_the_next():
    assert all(sales.risen.sum() == sales.lapsed.sum() == 0 for sales in _three_weeks(tiers=1))


def test_no_threads_are_refused():
    with pytest.raises(BadValue, match="threads must be >= 1, got 0"):
        _three_weeks(threads=0)

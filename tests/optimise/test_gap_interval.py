import numpy as np
import pytest

from channelsim.errors import BadValue
from channelsim.optimise.gap_interval import GapInterval, gap_interval

PRICE, COST, MOST = 10.0, 4.0, 100.0


def profit(order, demand):
    """What a newsvendor earns of demands on average."""
    return float(np.mean(PRICE * np.minimum(order, demand) - COST * order))


def best_order(demand):
    """The critical quantile of a sample: the least order that meets 60% of demands."""
    return float(np.sort(demand)[int(np.ceil(0.6 * len(demand))) - 1])


def true_profit(order):
    """What it earns of demand that is uniform between 0 and 100: 10 (q - q^2/200) - 4 q."""
    return PRICE * (order - order**2 / (2 * MOST)) - COST * order


def test_the_interval_covers_the_newsvendors_true_gap():
    rng = np.random.default_rng(20)
    covered = 0
    for _ in range(300):
        order = best_order(rng.uniform(0, MOST, 20))
        batches = [rng.uniform(0, MOST, 20) for _ in range(20)]
        found = gap_interval(
            batches, lambda d: profit(best_order(d), d), lambda d, q=order: profit(q, d)
        )
        covered += found.high >= true_profit(60.0) - true_profit(order)
    assert covered / 300 >= 0.93


def test_the_interval_narrows_with_larger_batches():
    rng = np.random.default_rng(5)

    def high(count):
        batches = [rng.uniform(0, MOST, count) for _ in range(20)]
        return gap_interval(
            batches, lambda d: profit(best_order(d), d), lambda d: profit(60.0, d)
        ).high

    assert high(2_000) < high(50) / 5


def test_by_hand():
    # mean 2, s = 2, t_{0.95, 2} = 2.91999: 2 + 2.91999 x 2 / sqrt(3)
    found = GapInterval((0.0, 2.0, 4.0), 0.95)
    assert found.mean == 2.0
    assert found.high == pytest.approx(5.37176, abs=1e-4)
    assert str(found) == "gap at most 5.37 (95%), 2.00 on average"


def test_one_batch_says_nothing():
    with pytest.raises(BadValue, match="a gap interval needs 2 batches or more, got 1; draw more"):
        gap_interval([1.0], lambda b: b, lambda b: b)

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from channelsim.simulate.consumers.halving import by_lot, by_weight
from channelsim.simulate.consumers.names import named
from channelsim.simulate.streams import Purpose, Streams

NAME = np.array([0, 3, 4, 11, 1 << 40])
WEIGHT = np.array([0.1, 0.3, 0.2, 0.35, 0.05])
HELD = np.array([2, 1, 3, 1, 4])


def _naming(seed):
    def naming(group, name, bit):
        return named(Streams(seed), 0, Purpose.CHOOSE, group << 42 | name, 0, bit)

    return naming


def _many(share, mass, units, seed, groups=50_000):
    """Shares of many groups of the same members: (groups, members)."""
    group = np.repeat(np.arange(groups), len(mass))
    name, all_mass = np.tile(NAME, groups), np.tile(mass, groups)
    found = share(group, name, all_mass, np.full(groups, units), _naming(seed))
    return found.reshape(groups, -1)


def _p_value(found, law):
    """Chi-square of the rows found against a law of them."""
    rows, seen = np.unique(found, axis=0, return_counts=True)
    expected = law.pmf(rows) * len(found)
    common = expected > 5
    assert expected[common].sum() > 0.99 * len(found)
    scale = seen[common].sum() / expected[common].sum()
    return stats.chisquare(seen[common], expected[common] * scale).pvalue


def test_units_spread_by_weight_are_a_multinomial():
    found = _many(by_weight, WEIGHT, 4, 91)
    assert _p_value(found, stats.multinomial(4, WEIGHT)) > 1e-3


def test_units_spread_by_lot_are_a_multivariate_hypergeometric():
    found = _many(by_lot, HELD, 5, 92)
    assert _p_value(found, stats.multivariate_hypergeom(HELD, 5)) > 1e-3


@given(
    st.lists(st.integers(0, (1 << 62) - 1), min_size=1, max_size=9, unique=True).map(sorted),
    st.integers(0, 10**9),
)
def test_everything_is_spread_and_nobody_draws_more_than_the_tickets_held(names, seed):
    rng = np.random.default_rng(seed)
    held = rng.integers(0, 9, len(names))
    units = rng.integers(0, held.sum() + 1)
    group = np.zeros(len(names), dtype=np.int64)
    found = by_lot(group, np.array(names), held, np.array([units]), _naming(seed % 1000))
    assert found.sum() == units
    assert np.all((found >= 0) & (found <= held))


@pytest.mark.parametrize("gone", [0, 2, 4])
def test_members_who_hold_nothing_leave_no_trace(gone):
    mass = np.where(np.arange(5) == gone, 0, HELD)
    stay, units, one = mass > 0, np.array([5]), np.zeros(5, dtype=np.int64)
    whole = by_lot(one, NAME, mass, units, _naming(93))
    bare = by_lot(one[stay], NAME[stay], mass[stay], units, _naming(93))
    assert np.array_equal(whole[stay], bare)


def test_groups_do_not_move_one_anothers_draws():
    group = np.repeat([4, 9], 5)
    both = by_lot(group, np.tile(NAME, 2), np.tile(HELD, 2), np.array([5, 6]), _naming(94))
    alone = by_lot(group[5:], NAME, HELD, np.array([6]), _naming(94))
    assert np.array_equal(both[5:], alone)


def test_nobody_spreads_nothing():
    nobody = np.empty(0, dtype=np.int64)
    assert len(by_lot(nobody, nobody, nobody, nobody, _naming(95))) == 0

import numpy as np
import pytest

from channelsim.simulate.consumers.choice import Menu, choose

LUCK = (np.arange(100_000) + 0.5) / 100_000


def _shares(weight, own, factor, outside):
    """Shares of the outlets, then of none, over evenly spread luck."""
    everybody = np.zeros(len(LUCK), dtype=np.int64)
    chosen = choose(
        Menu.of(np.array([weight])), everybody, everybody + own, everybody + factor, LUCK, outside
    )
    counts = np.bincount(np.where(chosen < 0, len(weight), chosen), minlength=len(weight) + 1)
    return counts / len(LUCK)


@pytest.mark.parametrize("outlets", [1, 2, 3, 4, 5, 8, 9])
@pytest.mark.parametrize("factor", [1.0, 4.5, 0.2])
@pytest.mark.parametrize("outside", [1.0, 0.0])
def test_shares_are_those_of_the_logit(outlets, factor, outside):
    weight = np.random.default_rng(outlets).uniform(0.1, 1, outlets)
    own = outlets // 2
    pulled = np.append(weight, outside)
    pulled[own] *= factor
    np.testing.assert_allclose(
        _shares(weight, own, factor, outside), pulled / pulled.sum(), atol=2e-5
    )


@pytest.mark.parametrize("factor", [1.0, 4.5, 0.2])
def test_outlets_without_weight_are_never_chosen(factor):
    shares = _shares(np.array([0.0, 0.6, 0.0, 0.0, 0.9, 0.0]), 2, factor, 0.0)
    assert shares[[0, 2, 3, 5, 6]].tolist() == [0, 0, 0, 0, 0]


@pytest.mark.parametrize(("outside", "none"), [(1.0, 1.0), (0.0, 1.0)])
def test_nothing_is_chosen_where_there_is_nothing(outside, none):
    assert _shares(np.zeros(3), 0, 1.0, outside)[-1] == none


def test_the_disliked_last_one_is_chosen_where_there_is_nothing_else():
    assert _shares(np.array([0.3, 0.0]), 0, np.exp(-100.0), 0.0)[0] == 1.0

"""Diversion pays iff the gain exceeds freight and the expected fine."""

import numpy as np
import pytest

from channelsim.simulate.rules import diversion


def test_diverted_goods_go_7_percent_below_wholesale():
    assert diversion.fetched(np.array([100.0])) == pytest.approx([93.0])


def test_idle_goods_lose_their_holding_cost():
    kept = diversion.kept(np.array([100.0, 100.0]), np.array([10.0, 500.0]), 0.005)
    np.testing.assert_allclose(kept, [95.0, 0.0])


@pytest.mark.parametrize(
    ("units", "gain", "probability", "fine", "worth"),
    [
        (100, 8.0, 0.0, 0.0, 800.0),  # nobody looks
        (100, 8.0, 0.1, 5000.0, 300.0),  # an expected fine of 500
        (100, 8.0, 0.1, 20000.0, 0.0),  # deterred
        (100, 8.0, 0.0, 20000.0, 800.0),  # a fine without audits deters nobody
        (100, -1.0, 0.0, 0.0, 0.0),  # no gap to gain from
        (0, 8.0, 0.0, 0.0, 0.0),  # nothing to sell
    ],
)
def test_worthwhile(units, gain, probability, fine, worth):
    result = diversion.worthwhile(np.array([units]), np.array([gain]), probability, fine)
    assert result == pytest.approx([worth])


def test_audits_find_a_quarters_share_in_a_quarter():
    luck = np.array([0.05, 0.15])
    np.testing.assert_array_equal(diversion.found(luck, 0.1, 13), [True, False])


def test_a_longer_span_finds_more():
    # 1 - 0.9^4 = 0.344
    luck = np.array([0.34, 0.35])
    np.testing.assert_array_equal(diversion.found(luck, 0.1, 52), [True, False])

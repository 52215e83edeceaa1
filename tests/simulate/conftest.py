from collections.abc import Callable

import numpy as np
import pytest
from scipy import stats


def _p_value(draws, values, masses) -> float:
    """Chi-square of draws against a law, in about 50 equally likely bins of its values."""
    cumulated = np.cumsum(masses)
    assert abs(cumulated[-1] - 1) < 1e-6
    cuts = np.unique(np.searchsorted(cumulated, np.linspace(0, 1, 51)[1:-1]))
    expected = np.diff(np.concatenate([[0.0], cumulated[cuts], [1.0]])) * len(draws)
    observed = np.bincount(np.searchsorted(values[cuts], draws), minlength=len(expected))
    rare = expected < 5
    assert observed[rare].sum() < 5 + 10 * expected[rare].sum()
    expected, observed = expected[~rare], observed[~rare]
    if len(expected) == 1:
        return 1.0
    return stats.chisquare(observed, expected * observed.sum() / expected.sum()).pvalue


@pytest.fixture
def p_value() -> Callable[..., float]:
    return _p_value

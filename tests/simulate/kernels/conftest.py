from collections.abc import Callable

import numpy as np
import pytest
from scipy import stats


def _p_value(draws, law) -> float:
    """Chi-square of draws against a discrete law in about 50 equally likely bins."""
    reach = 8 * law.std() + 20  # exact masses around the mean: quantiles at 1e10 take minutes
    low, high = max(law.support()[0], law.mean() - reach), min(law.support()[1], law.mean() + reach)
    values = np.arange(int(low), int(high) + 1)
    cumulated = np.cumsum(law.pmf(values))
    assert abs(cumulated[-1] - 1) < 1e-4
    cuts = np.unique(np.searchsorted(cumulated, np.linspace(0, 1, 51)[1:-1] * cumulated[-1]))
    shares = np.diff(np.concatenate([[0.0], cumulated[cuts], cumulated[-1:]])) / cumulated[-1]
    expected = shares * len(draws)
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

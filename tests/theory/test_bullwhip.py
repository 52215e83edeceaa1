"""T15: orders vary more than sales (Chen, Drezner, Ryan & Simchi-Levi 2000)."""

import pytest

from channelsim.study.theory_models import bullwhip as played
from scenarios.builder.theory import bullwhip

WEEKS_OF_LEAD_AND_REVIEW = 2


@pytest.mark.parametrize(("safety", "window"), [(2.0, 6), (1.0, 10), (2.0, 4)])
def test_the_variance_of_orders_over_that_of_sales(safety, window):
    """Sales of twenty years: eight hundredths are four standard errors of the ratio."""
    cover = WEEKS_OF_LEAD_AND_REVIEW + safety
    expected = 1 + 2 * cover / window + 2 * cover**2 / window**2
    (ratio,) = played(bullwhip(safety, window)).values()
    assert ratio == pytest.approx(expected, rel=0.08)

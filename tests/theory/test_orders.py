"""T15: orders vary more than sales (Chen, Drezner, Ryan & Simchi-Levi 2000; Chen, Ryan &
Simchi-Levi 2000; Lee, Padmanabhan & Whang 1997).

Ratios of variances are over 24 towns and five years, 6,240 town-weeks: 5% is about four of their
standard errors. What links an order to sales holds in every week, to the unit it is rounded to.
"""

import numpy as np
import pytest

from channelsim.study.theory_orders import amplified, flows, shared, upstream
from scenarios.builder.bullwhips import Dealer, dealers, stages

CLOSE = 0.05


def bullwhips(*rows, memory=0.0):
    case = dealers(rows, memory=memory, name="case", title="Case")
    return list(amplified(case).values())


@pytest.mark.parametrize(
    ("memory", "rows"),
    [(0.0, ((1, 4), (2, 4), (4, 6))), (0.5, ((3, 10), (1, 6))), (-0.4, ((2, 5), (1, 3)))],
)
def test_moving_averages_amplify_by_the_weeks_they_cover(memory, rows):
    found = bullwhips(*(Dealer(cover - 1, window=p) for cover, p in rows), memory=memory)
    for ratio, (cover, p) in zip(found, rows, strict=True):
        expected = 1 + (2 * cover / p + 2 * cover**2 / p**2) * (1 - memory**p)
        assert ratio == pytest.approx(expected, rel=CLOSE)


def test_exponential_smoothing_amplifies_by_its_weight():
    rows = ((1, 0.2), (2, 0.3), (4, 0.1))
    found = bullwhips(*(Dealer(c - 1, "exponential_smoothing", weight=a) for c, a in rows))
    for ratio, (cover, a) in zip(found, rows, strict=True):
        expected = 1 + 2 * cover * a + 2 * cover**2 * a**2 / (2 - a)
        assert ratio == pytest.approx(expected, rel=CLOSE)


@pytest.mark.parametrize(("rho", "covers"), [(0.5, (1, 2)), (0.7, (3,)), (0.3, (1, 4))])
def test_the_best_forecast_of_correlated_sales_amplifies(rho, covers):
    found = bullwhips(*(Dealer(k - 1, "ar1", rho=rho) for k in covers), memory=rho)
    for ratio, k in zip(found, covers, strict=True):
        expected = 1 + 2 * rho * (1 - rho**k) * (1 - rho ** (k + 1)) / (1 - rho)
        assert ratio == pytest.approx(expected, rel=CLOSE)


@pytest.mark.parametrize("returns", [False, True])
def test_an_order_is_what_was_sold_and_what_the_forecast_moved_times_the_cover(returns):
    cover, window = 4, 3
    case = dealers([Dealer(cover - 1, window=window)], swing=0.3, name="case", title="Case")
    case = case.replace({"channel_types.dealer.order_returns": returns}, idle=True)
    ordered, sold = (each[:60] for each in flows(case))
    mean = np.stack([sold[t - window + 1 : t + 1].mean(axis=0) for t in range(window, 60)])
    asked = sold[window + 1 : -1] + cover * np.diff(mean[:-1], axis=0)
    told = ordered[window + 2 :]
    assert (asked < 0).mean() > 0.05
    if returns:
        np.testing.assert_allclose(told, asked, atol=2.0)
    else:
        assert told.min() == 0


@pytest.mark.parametrize(("first", "second", "p"), [(1, 1, 4), (0, 2, 6), (2, 0, 8)])
def test_two_stages_amplify_less_where_sell_out_is_shared(first, second, p):
    one, two = first + 1, second + 1
    case = stages(first, second, p)
    both = one + two
    expected = 1 + 2 * both / p + 2 * both**2 / p**2
    assert upstream(shared(case)) == pytest.approx(expected, rel=1.2 * CLOSE)
    bound = np.prod([1 + 2 * each / p + 2 * each**2 / p**2 for each in (one, two)])
    filtered = bound + 2 * (1 + one / p) * (1 + two / p) * one * two / p**2
    told_nothing = upstream(case)
    assert told_nothing == pytest.approx(filtered, rel=1.2 * CLOSE)
    assert told_nothing > bound

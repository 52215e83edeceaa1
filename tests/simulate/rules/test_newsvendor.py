"""Newsvendors under contracts with targets: by hand, and against every stock they could order."""

import numpy as np
import pytest

from channelsim.simulate.rules.newsvendor import Belief, Stakes, best_stock, optima, profit

LINE = np.linspace(0.0, 1.0, 200_001)[1:] - 0.5 / 200_000


def belief(*, uniform=True, mean=50.0, sigma=50 * 3**-0.5):
    return Belief(np.array([mean]), np.array([sigma]), np.array([uniform]))


def stakes(targets=(), extra=(), *, price=10.0, cost=5.0, salvage=0.0):
    one = (np.array([value]) for value in (price, cost, salvage))
    return Stakes(*one, np.array([targets], dtype=float), np.array([extra], dtype=float))


@pytest.mark.parametrize(
    ("stock", "sold"),
    [(0.0, 0.0), (60.0, 42.0), (100.0, 50.0), (140.0, 50.0)],  # q - q^2 / 200 below 100
)
def test_what_is_expected_to_be_sold_of_a_stock(stock, sold):
    assert belief().sold(np.array([stock])) == pytest.approx([sold])


def test_what_is_expected_to_be_sold_under_normal_demand():
    found = belief(uniform=False, mean=100.0, sigma=20.0).sold(np.array([100.0]))
    assert found == pytest.approx([100 - 20 * 0.39894228])


@pytest.mark.parametrize(
    ("target", "low", "high"),
    [
        (52.0, 50.0, 60.0),  # (10 - 5) / 10 below, (12.5 - 5) / 12.5 above
        (30.0, 30.0, 60.0),  # the first would lie above the target
        (70.0, 50.0, 70.0),  # the second would lie below it
    ],
)
def test_an_optimum_lies_on_each_side_of_the_target(target, low, high):
    assert optima(belief(), stakes([target], [2.5]))[0] == pytest.approx([low, high])


@pytest.mark.parametrize(("target", "stock"), [(52.0, 60.0), (55.0, 60.0), (55.5, 50.0)])
def test_the_better_optimum_is_ordered(target, stock):
    # Taylor's two optima earn alike at 55.2786
    assert best_stock(belief(), stakes([target], [2.5])) == pytest.approx([stock])


@pytest.mark.parametrize("uniform", [True, False])
@pytest.mark.parametrize(
    ("targets", "extra"),
    [((), ()), ((52.0,), (2.5,)), ((30.0, 55.0), (1.0, 3.0)), ((40.0, np.inf), (-2.0, 0.0))],
)
def test_no_other_stock_is_expected_to_earn_more(uniform, targets, extra):
    sure, terms = belief(uniform=uniform, sigma=15.0), stakes(targets, extra, salvage=1.0)
    demand = sure.quantile(LINE)

    def earned(stock):
        sold = np.minimum(demand, stock)
        above = sum(
            rate * np.maximum(sold - target, 0.0)
            for target, rate in zip(targets, extra, strict=True)
        )
        return float((9.0 * sold + above - 4.0 * stock).mean())

    best = best_stock(sure, terms).item()
    assert profit(sure, terms, np.array([best])).item() == pytest.approx(earned(best), rel=1e-3)
    others = [earned(stock) for stock in np.arange(1.0, 110.0, 1.0)]
    assert earned(best) >= max(others) - 1e-6


def test_a_row_without_a_target_orders_as_if_nobody_had_one():
    two = Belief(np.full(2, 50.0), np.full(2, 50 * 3**-0.5), np.array([True, True]))
    terms = Stakes(
        np.full(2, 10.0), np.full(2, 5.0), np.zeros(2), np.array([[52.0], [np.inf]]),
        np.array([[2.5], [0.0]]),
    )  # fmt: skip
    assert best_stock(two, terms) == pytest.approx([60.0, 50.0])

import numpy as np
import pytest

from channelsim.optimise.objectives import Objective
from channelsim.optimise.payoff import lexicographic, payoff_table
from channelsim.optimise.plan import SolveLimits
from tests.optimise.knapsack import knapsack, published

LIMITS = SolveLimits(gap=0.0)


def one_of_three():
    """Take one of three: worth (5, 1), (5, 3) or (2, 9)."""
    return knapsack(np.ones((1, 3)), [1], np.array([[5, 5, 2], [1, 3, 9]]))


def test_ties_are_broken_by_the_next_objective():
    problem, objectives = one_of_three()
    assert lexicographic(problem, objectives, (0, 1), LIMITS).values == (5, 3)


def test_the_table_holds_the_best_and_the_worst_efficient_values():
    table = payoff_table(*one_of_three(), LIMITS)
    assert [point.values for point in table.points] == [(5, 3), (2, 9)]
    assert (table.ideal, table.worst) == ((5, 9), (2, 3))


def test_the_worst_of_what_is_made_small_is_its_largest():
    problem, (first, second) = one_of_three()
    less = Objective("less", second.expression, maximise=False)
    # taking the first is worth 5 at a cost of 1, taking nothing costs 0
    assert payoff_table(problem, [first, less], LIMITS).worst == (0, 1)


@pytest.mark.parametrize(("row", "values"), [(0, (2103, 1529)), (1, (1547, 2020))])
def test_the_published_table_of_2kp50(row, values):
    problem, objectives, _ = published("2kp50")
    order = (row, 1 - row)
    assert lexicographic(problem, objectives, order, LIMITS).values == values

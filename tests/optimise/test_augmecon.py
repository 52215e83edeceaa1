import itertools
from pathlib import Path

import numpy as np
import pytest
from pulp import LpMinimize, LpProblem, lpSum_vars_coefs

from channelsim.errors import BadValue, NoPlan
from channelsim.optimise.augmecon import augmented, pareto_front
from channelsim.optimise.objectives import Objective
from channelsim.optimise.plan import SolveLimits
from tests.optimise.knapsack import knapsack, published

GOLDEN = Path(__file__).parent / "golden" / "tradeoffs" / "epsilon.lp"


def random_knapsack(seed: int, objectives: int, items: int = 9):
    rng = np.random.default_rng(seed)
    weights, values = rng.integers(1, 10, (2, items)), rng.integers(0, 12, (objectives, items))
    return weights, weights.sum(axis=1) / 2, values


def by_looking_at_all(weights, capacities, values) -> set[tuple[float, ...]]:
    """Return the front of a knapsack by looking at every subset."""
    subsets = [np.array(s) for s in itertools.product([0, 1], repeat=values.shape[1])]
    worth = {tuple(values @ s) for s in subsets if (weights @ s <= capacities).all()}

    def beaten(one):
        return any(all(a >= b for a, b in zip(other, one, strict=True)) for other in worth - {one})

    return {one for one in worth if not beaten(one)}


def front_of(problem, objectives, **options) -> set[tuple[float, ...]]:
    front = pareto_front(problem, objectives, **options)
    assert front.complete
    return {point.values for point in front.points}


def test_the_published_front_of_2kp50():
    problem, objectives, front = published("2kp50")
    assert len(front) == 35
    assert front_of(problem, objectives) == front


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("objectives", [2, 3])
def test_front_is_that_of_looking_at_all(seed, objectives):
    instance = random_knapsack(seed, objectives)
    assert front_of(*knapsack(*instance)) == by_looking_at_all(*instance)


def test_front_of_four_objectives():
    instance = random_knapsack(7, 4, items=7)
    assert front_of(*knapsack(*instance)) == by_looking_at_all(*instance)


@pytest.mark.parametrize("seed", range(5))
def test_what_is_made_small_is_traded_off_as_well(seed):
    weights, capacities, values = random_knapsack(seed, 2)
    problem, (first, second) = knapsack(weights, capacities, values)
    less = Objective("less", second.expression, maximise=False)
    expected = by_looking_at_all(weights, capacities, np.stack([values[0], -values[1]]))
    assert front_of(problem, [first, less]) == {(a, -b) for a, b in expected}


def test_a_stopped_front_goes_on_where_it_stood():
    instance = random_knapsack(3, 3)
    problem, objectives = knapsack(*instance)
    whole = pareto_front(problem, objectives)
    front = pareto_front(problem, objectives, most_solves=4)
    assert (len(front.answers), front.complete) == (4, False)
    rounds = 1
    while not front.complete:
        front = pareto_front(problem, objectives, most_solves=4, resume=front)
        rounds += 1
    assert len(front.answers) == len(whole.answers)
    assert rounds == -(-len(whole.answers) // 4)
    assert {p.values for p in front.points} == by_looking_at_all(*instance)


def test_a_front_without_time_has_no_answers():
    problem, objectives = knapsack(*random_knapsack(1, 2))
    begun = pareto_front(problem, objectives, most_solves=0)
    late = pareto_front(problem, objectives, limits=SolveLimits(deadline=0.0), resume=begun)
    assert (late.complete, late.points) == (False, ())


def test_jumps_pass_what_changes_nothing():
    # the front is (10, 0) and (0, 100): of 101 floors of the second only 0, 1 and 101 are asked
    values = np.array([[10, 0], [0, 100]])
    problem, objectives = knapsack(np.ones((1, 2)), [1], values)
    front = pareto_front(problem, objectives)
    assert [point.values for point in front.points] == [(10, 0), (0, 100)]
    assert [answer.floors for answer in front.answers] == [(0,), (1,), (101,)]


def test_steps_make_a_grid():
    values = np.array([range(9, -1, -1), range(10)])
    problem, (first, second) = knapsack(np.ones((1, 10)), [1], values)
    coarse = Objective("coarse", second.expression, step=3.0)
    assert front_of(problem, [first, coarse]) == {(9, 0), (6, 3), (3, 6), (0, 9)}


def test_the_problem_stays_as_it_is():
    problem, objectives = knapsack(*random_knapsack(2, 2))
    before = problem.toDict()
    pareto_front(problem, objectives)
    assert problem.toDict() == before


def test_nothing_feasible_is_said():
    problem, objectives = knapsack(*random_knapsack(2, 2))
    problem.addConstraint(objectives[0].expression >= 1_000)
    with pytest.raises(NoPlan, match=r"no point of the front was found \(infeasible\); loosen"):
        pareto_front(problem, objectives)


def test_one_objective_is_no_front():
    problem, objectives = knapsack(*random_knapsack(2, 2))
    with pytest.raises(BadValue, match="a front needs 2 objectives or more, got 1; add one"):
        pareto_front(problem, objectives[:1])


def test_augmented_rows_are_their_golden_file(tmp_path):
    problem = LpProblem("two", LpMinimize)
    x, y = problem.add_variable("x", 0, 4), problem.add_variable("y", 0, 4)
    problem.addConstraint(x + y <= 5, "room")
    objectives = [
        Objective("more", lpSum_vars_coefs([(x, 2.0), (y, 1.0)])),
        Objective("less", lpSum_vars_coefs([(x, 3.0)]), maximise=False),
        Objective("high", lpSum_vars_coefs([(y, 1.0)])),
    ]
    augmented(problem, objectives, (-12.0, 0.0), (0.0, 4.0)).writeLP(str(tmp_path / "now.lp"))
    assert (tmp_path / "now.lp").read_text("utf-8") == GOLDEN.read_text("utf-8")

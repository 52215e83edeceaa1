import math
import subprocess
import sys

import numpy as np
import pulp
import pytest

from channelsim.errors import ChannelsimError
from channelsim.optimise.layout_inputs import plain_inputs
from channelsim.optimise.layout_problem import build
from channelsim.optimise.solve import relative_gap, solve


def clients(count: int) -> pulp.LpProblem:
    """Facilities among clients at random in the unit square: seconds to prove from 100 upwards."""
    at = np.random.default_rng(0).random((count, 2))
    far = np.hypot(*(at[:, None] - at[None]).T)
    free, cost = np.full(count, np.inf), np.full(count, np.sqrt(count) / 10)
    return build(plain_inputs(cost, free, np.ones_like(far), -far, serve_all=True)).problem


def line(low: float, high: float) -> pulp.LpProblem:
    problem = pulp.LpProblem("line", pulp.LpMaximize)
    x = problem.add_variable("x", 0, high)
    problem.setObjective(3 * x + 1)
    problem.addConstraint(2 * x >= low, "low")
    return problem


def test_optimum_has_objective_bound_and_values():
    found = solve(line(1, 4))
    assert (found.status, found.objective, found.bound) == ("optimal", 13.0, 13.0)
    assert dict(found.values) == {"x": 4.0}


def test_infeasible_is_a_status():
    found = solve(line(9, 4))
    assert (found.status, found.found, dict(found.values)) == ("infeasible", False, {})
    assert math.isnan(found.objective)


@pytest.mark.parametrize(("least", "status"), [(0, "optimal"), (1, "infeasible")])
def test_problem_without_variables_is_decided(least, status):
    problem = pulp.LpProblem("empty", pulp.LpMaximize)
    problem.setObjective(pulp.LpAffineExpression.from_constant(7.0))
    problem.addConstraint(pulp.LpAffineExpression.empty() >= least, "least")
    assert solve(problem).status == status


def test_stopping_at_a_gap_leaves_an_honest_bound():
    found = solve(clients(60), gap=0.2)
    assert found.status == "optimal"
    assert found.objective <= found.bound + 1e-9
    assert relative_gap(found.objective, found.bound) <= 0.2


def test_time_limit_never_passes_for_an_optimum():
    found = solve(clients(100), gap=0.0, time_limit=0.3)
    proven = relative_gap(found.objective, found.bound) <= 1e-9
    assert (found.status == "optimal") == proven
    assert found.status != "infeasible"


def test_time_limit_without_a_solution_says_so():
    assert solve(clients(100), gap=0.0, time_limit=0.0).status == "no_solution"


def test_prices_of_a_linear_program():
    problem = line(1, 4)
    problem.addConstraint(problem.variables()[0] + 0 <= 2, "high")
    assert solve(problem).prices["high"] == pytest.approx(3.0)


def test_integer_programs_have_no_prices():
    assert dict(solve(clients(4)).prices) == {}


def test_unknown_solver_is_refused_with_the_cure():
    with pytest.raises(ChannelsimError, match="'Nonesuch' is not available here; write one of"):
        solve(line(1, 4), solver="Nonesuch")


@pytest.mark.parametrize(
    ("objective", "bound", "gap"), [(100, 101, 0.01), (-100, -99, 0.01), (0, 0, 0), (5, 5, 0)]
)
def test_relative_gap(objective, bound, gap):
    assert relative_gap(objective, bound) == pytest.approx(gap)


def test_relative_gap_is_unknown_without_a_bound():
    assert math.isnan(relative_gap(1.0, math.nan))


def test_solving_prints_nothing():
    code = "from tests.instances import tiny; from channelsim.optimise.recommend import recommend"
    run = [sys.executable, "-c", f"{code}; recommend(tiny()); print('done')"]
    result = subprocess.run(run, capture_output=True, text=True, check=True)
    assert (result.stdout, result.stderr) == ("done\n", "")

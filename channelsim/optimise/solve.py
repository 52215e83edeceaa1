"""The one place where solvers run: HiGHS by default, any PuLP solver by name."""

import math
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import Any

import highspy
import pulp

from channelsim.errors import ChannelsimError

HIGHS = "HiGHS"
SEED = 0


@dataclass(frozen=True, eq=False)
class Solution:
    """What a solver found, and the proof of it."""

    status: str
    """optimal, feasible, infeasible or no_solution."""
    objective: float
    """Objective of the solution, NaN without one."""
    bound: float
    """Proven bound on any solution's objective, NaN where none is known."""
    seconds: float
    """Seconds of solving."""
    values: Mapping[str, float]
    """Value of each variable by name, empty without a solution."""
    prices: Mapping[str, float] = field(default_factory=dict)
    """Dual value of each row of a linear program by name; empty with integer variables."""

    @property
    def found(self) -> bool:
        """Whether there is a solution."""
        return self.status in {"optimal", "feasible"}


def solve(
    problem: pulp.LpProblem,
    *,
    solver: str = HIGHS,
    gap: float = 1e-4,
    time_limit: float | None = None,
) -> Solution:
    """Solve a problem and return what was found.

    Parameters
    ----------
    solver
        Name of a PuLP solver.
    gap
        Relative gap at which to stop.
    time_limit
        Seconds at which to stop; None: no limit.

    Raises
    ------
    ChannelsimError
        If the solver is unknown or not installed.
    """
    if not problem.exported_variables():
        return _without_variables(problem)
    stats = problem.solve(_solver(solver, gap, time_limit))
    if stats.status == pulp.constants.LpSolveStatus.Undefined and solver == HIGHS:
        # presolve may stop at "infeasible or unbounded"; without it the solver decides
        stats = problem.solve(_solver(solver, gap, time_limit, presolve="off"))
    values = {v.name: v.varValue or 0.0 for v in problem.variables()} if stats.has_solution else {}
    return Solution(
        status=_status(stats),
        objective=_objective(stats),
        bound=_bound(stats),
        seconds=stats.time,
        values=MappingProxyType(values),
        prices=MappingProxyType({} if stats.is_mip else _prices(problem)),
    )


def relative_gap(objective: float, bound: float) -> float:
    """Return |bound - objective| / |objective|, 0 where both are 0 and NaN where one is unknown."""
    if math.isnan(objective) or math.isnan(bound):
        return math.nan
    distance = abs(bound - objective)
    return distance / max(abs(objective), 1e-9) if distance > 0 else 0.0


def _solver(
    name: str, gap: float, time_limit: float | None, **options: Any
) -> pulp.apis.core.LpSolver:
    if name == HIGHS:
        _print_header_to_nowhere()
        # one thread and one seed: the same problem has the same answer on any machine
        fixed: dict[str, Any] = {"output_flag": False, "threads": 1, "random_seed": SEED}
        return pulp.HiGHS(msg=False, gapRel=gap, timeLimit=time_limit, **fixed, **options)
    available = pulp.listSolvers(onlyAvailable=True)
    if name not in available:
        raise ChannelsimError(
            f"solver {name!r} is not available here; write one of {', '.join(available)}",
            code="unknown_solver",
        )
    return pulp.getSolver(name, msg=False, gapRel=gap, timeLimit=time_limit)


@cache
def _print_header_to_nowhere() -> None:
    """Let HiGHS print its header, which no option silences, once a process but not to stdout."""
    try:
        stdout = os.dup(1)
    except OSError:  # there is no stdout to keep clean
        return
    with open(os.devnull, "wb") as nowhere:
        os.dup2(nowhere.fileno(), 1)
        try:
            highspy.Highs()  # type: ignore[no-untyped-call]
        finally:
            os.dup2(stdout, 1)
            os.close(stdout)


def _status(stats: pulp.LpSolveStats) -> str:
    status = pulp.constants.LpSolveStatus
    if stats.has_solution:
        return "optimal" if stats.status in {status.Optimal, status.GapLimit} else "feasible"
    return "infeasible" if stats.status == status.Infeasible else "no_solution"


def _objective(stats: pulp.LpSolveStats) -> float:
    return stats.objective if stats.has_solution and stats.objective is not None else math.nan


def _bound(stats: pulp.LpSolveStats) -> float:
    if stats.best_bound is not None:
        return stats.best_bound
    proven = stats.status == pulp.constants.LpSolveStatus.Optimal
    return _objective(stats) if proven else math.nan


def _prices(problem: pulp.LpProblem) -> dict[str, float]:
    return {row.name: row.pi for row in problem.constraints() if row.pi is not None}


def _without_variables(problem: pulp.LpProblem) -> Solution:
    feasible = all(row.valid(1e-9) for row in problem.constraints())
    constant = problem.objective.constant if problem.objective is not None else 0.0
    value = constant if feasible else math.nan
    status = "optimal" if feasible else "infeasible"
    return Solution(status, value, value, 0.0, MappingProxyType({}))

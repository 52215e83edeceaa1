"""The payoff table of several objectives, by lexicographic optimisation.

Row i makes objective i best, then objective i + 1 without loss of the first, and so on around; its
points are efficient, so the table spans the front (Mavrotas 2009).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from pulp import LpProblem

from channelsim.errors import NoPlan
from channelsim.optimise.objectives import Objective, Point, point_of, working_copy
from channelsim.optimise.plan import SolveLimits
from channelsim.optimise.solve import Solution, solve

LOSS = 1e-7
"""Loss of an objective that counts as none, relative to its value."""


@dataclass(frozen=True, eq=False)
class Payoff:
    """The lexicographic optima."""

    points: tuple[Point, ...]
    """The point that makes each objective best first."""
    signs: tuple[float, ...]
    """1 for an objective of which more is better, else -1."""

    @property
    def ideal(self) -> tuple[float, ...]:
        """The best value of each objective."""
        return tuple(point.values[i] for i, point in enumerate(self.points))

    @property
    def worst(self) -> tuple[float, ...]:
        """The worst value of each objective in the table."""
        columns = zip(*(point.values for point in self.points), strict=True)
        pairs = zip(self.signs, columns, strict=True)
        return tuple(min(column) if sign > 0 else max(column) for sign, column in pairs)


def payoff_table(
    problem: LpProblem, objectives: Sequence[Objective], limits: SolveLimits
) -> Payoff:
    """Return the payoff table of a problem, which stays as it is.

    Raises
    ------
    NoPlan
        If nothing meets the constraints, or no solution was found in time.
    """
    order = list(range(len(objectives)))
    points = [lexicographic(problem, objectives, order[i:] + order[:i], limits) for i in order]
    return Payoff(tuple(points), tuple(objective.sign for objective in objectives))


def lexicographic(
    problem: LpProblem,
    objectives: Sequence[Objective],
    order: Sequence[int],
    limits: SolveLimits,
) -> Point:
    """Return the point that makes objectives best one after the other.

    Parameters
    ----------
    order
        Rows of the objectives, the first to be made best first.

    Raises
    ------
    NoPlan
        If nothing meets the constraints, or no solution was found in time.
    """
    work, signed = working_copy(problem, objectives)
    found = None
    for row in order:
        work.setObjective(signed[row])
        again = _solved(work, limits)
        if not again.found and found is None:
            raise NoPlan(
                f"no point of the front was found ({again.status}); loosen a limit", again.status
            )
        found = again if again.found else found
        assert found is not None
        best = point_of(found, objectives).values[row] * objectives[row].sign
        work.addConstraint(signed[row] >= best - LOSS * max(1.0, abs(best)), f"kept_{row}")
    assert found is not None
    return point_of(found, objectives)


def _solved(problem: LpProblem, limits: SolveLimits) -> Solution:
    return solve(problem, solver=limits.solver, gap=limits.gap, time_limit=limits.seconds_left)

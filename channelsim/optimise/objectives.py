"""What is traded off, and the points between which."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from pulp import LpAffineExpression, LpMaximize, LpProblem, lpSum_vars_coefs

from channelsim.domain import checks
from channelsim.optimise.solve import Solution, relative_gap

ROUNDING = 1e-6
"""Distance to a multiple of the step, relative to the value, below which it is meant."""


@dataclass(frozen=True, eq=False)
class Objective:
    """A linear function of a problem's variables that is traded off."""

    name: str
    """Name."""
    expression: LpAffineExpression
    """The function."""
    maximise: bool = True
    """Whether more of it is better."""
    step: float = 1.0
    """Least difference that counts, in its own unit; 1 or a common divisor for whole numbers."""

    def __post_init__(self) -> None:
        checks.positive("step", self.step)

    @property
    def sign(self) -> float:
        """1 if more of it is better, else -1."""
        return 1.0 if self.maximise else -1.0


@dataclass(frozen=True, eq=False)
class Point:
    """A point of a front."""

    values: tuple[float, ...]
    """Value of each objective, in its own unit."""
    variables: Mapping[str, float]
    """Value of each variable of the problem by name."""
    status: str = "optimal"
    """optimal, or feasible where the solver stopped before its proof."""
    gap: float = 0.0
    """Relative gap of the solve that found it."""


def point_of(found: Solution, objectives: Sequence[Objective]) -> Point:
    """Return the point that a solution stands for."""
    values = tuple(value_of(objective, found.values) for objective in objectives)
    gap = relative_gap(found.objective, found.bound)
    return Point(values, MappingProxyType(dict(found.values)), found.status, gap)


def value_of(objective: Objective, variables: Mapping[str, float]) -> float:
    """Return an objective's value, rounded to a multiple of its step where one is meant."""
    rows = objective.expression.items()
    raw = objective.expression.constant + sum(w * variables[v.name] for v, w in rows)
    near = round(raw / objective.step) * objective.step
    return float(near if abs(near - raw) <= ROUNDING * max(1.0, abs(raw)) else raw)


def working_copy(
    problem: LpProblem, objectives: Sequence[Objective]
) -> tuple[LpProblem, list[LpAffineExpression]]:
    """Return a copy of a problem that is maximised, and the objectives over its variables.

    Their signs are changed where less is better.
    """
    work = problem.deepcopy()
    work.sense = LpMaximize
    own = work.variablesDict()
    signed = []
    for objective in objectives:
        terms = [(own[v.name], w * objective.sign) for v, w in objective.expression.items()]
        constant = objective.expression.constant * objective.sign
        signed.append(lpSum_vars_coefs(terms) + constant)
    return work, signed

"""Several layout problems as one: what is open is decided once, or each time with links between.

Problem s brings its variables under its own number, `serve_0_1_at_2`, and its rows likewise; those
of what is open (`open_j`) are one set for all where they are shared.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from pulp import (
    LpAffineExpression,
    LpConstraintEQ,
    LpConstraintGE,
    LpMaximize,
    LpProblem,
    LpVariable,
    lpSum_vars_coefs,
)

from channelsim.optimise.layout_variables import LayoutProblem


@dataclass(frozen=True, eq=False)
class Extensive:
    """Problems as one."""

    problem: LpProblem
    """The problem of all, without an objective."""
    open: tuple[tuple[LpVariable, ...], ...]
    """open_j of each problem: S tuples of J, the same where they are shared."""
    worth: tuple[LpAffineExpression, ...]
    """The objective of each problem: S expressions."""


def merged(models: Sequence[LayoutProblem], *, shared: bool) -> Extensive:
    """Return problems as one.

    Parameters
    ----------
    models
        Problems of the same candidates.
    shared
        Whether what is open is the same in all.
    """
    problem = LpProblem("extensive", LpMaximize)
    common: dict[str, LpVariable] = {}
    opened, worth = [], []
    for number, model in enumerate(models):
        names = {v.name for v in model.open}
        own: dict[str, LpVariable] = {}
        for variable in model.problem.variables():
            one = shared and variable.name in names
            if one and variable.name in common:
                own[variable.name] = common[variable.name]
                continue
            name = variable.name if one else f"{variable.name}_at_{number}"
            own[variable.name] = _like(problem, variable, name)
            if one:
                common[variable.name] = own[variable.name]
        for row in model.problem.constraints():
            total = lpSum_vars_coefs([(own[v.name], w) for v, w in row.items()])
            bounded = _compared(total, row.sense, -row.constant)
            problem.addConstraint(bounded, f"{row.name}_at_{number}")
        opened.append(tuple(own[v.name] for v in model.open))
        worth.append(_moved(model.problem.objective, own))
    return Extensive(problem, tuple(opened), tuple(worth))


def _like(problem: LpProblem, variable: LpVariable, name: str) -> LpVariable:
    """Return a new variable of the same kind."""
    low, high = map(_finite, (variable.lowBound, variable.upBound))
    return problem.add_variable(name, low, high, cat=variable.cat)


def _finite(end: float | None) -> float | None:
    return None if end is None or math.isinf(end) else end


def _compared(total: LpAffineExpression, sense: int, right: float) -> LpAffineExpression:
    if sense == LpConstraintEQ:
        return total == right
    return total >= right if sense == LpConstraintGE else total <= right


def _moved(expression: LpAffineExpression | None, own: dict[str, LpVariable]) -> LpAffineExpression:
    if expression is None:
        return LpAffineExpression.empty()
    terms = [(own[v.name], w) for v, w in expression.items()]
    return lpSum_vars_coefs(terms) + expression.constant

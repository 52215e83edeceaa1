"""Divide territories among partners."""

from collections.abc import Iterator

import numpy as np
from pulp import LpAffineExpression, LpVariable

from channelsim.optimise.constraints.expressions import Row, ones, weighted
from channelsim.optimise.layout_variables import LayoutProblem, contested


def foreign_units(model: LayoutProblem) -> LpAffineExpression:
    """Return the units sold from outside into territories that are held."""
    foreign = model.inputs.limits.foreign
    if foreign is None:
        return LpAffineExpression.empty()
    units = foreign.units
    return weighted(model.holds.values(), [units[key].item() for key in model.holds])


def one_holder(model: LayoutProblem) -> Iterator[Row]:
    """Let one partner hold a territory."""
    by_node: dict[int, list[LpVariable]] = {}
    for (node, _), variable in model.holds.items():
        by_node.setdefault(node, []).append(variable)
    for node, rivals in by_node.items():
        yield f"one_holder_{node}", ones(rivals) <= 1


def territory(model: LayoutProblem) -> Iterator[Row]:
    """Let only the holder of a territory serve it."""
    if not model.holds:
        return
    for node, partners in contested(model.inputs):
        for partner, arcs in partners.items():
            total = ones(model.serve[m] for m in arcs.tolist())
            yield f"territory_{node}_{partner}", total - model.holds[node, partner] <= 0


def foreign_cap(model: LayoutProblem) -> Iterator[Row]:
    """Divide the territories so that no more is sold from outside into another's."""
    foreign = model.inputs.limits.foreign
    if foreign is not None and np.isfinite(foreign.most):
        yield "foreign_cap", foreign_units(model) <= foreign.most

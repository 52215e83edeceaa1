"""Linear expressions over the variables of the layout problem."""

from collections.abc import Iterable, Iterator

import numpy as np
from pulp import LpAffineExpression, LpVariable, lpSum_vars_coefs

from channelsim.optimise.layout_variables import LayoutProblem

type Row = tuple[str, LpAffineExpression]
"""A row of the problem: its name, and what must hold."""


def weighted(variables: Iterable[LpVariable], weights: Iterable[float]) -> LpAffineExpression:
    """Return the sum of variables times weights."""
    return lpSum_vars_coefs((v, w) for v, w in zip(variables, weights, strict=True) if w)


def ones(variables: Iterable[LpVariable]) -> LpAffineExpression:
    """Return the sum of variables."""
    return lpSum_vars_coefs((v, 1.0) for v in variables)


def by_node(model: LayoutProblem) -> Iterator[tuple[int, slice]]:
    """Yield each node with its arcs."""
    arcs = model.inputs.arcs
    start = np.searchsorted(arcs.node, np.arange(arcs.nodes + 1)).tolist()
    for node in range(arcs.nodes):
        yield node, slice(start[node], start[node + 1])

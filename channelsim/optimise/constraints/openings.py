"""What may, must and may not open, and how many."""

from collections.abc import Iterator

import numpy as np
from pulp import LpAffineExpression

from channelsim.optimise.constraints.expressions import Row, ones, weighted
from channelsim.optimise.layout_variables import LayoutProblem


def must_open(model: LayoutProblem) -> Iterator[Row]:
    """Open what every plan must open."""
    for site in np.flatnonzero(model.inputs.sites.must_open).tolist():
        yield f"must_open_{site}", model.open[site] + 0 == 1


def stay_shut(model: LayoutProblem) -> Iterator[Row]:
    """Leave shut what is not eligible, gives too little service or must close."""
    for site in np.flatnonzero(model.inputs.sites.shut).tolist():
        yield f"stay_shut_{site}", model.open[site] + 0 == 0


def _of_kind(model: LayoutProblem, kind: int) -> LpAffineExpression:
    return ones(model.open[j] for j in np.flatnonzero(model.inputs.sites.kind == kind).tolist())


def type_min(model: LayoutProblem) -> Iterator[Row]:
    """Open at least so many of a channel type."""
    for kind, least in enumerate(model.inputs.limits.type_min.tolist()):
        if least > 0:
            yield f"type_min_{kind}", _of_kind(model, kind) >= least


def type_max(model: LayoutProblem) -> Iterator[Row]:
    """Open at most so many of a channel type."""
    for kind, most in enumerate(model.inputs.limits.type_max.tolist()):
        if np.isfinite(most):
            yield f"type_max_{kind}", _of_kind(model, kind) <= most


def max_open(model: LayoutProblem) -> Iterator[Row]:
    """Open at most so many candidates."""
    most = model.inputs.limits.max_open
    if most is not None:
        yield "max_open", ones(model.open) <= most


def excluded(model: LayoutProblem) -> Iterator[Row]:
    """Open none of the layouts that are ruled out."""
    for row, is_open in enumerate(model.inputs.limits.excluded):
        sign = np.where(is_open, -1.0, 1.0).tolist()
        yield f"excluded_{row}", weighted(model.open, sign) >= 1.0 - float(is_open.sum())

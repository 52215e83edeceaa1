"""Leave partners and the maker enough."""

from collections.abc import Iterator

import numpy as np
from pulp import LpAffineExpression

from channelsim.domain.columns import Ints
from channelsim.optimise.constraints.expressions import Row, weighted
from channelsim.optimise.layout_variables import LayoutProblem
from channelsim.optimise.serving_limits import Earnings


def participation(model: LayoutProblem) -> Iterator[Row]:
    """Let each independent partner with something open earn its reservation profit."""
    wanted = model.inputs.limits.serving.participation
    if wanted is not None:
        yield from _floors(model, wanted, "participation")


def no_worse(model: LayoutProblem) -> Iterator[Row]:
    """Leave each partner that is open today what it earns today."""
    wanted = model.inputs.limits.serving.no_worse
    if wanted is not None:
        yield from _floors(model, wanted, "no_worse")


def maker_no_worse(model: LayoutProblem) -> Iterator[Row]:
    """Leave the maker what it earns today."""
    inputs, least = model.inputs, model.inputs.limits.serving.maker_least
    if np.isfinite(least):
        earned = weighted(model.serve, inputs.arcs.value.tolist())
        charged = weighted(model.open, inputs.sites.charge.tolist())
        yield "maker_no_worse", earned - charged >= least + inputs.sites.constant


def _floors(model: LayoutProblem, wanted: Earnings, name: str) -> Iterator[Row]:
    for partner in np.flatnonzero(np.isfinite(wanted.least)).tolist():
        earned = _earned(model, wanted, partner)
        if earned or wanted.least[partner] > 0:
            yield f"{name}_{partner}", earned >= wanted.least[partner].item()


def _earned(model: LayoutProblem, wanted: Earnings, partner: int) -> LpAffineExpression:
    sites = np.flatnonzero(model.inputs.sites.partner == partner)
    arcs = np.flatnonzero(np.isin(model.inputs.arcs.site, sites))
    sold = weighted((model.serve[m] for m in arcs.tolist()), wanted.by_arc[arcs].tolist())
    fixed = weighted((model.open[j] for j in sites.tolist()), wanted.by_site[sites].tolist())
    return sold - fixed - _lost(model, wanted, sites)


def _lost(model: LayoutProblem, wanted: Earnings, sites: Ints) -> LpAffineExpression:
    """Return what those turned away by some candidates would have earned their partner."""
    away = [j for j in sites.tolist() if j in model.away]
    first = [int(np.argmax(model.inputs.arcs.site == j)) for j in away]
    each = (wanted.by_arc[first] / model.inputs.arcs.units[first]).tolist()
    return weighted((model.away[j] for j in away), each)

"""Sell enough through each operation, each partner and in all."""

from collections.abc import Iterator

import numpy as np
from pulp import LpAffineExpression

from channelsim.domain.columns import Ints
from channelsim.optimise.constraints.expressions import Row, ones, weighted
from channelsim.optimise.layout_variables import LayoutProblem


def min_volume(model: LayoutProblem) -> Iterator[Row]:
    """Sell at least so much through what opens."""
    least = model.inputs.limits.serving.min_volume
    for site in np.flatnonzero(least).tolist():
        sold = _units(model, np.flatnonzero(model.inputs.arcs.site == site))
        yield f"min_volume_{site}", sold - least[site].item() * model.open[site] >= 0


def partner_volume(model: LayoutProblem) -> Iterator[Row]:
    """Sell at least so much through a partner with something open."""
    least = model.inputs.limits.serving.partner_volume
    partner = model.inputs.sites.partner[model.inputs.arcs.site]
    for name in np.flatnonzero(least).tolist():
        if name in model.engaged:
            sold = _units(model, np.flatnonzero(partner == name))
            yield (
                f"partner_volume_{name}",
                sold - least[name].item() * model.engaged[name] >= 0,
            )


def min_share(model: LayoutProblem) -> Iterator[Row]:
    """Sell at least so much in all: a share of the market."""
    least = model.inputs.limits.serving.min_units
    if least > 0:
        yield "min_share", _units(model, np.arange(model.inputs.arcs.count)) >= least


def _units(model: LayoutProblem, arcs: Ints) -> LpAffineExpression:
    """Return the units that arcs of some candidates sell, less those turned away there."""
    units, sites = model.inputs.arcs.units[arcs].tolist(), model.inputs.arcs.site[arcs]
    away = [model.away[j] for j in np.unique(sites).tolist() if j in model.away]
    return weighted((model.serve[m] for m in arcs.tolist()), units) - ones(away)

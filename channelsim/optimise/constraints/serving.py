"""Serve demand from what is open, as far as goods go."""

from collections.abc import Iterator

import numpy as np
from pulp import lpSum_vars_coefs

from channelsim.optimise.constraints.expressions import Row, by_node, ones, weighted
from channelsim.optimise.layout_variables import LayoutProblem


def assign(model: LayoutProblem) -> Iterator[Row]:
    """Serve no more of a node than there is."""
    if model.outside:
        return
    for node, here in by_node(model):
        total = ones(model.serve[here])
        if model.inputs.serve_all:
            yield f"assign_{node}", total == 1
        elif here.stop - here.start > 1:
            yield f"assign_{node}", total <= 1


def link(model: LayoutProblem) -> Iterator[Row]:
    """Serve only from what is open."""
    if model.outside:
        return
    arcs = model.inputs.arcs
    sites = arcs.site.tolist()
    for row, (serve, site) in enumerate(zip(model.serve, sites, strict=True)):
        yield f"link_{row}", lpSum_vars_coefs(((serve, 1.0), (model.open[site], -1.0))) <= 0


def capacity(model: LayoutProblem) -> Iterator[Row]:
    """Sell no more than the capacity of what is open, where demand could exceed it."""
    if model.outside:
        return
    arcs, most = model.inputs.arcs, model.inputs.sites.capacity
    total = np.bincount(arcs.site, arcs.units, minlength=len(most))
    order = np.argsort(arcs.site, kind="stable")
    start = np.searchsorted(arcs.site[order], np.arange(len(most) + 1))
    for site in np.flatnonzero(total > most).tolist():
        here = order[start[site] : start[site + 1]]
        used = weighted((model.serve[m] for m in here.tolist()), arcs.units[here].tolist())
        yield f"capacity_{site}", used - most[site].item() * model.open[site] <= 0


def supply(model: LayoutProblem) -> Iterator[Row]:
    """Sell no more than the maker can deliver."""
    most, units = model.inputs.limits.supply, model.inputs.arcs.units
    if most is None or not len(units):
        return
    lost = [(variable, -1.0) for variable in (*model.away.values(), *model.short)]
    sold = weighted(model.serve, units.tolist()) + lpSum_vars_coefs(lost)
    yield "supply", sold <= most

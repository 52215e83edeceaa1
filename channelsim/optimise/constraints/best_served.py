"""Serve demand from the open candidate that earns most from it, whatever the objective.

A plan that makes anything else than profit best would leave demand unserved, or serve it from
where that looks good. Where no capacity, supply or territory binds, the most profitable serving is
known from what is open: with n's arcs ranked by what they earn,

    best_served   sum of serve_nk over arcs k ranked no lower than j  >=  open_j

the closest-assignment rows of Rojeski & ReVelle (1970). They are left out for arcs ranked no
higher than one whose candidate's capacity can bind, and altogether where territories are
exclusive, the maker's supply can run short, who serves whom is limited or consumers choose.
"""

from collections.abc import Iterator

import numpy as np

from channelsim.optimise.constraints.expressions import Row, by_node, ones
from channelsim.optimise.layout_inputs import LayoutInputs
from channelsim.optimise.layout_variables import LayoutProblem


def best_served(model: LayoutProblem) -> Iterator[Row]:
    """Serve each node from the best of what is open."""
    inputs = model.inputs
    if not is_known(inputs):
        return
    arcs, tight = inputs.arcs, _tight(inputs)
    for node, here in by_node(model):
        order = here.start + np.argsort(-arcs.value[here], kind="stable")
        for rank, arc in enumerate(order.tolist()):
            site = int(arcs.site[arc])
            if tight[site]:
                break
            served = ones(model.serve[m] for m in order[: rank + 1].tolist())
            yield f"best_served_{node}_{site}", served - model.open[site] >= 0


def is_known(inputs: LayoutInputs) -> bool:
    """Whether the most profitable serving can follow from what is open, node by node."""
    supply = inputs.limits.supply
    plenty = supply is None or _most_units(inputs) <= supply
    free = inputs.arcs.odds is None and not inputs.limits.serving.binds
    return plenty and free and not inputs.limits.exclusive


def _tight(inputs: LayoutInputs) -> list[bool]:
    """Return whose capacity can bind: J flags."""
    arcs, most = inputs.arcs, inputs.sites.capacity
    total = np.bincount(arcs.site, arcs.units, minlength=len(most))
    flags: list[bool] = (total > most).tolist()
    return flags


def _most_units(inputs: LayoutInputs) -> float:
    arcs = inputs.arcs
    most = np.zeros(arcs.nodes)
    np.maximum.at(most, arcs.node, arcs.units)
    return float(most.sum())

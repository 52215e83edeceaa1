"""Shape territories: in one piece, of like workload, each zone from one source.

A territory hangs together where one unit of flow can be sent to each of its nodes from one of them,
its root, along neighbours that belong to it (a single-commodity flow: Shirabe 2005).
"""

from collections.abc import Iterator

import numpy as np
from pulp import LpAffineExpression, LpVariable

from channelsim.optimise.constraints.expressions import Row, by_node, ones, weighted
from channelsim.optimise.layout_variables import LayoutProblem


def sole_source(model: LayoutProblem) -> Iterator[Row]:
    """Serve a zone from its sole source only."""
    for arc, sole in model.sole.items():
        yield f"sole_source_{arc}", model.serve[arc] - sole <= 0


def one_source(model: LayoutProblem) -> Iterator[Row]:
    """Let a zone have one source."""
    if not model.sole:
        return
    for node, here in by_node(model):
        sources = [model.sole[m] for m in range(here.start, here.stop) if m in model.sole]
        if sources:
            yield f"one_source_{node}", ones(sources) <= 1


def one_root(model: LayoutProblem) -> Iterator[Row]:
    """Let a partner's territory have one root."""
    by_partner: dict[int, list[LpVariable]] = {}
    for (_, partner), root in model.shape.root.items():
        by_partner.setdefault(partner, []).append(root)
    for partner, roots in sorted(by_partner.items()):
        yield f"one_root_{partner}", ones(roots) <= 1


def from_root(model: LayoutProblem) -> Iterator[Row]:
    """Let flow spring from a root alone."""
    for (node, partner), spring in model.shape.spring.items():
        root = model.shape.root[node, partner]
        yield f"from_root_{node}_{partner}", spring - model.shape.most[partner] * root <= 0


def kept_flow(model: LayoutProblem) -> Iterator[Row]:
    """Leave one unit of flow at each node that is held."""
    for (node, partner), into in _into(model).items():
        out = ones(model.shape.flow[key] for key in model.shape.leaving[node, partner])
        held = model.holds[node, partner]
        yield f"kept_flow_{node}_{partner}", into - out - held == 0


def held_flow(model: LayoutProblem) -> Iterator[Row]:
    """Let flow pass through what is held alone."""
    for (node, partner), into in _into(model).items():
        held = model.holds[node, partner]
        yield f"held_flow_{node}_{partner}", into - model.shape.most[partner] * held <= 0


def _into(model: LayoutProblem) -> dict[tuple[int, int], LpAffineExpression]:
    shape = model.shape
    return {
        key: ones((spring, *(shape.flow[edge] for edge in shape.entering[key])))
        for key, spring in shape.spring.items()
    }


def works(model: LayoutProblem) -> Iterator[Row]:
    """Count a partner as at work where it serves any territory."""
    for partner, work in model.work.works.items():
        most = model.work.most[partner]
        yield f"works_{partner}", _workload(model, partner) - most * work <= 0


def balance(model: LayoutProblem) -> Iterator[Row]:
    """Keep each workload near the mean, as far as the partner has a part in it."""
    within = model.inputs.limits.serving.balance
    if within is not None:
        for partner, part in model.work.part.items():
            yield f"balance_{partner}", _workload(model, partner) - (1 + within) * part <= 0


def part_most(model: LayoutProblem) -> Iterator[Row]:
    """Let no part be more than the mean."""
    mean = model.work.mean
    if mean is not None:
        for partner, part in model.work.part.items():
            yield f"part_most_{partner}", part - mean <= 0


def mean_part(model: LayoutProblem) -> Iterator[Row]:
    """Count the mean once for each partner at work, at least."""
    mean, most = model.work.mean, max(model.work.most.values(), default=0.0)
    if mean is not None:
        for partner, part in model.work.part.items():
            yield f"mean_part_{partner}", mean - part + most * model.work.works[partner] <= most


def mean_workload(model: LayoutProblem) -> Iterator[Row]:
    """Let the means of those at work add up to the workload, at most."""
    if model.work.mean is not None:
        shared = np.flatnonzero(model.inputs.arcs.shared[model.inputs.arcs.node])
        units = model.inputs.arcs.units[shared].tolist()
        total = weighted((model.serve[m] for m in shared.tolist()), units)
        yield "mean_workload", ones(model.work.part.values()) - total <= 0


def _workload(model: LayoutProblem, partner: int) -> LpAffineExpression:
    inputs = model.inputs
    own = inputs.sites.partner[inputs.arcs.site] == partner
    arcs = np.flatnonzero(own & inputs.arcs.shared[inputs.arcs.node])
    units = inputs.arcs.units[arcs].tolist()
    return weighted((model.serve[m] for m in arcs.tolist()), units)

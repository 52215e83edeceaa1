"""The variables that shape territories (`layout_problem` states the mathematics)."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from pulp import LpProblem, LpVariable

from channelsim.optimise.layout_inputs import LayoutInputs

type Held = tuple[int, int]
"""Node and partner."""
type Edge = tuple[int, int, int]
"""Node, neighbour and partner."""


@dataclass(frozen=True, eq=False)
class Shape:
    """Flow over the territory of each partner, which shows that it hangs together."""

    root: Mapping[Held, LpVariable] = field(default_factory=dict)
    """root_nf."""
    spring: Mapping[Held, LpVariable] = field(default_factory=dict)
    """spring_nf."""
    flow: Mapping[Edge, LpVariable] = field(default_factory=dict)
    """flow_nmf."""
    entering: Mapping[Held, list[Edge]] = field(default_factory=dict)
    """Edges into a node, by partner."""
    leaving: Mapping[Held, list[Edge]] = field(default_factory=dict)
    """Edges out of a node, by partner."""
    most: Mapping[int, int] = field(default_factory=dict)
    """Nodes that a partner might hold."""


@dataclass(frozen=True, eq=False)
class Work:
    """Who works in territories, and the mean workload."""

    works: Mapping[int, LpVariable] = field(default_factory=dict)
    """works_f."""
    part: Mapping[int, LpVariable] = field(default_factory=dict)
    """part_f."""
    mean: LpVariable | None = None
    """mean."""
    most: Mapping[int, float] = field(default_factory=dict)
    """Units per week that a partner's workload does not exceed."""


def shape_variables(
    problem: LpProblem, inputs: LayoutInputs, holds: Mapping[Held, LpVariable]
) -> Shape:
    """Return the flow over territories; nothing where they need not hang together."""
    neighbours = inputs.limits.serving.neighbours
    if neighbours is None:
        return Shape()
    most: dict[int, int] = defaultdict(int)
    for _, partner in holds:
        most[partner] += 1
    both_ways = [*neighbours.tolist(), *neighbours[:, ::-1].tolist()]
    edges = [(n, m, f) for n, m in both_ways for f in most if (n, f) in holds and (m, f) in holds]
    entering, leaving = defaultdict(list), defaultdict(list)
    for n, m, f in edges:
        leaving[n, f].append((n, m, f))
        entering[m, f].append((n, m, f))
    keys = (list(holds),)
    return Shape(
        root=problem.add_variable_dict("root_%s_%s", keys, cat="Binary"),
        spring=problem.add_variable_dict("spring_%s_%s", keys, 0),
        flow=problem.add_variable_dict("flow_%s_%s_%s", (edges,), 0),
        entering=entering,
        leaving=leaving,
        most=most,
    )


def work_variables(problem: LpProblem, inputs: LayoutInputs) -> Work:
    """Return who works in territories; nothing where workloads need not balance."""
    arcs = inputs.arcs
    shared = np.flatnonzero(arcs.shared[arcs.node]) if arcs.count else np.zeros(0, dtype=np.int64)
    if inputs.limits.serving.balance is None or not len(shared):
        return Work()
    partner = inputs.sites.partner[arcs.site]
    most: dict[int, float] = defaultdict(float)
    for node in np.unique(arcs.node[shared]).tolist():
        here = np.flatnonzero(arcs.node == node)
        for name in np.unique(partner[here]).tolist():
            most[name] += float(arcs.units[here[partner[here] == name]].max())
    names = (sorted(most),)
    return Work(
        works=problem.add_variable_dict("works_%s", names, cat="Binary"),
        part=problem.add_variable_dict("part_%s", names, 0),
        mean=problem.add_variable("mean", 0),
        most=most,
    )

"""The variables of the layout problem (`layout_problem` states the mathematics)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from pulp import LpMaximize, LpProblem, LpVariable

from channelsim.domain.columns import Ints
from channelsim.optimise.chosen import Chosen
from channelsim.optimise.conflict_pairs import ConflictTerms
from channelsim.optimise.layout_inputs import LayoutInputs
from channelsim.optimise.shape_variables import Shape, Work, shape_variables, work_variables


@dataclass(frozen=True)
class LayoutProblem:
    """A problem with its variables."""

    problem: LpProblem
    """The PuLP problem."""
    inputs: LayoutInputs
    """The arrays it was built from."""
    conflict: ConflictTerms | None
    """The conflict terms it was built from."""
    open: Sequence[LpVariable]
    """(J,) open_j."""
    serve: Sequence[LpVariable]
    """(M,) serve_nj."""
    covered: Sequence[LpVariable] = ()
    """(G,) covered_g."""
    both: dict[tuple[int, int], LpVariable] = field(default_factory=dict)
    """(j, i) -> both_ji, for the pairs of any piece of the index."""
    level: LpVariable | None = None
    """conflict; None without conflict terms."""
    holds: dict[tuple[int, int], LpVariable] = field(default_factory=dict)
    """(node, partner) -> holds_nf, for the nodes that are `contested`."""
    engaged: dict[int, LpVariable] = field(default_factory=dict)
    """partner -> engaged_f, for partners whose being open counts somewhere."""
    outside: Sequence[LpVariable] = ()
    """(N,) outside_n where consumers choose."""
    away: dict[int, LpVariable] = field(default_factory=dict)
    """j -> away_j where consumers choose and more could want to buy than there is room for."""
    short: Sequence[LpVariable] = ()
    """(1,) short where consumers choose and more than the maker delivers, else empty."""
    sole: dict[int, LpVariable] = field(default_factory=dict)
    """arc -> sole_nj, for shared nodes that have several."""
    shape: Shape = Shape()
    """What shows that territories hang together."""
    work: Work = Work()
    """What balances workloads."""


def contested(inputs: LayoutInputs) -> Iterator[tuple[int, dict[int, Ints]]]:
    """Yield each shared node that several partners can serve, with each partner's arcs.

    Where foreign sales count or territories must hang together, a node that one partner alone can
    serve is among them.
    """
    arcs = inputs.arcs
    partner = inputs.sites.partner[arcs.site]
    start = np.searchsorted(arcs.node, np.arange(arcs.nodes + 1))
    limits = inputs.limits
    fewest = 2 if limits.foreign is None and limits.serving.neighbours is None else 1
    for node in np.flatnonzero(arcs.shared).tolist():
        here = np.arange(start[node], start[node + 1])
        names = np.unique(partner[here]).tolist()
        if len(names) >= fewest:
            yield node, {name: here[partner[here] == name] for name in names}


def _counted(inputs: LayoutInputs) -> list[int]:
    """Return the partners that some limit counts as engaged or not."""
    limits = inputs.limits
    asked = (limits.least_spend, limits.serving.partner_volume)
    counted = np.concatenate([np.flatnonzero(rows) for rows in asked])
    if limits.rules.most_partners is not None:
        counted = np.union1d(counted, limits.rules.independent)
    return np.intersect1d(counted, inputs.sites.partner).tolist()


def _rivals(inputs: LayoutInputs) -> list[int]:
    """Return the arcs of shared nodes that have several, where a node has one source."""
    arcs = inputs.arcs
    if not inputs.limits.serving.single_source or not arcs.count:
        return []
    several = arcs.shared & (np.bincount(arcs.node, minlength=arcs.nodes) > 1)
    return np.flatnonzero(several[arcs.node]).tolist()


def variables(inputs: LayoutInputs, conflict: ConflictTerms | None) -> LayoutProblem:
    """Return the problem of some inputs, without objective or constraints."""
    problem, limits = LpProblem("layout", LpMaximize), inputs.limits
    arcs = zip(inputs.arcs.node.tolist(), inputs.arcs.site.tolist(), strict=True)
    serve = problem.add_variable_dict("serve_%s_%s", (list(arcs),), 0, 1)
    opened = problem.add_variable_dict("open_%s", (range(inputs.sites.count),), cat="Binary")
    groups = 0 if limits.coverage is None else len(limits.coverage.demand)
    covered = problem.add_variable_dict("covered_%s", (range(groups),), 0, 1)
    pairs = [] if conflict is None else sorted(conflict.signs)
    both = problem.add_variable_dict("both_%s_%s", (pairs,), 0, 1)
    level = None if conflict is None else problem.add_variable("conflict")
    chosen = None if inputs.arcs.odds is None else Chosen.of(inputs)
    contest = contested(inputs) if limits.exclusive else ()
    keys = [(node, partner) for node, partners in contest for partner in partners]
    holds = problem.add_variable_dict("holds_%s_%s", (keys,), cat="Binary")
    engaged = problem.add_variable_dict("engaged_%s", (_counted(inputs),), 0, 1)
    nodes = range(0 if chosen is None else inputs.arcs.nodes)
    outside = problem.add_variable_dict("outside_%s", (nodes,), 0, 1)
    crowded = [] if chosen is None else np.flatnonzero(chosen.excess > 0).tolist()
    away = problem.add_variable_dict("away_%s", (crowded,), 0)
    lacking = 0.0 if chosen is None or limits.supply is None else chosen.most - limits.supply
    short = problem.add_variable_dict("short_%s", (range(int(lacking > 0)),), 0, max(lacking, 0.0))
    return LayoutProblem(
        problem=problem,
        inputs=inputs,
        conflict=conflict,
        open=list(opened.values()),
        serve=list(serve.values()),
        covered=list(covered.values()),
        both=both,
        level=level,
        holds=holds,
        engaged=engaged,
        outside=list(outside.values()),
        away=away,
        short=list(short.values()),
        sole=problem.add_variable_dict("sole_%s", (_rivals(inputs),), cat="Binary"),
        shape=shape_variables(problem, inputs, holds),
        work=work_variables(problem, inputs),
    )

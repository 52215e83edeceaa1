"""Every layout within the limits, where the candidates free to open or close are few.

What the layout problem's own rows allow is asked of each set of open candidates at once: with
nothing served, a group is covered if anything near is open, and a partner engaged if anything of
its is. Serving every node from the open candidate that earns most from it, whatever the capacities
and territories, bounds what a layout can earn.
"""

from collections.abc import Iterator

import numpy as np
from pulp import LpConstraint, LpConstraintEQ, LpConstraintGE

from channelsim.domain.columns import Bools, Floats
from channelsim.optimise.layout_inputs import LayoutInputs
from channelsim.optimise.layout_problem import build
from channelsim.optimise.layout_variables import LayoutProblem
from channelsim.optimise.plan import Plan
from channelsim.optimise.search import Search

FEW = 12
"""Candidates free to open or close up to which every layout is looked at."""
CELLS = 50_000_000
"""Layouts times arcs up to which they are."""
FEASIBLE = 1e-6
"""By how much a row may be off, as for the solver."""


def are_few(inputs: LayoutInputs) -> bool:
    """Whether the layouts are few enough to look at every one."""
    free = int(_free(inputs).sum())
    return free <= FEW and inputs.arcs.count << free <= CELLS


def every_layout(search: Search) -> Iterator[Plan | None]:
    """Yield a plan of each layout within the limits but that on conflict, by falling bound.

    None at the end if time ran out before a layout was seen to meet them or not.
    """
    sets = allowed(search.inputs)
    bounds = _bounds(search.inputs, sets)
    for row in np.argsort(-bounds, kind="stable").tolist():
        plan = search.opening(sets[row], float(bounds[row]))
        if plan is not None:
            yield plan
        elif search.limits.over:
            yield None
            return


def allowed(inputs: LayoutInputs) -> Bools:
    """Return the sets of open candidates within the limits: (K, J)."""
    free = np.flatnonzero(_free(inputs))
    number = np.arange(1 << len(free))
    sets = np.tile(inputs.sites.must_open, (len(number), 1))
    sets[:, free] = (number[:, None] >> np.arange(len(free))) & 1 == 1
    model = build(inputs.without_arcs(), profit=False)
    values = _values(model, sets)
    kept = np.ones(len(sets), dtype=bool)
    for row in model.problem.constraints():
        kept &= _holds(row, values, len(sets))
    return sets[kept]


def _free(inputs: LayoutInputs) -> Bools:
    result: Bools = ~inputs.sites.must_open & ~inputs.sites.shut
    return result


def _values(model: LayoutProblem, sets: Bools) -> dict[str, Floats]:
    """Return each variable's value by set: name -> (K,)."""
    cover, partner = model.inputs.limits.coverage, model.inputs.sites.partner
    values = {v.name: sets[:, j] for j, v in enumerate(model.open)}
    if cover is not None:
        for group, variable in enumerate(model.covered):
            values[variable.name] = sets[:, cover.site[cover.group == group]].any(axis=1)
    for name, variable in model.engaged.items():
        values[variable.name] = sets[:, partner == name].any(axis=1)
    return {name: value.astype(np.float64) for name, value in values.items()}


def _holds(row: LpConstraint, values: dict[str, Floats], count: int) -> Bools:
    total = np.full(count, row.constant)
    for variable, weight in row.items():
        total += weight * values[variable.name]
    if row.sense == LpConstraintEQ:
        result: Bools = np.abs(total) <= FEASIBLE
        return result
    return total >= -FEASIBLE if row.sense == LpConstraintGE else total <= FEASIBLE


def _bounds(inputs: LayoutInputs, sets: Bools) -> Floats:
    """Return what each set of open candidates earns at most: (K,) money per week."""
    arcs = inputs.arcs
    charge = sets @ inputs.sites.charge + inputs.sites.constant
    if not arcs.count:
        return -charge
    worth = np.where(sets[:, arcs.site], np.maximum(arcs.value, 0.0), 0.0)
    start = np.flatnonzero(np.diff(arcs.node, prepend=-1))
    result: Floats = np.maximum.reduceat(worth, start, axis=1).sum(axis=1) - charge
    return result

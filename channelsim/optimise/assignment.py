"""Who serves what, once it is settled what is open: the best of a linear program, exactly.

Where consumers choose, they decide (`chosen`). Else, where no capacity binds, every node goes to
the open candidate that earns most from it; where one does, the layout problem's own assign,
capacity and supply rows decide, without a binary left. Limits on who serves whom bring in all the
other rows, with what is open fixed: then nothing may be feasible.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from channelsim.domain.columns import Bools, Floats, Ints, frozen
from channelsim.optimise.chosen import Chosen
from channelsim.optimise.layout_inputs import Arcs, LayoutInputs
from channelsim.optimise.layout_problem import build
from channelsim.optimise.layout_variables import LayoutProblem
from channelsim.optimise.serving_met import met
from channelsim.optimise.solve import HIGHS, solve
from channelsim.optimise.territories import ANYBODY

SERVING = ("assign", "capacity", "supply")


def assign(
    inputs: LayoutInputs, is_open: Bools, holder: Ints | None = None, *, solver: str = HIGHS
) -> Floats:
    """Return the share of its node served on each arc: (M,).

    Parameters
    ----------
    is_open
        (J,) open candidates.
    holder
        (N,) partner row that alone may serve each node, or as `territories` says; anybody by
        default, and wherever consumers choose.
    """
    if inputs.arcs.odds is not None:
        return Chosen.of(inputs).served(is_open)
    usable = np.flatnonzero(is_open[inputs.arcs.site] & _allowed(inputs, holder))
    served = np.zeros(inputs.arcs.count)
    served[usable[_dearest(inputs.arcs, usable)]] = 1.0
    if not _fits(inputs, served):
        served[usable] = _shared_out(_only(inputs, usable), solver)
    return frozen(served)


@dataclass(frozen=True, eq=False)
class Assigned:
    """Who serves what within the limits on that."""

    served: Floats
    """(M,) share of its node served on each arc."""
    bound: float
    """Proven bound on what any such assignment earns, money per week."""
    held: Mapping[int, int]
    """Node -> partner row that holds its territory, where who does was left open."""


def assign_within(
    inputs: LayoutInputs,
    is_open: Bools,
    holder: Ints | None = None,
    *,
    solver: str = HIGHS,
    time_limit: float | None = None,
) -> Assigned | None:
    """Return who serves what within the limits on who serves whom; None if nothing was found.

    Parameters
    ----------
    is_open
        (J,) open candidates.
    holder
        (N,) as for `assign`; by default whoever earns most may hold a territory.
    time_limit
        Seconds at which to stop; None: no limit.
    """
    if inputs.arcs.odds is not None:
        served = Chosen.of(inputs).served(is_open)
        holds = met(inputs, is_open, served)
        return Assigned(served, inputs.profit(is_open, served), {}) if holds else None
    usable = np.flatnonzero(is_open[inputs.arcs.site] & _allowed(inputs, holder))
    model = build(inputs.keeping(usable))
    fix(model, is_open)
    found = solve(model.problem, solver=solver, gap=0.0, time_limit=time_limit)
    if not found.found:
        return None
    served = np.zeros(inputs.arcs.count)
    served[usable] = [min(max(found.values[v.name], 0.0), 1.0) for v in model.serve]
    held = {n: f for (n, f), v in model.holds.items() if found.values[v.name] > 0.5}
    return Assigned(frozen(served), found.bound, held)


def fix(model: LayoutProblem, is_open: Bools) -> None:
    """Let a problem open just these candidates (J,)."""
    for variable, live in zip(model.open, is_open.tolist(), strict=True):
        variable.lowBound = variable.upBound = float(live)


def _allowed(inputs: LayoutInputs, holder: Ints | None) -> Bools:
    if holder is None:
        return np.ones(inputs.arcs.count, dtype=bool)
    held = holder[inputs.arcs.node]
    result: Bools = (held == ANYBODY) | (held == inputs.sites.partner[inputs.arcs.site])
    return result


def _dearest(arcs: Arcs, rows: Ints) -> Ints:
    """Return which of these arcs earns most for its node, the first of equals."""
    order = np.lexsort((rows, -arcs.value[rows], arcs.node[rows]))
    first = np.ones(len(order), dtype=bool)
    first[1:] = np.diff(arcs.node[rows][order]) != 0
    return order[first]


def _fits(inputs: LayoutInputs, served: Floats) -> bool:
    arcs, supply = inputs.arcs, inputs.limits.supply
    used = np.bincount(arcs.site, served * arcs.units, minlength=inputs.sites.count)
    enough = supply is None or used.sum() <= supply
    return bool((used <= inputs.sites.capacity).all() and enough)


def _only(inputs: LayoutInputs, rows: Ints) -> LayoutInputs:
    """Return the inputs with these arcs only, their nodes numbered anew."""
    arcs = inputs.arcs
    names, node = np.unique(arcs.node[rows], return_inverse=True)
    kept = Arcs(
        node=node,
        site=arcs.site[rows],
        units=arcs.units[rows],
        value=arcs.value[rows],
        nodes=len(names),
        shared=arcs.shared[names],
    )
    return LayoutInputs(kept, inputs.sites, inputs.limits, inputs.serve_all)


def _shared_out(inputs: LayoutInputs, solver: str) -> Floats:
    model = build(inputs, constraints=SERVING)
    for variable in model.open:
        variable.lowBound = 1.0
    solution = solve(model.problem, solver=solver, gap=0.0)
    values = np.array([solution.values[v.name] for v in model.serve])
    shares: Floats = np.clip(values, 0.0, 1.0)
    return shares

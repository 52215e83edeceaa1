"""The proven best layout on the measure of conflict, by looking at layouts from the best down.

Planned conflict is not linear, but it is never negative, so what a layout earns without it bounds
its objective from above. Look at layouts by falling bound and measure each:

    bound_k   the most that any layout not among the first k can earn without conflict
    best      the best objective, by the measure, of the first k within the conflict cap

No layout within all limits earns more than max(best, bound_k), so the best is proven once bound_k
falls to it: without a price of conflict, as soon as a layout holds the cap. When no layout is left
and none held the cap, none does.

Few layouts are simply listed (`every_layout`). Else the layout problem gives one after the other,
with those before ruled out, as long as that pays.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from channelsim.domain.columns import Bools
from channelsim.optimise.division import divide
from channelsim.optimise.every_layout import are_few, every_layout
from channelsim.optimise.plan import Plan
from channelsim.optimise.search import Search
from channelsim.optimise.solve import Solution

LAYOUTS = 32
"""Layouts that are ruled out one by one where they are too many to list."""
EQUAL = 1e-6
"""Relative difference of objectives that counts as none: what solvers leave open."""


@dataclass(frozen=True, eq=False)
class Ranking:
    """What looking at layouts from the best down came to."""

    best: Plan | None
    """The best plan seen that holds the conflict cap."""
    bound: float
    """Proven bound on the objective of every layout within all limits; -inf if there is none."""
    least: Plan
    """The plan seen whose openings have least conflict."""
    least_conflict: float
    """Least conflict that any plan with those openings has, however territories are divided."""


def rank(search: Search, free: Plan) -> Ranking:
    """Look at layouts from the best down, until the best within the cap is proven.

    Parameters
    ----------
    free
        The best plan without conflict.
    """
    least, best, lowest = free, None, math.inf
    bound, ceiling = free.bound, -math.inf
    for plan in _ranked(search, free):
        if plan is None or search.limits.over:
            return Ranking(best, bound, least, lowest)
        divided = divide(search, plan)
        ceiling, best = max(ceiling, divided.bound), better(best, divided.plan)
        bound = max(ceiling, plan.bound)
        if divided.least < lowest:
            least, lowest = plan, divided.least
        if proven(best, plan.bound, search.limits.gap):
            return Ranking(best, bound, least, lowest)
    return Ranking(best, ceiling, least, lowest)


def better(one: Plan | None, other: Plan | None) -> Plan | None:
    """Return the plan with the higher objective, the first of equals."""
    if one is None or other is None:
        return one or other
    return other if other.objective > one.objective else one


def proven(plan: Plan | None, bound: float, gap: float) -> bool:
    """Whether a plan's objective is within the gap of a bound."""
    if plan is None:
        return False
    return bound - plan.objective <= max(gap, EQUAL) * abs(plan.objective)


def _ranked(search: Search, free: Plan) -> Iterator[Plan | None]:
    """Yield plans by falling bound; None at the end if layouts are left."""
    most = search.limits.layouts
    if most is None and are_few(search.inputs):
        yield from every_layout(search)
    else:
        yield from _one_by_one(search, free, LAYOUTS if most is None else most)


def _one_by_one(search: Search, free: Plan, most: int) -> Iterator[Plan | None]:
    found: Plan | Solution = free
    excluded: tuple[Bools, ...] = ()
    while isinstance(found, Plan):
        yield found
        if len(excluded) == most:
            break
        excluded = (*excluded, found.is_open)
        found = search.find(excluded=excluded)
    if isinstance(found, Plan) or found.status != "infeasible":
        yield None

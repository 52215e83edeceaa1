"""Why no layout meets all limits, and the least change that lets one do so.

Without limits on who serves whom, serving nothing is always allowed, so what is open decides. The
limits alone are relaxed, each by slack of its own:

1. For each limit: minimise its slack while every other limit stands. Where that has a solution,
   changing this one limit is enough, and the slack is the least change that will do.
2. If no single limit will do: minimise the sum of all slacks, each relative to what was asked. The
   limits with slack must change together.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pulp import LpConstraintLE

from channelsim.optimise.conflict_pairs import ConflictTerms
from channelsim.optimise.layout_inputs import LayoutInputs
from channelsim.optimise.layout_problem import build
from channelsim.optimise.layout_variables import LayoutProblem
from channelsim.optimise.plan import SolveLimits
from channelsim.optimise.relaxable import Limit, limits_of
from channelsim.optimise.solve import solve

if TYPE_CHECKING:
    from channelsim.domain.scenario import Scenario

SLACK = 1e-7
"""Slack, relative to what was asked, that counts as none."""

NAMED = 5
"""Most names that a sentence lists."""


@dataclass(frozen=True)
class Clash:
    """A limit that cannot be met with the others."""

    limit: str
    """Path of the limit in the scenario, such as goals.min_coverage."""
    asked: float
    """What it asks for."""
    reachable: float
    """What can be had: every other limit kept if `alone`, else with the other clashes changed."""
    sentence: str
    """What clashes and what to change."""
    alone: bool = True
    """Whether changing this limit alone is enough."""


@dataclass(frozen=True, eq=False)
class Nearest:
    """How close layouts came to a conflict cap that none was found to hold."""

    terms: ConflictTerms
    """Conflict terms with the cap, around the layout of least conflict."""
    conflict: float
    """The least planned conflict under all other limits."""
    proven: bool
    """Whether none has less, or just none was found."""


def diagnose(
    scenario: "Scenario",
    inputs: LayoutInputs,
    solving: SolveLimits,
    nearest: Nearest | None = None,
) -> tuple[Clash, ...]:
    """Return the limits that clash, with the change that each needs.

    Parameters
    ----------
    nearest
        How close layouts came to the conflict cap, if it is that which none was found to hold.
    """
    terms = None if nearest is None else nearest.terms
    decides = inputs if inputs.limits.serving.binds else inputs.without_arcs()
    relaxation = _Relaxation(decides, terms, solving)
    limits = tuple(limits_of(scenario, inputs, terms))
    single = [(limit, relaxation.slack((limit,)).get(limit, ())) for limit in limits]
    alone = [
        _clash(inputs, *found, alone=True, by_index=terms is not None)
        for found in single
        if _moved(*found)
    ]
    if nearest is not None:
        measured = _measured(scenario, nearest)
        return (measured, *(clash for clash in alone if clash.limit != measured.limit))
    if alone:
        return tuple(alone)
    together = [found for found in relaxation.slack(limits).items() if _moved(*found)]
    return tuple(_clash(inputs, *found, alone=False) for found in together)


@dataclass(frozen=True)
class _Relaxation:
    inputs: LayoutInputs
    terms: ConflictTerms | None
    solving: SolveLimits

    def slack(self, limits: Iterable[Limit]) -> dict[Limit, tuple[float, ...]]:
        """Return the least slack by row of these limits; empty if no slack makes a layout."""
        model = build(self.inputs, self.terms, profit=False)
        slacks = {limit: _elastic(model, limit) for limit in limits}
        left = self.solving.seconds_left
        found = solve(model.problem, solver=self.solving.solver, gap=1e-6, time_limit=left)
        if not found.found:
            return {}
        return {
            k: tuple(found.values[n] if n else 0.0 for n in names) for k, names in slacks.items()
        }


def _elastic(model: LayoutProblem, limit: Limit) -> tuple[str, ...]:
    """Give each row of a limit a slack that costs the objective; return the slacks' names.

    A row that the problem does not have needs none: its name is empty.
    """
    names = []
    for name in limit.rows:
        row = model.problem.get_constraint_by_name(name)
        if row is not None:
            sign = -1.0 if row.sense == LpConstraintLE else 1.0
            model.problem.add_column(
                f"slack_{name}", 0, obj=-limit.weight, coefficients={row: sign}
            )
        names.append("" if row is None else f"slack_{name}")
    return tuple(names)


def _moved(limit: Limit, slacks: tuple[float, ...]) -> bool:
    return sum(slacks) * limit.weight > SLACK


def _clash(
    inputs: LayoutInputs,
    limit: Limit,
    slacks: tuple[float, ...],
    *,
    alone: bool,
    by_index: bool = False,
) -> Clash:
    reachable = limit.relaxed(sum(slacks))
    others = "with every other limit kept" if alone else "with the other limits named here changed"
    if limit.path == "goals.min_coverage" and _all_open(inputs) - reachable < 1e-4:
        others = f"even with all {(~inputs.sites.shut).sum()} eligible candidates open"
    others += " and conflict judged by its index" if by_index else ""
    asked, reach = (f"{value:,.{limit.digits}f}{limit.unit}" for value in (limit.asked, reachable))
    if limit.lacking:
        names = _listed(limit.short(slacks))
        lack = f", short of it by {-reachable:,.{limit.digits}f}{limit.unit} in all"
        lack = lack if limit.unit else ""
        sentence = f"{names} cannot {limit.lacking} {others}{lack}; {limit.hint}"
    elif limit.floor:
        sentence = (
            f"{limit.path} asks for at least {asked}, but {others} at most {reach} can be had; "
            f"lower it to {reach} {limit.hint}"
        ).rstrip()
    else:
        sentence = (
            f"{limit.path} allows at most {asked}, but {others} at least {reach} is needed; "
            f"raise it to {reach}"
        )
    return Clash(limit.path, limit.asked, reachable, sentence, alone)


def _listed(names: list[str]) -> str:
    rest = len(names) - NAMED
    return ", ".join(names[:NAMED]) + (f" and {rest} more" if rest > 0 else "")


def _all_open(inputs: LayoutInputs) -> float:
    cover = inputs.limits.coverage
    return float(cover.demand.sum()) / cover.total if cover is not None and cover.total > 0 else 0.0


def _measured(scenario: "Scenario", nearest: Nearest) -> Clash:
    asked = scenario.goals.max_conflict or 0.0
    lack = max(nearest.conflict - asked, 0.0) if math.isfinite(nearest.conflict) else 1.0 - asked
    reach = Limit("goals.max_conflict", asked, (), digits=4).relaxed(lack)
    else_ = " or drop exclusive territories" if scenario.goals.exclusive_territories else ""
    if nearest.proven:
        found = f"but with every other limit kept at least {reach:.4f} is needed"
    else:
        found = (
            "and no layout was found that holds it, though one may exist; the least found with "
            f"every other limit kept is {reach:.4f}"
        )
    sentence = (
        f"goals.max_conflict allows at most {asked:.4f}, {found}; raise it to {reach:.4f}{else_}"
    )
    return Clash("goals.max_conflict", asked, reach, sentence)

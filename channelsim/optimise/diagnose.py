"""Why no layout meets all limits, and the least change that lets one do so.

Serving nothing is always allowed, so what is open decides, and the limits alone are relaxed, each
by slack of its own:

1. For each limit: minimise its slack while every other limit stands. Where that has a solution,
   changing this one limit is enough, and the slack is the least change that will do.
2. If no single limit will do: minimise the sum of all slacks, each relative to what was asked. The
   limits with slack must change together.
"""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pulp import LpConstraintLE

from channelsim.optimise.conflict_pairs import ConflictTerms
from channelsim.optimise.layout_inputs import LayoutInputs
from channelsim.optimise.layout_problem import build
from channelsim.optimise.layout_variables import LayoutProblem
from channelsim.optimise.plan import SolveLimits
from channelsim.optimise.solve import solve

if TYPE_CHECKING:
    from channelsim.domain.scenario import Scenario

SLACK = 1e-7
"""Slack, relative to what was asked, that counts as none."""


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


@dataclass(frozen=True)
class _Limit:
    """A limit that may be relaxed, by slack on its rows."""

    path: str
    asked: float
    rows: tuple[str, ...]
    floor: bool = False
    """Whether it asks for at least something, so that slack lowers it."""
    scale: float = 1.0
    """Slack in the row's unit that changes the limit by 1."""
    unit: str = ""
    digits: int = 0
    hint: str = ""
    """What else would help."""

    @property
    def weight(self) -> float:
        """Cost of a unit of slack, relative to what was asked."""
        return 1 / (self.scale * max(abs(self.asked), 1e-3))

    def relaxed(self, slack: float) -> float:
        """Return the limit relaxed by so much, rounded to a figure that still suffices."""
        change = slack / self.scale
        moved, grid = self.asked + (-change if self.floor else change), 10.0**self.digits
        if self.floor:
            return max(math.floor(moved * grid + 1e-6) / grid, 0.0)
        return math.ceil(moved * grid - 1e-6) / grid


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
    relaxation = _Relaxation(inputs.without_arcs(), terms, solving)
    limits = tuple(_limits(scenario, inputs, terms))
    single = [(limit, relaxation.slack((limit,)).get(limit, ())) for limit in limits]
    alone = [
        _clash(scenario, inputs, *found, alone=True, by_index=terms is not None)
        for found in single
        if _moved(*found)
    ]
    if nearest is not None:
        measured = _measured(scenario, nearest)
        return (measured, *(clash for clash in alone if clash.limit != measured.limit))
    if alone:
        return tuple(alone)
    together = [found for found in relaxation.slack(limits).items() if _moved(*found)]
    return tuple(_clash(scenario, inputs, *found, alone=False) for found in together)


@dataclass(frozen=True)
class _Relaxation:
    inputs: LayoutInputs
    terms: ConflictTerms | None
    solving: SolveLimits

    def slack(self, limits: Iterable[_Limit]) -> dict[_Limit, tuple[float, ...]]:
        """Return the least slack by row of these limits; empty if no slack makes a layout."""
        model = build(self.inputs, self.terms, profit=False)
        slacks = {limit: _elastic(model, limit) for limit in limits}
        left = self.solving.seconds_left
        found = solve(model.problem, solver=self.solving.solver, gap=1e-6, time_limit=left)
        if not found.found:
            return {}
        return {k: tuple(found.values[name] for name in names) for k, names in slacks.items()}


def _elastic(model: LayoutProblem, limit: _Limit) -> tuple[str, ...]:
    """Give each row of a limit a slack that costs the objective; return the slacks' names."""
    names = []
    for name in limit.rows:
        row = model.problem.get_constraint_by_name(name)
        if row is not None:
            sign = -1.0 if row.sense == LpConstraintLE else 1.0
            model.problem.add_column(
                f"slack_{name}", 0, obj=-limit.weight, coefficients={row: sign}
            )
            names.append(f"slack_{name}")
    return tuple(names)


def _moved(limit: _Limit, slacks: tuple[float, ...]) -> bool:
    return sum(slacks) * limit.weight > SLACK


def _limits(
    scenario: "Scenario", inputs: LayoutInputs, terms: ConflictTerms | None
) -> Iterator[_Limit]:
    goals, limits, money = scenario.goals, inputs.limits, f" {scenario.currency}"
    if limits.coverage is not None:
        total, least = limits.coverage.total or 1.0, limits.coverage.least
        more = "or add candidates where none is near"
        rows = ("coverage_floor",)
        yield _Limit("goals.min_coverage", least, rows, True, total, digits=4, hint=more)
    if terms is not None and terms.cap is not None:
        yield _Limit("goals.max_conflict", goals.max_conflict or 0.0, ("conflict_cap",), digits=4)
    if limits.budget is not None:
        yield _Limit("goals.budget", limits.budget, ("budget",), unit=f"{money} a week")
    if limits.setup_budget is not None:
        yield _Limit("goals.setup_budget", limits.setup_budget, ("setup_budget",), unit=money)
    if limits.max_open is not None:
        yield _Limit("goals.max_open", limits.max_open, ("max_open",))
    if limits.least_spend.any():
        most = limits.incentive_budget
        yield _Limit("goals.incentive_budget", most, ("least_spend",), unit=f"{money} a week")
    yield from _site_limits(scenario, inputs)


def _site_limits(scenario: "Scenario", inputs: LayoutInputs) -> Iterator[_Limit]:
    for row, kind in enumerate(scenario.channel_types):
        more = f"or add eligible candidates of type {kind.id}"
        path, rows = f"channel_types.{kind.id}.min_open", (f"type_min_{row}",)
        yield _Limit(path, kind.min_open, rows, True, hint=more)
        if kind.max_open is not None:
            path, rows = f"channel_types.{kind.id}.max_open", (f"type_max_{row}",)
            yield _Limit(path, kind.max_open, rows)
    flagged = [f"must_open_{j}" for j in inputs.sites.must_open.nonzero()[0].tolist()]
    if flagged:
        yield _Limit("candidates.*.must_open", len(flagged), tuple(flagged), True)


def _clash(
    scenario: "Scenario",
    inputs: LayoutInputs,
    limit: _Limit,
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
    if limit.path == "candidates.*.must_open":
        sentence = f"{_names(scenario, limit, slacks)} cannot open {others}; drop must_open there"
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


def _all_open(inputs: LayoutInputs) -> float:
    cover = inputs.limits.coverage
    return float(cover.demand.sum()) / cover.total if cover is not None and cover.total > 0 else 0.0


def _names(scenario: "Scenario", limit: _Limit, slacks: tuple[float, ...]) -> str:
    dropped = [row for row, slack in zip(limit.rows, slacks, strict=True) if slack > 0.5]
    return ", ".join(scenario.candidates[int(row.rsplit("_", 1)[1])].id for row in dropped)


def _measured(scenario: "Scenario", nearest: Nearest) -> Clash:
    asked = scenario.goals.max_conflict or 0.0
    lack = max(nearest.conflict - asked, 0.0)
    reach = _Limit("goals.max_conflict", asked, (), digits=4).relaxed(lack)
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

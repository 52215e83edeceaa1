"""One set of openings for several scenarios: the extensive form of a two-stage program.

What is open is decided before it is known which scenario comes; who serves what, after. Every limit
holds in every scenario, or in one alone that the others vary. That on conflict is checked on the
measure, and layouts that break it are ruled out one by one. `risk` states objectives and rows.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np

from channelsim.domain import checks
from channelsim.domain.columns import Bools, Floats
from channelsim.domain.layout import Layout
from channelsim.domain.policy import Goals
from channelsim.errors import NoPlan
from channelsim.optimise.division import divide
from channelsim.optimise.extensive import merged
from channelsim.optimise.layout_problem import build
from channelsim.optimise.plan import Plan, SolveLimits
from channelsim.optimise.risk import Risk, risk_model
from channelsim.optimise.scenario_inputs import scenario_inputs
from channelsim.optimise.search import Search
from channelsim.optimise.serving_limits import ServingLimits
from channelsim.optimise.settle import settle
from channelsim.optimise.solve import HIGHS, Solution, relative_gap, solve
from channelsim.optimise.uncertain_plan import UncertainPlan, worth_of

if TYPE_CHECKING:
    from channelsim.domain.scenario import Scenario

__all__ = ["UncertainPlan", "plan_under"]

LAYOUTS = 32
"""Layouts that are ruled out for their conflict before giving up."""


def plan_under(
    scenarios: "Mapping[str, Scenario] | Sequence[Scenario]",
    *,
    risk: Risk | None = None,
    probabilities: Sequence[float] | None = None,
    base: "Scenario | None" = None,
    alone: bool = True,
    gap: float = 1e-4,
    time_limit: float | None = None,
    solver: str = HIGHS,
) -> UncertainPlan:
    """Return the layout that is best under several scenarios of the same candidates.

    Parameters
    ----------
    scenarios
        Name -> scenario, or scenarios that are named by their number.
    risk
        What to make best and what may be risked; by default the expected contribution, within
        the `max_shortfall` and `risk_level` of the first scenario's goals.
    probabilities
        Probability of each scenario, summing to 1; all equal by default.
    base
        A scenario whose limits hold in place of the others' own: what a plan reaches and spends is
        then judged as given, and what comes of it otherwise.
    alone
        Whether to plan each scenario alone too, for what `best` and `opens` tell; a plan of least
        regret does.
    gap
        Relative gap at which to stop.
    time_limit
        Seconds at which to stop with the best so far; None: no limit.
    solver
        Name of a PuLP solver.

    Raises
    ------
    BadValue
        If there is no scenario, they differ in their candidates, probabilities do not sum to 1, or
        conflict has a price.
    NoPlan
        If no layout meets all limits in all scenarios, or none was found.
    """
    begin = perf_counter()
    named = _named(scenarios)
    chance = _checked(named if base is None else {**named, "base": base}, len(named), probabilities)
    goals = (base or next(iter(named.values()))).goals
    asked = risk or Risk(alpha=goals.risk_level, most_loss=goals.max_shortfall)
    if risk is not None and risk.most_loss is None:
        asked = replace(risk, most_loss=goals.max_shortfall)
    deadline = None if time_limit is None else begin + time_limit
    limits = SolveLimits(solver, gap, deadline)
    cases = [case if base is None else unlimited(case) for case in named.values()]
    searches = [Search(case, *scenario_inputs(case), limits) for case in cases]
    held = None if base is None else Search(base, *scenario_inputs(base), limits)
    under = _Under(searches, chance, asked, limits, held)
    found = under.best(tuple(named), alone or asked.objective == "regret")
    return replace(found, seconds=perf_counter() - begin)


def unlimited(scenario: "Scenario") -> "Scenario":
    """Return a scenario without goals but those that say how demand is served."""
    goals = scenario.goals
    kept = Goals(
        exclusive_territories=goals.exclusive_territories,
        incentive_budget=goals.incentive_budget,
        conflict_price=goals.conflict_price,
    )
    return scenario.replace(goals=kept)


def _named(scenarios: "Mapping[str, Scenario] | Sequence[Scenario]") -> "dict[str, Scenario]":
    if isinstance(scenarios, Mapping):
        return dict(scenarios)
    return {f"{number}": scenario for number, scenario in enumerate(scenarios, 1)}


def _checked(
    named: "Mapping[str, Scenario]", count: int, probabilities: Sequence[float] | None
) -> Floats:
    checks.require(count > 0, "there is no scenario to plan for; give one or more")
    ids = [tuple(c.id for c in scenario.candidates) for scenario in named.values()]
    checks.require(
        all(row == ids[0] for row in ids),
        "scenarios must have the same candidates in the same order; make them by replace()",
    )
    priced = [name for name, case in named.items() if case.goals.conflict_price]
    checks.require(
        not priced,
        f"goals.conflict_price must be 0 in a plan under several scenarios, not so in "
        f"{', '.join(priced[:3])}; set goals.max_conflict instead",
    )
    chance = np.full(count, 1 / count)
    if probabilities is not None:
        chance = np.array(probabilities, dtype=np.float64)
    checks.require(
        len(chance) == count and bool((chance >= 0).all()) and abs(chance.sum() - 1) < 1e-9,
        f"probabilities must be {count} numbers >= 0 that sum to 1, got "
        f"{chance.tolist()}; mend them",
    )
    return chance


@dataclass(frozen=True, eq=False)
class _Under:
    searches: Sequence[Search]
    chance: Floats
    risk: Risk
    limits: SolveLimits
    base: Search | None = None

    def best(self, names: tuple[str, ...], alone: bool) -> UncertainPlan:
        own = [self._alone(search) for search in self.searches] if alone else []
        best = np.array([plan.objective for plan in own] or [np.nan] * len(names))
        plans, solution = self._chosen(best)
        return self._plan(names, plans, own, solution)

    def _alone(self, search: Search) -> Plan:
        """Return a scenario's own best plan."""
        if self.base is not None:
            one = replace(self, searches=[search], chance=np.ones(1), risk=Risk())
            return one._chosen(np.zeros(1))[0][0]
        settled = settle(search.scenario, search.inputs, search.nodes, search.limits)
        if settled.plan is None:
            raise NoPlan(
                f"no layout meets the limits of {search.scenario.name} ({settled.status}); "
                "loosen one",
                settled.status,
            )
        return settled.plan

    def _chosen(self, best: Floats) -> tuple[list[Plan], Solution]:
        """Return each scenario's plan of the best openings, and the solution that found them."""
        excluded: tuple[Bools, ...] = ()
        while True:
            solution = self._solve(best, excluded)
            if not solution.found:
                raise NoPlan(
                    f"no layout meets all limits in all scenarios ({solution.status}); "
                    "loosen a limit or the bound on risk",
                    solution.status,
                )
            count = self.searches[0].inputs.sites.count
            opened = [solution.values[f"open_{j}"] > 0.5 for j in range(count)]
            is_open = np.array(opened, dtype=bool)
            plans = [_settled(search, is_open) for search in self._all]
            if all(plan is not None for plan in plans):
                return [p for p in plans if p is not None][: len(self.searches)], solution
            excluded = (*excluded, is_open)
            if len(excluded) > LAYOUTS or self.limits.over:
                raise NoPlan(
                    f"none of {len(excluded)} layouts holds the conflict cap in all scenarios; "
                    "raise goals.max_conflict",
                    "no_solution",
                )

    @property
    def _all(self) -> list[Search]:
        return [*self.searches, *([] if self.base is None else [self.base])]

    def _solve(self, best: Floats, excluded: tuple[Bools, ...]) -> Solution:
        first, *others = [search.inputs for search in self._all]
        inputs = [first.limited(excluded=excluded) if excluded else first, *others]
        least = np.array(
            [
                np.minimum(case.arcs.value, 0.0).sum()
                - np.maximum(case.sites.charge, 0.0).sum()
                - case.sites.constant
                for case in inputs
            ]
        )
        extensive = merged([build(case) for case in inputs], shared=True)
        count = len(self.searches)  # the base brings its limits, and no worth
        counted = replace(extensive, worth=extensive.worth[:count])
        model = risk_model(counted, self.risk, self.chance, best, least[:count])
        limits = self.limits
        return solve(
            model.extensive.problem,
            solver=limits.solver,
            gap=limits.gap,
            time_limit=limits.seconds_left,
        )

    def _plan(
        self,
        names: tuple[str, ...],
        plans: Sequence[Plan],
        own: Sequence[Plan],
        solution: Solution,
    ) -> UncertainPlan:
        worth = np.array([plan.objective for plan in plans])
        best = np.maximum([plan.objective for plan in own], worth) if own else worth * np.nan
        opens = np.array([p.is_open for p in own or plans], dtype=np.float64).T @ self.chance
        value = worth_of(self.risk, worth, best, self.chance)
        bound = max(solution.bound, value)
        gap = relative_gap(value, bound)
        proven = solution.status == "optimal" and gap <= max(self.limits.gap, 1e-6)
        is_open = plans[0].is_open
        rows = zip(plans[0].scenario.candidates, is_open.tolist(), strict=True)
        return UncertainPlan(
            names=names,
            probability=self.chance,
            risk=self.risk,
            layout=Layout.of(c.id for c, live in rows if live),
            layouts=tuple(plan.layout for plan in plans),
            planned=tuple(plan.planned for plan in plans),
            worth=worth,
            best=best,
            opens=opens if own else opens * np.nan,
            candidates=tuple(c.id for c in plans[0].scenario.candidates),
            status="optimal" if proven else "feasible",
            value=value,
            bound=bound,
            gap=gap,
        )


def _settled(search: Search, is_open: Bools) -> Plan | None:
    """Return the best plan of a scenario that opens this; None if its conflict is too high."""
    plan = search.opening(is_open, np.inf)
    return None if plan is None else divide(search, plan).plan


def worth_under(scenarios: "Sequence[Scenario]", layout: Layout, *, solver: str = HIGHS) -> Floats:
    """Return what a layout earns in each scenario, demand being assigned: (S,) money per week.

    Whether it is within the limits is not asked.
    """
    opened = set(layout.open_ids)
    return np.array([_worth(scenario, opened, solver) for scenario in scenarios])


def _worth(scenario: "Scenario", opened: set[str], solver: str) -> float:
    inputs, nodes = scenario_inputs(scenario)
    search = Search(scenario, inputs.limited(serving=ServingLimits()), nodes, SolveLimits(solver))
    is_open = np.array([c.id in opened for c in scenario.candidates], dtype=bool)
    plan = search.opening(is_open, np.inf)
    return np.nan if plan is None else plan.objective

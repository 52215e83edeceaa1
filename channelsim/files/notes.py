"""What is worth knowing about a scenario that can be used: nobody reached, nothing affordable."""

import math
from collections.abc import Iterator, Sequence

import numpy as np

from channelsim.domain import paths
from channelsim.domain.demand import reach
from channelsim.domain.economics import unit_money
from channelsim.domain.layout import Layout
from channelsim.domain.measures import coverage, potential_demand, standard_arcs
from channelsim.domain.scenario import Scenario
from channelsim.errors import Fault


def notes_on(scenario: Scenario) -> Iterator[Fault]:
    """Yield notes on a sound scenario; none stops a run."""
    with np.errstate(over="ignore", invalid="ignore"):
        yield from _demand(scenario)
        yield from _reach(scenario)
        yield from _money(scenario)
        yield from _appeals(scenario)
        yield from _assumptions(scenario)


def today_note(scenario: Scenario, layout: Layout, file: str) -> Iterator[Fault]:
    """Yield a note where the file of today's layout and `open_today` disagree."""
    differing = sorted(set(layout.open_ids) ^ set(scenario.today.open_ids))
    if differing:
        cure = f"{_some(differing)}: open here or by open_today in candidates, not both; mend one"
        yield _note(file, cure)


def _demand(scenario: Scenario) -> Iterator[Fault]:
    demand = potential_demand(scenario)
    if demand.sum() == 0:
        cure = "demand is zero; raise population in zones or purchase_rate in segments"
        yield _note("zones", cure)
        return
    empty = [zone.id for zone, people in zip(scenario.zones, demand, strict=True) if people == 0]
    if empty:
        yield _note("zones", f"{_some(empty)}: nobody lives there; raise population or delete it")


def _reach(scenario: Scenario) -> Iterator[Fault]:
    arcs = reach(scenario)
    eligible = np.array([c.eligible for c in scenario.candidates], dtype=bool)
    reached = np.zeros(len(scenario.zones), dtype=bool)
    reached[arcs.zone[eligible[arcs.candidate]]] = True
    lost = [zone.id for zone, hit in zip(scenario.zones, reached, strict=True) if not hit]
    if lost:
        cure = f"{_some(lost)}: no candidate reaches it; add one or raise reach_km"
        yield _note("zones", cure)
    goal = scenario.goals.min_coverage
    best = coverage(standard_arcs(scenario), eligible, potential_demand(scenario))
    if goal is not None and goal > best:
        cure = f"candidates can cover {best:.3f} at most; lower it or add candidates"
        yield _note("goals.min_coverage", cure, f"{goal:g}")


def _money(scenario: Scenario) -> Iterator[Fault]:
    money = unit_money(scenario)
    eligible = [i for i, c in enumerate(scenario.candidates) if c.eligible]
    cheapest = min((float(money.fixed[i] + money.setup[i]) for i in eligible), default=math.inf)
    budget = scenario.goals.budget
    if budget is not None and budget < cheapest < math.inf:
        cure = f"it opens nothing, the cheapest candidate costs {cheapest:g} a week; raise it"
        yield _note("goals.budget", cure, f"{budget:g}")


def _appeals(scenario: Scenario) -> Iterator[Fault]:
    have = {(a.channel_type, a.segment) for a in scenario.appeals}
    pairs = [(t.id, s.id) for t in scenario.channel_types for s in scenario.segments]
    missing = [f"{a} to {b}" for a, b in pairs if (a, b) not in have]
    if missing:
        yield _note(
            "appeals", f"{_some(missing)}: no row, so the appeal is 0; add one if it is not"
        )


def _assumptions(scenario: Scenario) -> Iterator[Fault]:
    """Yield notes where an assumption's value is not the one in use."""
    for row in scenario.assumptions:
        if "*" in row.path:
            continue
        used = paths.value_at(scenario, row.path)
        if used is None:
            cure = f"{row.path} is not set, so there is nothing to vary; set it or delete the row"
            yield _note("assumptions", cure, row.path)
        elif not math.isclose(used, row.value, rel_tol=1e-9):
            cure = f"{row.path} is {used:g} in use, but {row.value:g} here; make them agree"
            yield _note("assumptions", cure, row.path)


def _note(file: str, cure: str, value: str = "") -> Fault:
    return Fault(file, None, None, value, cure, "note", "note")


def _some(names: Sequence[str]) -> str:
    more = f" and {len(names) - 5} more" if len(names) > 5 else ""
    return ", ".join(names[:5]) + more

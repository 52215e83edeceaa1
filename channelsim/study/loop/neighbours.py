"""A plan bettered move by move under the demand that consumers choose by.

In assignment mode the solver counts what it assigns: a second outlet in a zone it serves already is
worth nothing to it, however much it sells. The planned measures know better, above all once runs
have corrected them. So, candidate by candidate, one is opened, closed or put in another's place in
its zone where that brings the plan nearer its limits, or earns more within them (add, drop, bump
and shift; Kuehn & Hamburger 1963).
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from channelsim.domain.columns import Bools
from channelsim.domain.economics import UnitMoney, unit_money
from channelsim.domain.layout import Layout, Opening
from channelsim.domain.measures import planned
from channelsim.domain.scenario import Scenario
from channelsim.optimise.scenario_inputs import asked

SWEEPS = 3
"""Most times that every candidate is tried."""
ENOUGH = 1e-9

_UNSEEN = (
    *("participation", "no_worse_than_today", "min_margin", "min_share", "diversion_proof"),
    *("within_span", "min_compliance", "max_changes", "single_source"),
)

type Worth = tuple[float, float]
"""How far limits are missed, negative; objective, money per week: more is better, in that order."""


def bettered(scenario: Scenario, layout: Layout) -> Layout:
    """Return a layout that no single move betters, or the best after some sweeps.

    Territories and incentive money of a partner that closes altogether go with it; an outlet that
    opens brings none, and takes from all what the budget lacks. A plan stays as it is where
    territories are exclusive, or where limits hold that moves do not look at.
    """
    if scenario.goals.exclusive_territories or limited(scenario):
        return layout
    trial = _Trial(scenario, unit_money(scenario))
    worth = trial.worth(layout)
    for _ in range(SWEEPS):
        before = worth
        for candidate in trial.movable:
            for move in trial.moves(layout, candidate):
                other = trial.afforded(move)
                if other is not None and _better(found := trial.worth(other), worth):
                    layout, worth = other, found
                    break
        if worth == before:
            break
    return layout


def limited(scenario: Scenario) -> bool:
    """Return whether a plan has limits beyond those on money, counts by type, service, coverage,
    conflict and supply.
    """
    goals = scenario.goals
    least = [c.min_volume for c in scenario.candidates]
    least += [p.min_volume for p in scenario.partners]
    return (
        any(asked(getattr(goals, name)) for name in _UNSEEN)
        or bool(scenario.pairs or scenario.count_rules)
        or any(least)
    )


def toggled(scenario: Scenario, layout: Layout, candidate: str) -> Layout:
    """Return a layout with one candidate opened or closed."""
    if candidate not in layout.open_ids:
        return layout.replace(openings=(*layout.openings, Opening(candidate)))
    kept = tuple(o for o in layout.openings if o.candidate != candidate)
    index = scenario.columns.candidate_index
    partners = {scenario.candidates[index[o.candidate]].partner for o in kept}
    return Layout(
        openings=kept,
        territories=tuple(t for t in layout.territories if t.partner in partners),
        incentives=tuple(s for s in layout.incentives if s.partner in partners),
    )


@dataclass(frozen=True)
class _Trial:
    scenario: Scenario
    money: UnitMoney

    def moves(self, layout: Layout, candidate: str) -> Iterator[Layout]:
        """Yield the layouts in which a candidate is the other way round, alone or in exchange for
        one of its zone.
        """
        other = toggled(self.scenario, layout, candidate)
        yield other
        if candidate in layout.open_ids:
            return
        index, free = self.scenario.columns.candidate_index, set(self.movable)
        zone = self.scenario.candidates[index[candidate]].zone
        for name in layout.open_ids:
            if name in free and self.scenario.candidates[index[name]].zone == zone:
                yield toggled(self.scenario, other, name)

    @cached_property
    def movable(self) -> list[str]:
        """Candidates that may be opened or closed, those that cost most first."""
        least = self.scenario.goals.min_service or 0.0
        rows = zip(self.scenario.candidates, self.scenario.columns.service, strict=True)
        free = [
            j for j, (c, service) in enumerate(rows)
            if c.eligible and not c.must_open and not c.must_close and service >= least
        ]  # fmt: skip
        cost = self.money.fixed + self.money.setup
        return [self.scenario.candidates[j].id for j in sorted(free, key=lambda j: -cost[j])]

    def afforded(self, layout: Layout) -> Layout | None:
        """Return a layout with the incentive money that its budget leaves, or None if the limits on
        money or on how much is open forbid it.
        """
        budget, is_open = self.scenario.goals.budget, _mask(self.scenario, layout)
        if not self._allows(is_open):
            return None
        if budget is None:
            return layout
        fixed = float((self.money.fixed + self.money.setup)[is_open].sum())
        left = budget - fixed - float(self.money.closing[~is_open].sum())
        spent = sum(s.value for s in layout.incentives)
        if spent <= left + ENOUGH:
            return layout
        if left < 0 or any(r.min_spend > 0 for r in self.scenario.responses):
            return None
        less = tuple(replace(s, value=s.value * left / spent) for s in layout.incentives)
        return layout.replace(incentives=less)

    def _allows(self, is_open: Bools) -> bool:
        scenario, goals = self.scenario, self.scenario.goals
        rows = zip(scenario.candidates, is_open.tolist(), strict=True)
        new = sum(c.setup_cost for c, opens in rows if opens and not c.open_today)
        of_type = np.bincount(scenario.columns.type_of[is_open], minlength=len(self._kinds))
        return (
            (goals.setup_budget is None or new <= goals.setup_budget + ENOUGH)
            and (goals.max_open is None or int(is_open.sum()) <= goals.max_open)
            and all(
                least <= count and (most is None or count <= most)
                for count, (least, most) in zip(of_type.tolist(), self._kinds, strict=True)
            )
        )

    def worth(self, layout: Layout) -> Worth:
        """Return how good a layout is."""
        goals, told = self.scenario.goals, planned(self.scenario, layout)
        over = 0.0 if goals.max_conflict is None else told.conflict - goals.max_conflict
        short = 0.0 if goals.min_coverage is None else goals.min_coverage - told.coverage
        supply = self.scenario.economics.supply_capacity
        scarce = 0.0 if supply is None else told.units / supply - 1
        missed = max(over, 0.0) + max(short, 0.0) + max(scarce, 0.0)
        return -missed, told.profit - goals.conflict_price * told.conflict

    @property
    def _kinds(self) -> list[tuple[int, int | None]]:
        return [(kind.min_open, kind.max_open) for kind in self.scenario.channel_types]


def _mask(scenario: Scenario, layout: Layout) -> Bools:
    ids = set(layout.open_ids)
    return np.array([c.id in ids for c in scenario.candidates], dtype=bool)


def _better(new: Worth, old: Worth) -> bool:
    if abs(new[0] - old[0]) > ENOUGH:
        return new[0] > old[0]
    return new[1] > old[1] + ENOUGH * abs(old[1])

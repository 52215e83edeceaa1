"""What could go wrong with a plan, from its own figures: the gravest first."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from channelsim.domain.columns import Floats
from channelsim.domain.demand import expected_flows, open_mask
from channelsim.domain.economics import partner_profit, reservation, unit_money
from channelsim.domain.layout import Layout
from channelsim.domain.measures import CONFLICT_KINDS, lifted
from channelsim.domain.scenario import Scenario
from channelsim.report.findings import plan_case
from channelsim.study.compare import Comparison
from channelsim.study.figures import change, figure, unit_after, with_interval
from channelsim.words import label

if TYPE_CHECKING:
    from channelsim.optimise.recommend import Recommendation

NOTABLE = {"gap": 0.03, "dependence": 0.25, "full": 0.98, "conflict": 0.005}


@dataclass(frozen=True)
class Risk:
    """One risk in words, with a weight to rank it by."""

    weight: float
    """Rough gravity, 0 to 1 and above."""
    sentence: str
    """What threatens, with its figures, and what to do about it."""


def risks(recommendation: "Recommendation", comparison: Comparison, most: int = 3) -> list[str]:
    """Return the gravest risks of a plan in words, at most `most`."""
    case = plan_case(recommendation, comparison)
    scenario, layout = comparison.cases[case]
    found = [
        *_missed_goals(recommendation.scenario, comparison, case),
        *_uncertain_gain(scenario, comparison, case),
        *_overpromise(scenario, comparison, case),
        *_conflict_rise(comparison, case),
        *_exits(scenario, comparison, case),
        *_of_operations(scenario, layout),
    ]
    ranked = sorted(found, key=lambda risk: -risk.weight)
    return [risk.sentence for risk in ranked[:most]]


def _missed_goals(scenario: Scenario, comparison: Comparison, case: str) -> Iterator[Risk]:
    realised, goals = comparison.realised[case], scenario.goals
    cover, conflict = realised["coverage"], realised["conflict"]
    if goals.min_coverage is not None and cover.mean < goals.min_coverage:
        yield Risk(
            1 + (goals.min_coverage - cover.mean),
            f"The simulation covers {with_interval('coverage', cover)} of demand, short of the "
            f"goal of {goals.min_coverage:.1%}: outlets run out of stock or close; ask for more "
            "coverage than you need.",
        )
    if goals.max_conflict is not None and conflict.mean > goals.max_conflict:
        yield Risk(
            1 + (conflict.mean - goals.max_conflict),
            f"The simulation shows conflict of {with_interval('conflict', conflict)}, above the "
            f"limit of {goals.max_conflict:.3f}; tighten the limit or the price policy.",
        )


def _uncertain_gain(scenario: Scenario, comparison: Comparison, case: str) -> Iterator[Risk]:
    if case == comparison.baseline:
        return
    gain = comparison.difference(case, "profit")
    drawn = gain.assumption is not None and math.isfinite(gain.assumption.low)
    spread = gain.assumption if drawn and gain.assumption else gain.realised
    wins = gain.wins_assumption if drawn and gain.wins_assumption is not None else gain.wins
    if spread.low <= 0:
        kind = "draws of the assumptions" if drawn else "runs"
        money = unit_after("profit", scenario.currency)
        yield Risk(
            1 - wins,
            f"The plan earns more than today in {wins:.0%} of the {kind}; the change runs from "
            f"{change('profit', spread.low)} to {change('profit', spread.high)}{money}: check the "
            "assumptions of low confidence first.",
        )


def _overpromise(scenario: Scenario, comparison: Comparison, case: str) -> Iterator[Risk]:
    planned, realised = comparison.planned[case].profit, comparison.realised[case]["profit"]
    lack = (planned - realised.mean) / abs(planned) if planned else 0.0
    if lack > NOTABLE["gap"]:
        money = unit_after("profit", scenario.currency)
        yield Risk(
            lack,
            f"The simulation earns {lack:.0%} less than planned on paper "
            f"({figure('profit', realised.mean)} against {figure('profit', planned)}{money}): "
            "budget on the simulated figure.",
        )


def _conflict_rise(comparison: Comparison, case: str) -> Iterator[Risk]:
    if case == comparison.baseline:
        return
    rises = {kind: comparison.difference(case, kind).realised for kind in CONFLICT_KINDS}
    kind, rise = max(rises.items(), key=lambda item: item[1].mean)
    if rise.mean > NOTABLE["conflict"] and not rise.low <= 0:
        now = comparison.realised[case][kind].mean
        yield Risk(
            rise.mean,
            f"{label(kind)} rises by {figure(kind, rise.mean)} to {figure(kind, now)}, the most of "
            "the four kinds: agree the terms with the partners concerned before opening.",
        )


def _exits(scenario: Scenario, comparison: Comparison, case: str) -> Iterator[Risk]:
    """Yield the partners that leave in the simulation, where runs recorded partners."""
    runs = comparison.outcomes[case]
    if not all(any(s.measure == "active" and s.level == "partner" for s in r.series) for r in runs):
        return
    left = np.mean([_left(run.weekly("active", "partner")) for run in runs], axis=0)
    if not left.any():
        return
    worst = np.argsort(-left, kind="stable")[: np.count_nonzero(left)]
    names = [scenario.partners[p].name_en or scenario.partners[p].name for p in worst]
    yield Risk(
        float(left.max()),
        f"{len(names)} of {len(left)} partners leave in some run of the simulation, "
        f"{_listed(names)} first (in {left.max():.0%} of the runs): talk to them before signing.",
    )


def _left(active: Floats) -> Floats:
    """Return which partners were active and are no longer at the end: (P,) of 0 and 1."""
    return np.where((active.max(axis=0) > 0) & (active[-1] == 0), 1.0, 0.0)


def _of_operations(scenario: Scenario, layout: Layout) -> Iterator[Risk]:
    """Yield the risks that expected sales of single operations show."""
    is_open = open_mask(scenario, layout)
    units = lifted(scenario, layout, expected_flows(scenario, layout)).by_candidate(len(is_open))
    money = unit_money(scenario)
    asks = is_open & (money.reservation + money.reservation_rate > 0)
    poor = asks & (partner_profit(money, units) < reservation(money, units))
    if poor.any():
        share = float(poor.sum() / asks.sum())
        yield Risk(
            share,
            f"{poor.sum()} of {asks.sum()} operations are expected to earn their partner less than "
            f"it could elsewhere ({_names(scenario, poor)}): better their terms or leave them out.",
        )
    full = is_open & (units > NOTABLE["full"] * scenario.columns.capacity)
    if full.any():
        yield Risk(
            float(units[full].sum() / max(units.sum(), 1e-9)),
            f"{full.sum()} operations would sell as much as they can or more "
            f"({_names(scenario, full)}): add doors there or expect lost sales.",
        )
    yield from _dependence(scenario, units)


def _dependence(scenario: Scenario, units: Floats) -> Iterator[Risk]:
    columns = scenario.columns
    by_partner = np.bincount(columns.partner_of, units, minlength=len(scenario.partners))
    outside = np.array([not p.own for p in scenario.partners])
    if not outside.any() or units.sum() <= 0:
        return
    share = np.where(outside, by_partner, 0.0) / units.sum()
    top = int(share.argmax())
    if share[top] > NOTABLE["dependence"]:
        partner = scenario.partners[top]
        yield Risk(
            float(share[top]) / 2,
            f"{partner.name_en or partner.name} alone sells {share[top]:.0%} of all units: its "
            "exit would take them along; keep a second partner ready.",
        )


def _names(scenario: Scenario, mask: np.ndarray) -> str:
    names = [scenario.candidates[j].name or scenario.candidates[j].id for j in np.flatnonzero(mask)]
    return _listed(names)


def _listed(names: list[str]) -> str:
    return ", ".join(names[:3]) + (", ..." if len(names) > 3 else "")

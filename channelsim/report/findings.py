"""What a director reads first: the headline, the measures today and under the plan, the risks."""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from channelsim.domain.measures import UNITS
from channelsim.domain.policy import Goals
from channelsim.domain.scenario import Scenario
from channelsim.errors import BadValue
from channelsim.report.actions import actions, moves
from channelsim.study.compare import Comparison, Difference
from channelsim.study.figures import change, figure, span, unit_after
from channelsim.study.intervals import Interval

if TYPE_CHECKING:
    from channelsim.optimise.recommend import Recommendation

SUMMARY_MEASURES = (
    "coverage",
    "cost",
    "conflict",
    "profit",
    "revenue",
    "units",
    "partner_profit",
    "viable",
)


@dataclass(frozen=True)
class Finding:
    """One measure today and under the plan."""

    measure: str
    """Measure."""
    unit: str
    """Its unit."""
    today: Interval
    """Realised today."""
    plan: Interval
    """Realised under the plan."""
    difference: Difference
    """Plan minus today, paired."""
    planned_today: float
    """Planned figure of today's layout, consumers choosing by logit."""
    planned_plan: float
    """Planned figure of the plan, consumers choosing by logit."""


def plan_case(recommendation: "Recommendation", comparison: Comparison) -> str:
    """Return the name of the case that plays the recommended layout in its own scenario.

    Goals may differ: a recommendation carries those that were asked for.

    Raises
    ------
    BadValue
        If no case does.
    """
    wanted = _apart_from_goals(recommendation.scenario)
    for name in reversed(comparison.names):
        scenario, layout = comparison.cases[name]
        if layout == recommendation.layout and _apart_from_goals(scenario) == wanted:
            return name
    raise BadValue(
        f"none of the cases {', '.join(comparison.names)} plays the recommended layout; "
        "compare today's layout with recommendation.layout first"
    )


def _apart_from_goals(scenario: Scenario) -> str:
    return scenario.replace(goals=Goals()).digest


def findings(
    comparison: Comparison, case: str, measures: tuple[str, ...] = SUMMARY_MEASURES
) -> tuple[Finding, ...]:
    """Return the measures of the baseline and of one case, with their paired difference."""
    realised, planned = comparison.realised, comparison.planned
    before, after = planned[comparison.baseline].as_dict(), planned[case].as_dict()
    return tuple(
        Finding(
            measure=m,
            unit=UNITS[m],
            today=realised[comparison.baseline][m],
            plan=realised[case][m],
            difference=comparison.difference(case, m),
            planned_today=before[m],
            planned_plan=after[m],
        )
        for m in measures
    )


def headline(recommendation: "Recommendation", comparison: Comparison) -> str:
    """Return the plan in one sentence: what it does, and what a simulation says it brings."""
    scenario = recommendation.scenario
    case = plan_case(recommendation, comparison)
    today = comparison.cases[comparison.baseline][1]
    done = moves(actions(scenario, today, recommendation.layout))
    row = {f.measure: f for f in findings(comparison, case, ("profit", "coverage", "conflict"))}
    profit = row["profit"]
    money = unit_after("profit", scenario.currency)
    effect = [
        f"coverage {_step(row['coverage'])}",
        f"contribution {_step(profit)}{money} ({_gain(profit)})",
        f"conflict {_step(row['conflict'])}",
    ]
    return f"{done[0].upper()}{done[1:]}: {', '.join(effect)}."


def _step(finding: Finding) -> str:
    before, after = figure(finding.measure, finding.today.mean), finding.plan.mean
    return f"from {before} to {figure(finding.measure, after)}"


def _gain(finding: Finding) -> str:
    gain, base = finding.difference.realised, finding.today.mean
    text = f"{gain.mean / base:+.1%}" if base > 0 else change(finding.measure, gain.mean)
    over = finding.difference.assumption
    if over and math.isfinite(over.low):
        return f"{text}; {span(finding.measure, over)} over the assumptions' ranges"
    if math.isfinite(gain.low):
        return f"{text}; {span(finding.measure, gain)} between replications"
    return text

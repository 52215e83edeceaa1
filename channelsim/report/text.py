"""What the prompt shows of a plan: a short aligned block with units and intervals."""

from typing import TYPE_CHECKING

from channelsim.domain.measures import HEADLINE
from channelsim.report.findings import findings, headline, plan_case
from channelsim.study.aligned import aligned
from channelsim.study.compare import Comparison
from channelsim.study.comparison_text import measure_head, runs_line
from channelsim.study.figures import change_with_interval, figure, span, with_interval
from channelsim.words import label, unit

if TYPE_CHECKING:
    from channelsim.optimise.recommend import Recommendation


def plan_text(recommendation: "Recommendation", comparison: Comparison) -> str:
    """Return a plan in short: headline, today against the plan, the proof of its quality."""
    currency = recommendation.scenario.currency
    case = plan_case(recommendation, comparison)
    rows = [
        ["", "today simulated", "plan on paper", "plan simulated", "difference", "over assumptions"]
    ]
    for row in findings(comparison, case, HEADLINE):
        over = row.difference.assumption
        rows.append(
            [
                measure_head(row.measure, currency),
                with_interval(row.measure, row.today),
                figure(row.measure, row.planned_plan),
                with_interval(row.measure, row.plan),
                change_with_interval(row.measure, row.difference.realised),
                span(row.measure, over) if over else "",
            ]
        )
    if not comparison.drawn:
        rows = [row[:-1] for row in rows]
    lines = [headline(recommendation, comparison), "", aligned(rows), ""]
    return "\n".join([*lines, solver_line(recommendation), runs_line(comparison)])


def solver_line(recommendation: "Recommendation") -> str:
    """Return the solver's status, gap and time in one line, and the objective they are about."""
    r = recommendation
    money = f"{r.objective:,.0f} {unit('money/week', r.scenario.currency)}"
    proof = f"{label(r.status)}; gap {r.gap:.1e}, {r.seconds:.1f} s"
    return f"Solver: {r.solver}, {proof}; objective {money} in {r.mode} mode"

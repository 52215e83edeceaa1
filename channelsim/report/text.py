"""What the prompt shows: short aligned blocks with units and intervals."""

from collections.abc import Sequence
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

from channelsim.domain.measures import HEADLINE, Measures
from channelsim.report.figures import (
    change_with_interval,
    figure,
    span,
    unit_after,
    with_interval,
)
from channelsim.report.findings import findings, headline, plan_case
from channelsim.study.compare import Comparison
from channelsim.words import label

if TYPE_CHECKING:
    from channelsim.optimise.recommend import Recommendation

GAP = "   "


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
                _head(row.measure, currency),
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
    """Return the solver's status, gap and time in one line."""
    r = recommendation
    return (
        f"Solver: {r.solver}, {label(r.status)}; gap {r.gap:.1e}, {r.seconds:.1f} s; {r.mode} mode"
    )


def runs_line(comparison: Comparison) -> str:
    """Return how many runs a comparison rests on, and what its intervals are."""
    runs = comparison.replications
    text = f"Simulated: {runs} {'replication' if runs == 1 else 'replications'}"
    text += f", seed {comparison.seed}"
    if runs > 1:
        text += f"; ± is the {comparison.level:.0%} interval of the mean"
    draws = max((len(seen) for seen in comparison.drawn.values()), default=0)
    return f"{text}; {draws} draws of the assumptions" if draws else text


def comparison_text(comparison: Comparison) -> str:
    """Return a comparison in short: the headline measures of its cases, or all of a single one."""
    if len(comparison.names) == 1:
        blocks = [_all_measures(comparison)]
    else:
        blocks = [_one_measure(comparison, measure) for measure in HEADLINE]
    return "\n\n".join([*blocks, runs_line(comparison)])


def _all_measures(comparison: Comparison) -> str:
    (name,) = comparison.names
    currency = comparison.cases[name][0].currency
    planned, realised = comparison.planned[name].as_dict(), comparison.realised[name]
    rows = [[name, "on paper", "simulated"]]
    for measure in Measures.names():
        texts = (figure(measure, planned[measure]), with_interval(measure, realised[measure]))
        rows.append([_head(measure, currency), *texts])
    return aligned(rows)


def _one_measure(comparison: Comparison, measure: str) -> str:
    currency = comparison.cases[comparison.baseline][0].currency
    realised, planned = comparison.realised, comparison.planned
    against = f"against {comparison.baseline}"
    rows = [[_head(measure, currency), "on paper", "simulated", against, "better in"]]
    for name in comparison.names:
        figures = [
            figure(measure, planned[name].as_dict()[measure]),
            with_interval(measure, realised[name][measure]),
        ]
        gap = ["", ""]
        if name != comparison.baseline:
            difference = comparison.difference(name, measure)
            mean = change_with_interval(measure, difference.realised)
            gap = [mean, f"{difference.wins:.0%}"]
        rows.append([f"  {name}", *figures, *gap])
    return aligned(rows)


def _head(measure: str, currency: str) -> str:
    unit = unit_after(measure, currency).strip()
    return f"{label(measure)}, {unit}" if unit else label(measure)


def aligned(rows: Sequence[Sequence[str]]) -> str:
    """Return rows of cells as columns: the first flush left, the others flush right."""
    widths = [max(_width(row[at]) for row in rows) for at in range(len(rows[0]))]
    lines = []
    for row in rows:
        cells = [row[0] + " " * (widths[0] - _width(row[0]))]
        pairs = zip(row[1:], widths[1:], strict=True)
        cells += [" " * (width - _width(cell)) + cell for cell, width in pairs]
        lines.append(GAP.join(cells).rstrip())
    return "\n".join(lines)


def _width(text: str) -> int:
    """Return the columns a text takes in a terminal: two for each Chinese character."""
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)

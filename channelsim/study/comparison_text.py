"""A comparison in short aligned blocks: its cases on paper, simulated and over the assumptions."""

from typing import TYPE_CHECKING

from channelsim.domain.measures import HEADLINE, Measures
from channelsim.study.aligned import aligned
from channelsim.study.figures import (
    change_with_interval,
    figure,
    level_span,
    span,
    unit_after,
    with_interval,
)
from channelsim.words import label

if TYPE_CHECKING:
    from channelsim.study.compare import Comparison, Difference

INDENT = "  "
LONGEST_HEAD = 18


def comparison_text(comparison: "Comparison") -> str:
    """Return the headline measures of the cases and their regret, or all measures of one case."""
    if len(comparison.names) == 1:
        blocks = [_all_measures(comparison)]
    else:
        blocks = [measure_block(comparison, measure) for measure in HEADLINE]
        blocks.append(_regret(comparison))
    return "\n\n".join([*blocks, runs_line(comparison)])


def runs_line(comparison: "Comparison") -> str:
    """Return how many runs a comparison rests on, and what its intervals are."""
    level, runs, draws = comparison.level, comparison.replications, comparison.draws
    lines = [f"Simulated: {_count(runs, 'replication')}, seed {comparison.seed}"]
    if runs > 1:
        lines[0] += f"; ± is the {level:.0%} interval of the mean"
    if draws:
        lines.append(f"Over assumptions: the middle {level:.0%} of {_count(draws, 'draw')} ")
        lines[1] += "from the assumptions' ranges, shared by all cases"
    return "\n".join(lines)


def measure_head(measure: str, currency: str) -> str:
    """Return a measure with its unit, as the head of a row or of a block."""
    unit = unit_after(measure, currency).strip()
    return f"{label(measure)}, {unit}" if unit else label(measure)


def _all_measures(comparison: "Comparison") -> str:
    (name,) = comparison.names
    currency = comparison.cases[name][0].currency
    planned, realised = comparison.planned[name].as_dict(), comparison.realised[name]
    drawn = comparison.assumption.get(name, {})
    rows = [[name, "on paper", "simulated", *(["over assumptions"] if drawn else [])]]
    for measure in Measures.names():
        texts = [figure(measure, planned[measure]), with_interval(measure, realised[measure])]
        over = [level_span(measure, drawn[measure])] if drawn else []
        rows.append([measure_head(measure, currency), *texts, *over])
    return aligned(rows)


def measure_block(comparison: "Comparison", measure: str) -> str:
    """Return one measure of all cases, with both intervals of their differences."""
    realised, planned = comparison.realised, comparison.planned
    over = ["over assumptions"] if comparison.draws else []
    paper = [] if measure in comparison.watch else ["on paper"]
    rows = [["", *paper, "simulated", f"against {_shortly(comparison)}", *over, "better in"]]
    for name in comparison.names:
        levels = [figure(measure, planned[name].as_dict()[measure])] if paper else []
        levels.append(with_interval(measure, realised[name][measure]))
        changes = [""] * (len(over) + 2)
        if name != comparison.baseline:
            changes = _changes(comparison.difference(name, measure))
        rows.append([INDENT + name, *levels, *changes])
    head = measure_head(measure, comparison.cases[comparison.baseline][0].currency)
    return f"{head}\n{aligned(rows)}"


def _shortly(comparison: "Comparison") -> str:
    """Return the baseline's name, or where it stands if a column's head cannot hold it."""
    name = comparison.baseline
    return name if len(name) <= LONGEST_HEAD else "the first"


def _changes(difference: "Difference") -> list[str]:
    """Return the mean difference, its range over the draws if any, and how often it is better."""
    measure, over = difference.measure, difference.assumption
    mean = change_with_interval(measure, difference.realised)
    if over is None:
        return [mean, f"{difference.wins:.0%} of runs"]
    return [mean, span(measure, over), f"{difference.wins_assumption:.0%} of draws"]


def _regret(comparison: "Comparison") -> str:
    currency = comparison.cases[comparison.baseline][0].currency
    kind = "draws" if comparison.draws else "runs"
    rows = [["", "best in", "mean", "worst"]]
    for regret in comparison.regret:
        money = [figure("profit", value) for value in (regret.mean, regret.worst)]
        rows.append([INDENT + regret.case, f"{regret.best:.0%} of {kind}", *money])
    unit = unit_after("profit", currency).strip()
    head = f"Regret: contribution short of the best of these cases, {unit}"
    return f"{head}\n{aligned(rows)}"


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"

"""A question, its figures and its answer as text; the answer claims no more than the intervals."""

from typing import TYPE_CHECKING

import numpy as np

from channelsim.study.aligned import wrapped
from channelsim.study.comparison_text import measure_block, runs_line
from channelsim.study.figures import (
    change_with_interval,
    figure,
    level_span,
    span,
    unit_after,
    with_interval,
)
from channelsim.study.intervals import Interval
from channelsim.words import label

if TYPE_CHECKING:
    from channelsim.study.compare import Difference
    from channelsim.study.question import Answer, Gain, Question

INDENT = "    "
RANGES = "over the assumptions' ranges"
SHARE = "share"


def answer_text(answer: "Answer") -> str:
    """Return title and question, a block a measure, and the answer."""
    question, played = answer.question, answer.comparison
    blocks = [measure_block(played, measure) for measure in question.measures]
    return "\n\n".join([head_of(question), *blocks, runs_line(played), answer_lines(answer)])


def head_of(question: "Question") -> str:
    """Return title and question."""
    return f"{question.title}\n{question.text}"


def answer_lines(answer: "Answer") -> str:
    """Return what the figures say: which case does best, by how much, and how sure that is."""
    lines = [f"Answer: {verdict(answer)}", *_beside(answer)]
    lines += [_gain_line(answer, gain) for gain in answer.gains]
    return "\n".join(wrapped(line, INDENT) for line in lines)


def verdict(answer: "Answer") -> str:
    """Return in one sentence which case does best in the first measure."""
    played, measure = answer.comparison, answer.question.measures[0]
    base, best = played.baseline, answer.best
    others = [name for name in played.names if name != base]
    differences = {name: played.difference(name, measure) for name in others}
    if all(_is_nothing(d) for d in differences.values()):
        level = _level(answer, base, measure)
        return f"none of the cases moves {_name(measure)}: {level} in all of them."
    if best == base:
        return f"nothing does better than {base}, {_name(measure)} {_level(answer, base, measure)}."
    step, difference = _step(answer, best, measure), differences[best]
    if not difference.is_likely:
        return f"no case is told from {base}; at best {best}: {step}; {_doubt(difference)}."
    close = [name for name in answer.rivals if name != base]
    lead = f"; no clear lead over {' or '.join(close)}" if close else ""
    return f"{best} does best: {step}; {_doubt(difference)}{lead}."


def _beside(answer: "Answer") -> list[str]:
    """Return what the best case does to the other measures, or what the others lack of it."""
    played, (first, *more) = answer.comparison, answer.question.measures
    if answer.best != played.baseline:
        found = [played.difference(answer.best, measure) for measure in more]
        moved = [difference.measure for difference in found if not _is_nothing(difference)]
        return [f"  With it {_step(answer, answer.best, measure)}." for measure in moved]
    others = [played.difference(name, first) for name in answer.ranking[1:]]
    if all(_is_nothing(difference) for difference in others):
        return []
    currency = played.cases[played.baseline][0].currency
    return [f"  {d.case}: {_change(d, currency)}; {_doubt(d)}." for d in others]


def _gain_line(answer: "Answer", gain: "Gain") -> str:
    new, drawn = with_interval(SHARE, gain.new), gain.assumption
    over = f" ({level_span(SHARE, drawn)} {RANGES})" if drawn and drawn.is_known else ""
    kind = answer.question.newcomer
    types = answer.comparison.cases[gain.case][0].channel_types
    name = next(t.name_en or t.name for t in types if t.id == kind)
    sold = figure("units", gain.units)
    return (
        f"  {gain.case}: of the {sold} units/week of {name}, {new} are new to the brand{over}, "
        "the rest is taken from its other channels."
    )


def _step(answer: "Answer", case: str, measure: str) -> str:
    """Return a measure from the first case to another, with both intervals of the difference."""
    played = answer.comparison
    difference = played.difference(case, measure)
    before, after = (
        figure(measure, played.realised[name][measure].mean) for name in (played.baseline, case)
    )
    currency = played.cases[case][0].currency
    unit = unit_after(measure, currency)
    return f"{_name(measure)} from {before} to {after}{unit} ({_change(difference)})"


def _change(difference: "Difference", currency: str | None = None) -> str:
    """Return a difference with both its intervals, with its unit where a currency is given."""
    measure, over = difference.measure, difference.assumption
    unit = "" if currency is None else unit_after(measure, currency)
    ranges = f"; {span(measure, over)} {RANGES}" if over and over.is_known else ""
    return change_with_interval(measure, difference.realised) + unit + ranges


def _level(answer: "Answer", case: str, measure: str) -> str:
    unit = unit_after(measure, answer.comparison.cases[case][0].currency)
    return with_interval(measure, answer.comparison.realised[case][measure]) + unit


def _doubt(difference: "Difference") -> str:
    """Return which of the intervals that there are exclude 0."""
    noise, over = difference.realised, difference.assumption
    drawn = over is not None and over.is_known
    if not noise.is_known and not drawn:
        return "one run a case has no interval, ask for more"
    if not noise.is_known:
        return f"one run a case shows no noise, {_place(over)} {RANGES}"
    if not drawn:
        return f"{_place(noise)} between runs, nothing is said about the assumptions' ranges"
    if difference.is_told:
        return "both intervals exclude 0"
    if noise.excludes_zero:
        return f"0 is excluded between runs, but not {RANGES} ({_wins(difference)})"
    return f"{_place(noise)} between runs"


def _wins(difference: "Difference") -> str:
    return f"better in {difference.wins_assumption or 0:.0%} of draws"


def _place(interval: Interval | None) -> str:
    excluded = interval is not None and interval.excludes_zero
    return f"0 is {'' if excluded else 'not '}excluded"


def _is_nothing(difference: "Difference") -> bool:
    over = difference.assumption
    drawn = (over.mean, over.low, over.high) if over else ()
    return not np.nan_to_num([difference.realised.mean, *drawn]).any()


def _name(measure: str) -> str:
    """Return a measure as it stands within a sentence."""
    text = label(measure)
    return text[0].lower() + text[1:]

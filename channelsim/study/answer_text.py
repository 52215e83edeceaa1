"""A question, its figures and its answer as text; the answer claims no more than the intervals."""

from typing import TYPE_CHECKING

import numpy as np

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
    from channelsim.study.question import Answer, Gain

RANGES = "over the assumptions' ranges"
SHARE = "share"


def answer_text(answer: "Answer") -> str:
    """Return title and question, a block a measure, and the answer."""
    question, played = answer.question, answer.comparison
    blocks = [measure_block(played, measure) for measure in question.measures]
    head = f"{question.title}\n{question.text}"
    return "\n\n".join([head, *blocks, runs_line(played), answer_lines(answer)])


def answer_lines(answer: "Answer") -> str:
    """Return what the figures say: which case does best, by how much, and how sure that is."""
    lines = [f"Answer: {verdict(answer)}", *_beside(answer)]
    lines += [_gain_line(answer, gain) for gain in answer.gains]
    return "\n".join(lines)


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
        close = _listed(answer.rivals, "; not told from it: ")
        level = _level(answer, base, measure)
        return f"nothing does better than {base}: {_name(measure)} {level}{close}."
    step, doubt = _step(answer, best, measure), _doubt(differences[best])
    if not differences[best].is_told:
        return f"no case is told from {base}; at best {best}: {step}; {doubt}."
    close = _listed(answer.rivals, "; not told from it: ")
    return f"{best} does best: {step}; {doubt}{close}."


def _beside(answer: "Answer") -> list[str]:
    """Return what the best case does to the other measures."""
    best, more = answer.best, answer.question.measures[1:]
    if best == answer.comparison.baseline:
        return []
    return [f"  With it {_step(answer, best, measure)}." for measure in more]


def _gain_line(answer: "Answer", gain: "Gain") -> str:
    new = with_interval(SHARE, gain.new)
    drawn = gain.assumption
    over = f"; {level_span(SHARE, drawn)} {RANGES}" if drawn and drawn.is_known else ""
    kind = answer.question.newcomer
    types = answer.comparison.cases[gain.case][0].channel_types
    name = next(t.name_en or t.name for t in types if t.id == kind)
    sold = figure("units", gain.units)
    return (
        f"  {gain.case}: of the {sold} units/week of {name} {new} are new to the brand{over}; "
        "the rest is taken from its other channels."
    )


def _step(answer: "Answer", case: str, measure: str) -> str:
    """Return a measure from the first case to another, with both intervals of the difference."""
    played = answer.comparison
    difference = played.difference(case, measure)
    before, after = (
        figure(measure, played.realised[name][measure].mean) for name in (played.baseline, case)
    )
    unit = unit_after(measure, played.cases[case][0].currency)
    change = change_with_interval(measure, difference.realised)
    over = difference.assumption
    ranges = f"; {span(measure, over)} {RANGES}" if over and over.is_known else ""
    return f"{_name(measure)} from {before} to {after}{unit} ({change}{ranges})"


def _level(answer: "Answer", case: str, measure: str) -> str:
    unit = unit_after(measure, answer.comparison.cases[case][0].currency)
    return with_interval(measure, answer.comparison.realised[case][measure]) + unit


def _doubt(difference: "Difference") -> str:
    """Return which intervals exclude 0."""
    noise, over = difference.realised, difference.assumption
    drawn = over is not None and over.is_known
    if not noise.is_known and not drawn:
        return "one run a case has no interval, ask for more"
    if not noise.is_known:
        return f"one run a case shows no noise; {RANGES} 0 is {_side(over)}"
    if not drawn:
        return f"between runs 0 is {_side(noise)}, the assumptions' ranges were not drawn from"
    if noise.excludes_zero == difference.is_told:
        return "both intervals exclude 0" if difference.is_told else _one_of(noise, over)
    return _one_of(noise, over)


def _one_of(noise: Interval, over: Interval | None) -> str:
    return f"0 is {_side(noise)} between runs and {_side(over)} {RANGES}"


def _side(interval: Interval | None) -> str:
    return "excluded" if interval is not None and interval.excludes_zero else "not excluded"


def _is_nothing(difference: "Difference") -> bool:
    over = difference.assumption
    drawn = (over.mean, over.low, over.high) if over else ()
    return not np.nan_to_num([difference.realised.mean, *drawn]).any()


def _listed(names: tuple[str, ...], head: str) -> str:
    return head + ", ".join(names) if names else ""


def _name(measure: str) -> str:
    """Return a measure as it stands within a sentence."""
    text = label(measure)
    return text[0].lower() + text[1:]

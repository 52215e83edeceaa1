"""Ask a question: play its cases under common random numbers, and say which does best.

The first measure decides. A case is said to do best by its mean over replications; how far that can
be trusted is said beside it, by both intervals: the noise between replications, and the ranges of
the assumptions. No case is preferred to one from which neither interval tells it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from channelsim.domain import watched
from channelsim.domain.watched import OF_TYPE
from channelsim.errors import BadValue
from channelsim.study.answer_text import answer_lines, answer_text, head_of
from channelsim.study.compare import Comparison, Progress, compare
from channelsim.study.intervals import Interval, assumption_interval, replication_interval
from channelsim.study.playing import Case


@dataclass(frozen=True, eq=False)
class Question:
    """A question, and the cases that answer it."""

    name: str
    """Short name."""
    title: str
    """Name shown to people."""
    text: str
    """The question, in one sentence."""
    cases: Mapping[str, Case]
    """Title -> (scenario, layout); the others are compared with the first."""
    measures: tuple[str, ...] = ("profit",)
    """Measures that answer it, that which decides first."""
    newcomer: str = ""
    """Channel type of whose sales is said how much is new to the brand; empty: none."""

    def __post_init__(self) -> None:
        if len(self.cases) < 2:
            raise BadValue(
                f"{self.name} has {len(self.cases)} case(s); a question needs two to compare"
            )
        if not self.measures:
            raise BadValue(f"{self.name} names no measures; write one such as profit")


@dataclass(frozen=True)
class Gain:
    """How much of what a newcomer sells is new to the brand, in one case."""

    case: str
    """Case."""
    units: float
    """What the newcomer sells, units per week."""
    new: Interval
    """Share of it that the brand did not sell before, replication interval."""
    assumption: Interval | None
    """The same over the draws of the assumptions; None without draws."""


@dataclass(frozen=True, eq=False, repr=False)
class Answer:
    """A question with the comparison of its cases."""

    question: Question
    """Question."""
    comparison: Comparison
    """Its cases, played."""

    @property
    def ranking(self) -> tuple[str, ...]:
        """The cases by their mean in the first measure, the best first; of equals the first."""
        measure = self.question.measures[0]
        sign = 1.0 if watched.lower_is_better(measure) else -1.0
        means = {
            c: sign * np.mean(self.comparison.values(c, measure)) for c in self.comparison.names
        }
        return tuple(sorted(means, key=means.__getitem__))

    @property
    def best(self) -> str:
        """The case that does best in the first measure."""
        return self.ranking[0]

    @property
    def rivals(self) -> tuple[str, ...]:
        """Cases from which the best cannot be told in the first measure."""
        measure, against = self.question.measures[0], self.comparison.against(self.best)
        others = (name for name in self.comparison.names if name != self.best)
        return tuple(name for name in others if not against.difference(name, measure).is_told)

    @property
    def gains(self) -> tuple[Gain, ...]:
        """How much of the newcomer's sales is new, in each case in which it sells."""
        others = (name for name in self.comparison.names if name != self.comparison.baseline)
        found = (_gain(self.comparison, name, self.question.newcomer) for name in others)
        return tuple(gain for gain in found if gain is not None)

    def summary(self) -> str:
        """Return question, figures and answer as text."""
        return answer_text(self)

    def in_short(self) -> str:
        """Return question and answer as text, without the figures of every case."""
        return "\n".join([head_of(self.question), answer_lines(self)])

    def __str__(self) -> str:
        return self.summary()

    def __repr__(self) -> str:
        return f"Answer({self.question.name!r}, best={self.best!r})"


def ask(
    question: Question,
    *,
    replications: int = 20,
    draws: int = 20,
    seed: int = 0,
    progress: Progress | None = None,
) -> Answer:
    """Play the cases of a question and answer it.

    Parameters
    ----------
    replications
        Runs of each case; run r of every case meets the same consumers.
    draws
        Draws of the assumptions of the first case, each played once by every case.
    progress
        Called with (runs done, runs in all).

    Raises
    ------
    BadValue
        If a measure cannot be watched, or a number of runs is out of range.
    """
    newcomer = (OF_TYPE + question.newcomer,) if question.newcomer else ()
    played = compare(
        question.cases,
        replications=replications,
        draws=draws,
        seed=seed,
        record=("total",),
        watch=(*question.measures, *newcomer),
        progress=progress,
    )
    return Answer(question, played)


def _gain(played: Comparison, case: str, newcomer: str) -> Gain | None:
    """Return the newcomer's gain in a case, None where there is none, it sells nothing, or it sold
    something before: then it is no newcomer.
    """
    if not newcomer or not all(played.values(case, OF_TYPE + newcomer)):
        return None
    if any(played.values(played.baseline, OF_TYPE + newcomer)):
        return None
    sold = played.values(case, OF_TYPE + newcomer)
    new = _new(played.values(case, "units"), played.values(played.baseline, "units"), sold)
    drawn = _new(
        played.drawn_values(case, "units"),
        played.drawn_values(played.baseline, "units"),
        played.drawn_values(case, OF_TYPE + newcomer),
    )
    return Gain(
        case=case,
        units=float(np.mean(sold)),
        new=replication_interval(new, played.level),
        assumption=assumption_interval(drawn, played.level) if drawn else None,
    )


def _new(
    units: tuple[float, ...], before: tuple[float, ...], sold: tuple[float, ...]
) -> list[float]:
    return [(u - b) / s for u, b, s in zip(units, before, sold, strict=True) if s > 0]

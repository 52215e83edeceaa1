"""The questions of a scenario, from the names of its variants to their answers."""

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from typing import NamedTuple

from channelsim.domain.scenario import Scenario
from channelsim.errors import BadInput, Fault
from channelsim.files.layouts import TODAY, find_layout
from channelsim.files.manifest import write_manifest
from channelsim.files.output import OutputFolder, write_file
from channelsim.files.scenario import read_scenario
from channelsim.files.sources import locate
from channelsim.files.variants import Variant
from channelsim.report.compare_job import named_variants
from channelsim.report.job import SIMULATING, WRITING, Tell, silent
from channelsim.report.plan_files import write_table
from channelsim.report.provenance import manifest_entries
from channelsim.study.playing import Case
from channelsim.study.question import Answer, Question, ask
from channelsim.words import AS_IS, part_of

ANSWERS = "answers.txt"
_WRITTEN = (ANSWERS, "manifest.json")
_TAKEN = "a file of this name is written beside the answers; give the variant another name"
_TWIN = "is the name of what the variant is compared with; write another title"


class Asked(NamedTuple):
    """Questions with their answers."""

    answers: tuple[Answer, ...]
    """Answers, in the order asked."""

    def summary(self) -> str:
        """Return every question with its figures and its answer."""
        return "\n\n\n".join(answer.summary() for answer in self.answers)

    def __str__(self) -> str:
        return self.summary()


def ask_files(
    scenario: str | Path,
    names: Sequence[str] = (),
    out: Path | None = None,
    *,
    replications: int = 20,
    draws: int = 20,
    seed: int = 0,
    tell: Tell | None = None,
    show: Callable[[Answer], None] | None = None,
) -> Asked:
    """Ask the questions of a scenario's variants.

    Parameters
    ----------
    names
        Variants; all that ask something by default.
    out
        Folder for the answers and, by question, the table of its cases.
    show
        Called with each answer as soon as it is known.

    Raises
    ------
    BadInput
        If the scenario or a variant has faults, there is no such variant, or it asks nothing.
    OutputRefused
        If the folder cannot be written or holds files of somebody else.
    """
    told = tell or silent
    asked = read_questions(scenario, names)
    if out is not None and (taken := [n for n in asked if n.casefold() in _WRITTEN]):
        raise BadInput([Fault(f"variants/{n}.toml", None, None, n, _TAKEN, "name") for n in taken])
    answers = []
    with nullcontext() if out is None else OutputFolder(out) as folder:
        for question in asked.values():
            answer = ask(
                question,
                replications=replications,
                draws=draws,
                seed=seed,
                progress=partial(told, f"{SIMULATING} {question.name}"),
            )
            answers.append(answer)
            if show is not None:
                show(answer)
        done = Asked(tuple(answers))
        if folder is not None:
            told(WRITING, 0, 1)
            _write(done, folder)
    return done


def read_questions(scenario: str | Path, names: Sequence[str] = ()) -> dict[str, Question]:
    """Return the questions of a scenario's variants by name, all that ask something or those named.

    The cases of a variant are set beside the scenario with the variant's own changes. A variant
    without cases is itself set beside the scenario and today's layout.

    Raises
    ------
    BadInput
        If the scenario or a variant has faults, there is no such variant, or none asks anything.
    """
    base, folder = read_scenario(scenario), locate(scenario)
    variants = named_variants(scenario, names, "questions")
    asking = {name: variant for name, variant in variants.items() if variant.question}
    mute = [name for name in names or variants if name not in asking]
    if mute and (names or not asking):
        raise BadInput([_mute(name) for name in mute])
    return {name: _question(name, variant, base, folder) for name, variant in asking.items()}


def _mute(name: str) -> Fault:
    cure = "asks nothing; write question = and what it is to answer"
    return Fault(f"variants/{name}.toml", None, "question", "", cure, "missing_question")


def _question(name: str, variant: Variant, base: Scenario, folder: Path) -> Question:
    def case(scenario: Scenario, layout: str) -> Case:
        return scenario, find_layout(layout or TODAY, scenario, folder)

    if variant.cases:
        cases = {part_of(variant.baseline): case(variant.scenario, variant.layout)}
        cases |= {part_of(c.title): case(c.scenario, c.layout) for c in variant.cases}
    else:
        if part_of(variant.title) == part_of(AS_IS):
            raise BadInput([Fault(f"variants/{name}.toml", None, "title", variant.title, _TWIN)])
        own = case(variant.scenario, variant.layout)
        cases = {part_of(AS_IS): (base, base.today), part_of(variant.title): own}
    return Question(
        name=name,
        title=variant.title,
        text=variant.question,
        cases=cases,
        measures=variant.measures,
        newcomer=variant.newcomer,
    )


def _write(asked: Asked, folder: Path) -> None:
    """Write the answers, and each question's table and manifest in a folder of its name."""
    write_file(folder / ANSWERS, asked.summary() + "\n")
    for answer in asked.answers:
        place = folder / answer.question.name
        place.mkdir()
        write_table(answer.comparison, place)
        write_manifest(place, **manifest_entries(answer.comparison))
    write_manifest(folder, **manifest_entries(asked.answers[0].comparison))

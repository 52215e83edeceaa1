"""The main job: a scenario becomes a plan, the plan is simulated, compared and written down."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from channelsim.domain.layout import Layout
from channelsim.domain.scenario import Scenario
from channelsim.errors import NoPlan
from channelsim.files.backdrop import read_backdrop
from channelsim.files.layouts import find_layout
from channelsim.files.output import OutputFolder
from channelsim.files.scenario import read_scenario
from channelsim.files.sources import locate
from channelsim.optimise.recommend import Recommendation, recommend
from channelsim.report.layout_map import Lines
from channelsim.report.plan_files import check_layout_file, write_layout_file, write_plan_files
from channelsim.report.text import plan_text
from channelsim.study.compare import Comparison, compare
from channelsim.words import column_of

type Tell = Callable[[str, int, int], None]
"""Called with a stage of the job, how much of it is done, and of how much."""

PLANNING, SIMULATING, WRITING = "Finding the layout", "Simulating", "Writing the files"


@dataclass(frozen=True, eq=False)
class Deliverable:
    """A plan with its evidence, and where it was written."""

    recommendation: Recommendation
    """The recommended layout and the proof of its quality."""
    comparison: Comparison
    """Today's layout and the plan, simulated."""
    folder: Path
    """Where the files stand."""
    files: tuple[str, ...]
    """Their names in the folder."""

    def summary(self) -> str:
        """Return the plan in short, with the files written."""
        text = plan_text(self.recommendation, self.comparison)
        return f"{text}\nWritten to {self.folder}: {', '.join(self.files)}"

    def __str__(self) -> str:
        return self.summary()


def plan(
    scenario: str | Path | Scenario,
    out: str | Path,
    *,
    replications: int = 20,
    draws: int = 20,
    seed: int = 0,
    gap: float = 1e-4,
    time_limit: float | None = None,
    lang: str = "en",
    tell: Tell | None = None,
) -> Deliverable:
    """Recommend a layout, simulate it beside today's, and write the plan into a folder.

    Parameters
    ----------
    scenario
        A scenario, its folder or workbook, or the name of one that is shipped.
    out
        Folder for the files; it appears when all are written.
    replications, draws
        Runs of each of the two layouts, and draws of the assumptions, each played by both.
    gap
        Relative gap at which the solver may stop.
    time_limit
        Seconds the solver may take.
    tell
        Told of progress.

    Raises
    ------
    BadInput
        If the scenario has faults; all are listed.
    NoPlan
        If no layout meets all limits, or none was found in time.
    OutputRefused
        If the folder cannot be written or holds files of somebody else.
    ChannelsimError
        If the language is not known.
    """
    told = tell or silent
    column_of(lang)
    case, today, lines = _read(scenario)
    with OutputFolder(out) as folder:
        told(PLANNING, 0, 1)
        best = recommend(case, gap=gap, time_limit=time_limit)
        if best.planned is None:
            raise NoPlan(best.summary(), best.status)
        comparison = compare(
            {"today": (case, today), "plan": (case, best.layout)},
            replications=replications,
            draws=draws,
            seed=seed,
            progress=lambda done, total: told(SIMULATING, done, total),
        )
        told(WRITING, 0, 1)
        files = write_plan_files(best, comparison, folder, lines=lines, lang=lang)
    return Deliverable(best, comparison, Path(out), files)


def recommend_file(
    scenario: str | Path,
    out: Path | None = None,
    *,
    min_coverage: float | None = None,
    max_conflict: float | None = None,
    budget: float | None = None,
    gap: float = 1e-4,
    time_limit: float | None = None,
    mode: str = "assignment",
    tell: Tell | None = None,
) -> Recommendation:
    """Recommend a layout for a scenario's files and write it to `out`, if there is one.

    Parameters
    ----------
    out
        File for the layout: GeoJSON where the name ends so, else CSV.
    min_coverage, max_conflict, budget
        Goals in place of the scenario's own.
    mode
        Who decides who buys where: assignment or choice.

    Raises
    ------
    BadInput
        If the scenario has faults; all are listed.
    BadValue
        If the mode is unknown.
    OutputRefused
        If the file cannot be written, or one stands there that is no layout.
    """
    case = read_scenario(scenario)
    if out is not None:
        check_layout_file(out)
    (tell or silent)(PLANNING, 0, 1)
    best = recommend(
        case,
        min_coverage=min_coverage,
        max_conflict=max_conflict,
        budget=budget,
        gap=gap,
        time_limit=time_limit,
        mode=mode,
    )
    if out is not None and best.planned is not None:
        write_layout_file(best.scenario, best.layout, out)
    return best


def _read(scenario: str | Path | Scenario) -> tuple[Scenario, Layout, Lines]:
    """Return a scenario with today's layout and the lines to draw behind its map."""
    if isinstance(scenario, Scenario):
        return scenario, scenario.today, ()
    case = read_scenario(scenario)
    return case, find_layout("today", case, locate(scenario)), read_backdrop(scenario)


def silent(stage: str, done: int, total: int) -> None:
    """Tell nobody."""

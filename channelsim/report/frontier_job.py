"""The front of a scenario's files, and its points as a table on disk."""

from pathlib import Path

from channelsim.errors import OutputRefused
from channelsim.files.replaceable import check_file_replaceable
from channelsim.files.scenario import read_scenario
from channelsim.optimise.frontier import Frontier, frontier
from channelsim.report.job import Tell, silent

LOOKING = "Finding the front"
_MARK = "dominated,knee,status,gap,layout"
"""How the header of a table of points ends."""


def frontier_file(
    scenario: str | Path,
    objectives: str,
    out: Path | None = None,
    *,
    points: int = 10,
    within_goals: bool = False,
    gap: float = 1e-4,
    time_limit: float | None = None,
    tell: Tell | None = None,
) -> Frontier:
    """Return the front of a scenario's files and write its points to `out`, if there is one.

    Parameters
    ----------
    objectives
        Names separated by commas.
    out
        CSV file for the points, with what each opens.

    Raises
    ------
    BadInput
        If the scenario has faults; all are listed.
    BadValue
        If an objective is unknown.
    OutputRefused
        If the file cannot be written, or another one stands there.
    """
    case = read_scenario(scenario)
    if out is not None:
        check_file_replaceable(out, _is_table, "the points of a front")
    (tell or silent)(LOOKING, 0, 1)
    names = [name.strip() for name in objectives.split(",") if name.strip()]
    found = frontier(
        case, names, points=points, within_goals=within_goals, gap=gap, time_limit=time_limit
    )
    if out is not None:
        _write(found, out)
    return found


def _is_table(text: str) -> bool:
    return text.partition("\n")[0].strip().endswith(_MARK)


def _write(found: Frontier, out: Path) -> None:
    table = found.table.assign(layout=[" ".join(p.layout.open_ids) for p in found.points])
    try:
        table.to_csv(out, index=False, encoding="utf-8-sig", lineterminator="\n")
    except OSError as error:
        raise OutputRefused(f"{out} cannot be written ({error}); choose another name") from error

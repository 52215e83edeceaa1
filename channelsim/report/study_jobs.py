"""A loop closed, and a scenario calibrated, from files to files."""

from dataclasses import replace
from pathlib import Path

from channelsim.errors import OutputRefused
from channelsim.files.folder import write_scenario
from channelsim.files.history import read_history
from channelsim.files.scenario import read_scenario
from channelsim.report.job import PLANNING, Tell, silent
from channelsim.report.plan_files import check_layout_file, write_layout_file
from channelsim.study.calibrate.calibration import Calibration
from channelsim.study.calibrate.from_history import calibrate
from channelsim.study.loop.close import close_loop
from channelsim.study.loop.result import ClosedLoop


def loop_file(
    scenario: str | Path,
    out: Path | None = None,
    *,
    max_rounds: int = 10,
    replications: int = 5,
    seed: int = 0,
    gap: float = 1e-4,
    time_limit: float | None = None,
    tell: Tell | None = None,
) -> ClosedLoop:
    """Close the loop for a scenario's files and write the chosen layout to `out`, if there is one.

    Parameters
    ----------
    out
        File for the layout: GeoJSON where the name ends so, else CSV.

    Raises
    ------
    BadInput
        If the scenario has faults; all are listed.
    NoPlan
        If no layout meets the limits.
    OutputRefused
        If the file cannot be written, or one stands there that is no layout.
    """
    case = read_scenario(scenario)
    if out is not None:
        check_layout_file(out)
    show = tell or silent
    show(PLANNING, 0, max_rounds)
    loop = close_loop(
        case,
        max_rounds,
        replications=replications,
        seed=seed,
        gap=gap,
        time_limit=time_limit,
        progress=lambda done, most: show(PLANNING, done, most),
    )
    if out is not None:
        write_layout_file(case, loop.layout, out)
    return loop


def calibrate_file(
    scenario: str | Path, history: Path | None, out: Path | None = None
) -> Calibration:
    """Calibrate a scenario's files to a history and write the new scenario to `out`, if given.

    Parameters
    ----------
    history
        CSV file of sales; None: the scenario's own history.csv.
    out
        Folder for the new scenario, with the history in it.

    Raises
    ------
    BadInput
        If the scenario or the history has faults; all are listed.
    BadValue
        If there is no history, or nobody sells in it.
    OutputRefused
        If the folder cannot be written, or something stands there.
    """
    if out is not None and out.exists():
        raise OutputRefused(f"{out} is there already; name a folder that is not", "not_empty")
    case = read_scenario(scenario)
    rows = case.history if history is None else read_history(history, case)
    found = calibrate(case, rows)
    if out is not None:
        write_scenario(replace(found.scenario, history=rows, name=out.name), out)
    return found

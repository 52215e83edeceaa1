"""Layouts as files: one long CSV of openings, territories and incentive money, in and out."""

import os
from collections.abc import Iterator
from pathlib import Path

from channelsim.domain.layout import Layout
from channelsim.domain.scenario import Scenario
from channelsim.errors import BadInput, Fault
from channelsim.files.assemble import raise_errors
from channelsim.files.cells import csv_text
from channelsim.files.inherited import Found, files_in, with_way_out
from channelsim.files.layout_rows import COLUMNS, Known, layout_from
from channelsim.files.nearest import suggestion
from channelsim.files.output import write_file
from channelsim.files.replaceable import check_file_replaceable

TODAY = "today"


def read_layout(path: str | Path, scenario: Scenario) -> Layout:
    """Return the layout in a CSV file with the columns kind, candidate, partner, zone, instrument,
    value, open_week, close_week.

    Raises
    ------
    BadInput
        With all faults of the file, unknown ids included.
    """
    faults: list[Fault] = []
    layout = layout_from(Path(path), str(path), Known.of(scenario), faults)
    raise_errors(faults)
    assert layout is not None
    return layout


def read_layouts(path: str | Path, scenario: Scenario) -> dict[str, Layout]:
    """Return the layouts of a scenario folder by name: `layouts/*.csv`, and always `today`.

    A scenario has those of what it is `based_on` too; its own stand in for those of their name.

    Raises
    ------
    BadInput
        With all faults of all files.
    """
    faults: list[Fault] = []
    known = Known.of(scenario)
    layouts = {TODAY: scenario.today}
    for name, found in layout_files(Path(path), faults).items():
        layout = layout_of(found, known, faults)
        if layout is not None:
            layouts[name] = layout
    raise_errors(faults)
    return layouts


def find_layout(name: str | Path, scenario: Scenario, folder: str | Path) -> Layout:
    """Return the layout that a path, or the name of one in the scenario's folder, stands for.

    Raises
    ------
    BadInput
        If there is none, or it has faults.
    """
    given = Path(name)
    if os.path.isfile(given):  # unlike Path.is_file, False too where a folder may not be entered
        return read_layout(given, scenario)
    faults: list[Fault] = []
    inside = layout_files(Path(folder), faults)
    raise_errors(faults)
    found = inside.get(given.name.removesuffix(".csv"))
    if given.parent == Path() and found is not None:
        layout = layout_of(found, Known.of(scenario), faults)
        raise_errors(faults)
        assert layout is not None
        return layout
    if str(name) in (TODAY, f"{TODAY}.csv"):
        return scenario.today
    cure = f"there is no such layout; {suggestion(given.name, {TODAY: None, **inside})}"
    raise BadInput([Fault(str(name), None, None, str(name), cure, "missing_file")])


def write_layout(layout: Layout, scenario: Scenario, path: str | Path) -> Path:
    """Write a layout as CSV that reads back the same, UTF-8 with the mark that Excel looks for.

    Raises
    ------
    BadInput
        If the layout names a candidate the scenario lacks.
    OutputRefused
        If the file cannot be written, or one stands there that is no layout.
    """
    check_layout_place(Path(path))
    known = Known.of(scenario)
    unknown = [o.candidate for o in layout.openings if o.candidate not in known.candidates]
    if unknown:
        cure = f"{unknown[0]!r} is no candidate; {suggestion(unknown[0], known.candidates)}"
        raise BadInput([Fault(str(path), None, "candidate", unknown[0], cure, "unknown_reference")])
    return write_file(path, "\ufeff" + csv_text(COLUMNS, _lines(layout, known)))


def check_layout_place(path: Path) -> None:
    """Check that no other file than a layout stands where one shall be written.

    Raises
    ------
    OutputRefused
        If one does.
    """
    check_file_replaceable(path, _is_layout, "a layout")


def layout_files(scenario: Path, faults: list[Fault]) -> dict[str, Found]:
    """Return the layout files of a scenario by name, inherited ones included."""
    return files_in(scenario, "layouts", ".csv", faults)


def layout_of(found: Found, known: Known, faults: list[Fault]) -> Layout | None:
    """Return the layout in one of a scenario's files, or None with its faults added."""
    told: list[Fault] = []
    layout = layout_from(found.path, found.file, known, told)
    faults.extend(with_way_out(found, told))
    return layout


def _is_layout(text: str) -> bool:
    return text.lstrip('"').casefold().startswith(COLUMNS[0])


def _lines(layout: Layout, known: Known) -> Iterator[tuple[object, ...]]:
    for o in layout.openings:
        partner, zone = known.candidates[o.candidate]
        yield "open", o.candidate, partner, zone, "", 1, o.open_week, o.close_week
    for t in layout.territories:
        yield "territory", "", t.partner, t.zone, "", int(t.exclusive), "", ""
    for s in layout.incentives:
        yield "incentive", "", s.partner, "", s.instrument, s.value, "", ""

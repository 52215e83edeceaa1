"""The door in: a scenario from a folder or workbook, or all of its faults at once."""

from pathlib import Path

from channelsim.domain.scenario import Scenario
from channelsim.errors import BadInput, Fault
from channelsim.files.assemble import assemble, in_order, raise_errors
from channelsim.files.ids import half_known, ids_of
from channelsim.files.layout_rows import Known
from channelsim.files.layouts import TODAY, layout_files, layout_of
from channelsim.files.notes import notes_on, today_note
from channelsim.files.settings import read_toml
from channelsim.files.sources import EVERYTHING, Source
from channelsim.files.variants import variant_files, variants_of


def read_scenario(path: str | Path) -> Scenario:
    """Return the scenario in a folder or `.xlsx` workbook, or the shipped one of that name.

    Raises
    ------
    BadInput
        With all faults of its files, each with file, row, column, value and cure.
    """
    faults: list[Fault] = []
    _, scenario = assemble(path, faults)
    raise_errors(faults)
    assert scenario is not None
    return scenario


def check(path: str | Path) -> tuple[Fault, ...]:
    """Return all faults of a scenario, its layouts and its variants, and notes worth knowing.

    Errors come first; `Fault.severity` tells them from notes.
    """
    faults: list[Fault] = []
    try:
        source, scenario = assemble(path, faults)
    except BadInput as error:
        return error.faults
    if source.unread >= EVERYTHING:  # what lies beside it is not all there is to it
        return tuple(in_order(faults))
    known = Known.of(scenario) if scenario is not None else _known(source)
    for name, found in layout_files(source.path, faults).items():
        layout = layout_of(found, known, faults)
        if scenario is not None and layout is not None and name == TODAY:
            faults.extend(today_note(scenario, layout, found.file))
    if scenario is not None:
        variants_of(source.path, scenario, faults)
        faults.extend(notes_on(scenario))
    else:
        for found in variant_files(source.path, faults).values():
            read_toml(found.path, found.file, faults)
    return tuple(in_order(faults))


def _known(source: Source) -> Known:
    ids = ids_of(source)
    return Known(
        {
            name: (row.values.get("partner", ""), row.values.get("zone", ""))
            for name, row in ids["candidates"].items()
        },
        frozenset(ids["partners"]),
        frozenset(ids["zones"]),
        half_known(source),
    )

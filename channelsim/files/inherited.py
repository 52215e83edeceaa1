"""Layouts and variants in a scenario's folder, and those it inherits from what it is based on."""

from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from channelsim.errors import Fault
from channelsim.files.based_on import label_of, lineage


class Found(NamedTuple):
    """One file, and how faults name it."""

    path: Path
    """Where it stands."""
    file: str
    """Its name in faults, seen from the scenario."""
    own: str
    """The name that a file in the scenario's own folder would have."""


def files_in(scenario: Path, folder: str, suffix: str, faults: list[Fault]) -> dict[str, Found]:
    """Return the files in a subfolder of a scenario and of what it is based on, by their stem.

    A file of the scenario's own stands in for one of the same name that it would inherit. A
    subfolder that cannot be read is a fault, one that does not exist is none.
    """
    found: dict[str, Found] = {}
    for at, place in enumerate(lineage(scenario)):
        label = label_of(place) if at else ""
        for path in _listed(place, folder, label, faults):
            if path.suffix == suffix:
                own = f"{folder}/{path.name}"
                found.setdefault(path.stem, Found(path, label + own, own))
    return dict(sorted(found.items()))


def with_way_out(found: Found, told: list[Fault]) -> list[Fault]:
    """Return the faults of a file, of an inherited one with the way to do without it."""
    if found.file == found.own:
        return told
    tail = f"; it is inherited: a file {found.own} of this scenario's own takes its place"
    return [replace(fault, cure=fault.cure + tail) for fault in told]


def _listed(place: Path, folder: str, label: str, faults: list[Fault]) -> list[Path]:
    try:
        return sorted((place / folder).iterdir()) if place.is_dir() else []
    except FileNotFoundError:
        return []
    except OSError as error:
        cure = f"cannot be read ({error.strerror}); check that it is a folder and its permissions"
        faults.append(Fault(label + folder, None, None, str(place), cure, "unreadable"))
        return []

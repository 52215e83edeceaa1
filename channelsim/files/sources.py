"""Where a scenario lies, and its settings and tables as they stand there, not yet checked."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

import channelsim
from channelsim.errors import BadInput, Fault
from channelsim.files.grids import Grid, read_csv
from channelsim.files.nearest import nearest, suggestion
from channelsim.files.schema import TABLES
from channelsim.files.settings import Setting, Settings, read_toml, settings_of
from channelsim.files.sheets import read_sheets
from channelsim.files.tables import Table, table_of

SCENARIO = "scenario"
TOML = "scenario.toml"
EVERYTHING = frozenset((SCENARIO, *TABLES))
_WORKBOOKS = (".xlsx", ".xlsm")


@dataclass(frozen=True)
class Source:
    """A scenario as it stands in one place, `based_on` not yet followed."""

    path: Path
    """Folder or workbook."""
    file: str
    """File or sheet of the settings, as faults name it."""
    settings: Settings
    """Its settings."""
    tables: Mapping[str, Table]
    """Its tables by name."""
    unread: frozenset[str] = frozenset()
    """What could not be read, though it may well be there: tables, `scenario` for the settings."""


def locate(path: str | Path, beside: Path | None = None) -> Path:
    """Return the folder or workbook that a path or the name of a shipped scenario stands for.

    Parameters
    ----------
    beside
        Folder from which a relative path starts; the current one by default.

    Raises
    ------
    BadInput
        If there is none.
    """
    given = Path(path)
    here = (beside / given) if beside is not None else given
    if str(path).strip() and _exists(here):
        return here
    for folder in _shipping():
        for name in (given, *([given.relative_to("scenarios")] if _in_scenarios(given) else [])):
            if not given.is_absolute() and _exists(folder / name / TOML):
                return folder / name
    known = sorted({found.parent.name for root in _shipping() for found in root.glob(f"*/{TOML}")})
    cure = f"there is no such folder or workbook; {suggestion(given.name, known)}"
    raise BadInput([Fault(str(path), None, None, str(path), cure, "missing_file")])


def read_source(path: Path, label: str, faults: list[Fault]) -> Source:
    """Return what stands in a scenario folder or workbook.

    Parameters
    ----------
    label
        Put before file names in faults; empty for the scenario asked for.
    """
    if path.is_dir():
        return _read_folder(path, label, faults)
    if path.suffix.lower() in _WORKBOOKS:
        return _read_workbook(path, label, faults)
    cure = f"is neither a folder nor an .xlsx workbook; name the folder that holds {TOML}"
    faults.append(Fault(str(path), None, None, str(path), cure, "missing_file"))
    return Source(path, str(path), {}, {}, EVERYTHING)


def read_settings(path: Path) -> Settings:
    """Return the settings alone of a folder or workbook; those that cannot be read are none."""
    faults: list[Fault] = []
    if path.is_dir():
        found = _files(path, "", faults)
        return (TOML in found and read_toml(found[TOML], TOML, faults)) or {}
    if path.suffix.lower() in _WORKBOOKS:
        grids = read_sheets(path, "", (SCENARIO,), faults).grids
        return (SCENARIO in grids and settings_of(grids[SCENARIO], faults)) or {}
    return {}


def base_of(settings: Settings) -> Setting | None:
    """Return the setting `based_on`, if it says anything."""
    setting = settings.get("based_on")
    return setting if setting is not None and setting.text else None


def _files(path: Path, label: str, faults: list[Fault]) -> dict[str, Path]:
    """Return the files of a folder by lower-case name, and what stands in a known file's place."""
    known = {TOML, *(f"{name}.csv" for name in TABLES)}
    try:
        found = {p.name.casefold(): p for p in sorted(path.iterdir())}
        return {name: p for name, p in found.items() if name in known or p.is_file()}
    except OSError as error:
        cure = f"cannot be read ({error.strerror}); check the folder's permissions"
        faults.append(Fault(label + TOML, None, None, str(path), cure, "unreadable"))
        return {}


def _read_folder(path: Path, label: str, faults: list[Fault]) -> Source:
    before = len(faults)
    names = _files(path, label, faults)
    if len(faults) > before:
        return Source(path, label + TOML, {}, {}, EVERYTHING)
    settings: Settings | None = {}
    unread: set[str] = set()
    if TOML in names:
        settings = read_toml(names[TOML], label + TOML, faults)
        if settings is None:
            unread.update(EVERYTHING if _may_be_derived(names[TOML]) else {SCENARIO})
    else:
        cure = "is missing; a scenario needs it, with at least name and [economics] unit_cost"
        faults.append(Fault(label + TOML, None, None, "", cure, "missing_file"))
    grids: dict[str, Grid] = {}
    for name, spec in TABLES.items():
        if (found := names.get(f"{name}.csv")) is not None:
            headers = [*spec.columns, *spec.aliases]
            grid = read_csv(found, label + found.name, headers, faults)
            if grid is not None:
                grids[name] = grid
            else:
                unread.add(name)
    others = [p.name for n, p in names.items() if n.endswith(".csv") and n[:-4] not in TABLES]
    faults.extend(_unknown_tables(label, others, grids, ".csv"))
    return _source(path, label + TOML, settings or {}, grids, unread, faults)


def _read_workbook(path: Path, label: str, faults: list[Fault]) -> Source:
    before = len(faults)
    grids, others = read_sheets(path, label, (SCENARIO, *TABLES), faults)
    settings: Settings | None = {}
    unread: set[str] = set()
    if SCENARIO in grids:
        settings = settings_of(grids[SCENARIO], faults)
        if settings is None:
            unread = {SCENARIO}
    elif len(faults) > before:
        return Source(path, f"{label}sheet {SCENARIO}", {}, {}, EVERYTHING)
    else:
        cure = "is missing; a workbook needs it, with the columns key and value"
        faults.append(Fault(f"{label}sheet scenario", None, None, "", cure, "missing_file"))
    faults.extend(_unknown_tables(f"{label}sheet ", others, grids, ""))
    tables = {name: grid for name, grid in grids.items() if name in TABLES}
    return _source(path, f"{label}sheet {SCENARIO}", settings or {}, tables, unread, faults)


def _may_be_derived(toml: Path) -> bool:
    """Whether settings that are no TOML may say `based_on`, so that tables may be inherited."""
    try:
        return b"based_on" in toml.read_bytes().replace(b"\0", b"")
    except OSError:
        return True


def _source(
    path: Path,
    file: str,
    settings: Settings,
    grids: Mapping[str, Grid],
    unread: Collection[str],
    faults: list[Fault],
) -> Source:
    derived = base_of(settings) is not None or EVERYTHING.issubset(unread)
    tables = {
        name: table_of(grid, TABLES[name], faults, derived=derived) for name, grid in grids.items()
    }
    if EVERYTHING.issubset(unread):
        tables = {}
    return Source(path, file, settings, tables, frozenset(unread))


def _unknown_tables(
    label: str, others: list[str], present: Mapping[str, Grid], suffix: str
) -> list[Fault]:
    """Return faults for names close to an absent table's, and notes for all other files."""
    absent = [name for name in TABLES if name not in present]
    found = []
    for name in others:
        meant = nearest(name.casefold().removesuffix(".csv"), absent, cutoff=0.75)
        cure = "is no table of a scenario and was not read"
        if meant is not None:
            cure += f"; did you mean {meant}{suffix}?"
        severity = "note" if meant is None else "error"
        found.append(Fault(label + name, None, None, name, cure, "unknown_table", severity))
    return found


def _shipping() -> tuple[Path, ...]:
    """Return the folders that may hold shipped scenarios, the first found first."""
    package = Path(channelsim.__file__).parent
    return (Path("scenarios"), package / "scenarios", package.parent / "scenarios")


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def _in_scenarios(path: Path) -> bool:
    return len(path.parts) > 1 and path.parts[0] == "scenarios"

"""The comparison of layout files and variants of a scenario, from their names to the result."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

from channelsim.domain.scenario import Scenario
from channelsim.errors import BadInput, Fault
from channelsim.files.layouts import find_layout
from channelsim.files.nearest import suggestion
from channelsim.files.output import OutputFolder
from channelsim.files.scenario import read_scenario
from channelsim.files.sources import locate
from channelsim.files.variants import Variant, read_variants
from channelsim.report.job import PLANNING, SIMULATING, WRITING, Tell, silent
from channelsim.report.plan_files import write_comparison_files
from channelsim.study.compare import Comparison, compare
from channelsim.study.variants import Setting, variant_cases
from channelsim.words import part_of

ALL = "all"


@dataclass(frozen=True, eq=False)
class Compared:
    """A comparison, what could not be compared, and what was written."""

    comparison: Comparison
    """Cases side by side."""
    notes: tuple[str, ...]
    """Scenarios for which no layout could be recommended, with the reason."""
    folder: Path | None
    """Where table, runs and charts were written, if anywhere."""

    def __str__(self) -> str:
        written = [] if self.folder is None else [f"Written to {self.folder}"]
        return "\n\n".join([self.comparison.summary(), *self.notes, *written])


def compare_files(
    scenario: str | Path,
    layouts: Sequence[str],
    variants: str = "",
    out: Path | None = None,
    *,
    reoptimise: bool = False,
    replications: int = 20,
    draws: int = 0,
    seed: int = 0,
    time_limit: float | None = None,
    tell: Tell | None = None,
) -> Compared:
    """Play layouts and variants on the same consumers and set them side by side.

    Parameters
    ----------
    layouts
        Layout files, or names of those in the scenario's folder; the first is the baseline.
    variants
        `all`, or names of the scenario's variants separated by commas.
    out
        Folder for table, runs and charts.

    Raises
    ------
    BadInput
        If the scenario, a layout or a variant has faults or does not exist, or variants are wanted
        of a scenario that has none.
    OutputRefused
        If the folder cannot be written or holds files of somebody else.
    """
    told = tell or silent
    base = _setting(scenario, read_scenario(scenario), layouts)
    chosen = dict(_chosen(scenario, variants, layouts))
    with nullcontext() if out is None else OutputFolder(out) as folder:
        if reoptimise:
            told(PLANNING, 0, 1)
        cases, plans = variant_cases(base, chosen, reoptimise=reoptimise, time_limit=time_limit)
        comparison = compare(
            cases,
            replications=replications,
            draws=draws,
            seed=seed,
            progress=lambda done, total: told(SIMULATING, done, total),
        )
        if folder is not None:
            told(WRITING, 0, 1)
            write_comparison_files(comparison, folder)
    notes = [f"{name}: {p.summary()}" for name, p in plans.items() if p.planned is None]
    return Compared(comparison, tuple(notes), out)


def _setting(path: str | Path, scenario: Scenario, layouts: Sequence[str]) -> Setting:
    folder = locate(path)
    found = {Path(name).stem: find_layout(name, scenario, folder) for name in layouts}
    if len(found) < len(layouts):
        names = ", ".join(layouts)
        cure = f"two of {names} have the same name; rename one file"
        raise BadInput([Fault("--layouts", None, None, names, cure, "duplicate_name")])
    return Setting(scenario, found)


def _chosen(path: str | Path, wanted: str, layouts: Sequence[str]) -> Iterator[tuple[str, Setting]]:
    if not wanted.strip():
        return
    names = [] if wanted.strip() == ALL else [n.strip() for n in wanted.split(",")]
    for name, variant in named_variants(path, names).items():
        own = [variant.layout] if variant.layout else layouts
        yield name, _setting(path, variant.scenario, own)
        for case in variant.cases:
            own = [case.layout] if case.layout else layouts
            yield f"{name}/{part_of(case.title)}", _setting(path, case.scenario, own)


def named_variants(
    path: str | Path, names: Sequence[str], asker: str = "--variants"
) -> dict[str, Variant]:
    """Return the variants of a scenario that are named, all of them where none is.

    Parameters
    ----------
    asker
        What asks for them, as faults call it.

    Raises
    ------
    BadInput
        If the scenario or a variant has faults, it has no variants, or one named is not there.
    """
    known = read_variants(path)
    if not known:
        raise BadInput([_no_variants(locate(path), ", ".join(names) or ALL, asker)])
    return {name: _variant(name, known) for name in names or known}


def _no_variants(place: Path, wanted: str, asker: str) -> Fault:
    cure = f"the scenario has no variants; put .toml files in {place / 'variants'}"
    if not place.is_dir():
        cure = (
            "a workbook has no variants of its own; make a folder beside it whose scenario.toml "
            f'says based_on = "../{place.name}", and put .toml files in its variants'
        )
    return Fault(asker, None, None, wanted, cure, "missing_file")


def _variant(name: str, known: Mapping[str, Variant]) -> Variant:
    if name not in known:
        cure = f"there is no variant {name!r}; {suggestion(name, [ALL, *known])}"
        raise BadInput([Fault(f"variants/{name}.toml", None, None, name, cure, "missing_file")])
    return known[name]

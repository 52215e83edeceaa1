"""What tests showed, as a table that is committed: read from pytest's own report.

A row is a test of a module whose claims the page lists, or the whole of another module.
"""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass, fields, replace
from pathlib import Path
from xml.etree import ElementTree

from tests.validation.claims import ROOT, module

FILE = Path(__file__).with_name("record.csv")


@dataclass(frozen=True)
class Shown:
    """How the cases of a test, or of a module, came out."""

    test: str
    """`file::function`, or `file`."""
    passed: int = 0
    """Cases that passed."""
    failed: int = 0
    """Cases that failed, errors among them."""
    skipped: int = 0
    """Cases that were skipped."""
    figures: str = ""
    """What the test recorded by `record_property`, in the order of its cases."""

    @property
    def word(self) -> str:
        """The outcome in words."""
        cases = self.passed + self.failed
        if not cases:
            return "skipped"
        if self.failed:
            return f"**{self.failed} of {cases} failed**"
        return "passed" if cases == 1 else f"{cases} passed"

    def and_case(self, case: ElementTree.Element) -> "Shown":
        """Return the same with one case more."""
        outcome = _outcome(case)
        said = [f"{p.get('name')} {p.get('value')}" for p in case.iter("property")]
        figures = "; ".join([*([self.figures] if self.figures else []), *said])
        return replace(self, figures=figures, **{outcome: getattr(self, outcome) + 1})


type Record = Mapping[str, Shown]


def read(path: Path = FILE) -> Record:
    """Return the record of a file, none if there is no file."""
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    counts = ("passed", "failed", "skipped")
    found = [Shown(r["test"], *(int(r[c]) for c in counts), figures=r["figures"]) for r in rows]
    return {row.test: row for row in found}


def write(record: Record, path: Path = FILE) -> None:
    """Write a record, in the order of its tests' names."""
    with path.open("w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out, lineterminator="\n")
        rows.writerow(field.name for field in fields(Shown))
        rows.writerows(astuple(record[test]) for test in sorted(record))


def report(path: Path, listed: Iterable[str]) -> Record:
    """Return what a report of pytest (`--junitxml`) shows.

    Parameters
    ----------
    listed
        Modules that are recorded test by test, as paths from the root.
    """
    by_test, found = frozenset(listed), dict[str, Shown]()
    for case in ElementTree.parse(path).iter("testcase"):
        file, name = case.get("file", ""), case.get("name", "").partition("[")[0]
        test = f"{file}::{name}" if file in by_test else file
        found[test] = found.get(test, Shown(test)).and_case(case)
    return found


def brought_up(record: Record, newer: Record) -> Record:
    """Return a record with newer rows in place of its own, and without tests that are gone."""
    return {test: row for test, row in {**record, **newer}.items() if is_there(test)}


def is_there(test: str) -> bool:
    """Return whether there is a test, or module, of that name."""
    file, _, name = test.partition("::")
    if not (ROOT / file).is_file():
        return False
    return not name or name in {claim.test for claim in module(file).claims}


def _outcome(case: ElementTree.Element) -> str:
    if case.find("failure") is not None or case.find("error") is not None:
        return "failed"
    return "skipped" if case.find("skipped") is not None else "passed"

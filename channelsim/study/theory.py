"""The literature's results, beside what the package gives for the same models.

The models are scenarios, `scenarios/theory/`, and the printed figures a table beside them,
`published.csv`. Ours are played: partners' own rules at rest (`simulate.rest`), makers' terms
(`study.terms`), expected demand, or a run. Nothing here knows a closed form.
"""

import csv
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

from channelsim.domain.scenario import Scenario
from channelsim.files.scenario import read_scenario
from channelsim.files.sources import locate
from channelsim.study.theory_models import PLAYED

FOLDER = "theory"
PUBLISHED = "published.csv"


@dataclass(frozen=True)
class Figure:
    """A published figure and ours."""

    scenario: str
    """Scenario under `scenarios/theory`."""
    model: str
    """Paper and year."""
    quantity: str
    """What it is, in the words of the table."""
    published: float
    """The paper's figure, in its own units."""
    ours: float
    """What the package gives."""
    tolerance: float
    """Largest error that counts as agreement."""

    @property
    def error(self) -> float:
        """Ours over the published figure, less 1."""
        return self.ours / self.published - 1

    @property
    def holds(self) -> bool:
        """Whether the two agree."""
        return abs(self.error) <= self.tolerance


@dataclass(frozen=True)
class Table:
    """Published figures beside ours."""

    rows: tuple[Figure, ...]

    def __str__(self) -> str:
        lines = [("model", "quantity", "published", "ours", "error")]
        lines += [
            (r.model, r.quantity, f"{r.published:.5g}", f"{r.ours:.5g}", _told(r))
            for r in self.rows
        ]
        widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
        return "\n".join(_line(line, widths) for line in lines)


@dataclass(frozen=True)
class _Published:
    scenario: str
    model: str
    quantity: str
    value: float
    tolerance: float


def table(scenarios: Iterable[str] | None = None) -> Table:
    """Return every published figure beside ours: it takes a minute or two.

    Parameters
    ----------
    scenarios
        Names of scenarios under `scenarios/theory`; all by default.
    """
    listed = _published()
    wanted = {row.scenario for row in listed} if scenarios is None else set(scenarios)
    ours = {name: PLAYED[name](model(name)) for name in PLAYED if name in wanted}
    return Table(
        tuple(
            Figure(
                scenario=row.scenario,
                model=row.model,
                quantity=row.quantity,
                published=row.value,
                ours=ours[row.scenario][row.quantity],
                tolerance=row.tolerance,
            )
            for row in listed
            if row.scenario in wanted
        )
    )


def model(name: str) -> Scenario:
    """Return one of the literature's scenarios.

    Raises
    ------
    BadInput
        If there is none of that name.
    """
    return read_scenario(f"{FOLDER}/{name}")


@cache
def _published() -> tuple[_Published, ...]:
    """Return the figures as printed, in the order of the table."""
    file = locate(f"{FOLDER}/spengler").parent / PUBLISHED
    with file.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return tuple(
        _Published(
            row["scenario"],
            row["model"],
            row["quantity"],
            float(row["value"]),
            float(row["tolerance"]),
        )
        for row in rows
    )


def _told(row: Figure) -> str:
    """Return an error, a mark after it where it is too large."""
    size = "< 1e-5" if abs(row.error) < 1e-5 else f"{row.error:+.0e}"
    return size if row.holds else f"{size} !"


def _line(cells: tuple[str, ...], widths: list[int]) -> str:
    sides: list[Callable[[str, int], str]] = [str.ljust, str.ljust, str.rjust, str.rjust, str.rjust]
    parts = [side(c, w) for side, c, w in zip(sides, cells, widths, strict=True)]
    return "  ".join(parts).rstrip()

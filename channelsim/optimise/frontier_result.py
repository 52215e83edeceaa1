"""What `frontier` returns: layouts with what they are planned to do, best in different ways."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from channelsim.domain.columns import Floats
from channelsim.domain.layout import Layout
from channelsim.domain.measures import UNITS, Measures
from channelsim.optimise.augmecon import Front
from channelsim.optimise.plan import Plan
from channelsim.words import label

if TYPE_CHECKING:
    import pandas as pd

    from channelsim.domain.scenario import Scenario

_NAMES = ("profit", "cost", "coverage", "conflict")


@dataclass(frozen=True, eq=False)
class FrontierPoint:
    """A layout of the front."""

    layout: Layout
    """What to open, who holds which territory, who gets incentive money."""
    planned: Measures
    """Planned measures, who buys where being the planner's choice, incentives at work."""
    dominated: bool = False
    """Whether the measures show another point to be as good in all objectives and better in one."""
    knee: bool = False
    """Whether it lies farthest beyond the plane through the single optima (Das 1999)."""
    status: str = "optimal"
    """optimal, or feasible where the solver stopped before its proof."""
    gap: float = 0.0
    """Relative gap of the solve that found it; 0 where every layout was looked at."""
    conflict_error: float = 0.0
    """The conflict index that the solver counted less planned conflict; 0 where none was used."""


@dataclass(frozen=True, eq=False)
class Frontier:
    """The layouts between which objectives can be traded off."""

    scenario: "Scenario"
    """The scenario, with the goals that held."""
    objectives: tuple[str, ...]
    """What is traded off."""
    mode: str
    """pareto, lexicographic or weighted."""
    points: tuple[FrontierPoint, ...]
    """The layouts, by rising value of the first objective."""
    complete: bool
    """Whether all that was asked for was found in time."""
    exact: bool
    """Whether every layout was looked at, on the measures themselves."""
    seconds: float = 0.0
    """Seconds of building and solving."""
    front: Front | None = None
    """What to go on from; None where every layout was looked at."""

    @property
    def knee(self) -> FrontierPoint:
        """The point at the knee."""
        return next(point for point in self.points if point.knee)

    @property
    def efficient(self) -> tuple[FrontierPoint, ...]:
        """The points that no other dominates."""
        return tuple(point for point in self.points if not point.dominated)

    @cached_property
    def table(self) -> "pd.DataFrame":
        """A row a point: what is open, objectives and headline measures, and how good it is."""
        import pandas as pd

        names = (*self.objectives, *(n for n in _NAMES if n not in self.objectives))
        rows = [
            {name: getattr(p.planned, name) for name in names}
            | {
                "open": len(p.layout.openings),
                "dominated": p.dominated,
                "knee": p.knee,
                "status": p.status,
                "gap": p.gap,
            }
            for p in self.points
        ]
        return pd.DataFrame(rows)

    def summary(self) -> str:
        """Return the points as aligned text, the knee and dominated ones marked."""
        names = (*self.objectives, *(n for n in _NAMES if n not in self.objectives))
        units = {n: UNITS[n].replace("money", self.scenario.currency) for n in names}
        how = "every layout looked at" if self.exact else "by AUGMECON2"
        state = "" if self.complete else ", stopped before its end"
        head = (
            f"{self.scenario.title or self.scenario.name}: {len(self.points)} points "
            f"({self.mode}, {how}, {self.seconds:.1f} s{state})"
        )
        titles = "".join(f"{label(n):>22}" for n in names)
        below = "".join(f"{units[n]:>22}" for n in names)
        return "\n".join([head, f"{titles}    Open", below, *map(self._row, self.points)])

    def __str__(self) -> str:
        return self.summary()

    def _row(self, point: FrontierPoint) -> str:
        names = (*self.objectives, *(n for n in _NAMES if n not in self.objectives))
        cells = "".join(f"{_figure(n, getattr(point.planned, n)):>22}" for n in names)
        marks = [name for name in ("knee", "dominated") if getattr(point, name)]
        marks += [] if point.status == "optimal" else [f"gap {point.gap:.1e}"]
        return f"{cells}{len(point.layout.openings):>8}  {', '.join(marks)}".rstrip()


def values_of(plans: Sequence[Plan], names: Sequence[str], signs: Sequence[float]) -> Floats:
    """Return the objectives of plans by the measures, more being better: (K, P)."""
    rows = [[float(getattr(plan.planned, name)) for name in names] for plan in plans]
    values: Floats = np.array(rows).reshape(len(plans), len(names)) * np.array(signs)
    return values


def _figure(name: str, value: float) -> str:
    return f"{value:,.0f}" if "/week" in UNITS[name] else f"{value:.4f}"

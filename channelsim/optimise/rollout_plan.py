"""What `roll_out` returns: a layout with opening weeks, and what each period is planned to do."""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from channelsim.domain.columns import Bools
from channelsim.domain.layout import Layout, Opening
from channelsim.domain.measures import Measures
from channelsim.optimise.plan import Plan

if TYPE_CHECKING:
    import pandas as pd

    from channelsim.domain.scenario import Scenario


@dataclass(frozen=True, eq=False)
class RollOut:
    """A plan over several periods."""

    scenario: "Scenario"
    """The scenario, with the budget that held."""
    weeks: int
    """Weeks of a period."""
    layout: Layout
    """What is open, from and to the weeks that the plan chose."""
    layouts: tuple[Layout, ...]
    """The layout of each period, with its territories and incentives."""
    planned: tuple[Measures, ...]
    """Planned measures of each period, demand grown so far."""
    spent: tuple[float, ...]
    """One-off money for opening and closing at the start of each period."""
    status: str = "feasible"
    """optimal or feasible."""
    objective: float = float("nan")
    """Mean of the periods' contributions before incentives, money per week."""
    bound: float = float("nan")
    """Proven bound on it of every plan within all limits."""
    gap: float = float("nan")
    """|bound - objective| / |objective|."""
    seconds: float = 0.0
    """Seconds of building and solving."""

    @cached_property
    def table(self) -> "pd.DataFrame":
        """A row a period: its first week, what is open, opens and closes, money and measures."""
        import pandas as pd

        shown = ("profit", "coverage", "cost", "conflict", "units")
        opened = [set(layout.open_ids) for layout in self.layouts]
        before = [{c.id for c in self.scenario.candidates if c.open_today}, *opened[:-1]]
        pairs = list(zip(before, opened, strict=True))
        return pd.DataFrame(
            {
                "week": [t * self.weeks for t in range(len(self.layouts))],
                "open": [len(now) for now in opened],
                "opening": [", ".join(sorted(now - old)) for old, now in pairs],
                "closing": [", ".join(sorted(old - now)) for old, now in pairs],
                "spent": self.spent,
                **{name: [getattr(m, name) for m in self.planned] for name in shown},
            }
        )

    def summary(self) -> str:
        """Return what opens and closes when, and what it comes to, as text."""
        money = self.scenario.currency
        lines = [self._line(dict(row)) for _, row in self.table.iterrows()]
        head = (
            f"{self.scenario.title or self.scenario.name}: {len(self.layouts)} periods of "
            f"{self.weeks} weeks, {self.status}"
        )
        proof = (
            f"  objective {self.objective:,.0f}, bound {self.bound:,.0f} {money}/week, "
            f"gap {self.gap:.2e}, {self.seconds:.1f} s"
        )
        return "\n".join([head, *lines, proof])

    def _line(self, row: dict[Hashable, Any]) -> str:
        money = self.scenario.currency
        moves = [f"; opens {row['opening']}"] if row["opening"] else []
        moves += [f"; closes {row['closing']}"] if row["closing"] else []
        return (
            f"  week {row['week']:>4}: {row['open']} open, coverage {row['coverage']:.4f}, "
            f"contribution {row['profit']:,.0f} {money}/week, once {row['spent']:,.0f} {money}"
            f"{''.join(moves)}"
        )

    def __str__(self) -> str:
        return self.summary()


def rolled_out(scenario: "Scenario", plans: Sequence[Plan], weeks: int) -> RollOut:
    """Return the plan that periods' plans make, its quality not yet judged."""
    opened = np.array([plan.is_open for plan in plans])
    return RollOut(
        scenario=scenario,
        weeks=weeks,
        layout=Layout(tuple(_openings(scenario, opened, weeks))),
        layouts=tuple(plan.layout for plan in plans),
        planned=tuple(plan.planned for plan in plans),
        spent=tuple(_spent(scenario, opened)),
    )


def _openings(scenario: "Scenario", opened: Bools, weeks: int) -> Iterator[Opening]:
    for candidate, column in zip(scenario.candidates, opened.T, strict=True):
        live = np.flatnonzero(column)
        if len(live):
            end = int(live[-1]) + 1
            close = None if end == len(column) else end * weeks
            yield Opening(candidate.id, int(live[0]) * weeks, close)


def _spent(scenario: "Scenario", opened: Bools) -> list[float]:
    rows = scenario.candidates
    before = np.vstack([[c.open_today for c in rows], opened[:-1]])
    setup = np.array([c.setup_cost for c in rows])
    closing = np.array([c.closing_cost for c in rows])
    money: list[float] = ((opened & ~before) @ setup + (before & ~opened) @ closing).tolist()
    return money

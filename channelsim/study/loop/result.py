"""What a closed loop returns: its rounds, planned against realised, and the layout it chose."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from channelsim.domain.layout import Layout
from channelsim.domain.measures import HEADLINE, UNITS, Measures
from channelsim.domain.scenario import Scenario
from channelsim.study.aligned import aligned
from channelsim.study.compare import Comparison, Difference
from channelsim.study.figures import figure, unit_after, with_interval
from channelsim.study.intervals import Interval
from channelsim.study.loop.learnt import Learnt
from channelsim.words import label

if TYPE_CHECKING:
    import pandas as pd

SAME_SPEND = 0.05
"""Share of the incentive money by which two layouts may differ and be one."""
VERDICTS = {
    "agreed": "the layout repeats: what was learnt from it proposes it again",
    "cycle": "layouts come back without settling",
    "budget": "the rounds ended before a layout repeated",
}


@dataclass(frozen=True, eq=False)
class Round:
    """One round: a plan made with what was believed, and what its runs showed."""

    number: int
    """Round, from 1."""
    name: str
    """Name of the layout among those visited."""
    layout: Layout
    """The layout."""
    planned: Measures
    """What it was expected to realise, before the runs of the round were seen."""
    realised: Mapping[str, Interval]
    """Headline measures of the runs, with 95% intervals."""
    learnt: Learnt
    """What was believed when it was planned."""

    def error(self, measure: str) -> float:
        """Return planned less realised, in the measure's unit."""
        return float(getattr(self.planned, measure)) - self.realised[measure].mean


@dataclass(frozen=True, eq=False, repr=False)
class ClosedLoop:
    """The rounds of a loop, the layouts it visited and the one that it chose."""

    scenario: Scenario
    """The scenario, as it was given."""
    rounds: tuple[Round, ...]
    """Rounds in order."""
    verdict: str
    """agreed, cycle or budget."""
    comparison: Comparison
    """All layouts visited, by name, played anew on the same consumers."""
    chosen: str
    """Name of the layout with the highest realised profit within the limits."""
    within: bool
    """Whether it keeps the limits of coverage and conflict in the mean; if not, none visited
    does, and it is the one that misses them by least."""
    learnt: Learnt
    """What was believed in the end."""

    @property
    def layout(self) -> Layout:
        """The layout that was chosen."""
        return self.comparison.cases[self.chosen][1]

    @property
    def believed(self) -> Scenario:
        """The scenario that plans were made with in the end; it is to plan with, not to play."""
        return self.learnt.believed(self.scenario)

    @property
    def differences(self) -> tuple[Difference, ...]:
        """Paired differences in profit of all other visited layouts from the chosen one."""
        others = self.comparison.against(self.chosen)
        return tuple(d for d in others.differences if d.measure == "profit")

    @property
    def table(self) -> "pd.DataFrame":
        """One row a round and headline measure: planned, realised with its interval, error."""
        import pandas as pd

        return pd.DataFrame(
            {
                "round": one.number,
                "layout": one.name,
                "measure": measure,
                "unit": UNITS[measure],
                "planned": float(getattr(one.planned, measure)),
                "realised": one.realised[measure].mean,
                "low": one.realised[measure].low,
                "high": one.realised[measure].high,
                "error": one.error(measure),
            }
            for one in self.rounds
            for measure in HEADLINE
        )

    def __str__(self) -> str:
        head = f"{self.scenario.title or self.scenario.name}: {self.verdict} after "
        head += f"{len(self.rounds)} rounds; {VERDICTS[self.verdict]}"
        rows = [("round", "layout", *(label(name) for name in HEADLINE))]
        for one in self.rounds:
            rows.append((str(one.number), one.name, *(_planned(one, name) for name in HEADLINE)))
            seen = (with_interval(name, one.realised[name]) for name in HEADLINE)
            rows.append(("", "realised", *seen))
        lines = [head, aligned(rows), f"learnt: {self.learnt}", *self._choice()]
        return "\n".join(lines)

    def __repr__(self) -> str:
        return f"ClosedLoop({self.verdict!r}, {len(self.rounds)} rounds, chosen={self.chosen!r})"

    def _choice(self) -> list[str]:
        unit = unit_after("profit", self.scenario.currency)
        profit = with_interval("profit", self.comparison.realised[self.chosen]["profit"])
        limits = "" if self.within else "; no layout visited keeps all limits"
        lines = [f"chosen: {self.chosen}, {profit}{unit}{limits}"]
        lines += [f"  {d.case}: {d.realised}{unit} beside it" for d in self.differences]
        return lines


def alike(one: Layout, other: Layout) -> bool:
    """Return whether two layouts open the same, in the same territories, for much the same
    incentive money.
    """
    if set(one.openings) != set(other.openings):
        return False
    if set(one.territories) != set(other.territories):
        return False
    here = {(s.partner, s.instrument): s.value for s in one.incentives}
    there = {(s.partner, s.instrument): s.value for s in other.incentives}
    gap = sum(abs(here.get(k, 0.0) - there.get(k, 0.0)) for k in here.keys() | there.keys())
    return gap <= SAME_SPEND * max(sum(here.values()), sum(there.values()))


def _planned(one: Round, measure: str) -> str:
    return figure(measure, float(getattr(one.planned, measure)))

"""What a run showed: one tidy table of measures by week, and the realised measures of the whole."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from channelsim.domain.columns import Floats
from channelsim.domain.measures import UNITS, Measures

if TYPE_CHECKING:
    import pandas as pd

LEVELS = ("total", "zone", "partner", "outlet", "tier", "pair")


@dataclass(frozen=True, eq=False)
class Series:
    """One measure of the things of one level, week by week."""

    level: str
    """total, zone, partner, outlet, tier or pair."""
    names: tuple[str, ...]
    """(N,) ids of the things; ('total',) at level total."""
    measure: str
    """Name of the measure."""
    unit: str
    """Its unit."""
    values: Floats
    """(W, N) by week."""


@dataclass(frozen=True, eq=False, repr=False)
class Outcome:
    """The outcome of one run of one layout."""

    scenario: str
    """Scenario name."""
    layout: str
    """Layout name."""
    seed: int
    """Root seed."""
    replication: int
    """Replication number."""
    series: tuple[Series, ...]
    """What was recorded."""
    realised: Measures
    """The measures over the whole run, by the definitions of `domain.measures`."""

    def weekly(self, measure: str, level: str = "total") -> Floats:
        """Return a measure by week: (W, N).

        Raises
        ------
        KeyError
            If it was not recorded; the message lists what was.
        """
        for series in self.series:
            if (series.measure, series.level) == (measure, level):
                return series.values
        have = sorted({f"{s.level}/{s.measure}" for s in self.series})
        raise KeyError(
            f"{level}/{measure} was not recorded; ask for it with record=, or write one of "
            f"{', '.join(have)}"
        )

    @property
    def table(self) -> "pd.DataFrame":
        """The tidy table, one row a figure.

        Columns: scenario, layout, seed, replication, week, level, name, source, measure, value,
        unit.
        """
        import pandas as pd

        nothing = Series("total", (), "", "", np.zeros((0, 0)))
        parts = [self._frame(series) for series in self.series or (nothing,)]
        return pd.concat(parts, ignore_index=True)

    def summary(self) -> str:
        """Return the realised measures as aligned text, with units."""
        lines = [f"{self.scenario} · {self.layout} · seed {self.seed} · run {self.replication}"]
        for name, value in self.realised.as_dict().items():
            lines.append(f"  {name:<20} {value:>16,.4g}  {UNITS[name]}")
        return "\n".join(lines)

    def __str__(self) -> str:
        return self.summary()

    def __repr__(self) -> str:
        return (
            f"Outcome(scenario={self.scenario!r}, layout={self.layout!r}, seed={self.seed}, "
            f"replication={self.replication}, {len(self.series)} series)"
        )

    def _frame(self, series: Series) -> "pd.DataFrame":
        import pandas as pd

        weeks, count = series.values.shape
        return pd.DataFrame(
            {
                "scenario": self.scenario,
                "layout": self.layout,
                "seed": self.seed,
                "replication": self.replication,
                "week": np.repeat(np.arange(weeks), count),
                "level": series.level,
                "name": np.tile(np.array(series.names, dtype=object), weeks),
                "source": "realised",
                "measure": series.measure,
                "value": series.values.ravel(),
                "unit": series.unit,
            }
        )

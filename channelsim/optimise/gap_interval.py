"""How far a plan is from the best for all that may come, judged by samples of it.

Let x be a plan, and G(xi) = max_y mean W(y, xi_i) - mean W(x, xi_i) its gap on a batch xi of n
scenarios, both means on the same batch. On average over batches a batch's optimum is no lower than
the true one, so E G >= max_y E W(y) - E W(x), the gap that is asked for. From M independent batches

    [0, mean G + t_{M-1} s_G / sqrt(M)]

covers it with at least the chosen level, as far as mean G is normal (Mak, Morton & Wood 1999).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import t as student

from channelsim.domain import checks


@dataclass(frozen=True)
class GapInterval:
    """A one-sided interval of what a plan may fall short of the best; money per week."""

    gaps: tuple[float, ...]
    """The plan's gap on each batch."""
    level: float
    """Level of the interval."""

    @property
    def mean(self) -> float:
        """Mean gap of the batches: too high rather than too low."""
        return float(np.mean(self.gaps))

    @property
    def high(self) -> float:
        """Upper end; the lower one is 0."""
        count = len(self.gaps)
        error = float(np.std(self.gaps, ddof=1) / np.sqrt(count))
        return max(self.mean + float(student.ppf(self.level, count - 1)) * error, 0.0)

    def __str__(self) -> str:
        return f"gap at most {self.high:,.2f} ({self.level:.0%}), {self.mean:,.2f} on average"


def gap_interval[Batch](
    batches: Iterable[Batch],
    optimum: Callable[[Batch], float],
    worth: Callable[[Batch], float],
    *,
    level: float = 0.95,
) -> GapInterval:
    """Return the interval of a plan's gap from independent batches of scenarios.

    Parameters
    ----------
    batches
        Two or more independent batches, which the plan was not chosen on.
    optimum
        Batch -> the best mean worth on it, or a proven bound on that.
    worth
        Batch -> the plan's mean worth on it.

    Raises
    ------
    BadValue
        If there are fewer than two batches, or the level is not between 0 and 1.
    """
    checks.within("level", level, 0.5, 0.9999)
    gaps: Sequence[float] = [optimum(batch) - worth(batch) for batch in batches]
    checks.require(
        len(gaps) >= 2, f"a gap interval needs 2 batches or more, got {len(gaps)}; draw more"
    )
    return GapInterval(tuple(gaps), level)

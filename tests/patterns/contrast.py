"""Two runs that share their random numbers, and the one-sided test of what sets them apart."""

from collections.abc import Callable

import numpy as np
from scipy import stats

from channelsim.domain.layout import Layout
from channelsim.domain.outcome import Outcome
from channelsim.domain.scenario import Scenario
from channelsim.simulate.run import simulate

REPLICATIONS = 6
EVERYTHING = ("total", "partner", "outlet")
RAISES, LOWERS = 1.0, -1.0
ROUNDING = 1e-9
"""Share of the figures compared up to which a difference, or its spread, is rounding."""
LEVEL = 0.01

type Played = tuple[Scenario, Layout]
type Look = Callable[[Outcome], float | list[float]]


def shown(
    played: Played, look: Look, weeks: int = 52, replications: int = REPLICATIONS
) -> np.ndarray:
    """Return what runs of a layout show, one figure (or row of figures) a replication."""
    case, layout = played
    runs = (
        simulate(case, layout, replication=r, weeks=weeks, record=EVERYTHING)
        for r in range(replications)
    )
    return np.array([look(run) for run in runs])


def rises(low: Played, high: Played, look: Look, weeks: int = 52) -> bool:
    """Return whether `high` shows more than `low`."""
    return higher(shown(low, look, weeks), shown(high, look, weeks))


def higher(before: np.ndarray, after: np.ndarray) -> bool:
    """Return whether `after` is above `before` by more than rounding: a paired t-test, one-sided.

    Where every pair differs by the same there is nothing to test but that.
    """
    difference = after - before
    rounding = ROUNDING * max(np.abs(before).max(), np.abs(after).max())
    if difference.mean() <= rounding:
        return False
    if difference.std() <= rounding:
        return True
    return bool(stats.ttest_1samp(difference, 0.0, alternative="greater").pvalue < LEVEL)


def assert_moves(direction: float, before: np.ndarray, after: np.ndarray) -> None:
    """Require that `after` differs from `before` in a direction."""
    assert higher(direction * before, direction * after)

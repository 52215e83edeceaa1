"""Two runs that share their random numbers, and the one-sided test of what sets them apart."""

from collections.abc import Callable

import numpy as np
from scipy import stats

from channelsim.domain.layout import Layout
from channelsim.domain.outcome import Outcome
from channelsim.domain.scenario import Scenario
from channelsim.simulate.run import simulate

REPLICATIONS = 5
EVERYTHING = ("total", "partner", "outlet")

type Played = tuple[Scenario, Layout]
type Look = Callable[[Outcome], float]


def differences(low: Played, high: Played, look: Look, weeks: int) -> np.ndarray:
    """Return what `high` shows more than `low`, one figure a replication."""
    found = []
    for replication in range(REPLICATIONS):
        seen = [
            look(simulate(case, layout, replication=replication, weeks=weeks, record=EVERYTHING))
            for case, layout in (low, high)
        ]
        found.append(seen[1] - seen[0])
    return np.array(found)


def rises(low: Played, high: Played, look: Look, weeks: int = 52, level: float = 0.01) -> bool:
    """Return whether `high` shows more than `low` by a one-sided paired t test."""
    return positive(differences(low, high, look, weeks), level)


def positive(sample: np.ndarray, level: float = 0.01) -> bool:
    """Return whether a sample's mean is above 0 by a one-sided t test."""
    if np.ptp(sample) == 0:
        return bool(sample[0] > 0)
    return bool(stats.ttest_1samp(sample, 0.0, alternative="greater").pvalue < level)

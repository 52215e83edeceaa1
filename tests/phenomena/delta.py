"""The Yangtze delta as shipped, played under common random numbers, and what its weeks show.

Figures of a phenomenon are means over replications; bands are those of `ASSUMPTIONS.md`, section 8.
"""

from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

import numpy as np

from channelsim.domain.columns import Bools, Floats
from channelsim.domain.layout import Layout
from channelsim.domain.outcome import Outcome
from channelsim.domain.scenario import Scenario
from channelsim.files.layouts import read_layouts
from channelsim.files.scenario import read_scenario
from channelsim.files.variants import read_variants
from channelsim.simulate.channel import Channel
from channelsim.simulate.run import simulate

FOLDER = Path(__file__).parents[2] / "scenarios" / "yangtze_delta"
DELTA = read_scenario(FOLDER)
VARIANTS = read_variants(FOLDER)
LAYOUTS = read_layouts(FOLDER, DELTA)
TODAY = DELTA.today
REPLICATIONS = 5
WEEKS = 104
WEEK = np.arange(WEEKS) % 52 + 1
"""Week of the year, 1 to 52, of every week played."""
FESTIVAL = np.isin(WEEK, (23, 24, 44, 45))
KIND = np.array([c.channel_type for c in DELTA.candidates])
ZONE = np.array([c.zone for c in DELTA.candidates])
OFFLINE = ZONE != ""

type Runs = tuple[Outcome, ...]


def play(
    case: Scenario, layout: Layout = TODAY, weeks: int = WEEKS, replications: int = REPLICATIONS
) -> Runs:
    """Return one run a replication."""
    return tuple(
        simulate(
            case, layout, replication=r, weeks=weeks, record=("total", "partner", "outlet", "zone")
        )
        for r in range(replications)
    )


@cache
def shipped() -> Runs:
    """Return the runs of today's layout in the scenario as shipped."""
    return play(DELTA)


def mean(look: Callable[[Outcome], float], runs: Iterable[Outcome]) -> float:
    """Return the mean over replications of a figure."""
    return float(np.mean([look(run) for run in runs]))


def of(run: Outcome, measure: str, outlets: Bools) -> Floats:
    """Return a measure summed over some outlets: (W,)."""
    return run.weekly(measure, "outlet")[:, outlets].sum(axis=1)


def stepped(case: Scenario, layout: Layout = TODAY, weeks: int = WEEKS) -> Channel:
    """Return a run of the first replication after some weeks."""
    channel = Channel(case, layout)
    for _ in range(weeks):
        channel.step()
    return channel

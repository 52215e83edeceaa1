"""Cover enough of the demand."""

from collections.abc import Iterator

import numpy as np

from channelsim.optimise.constraints.expressions import Row, ones, weighted
from channelsim.optimise.layout_variables import LayoutProblem


def coverage_floor(model: LayoutProblem) -> Iterator[Row]:
    """Cover at least the floor."""
    cover = model.inputs.limits.coverage
    if cover is not None:
        # with no demand at all, nothing can be covered: 0 >= floor then says so
        least = cover.least * cover.total if cover.total > 0 else cover.least
        yield "coverage_floor", weighted(model.covered, cover.demand.tolist()) >= least


def covered(model: LayoutProblem) -> Iterator[Row]:
    """Count a group as covered only with something open within the standard."""
    cover = model.inputs.limits.coverage
    if cover is None:
        return
    start = np.searchsorted(cover.group, np.arange(len(cover.demand) + 1))
    for group, variable in enumerate(model.covered):
        near = cover.site[start[group] : start[group + 1]].tolist()
        yield f"covered_{group}", variable - ones(model.open[j] for j in near) <= 0

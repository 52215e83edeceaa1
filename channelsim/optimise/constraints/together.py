"""What may and must be open together."""

from collections.abc import Iterator

import numpy as np
from pulp import lpSum_vars_coefs

from channelsim.optimise.constraints.expressions import Row, ones, weighted
from channelsim.optimise.layout_variables import LayoutProblem


def diversion_proof(model: LayoutProblem) -> Iterator[Row]:
    """Open no two candidates between which goods would pay to divert."""
    for cheap, dear in model.inputs.limits.rules.diverting.tolist():
        yield f"diversion_proof_{cheap}_{dear}", model.open[cheap] + model.open[dear] <= 1


def incompatible(model: LayoutProblem) -> Iterator[Row]:
    """Open none of one side beside any of the other."""
    for row, pair in enumerate(model.inputs.limits.rules.pairs):
        if not pair.requires:
            for one in pair.first.tolist():
                for other in pair.second.tolist():
                    total = model.open[one] + model.open[other]
                    yield f"incompatible_{row}_{one}_{other}", total <= 1


def requires(model: LayoutProblem) -> Iterator[Row]:
    """Open one side only where something of the other is open."""
    for row, pair in enumerate(model.inputs.limits.rules.pairs):
        if pair.requires:
            needed = ones(model.open[j] for j in pair.second.tolist())
            for site in pair.first.tolist():
                yield f"requires_{row}_{site}", model.open[site] - needed <= 0


def count_least(model: LayoutProblem) -> Iterator[Row]:
    """Open at least so many of a type in a region."""
    for row, count in enumerate(model.inputs.limits.rules.counts):
        if count.least > 0:
            total = ones(model.open[j] for j in count.sites.tolist())
            yield f"count_least_{row}", total >= count.least


def count_most(model: LayoutProblem) -> Iterator[Row]:
    """Open at most so many of a type in a region."""
    for row, count in enumerate(model.inputs.limits.rules.counts):
        if np.isfinite(count.most):
            total = ones(model.open[j] for j in count.sites.tolist())
            yield f"count_most_{row}", total <= count.most


def count_ratio(model: LayoutProblem) -> Iterator[Row]:
    """Open at most so many of a type for each one of another."""
    for row, count in enumerate(model.inputs.limits.rules.counts):
        if np.isfinite(count.ratio):
            total = ones(model.open[j] for j in count.sites.tolist())
            per = ones(model.open[j] for j in count.per.tolist())
            yield f"count_ratio_{row}", total - per * count.ratio <= 0


def within_span(model: LayoutProblem) -> Iterator[Row]:
    """Engage no more independent partners than can be looked after."""
    rules = model.inputs.limits.rules
    if rules.most_partners is not None:
        names = [f for f in rules.independent.tolist() if f in model.engaged]
        total = lpSum_vars_coefs((model.engaged[f], 1.0) for f in names)
        yield "within_span", total <= rules.most_partners


def max_changes(model: LayoutProblem) -> Iterator[Row]:
    """Open and close at most so many against today."""
    rules = model.inputs.limits.rules
    if rules.most_changes is not None:
        sign = np.where(rules.today, -1.0, 1.0).tolist()
        changed = weighted(model.open, sign)
        yield "max_changes", changed <= rules.most_changes - float(rules.today.sum())


def compliance(model: LayoutProblem) -> Iterator[Row]:
    """Keep the mean compliance of independent operations up."""
    beyond = model.inputs.limits.rules.compliance
    if beyond is not None:
        yield "compliance", weighted(model.open, beyond.tolist()) >= 0

"""Keep the conflict index within its cap."""

from collections.abc import Iterator

from pulp import lpSum_vars_coefs

from channelsim.optimise.constraints.expressions import Row, weighted
from channelsim.optimise.layout_variables import LayoutProblem


def both_open(model: LayoutProblem) -> Iterator[Row]:
    """Count a pair in conflict as open together when both are."""
    for (a, b), both in model.both.items():
        if model.conflict is not None and model.conflict.signs[a, b].conflict:
            total = lpSum_vars_coefs(((model.open[a], 1.0), (model.open[b], 1.0), (both, -1.0)))
            yield f"both_open_{a}_{b}", total <= 1


def either_open(model: LayoutProblem) -> Iterator[Row]:
    """Count a synergy only when both are open."""
    for (a, b), both in model.both.items():
        if model.conflict is not None and model.conflict.signs[a, b].synergy:
            yield f"either_open_{a}_{b}_a", both - model.open[a] <= 0
            yield f"either_open_{a}_{b}_b", both - model.open[b] <= 0


def conflict_index(model: LayoutProblem) -> Iterator[Row]:
    """Set the conflict index to the largest of its pieces, at least."""
    if model.conflict is None or model.level is None:
        return
    for piece, pairs in enumerate(model.conflict.pieces):
        alone = weighted(model.open, pairs.alone.tolist())
        both = [model.both[a, b] for a, b in pairs.sites.tolist()]
        total = alone + weighted(both, pairs.weight.tolist()) - model.level
        yield f"conflict_index_{piece}", total <= -pairs.constant


def conflict_cap(model: LayoutProblem) -> Iterator[Row]:
    """Keep the conflict index within its cap."""
    if model.conflict is not None and model.level is not None and model.conflict.cap is not None:
        yield "conflict_cap", model.level + 0 <= model.conflict.cap

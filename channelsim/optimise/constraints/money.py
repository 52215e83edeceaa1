"""Stay within the budgets."""

from collections.abc import Iterator

import numpy as np
from pulp import LpAffineExpression

from channelsim.optimise.constraints.expressions import Row, weighted
from channelsim.optimise.layout_variables import LayoutProblem


def budget(model: LayoutProblem) -> Iterator[Row]:
    """Spend no more per week on fixed cost, set-up, closing and least incentives."""
    inputs, most = model.inputs, model.inputs.limits.budget
    if most is not None:
        spent = weighted(model.open, inputs.sites.charge.tolist()) + _least_spend(model)
        yield "budget", spent <= most - inputs.sites.constant


def setup_budget(model: LayoutProblem) -> Iterator[Row]:
    """Spend no more once on opening what is not open today."""
    most = model.inputs.limits.setup_budget
    if most is not None:
        yield "setup_budget", weighted(model.open, model.inputs.sites.setup_once.tolist()) <= most


def _least_spend(model: LayoutProblem) -> LpAffineExpression:
    least = model.inputs.limits.least_spend
    paid = [f for f in np.flatnonzero(least).tolist() if f in model.engaged]
    return weighted((model.engaged[f] for f in paid), least[paid].tolist())


def engaged(model: LayoutProblem) -> Iterator[Row]:
    """Count a partner as engaged when anything of its is open."""
    for site, partner in enumerate(model.inputs.sites.partner.tolist()):
        if partner in model.engaged:
            yield f"engaged_{site}", model.open[site] - model.engaged[partner] <= 0


def least_spend(model: LayoutProblem) -> Iterator[Row]:
    """Keep the least spend of engaged partners within the incentive budget."""
    if model.inputs.limits.least_spend.any() and model.engaged:
        yield "least_spend", _least_spend(model) <= model.inputs.limits.incentive_budget

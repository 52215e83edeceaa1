"""What a front trades off, over the variables of the layout problem.

    profit     sum v_nj serve_nj - sum F_j open_j - constant                  the more the better
    cost       sum c_nj serve_nj + sum F_j open_j + constant                  the less the better
    coverage   sum d_g covered_g / D                                          the more the better
    conflict   the conflict index                                             the less the better

with c_nj the parts of cost of an arc, and `best_served` (its module) for cost.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from pulp import LpAffineExpression, lpSum_vars_coefs

from channelsim.optimise.conflict_pairs import ConflictTerms
from channelsim.optimise.constraints.best_served import best_served
from channelsim.optimise.constraints.expressions import weighted
from channelsim.optimise.layout_problem import build
from channelsim.optimise.layout_variables import LayoutProblem
from channelsim.optimise.objectives import Objective
from channelsim.optimise.plan import Plan
from channelsim.optimise.search import Search
from channelsim.optimise.surrogate import terms_around

MORE_IS_BETTER = {"profit": True, "cost": False, "coverage": True, "conflict": False}
"""What can be traded off -> whether more of it is better."""
_COST = ("logistics", "channel", "incentives", "governance")


@dataclass(frozen=True, eq=False)
class FrontierProblem:
    """A layout problem with what is traded off."""

    model: LayoutProblem
    """The problem."""
    objectives: tuple[Objective, ...]
    """The functions of its variables."""


def frontier_problem(
    search: Search, names: Sequence[str], around: Sequence[Plan]
) -> FrontierProblem:
    """Return the layout problem whose objectives are traded off.

    Parameters
    ----------
    names
        Objectives, the first to be optimised and the others to be kept above floors.
    around
        Plans around which the conflict index is built.
    """
    model = build(search.inputs, _terms(search, names, around))
    if model.level is not None:
        model.level.lowBound = 0.0  # the measure is never negative, and a minimum must exist
    if "cost" in names:
        for row, expression in best_served(model):
            model.problem.addConstraint(expression, row)
    made = (Objective(name, _expression(model, name), MORE_IS_BETTER[name]) for name in names)
    return FrontierProblem(model, tuple(made))


def _expression(model: LayoutProblem, name: str) -> LpAffineExpression:
    inputs = model.inputs
    charge = weighted(model.open, inputs.sites.charge.tolist()) + inputs.sites.constant
    if name == "profit":
        return weighted(model.serve, inputs.arcs.value.tolist()) - charge
    if name == "cost":
        none = np.zeros(inputs.arcs.count)
        each = sum((inputs.arcs.parts[part] for part in _COST), none)
        return weighted(model.serve, each.tolist()) + charge
    if name == "coverage":
        cover = inputs.limits.coverage
        assert cover is not None
        return weighted(model.covered, (cover.demand / max(cover.total, 1e-300)).tolist())
    assert model.level is not None
    return lpSum_vars_coefs([(model.level, 1.0)])


def _terms(search: Search, names: Sequence[str], around: Sequence[Plan]) -> ConflictTerms | None:
    cap = search.scenario.goals.max_conflict
    if "conflict" not in names and cap is None:
        return None
    pieces = tuple(terms_around(search, plan).pieces[0] for plan in around)
    return ConflictTerms(pieces, cap)

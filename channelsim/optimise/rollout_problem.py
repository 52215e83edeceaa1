"""The problem of a plan over several periods (`rollout` tells what it is for).

Periods t = 1 .. T of some weeks each; period t has its own layout problem, of demand grown so far,
and they are linked by

    start_jt  >= 0     candidate j opens at the start of period t
    stop_jt   >= 0     it closes then

    maximise   1/T sum_t W_t        W_t what period t earns a week, as `layout_problem` counts it

    starts          open_jt - open_j,t-1 <= start_jt           open_j0: open today
    stops           open_j,t-1 - open_jt <= stop_jt
    once            sum_t start_jt <= 1, and 0 if open today: what closes stays closed
    yearly_budget   sum over the periods of a year of S_j start_jt + C_j stop_jt <= B
    setup_total     sum S_j start_jt <= B0                     the one-off set-up budget, over all

with S_j and C_j the set-up and closing money, paid when j opens or closes; W_t also counts it
written off, as in a plan of one period. Every limit holds in every period, but what a plan has to
reach (`REACHED`) only in the last.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from pulp import LpAffineExpression, LpVariable, lpSum_vars_coefs

from channelsim.domain.columns import Bools, Floats
from channelsim.optimise.constraints.expressions import Row, ones, weighted
from channelsim.optimise.extensive import Extensive, merged
from channelsim.optimise.layout_problem import CONSTRAINTS, build
from channelsim.optimise.search import Search

YEAR = 52
"""Weeks of a year."""
REACHED = ("coverage_floor", "must_open", "type_min")
"""Constraints that hold in the last period only, unless others are named."""


@dataclass(frozen=True, eq=False)
class RollOutModel:
    """The periods as one problem, with the variables that link them."""

    extensive: Extensive
    """The periods as one problem."""
    today: Bools
    """(J,) open today."""
    setup: Floats
    """(J,) set-up money."""
    closing: Floats
    """(J,) closing money."""
    year: Sequence[int]
    """(T,) year of each period, from 0."""
    yearly: float | None
    """Most money a year."""
    total: float | None
    """Most set-up money in all."""
    start: Sequence[Sequence[LpVariable]]
    """(T, J) start_jt."""
    stop: Sequence[Sequence[LpVariable]]
    """(T, J) stop_jt."""


def roll_out_problem(
    searches: Sequence[Search],
    weeks: int,
    excluded: Sequence[tuple[Bools, ...]],
    at_the_end: Sequence[str] = REACHED,
) -> RollOutModel:
    """Return the problem of the periods.

    Parameters
    ----------
    searches
        Layout problem of each period.
    weeks
        Weeks of a period.
    excluded
        Sets of open candidates that are ruled out in each period.
    at_the_end
        Names of constraints that hold in the last period only.
    """
    early = [name for name in CONSTRAINTS if name not in (*at_the_end, "setup_budget")]
    late = [name for name in CONSTRAINTS if name != "setup_budget"]
    last = len(searches) - 1
    models = [
        build(search.inputs.limited(excluded=out), None, late if t == last else early)
        for t, (search, out) in enumerate(zip(searches, excluded, strict=True))
    ]
    goals, rows = searches[0].scenario.goals, searches[0].scenario.candidates
    model = linked(
        merged(models, shared=False),
        today=np.array([c.open_today for c in rows], dtype=bool),
        setup=np.array([c.setup_cost for c in rows]),
        closing=np.array([c.closing_cost for c in rows]),
        year=[t * weeks // YEAR for t in range(len(searches))],
        yearly=goals.yearly_budget,
        total=goals.setup_budget,
    )
    worth = LpAffineExpression.empty()
    for one in model.extensive.worth:
        worth = worth + one * (1 / len(searches))
    model.extensive.problem.setObjective(worth)
    for rule in ROLL_OUT_ROWS.values():
        for row, expression in rule(model):
            model.extensive.problem.addConstraint(expression, row)
    return model


def linked(
    extensive: Extensive,
    *,
    today: Bools,
    setup: Floats,
    closing: Floats,
    year: Sequence[int],
    yearly: float | None,
    total: float | None,
) -> RollOutModel:
    """Return periods with the variables that link them, and no rows yet."""
    problem = extensive.problem

    def made(name: str) -> list[list[LpVariable]]:
        return [
            [problem.add_variable(f"{name}_{j}_at_{t}", 0, 1) for j in range(len(row))]
            for t, row in enumerate(extensive.open)
        ]

    return RollOutModel(
        extensive, today, setup, closing, year, yearly, total, made("start"), made("stop")
    )


def starts(model: RollOutModel) -> Iterator[Row]:
    """Count what opens."""
    for t, j, step, was in _steps(model):
        yield f"starts_{j}_at_{t}", step - model.start[t][j] <= was


def stops(model: RollOutModel) -> Iterator[Row]:
    """Count what closes."""
    for t, j, step, was in _steps(model):
        yield f"stops_{j}_at_{t}", step + model.stop[t][j] >= was


def once(model: RollOutModel) -> Iterator[Row]:
    """Open each candidate once at most: what closes stays closed."""
    for j, is_open in enumerate(model.today.tolist()):
        yield f"once_{j}", ones(row[j] for row in model.start) <= float(not is_open)


def yearly_budget(model: RollOutModel) -> Iterator[Row]:
    """Pay no more a year for opening and closing."""
    if model.yearly is None:
        return
    for year in range(max(model.year) + 1):
        spent = LpAffineExpression.empty()
        for t in (t for t, own in enumerate(model.year) if own == year):
            spent = spent + weighted(model.start[t], model.setup.tolist())
            spent = spent + weighted(model.stop[t], model.closing.tolist())
        yield f"yearly_budget_{year}", spent <= model.yearly


def setup_total(model: RollOutModel) -> Iterator[Row]:
    """Pay no more for opening in all."""
    if model.total is not None:
        spent = LpAffineExpression.empty()
        for row in model.start:
            spent = spent + weighted(row, model.setup.tolist())
        yield "setup_total", spent <= model.total


ROLL_OUT_ROWS = {rule.__name__: rule for rule in (starts, stops, once, yearly_budget, setup_total)}
"""Name -> rows that link the periods of a plan."""


def _steps(model: RollOutModel) -> Iterator[tuple[int, int, LpAffineExpression, float]]:
    """Yield period, candidate, what is open now less before, and what was open today if first."""
    for t, now in enumerate(model.extensive.open):
        for j, variable in enumerate(now):
            if t:
                before = model.extensive.open[t - 1][j]
                yield t, j, lpSum_vars_coefs([(variable, 1.0), (before, -1.0)]), 0.0
            else:
                was = float(model.today[j])
                yield t, j, lpSum_vars_coefs([(variable, 1.0)]), was

"""What may come of a plan under several scenarios: rows that bound it, and objectives.

Scenario s has probability p_s; W_s is what the plan earns in it, linear in the variables.

    tail          free      what the plan earns at the edge of its worst 1 - a (its value at risk)
    short_s       >= 0      by how much scenario s falls short of that
    regret        >= 0      the most that any scenario's own best plan earns beyond this one
    missed_s   in {0, 1}    scenario s earns less than asked for

    expected      sum p_s W_s
    cvar          tail - sum p_s short_s / (1 - a)    the mean of the worst 1 - a, maximised
                                                      (Rockafellar & Uryasev 2000)
    regret        -regret                             min-max regret (Savage 1951)

    tail_row         tail - short_s <= W_s
    regret_row       W*_s - W_s <= regret             W*_s what scenario s's own best plan earns
    cvar_cap         tail - sum p_s short_s / (1 - a) >= -most      with loss = -W
    chance_row       W_s >= floor - (floor - L_s) missed_s          L_s the least that W_s can be
    chance_cap       sum p_s missed_s <= 1 - chance
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from pulp import LpAffineExpression, LpVariable, lpSum_vars_coefs

from channelsim.domain import checks
from channelsim.domain.columns import Floats
from channelsim.optimise.constraints.expressions import Row
from channelsim.optimise.extensive import Extensive

OBJECTIVES = ("expected", "cvar", "regret")
"""What a plan under several scenarios can make best."""


@dataclass(frozen=True, eq=False)
class Risk:
    """What a plan is to make best, and what it may risk."""

    objective: str = "expected"
    """expected, cvar or regret."""
    alpha: float = 0.9
    """Level of the worst scenarios: they are the worst 1 - alpha, 0 to below 1."""
    most_loss: float | None = None
    """Most money per week that may be lost on average in the worst scenarios; None: no limit."""
    least_worth: float | None = None
    """Money per week that is to be earned with a chance; None: nothing is asked."""
    chance: float = 0.9
    """Least probability that `least_worth` is earned."""

    def __post_init__(self) -> None:
        checks.one_of("objective", self.objective, OBJECTIVES)
        checks.within("alpha", self.alpha, 0.0, 0.9999)
        for name in ("most_loss", "least_worth"):
            value = getattr(self, name)
            if value is not None:
                checks.finite(name, value, "leave it out for no limit")
        checks.share("chance", self.chance)


@dataclass(frozen=True, eq=False)
class RiskModel:
    """Scenarios as one problem, with the variables of risk."""

    extensive: Extensive
    """The scenarios as one problem."""
    risk: Risk
    """What is asked."""
    probability: Floats
    """(S,) p_s."""
    best: Floats
    """(S,) W*_s, money per week."""
    least: Floats
    """(S,) L_s, money per week."""
    tail: LpVariable
    """tail."""
    short: Sequence[LpVariable]
    """(S,) short_s."""
    regret: LpVariable
    """regret."""
    missed: Sequence[LpVariable]
    """(S,) missed_s; empty where no chance is asked for."""


def risk_model(
    extensive: Extensive, risk: Risk, probability: Floats, best: Floats, least: Floats
) -> RiskModel:
    """Return scenarios as one problem with its objective and the rows that the question needs.

    Parameters
    ----------
    probability, best, least
        (S,) p_s, W*_s and L_s of each scenario.
    """
    model = risk_variables(extensive, risk, probability, best, least)
    problem = extensive.problem
    problem.setObjective(_objective(model))
    for rule in RISK_ROWS.values():
        for row, expression in rule(model):
            problem.addConstraint(expression, row)
    return model


def risk_variables(
    extensive: Extensive, risk: Risk, probability: Floats, best: Floats, least: Floats
) -> RiskModel:
    """Return scenarios as one problem with the variables of risk, and neither rows nor objective.

    Parameters are those of `risk_model`.
    """
    problem, count = extensive.problem, range(len(probability))
    asks = risk.least_worth is not None
    return RiskModel(
        extensive=extensive,
        risk=risk,
        probability=probability,
        best=best,
        least=least,
        tail=problem.add_variable("tail"),
        short=[problem.add_variable(f"short_{s}", 0) for s in count],
        regret=problem.add_variable("regret", 0),
        missed=[problem.add_variable(f"missed_{s}", cat="Binary") for s in count] if asks else [],
    )


def tail_mean(worth: ArrayLike, probability: ArrayLike, alpha: float) -> float:
    """Return the mean of the worst 1 - alpha of scenarios (Rockafellar & Uryasev 2002).

    A scenario on the edge counts in part.

    Parameters
    ----------
    worth
        (S,) money per week.
    probability
        (S,) summing to 1.
    """
    values, chance = np.asarray(worth, np.float64), np.asarray(probability, np.float64)
    order = np.argsort(values, kind="stable")
    before = np.cumsum(chance[order]) - chance[order]
    taken = np.clip(1 - alpha - before, 0.0, chance[order])
    return float(values[order] @ taken / taken.sum())


def tail_row(model: RiskModel) -> Iterator[Row]:
    """Count by how much each scenario falls short of the edge of the worst."""
    if model.risk.objective == "cvar" or model.risk.most_loss is not None:
        for s, worth in enumerate(model.extensive.worth):
            short = lpSum_vars_coefs([(model.tail, 1.0), (model.short[s], -1.0)])
            yield f"tail_row_{s}", short - worth <= 0


def regret_row(model: RiskModel) -> Iterator[Row]:
    """Count the largest regret."""
    if model.risk.objective == "regret":
        for s, worth in enumerate(model.extensive.worth):
            yield f"regret_row_{s}", worth + model.regret >= float(model.best[s])


def cvar_cap(model: RiskModel) -> Iterator[Row]:
    """Keep the mean loss of the worst scenarios within its limit."""
    if model.risk.most_loss is not None:
        yield "cvar_cap", _tail(model) >= -model.risk.most_loss


def chance_row(model: RiskModel) -> Iterator[Row]:
    """Earn what is asked for, or count the scenario as missed."""
    floor = model.risk.least_worth
    if floor is not None:
        for s, worth in enumerate(model.extensive.worth):
            wide = max(floor - float(model.least[s]), 0.0)
            yield f"chance_row_{s}", worth + lpSum_vars_coefs([(model.missed[s], wide)]) >= floor


def chance_cap(model: RiskModel) -> Iterator[Row]:
    """Miss it with no more than the probability allowed."""
    if model.risk.least_worth is not None:
        pairs = zip(model.missed, model.probability.tolist(), strict=True)
        yield "chance_cap", lpSum_vars_coefs(list(pairs)) <= 1 - model.risk.chance + 1e-9


RISK_ROWS = {
    rule.__name__: rule for rule in (tail_row, regret_row, cvar_cap, chance_row, chance_cap)
}
"""Name -> rows of a plan under several scenarios."""


def _objective(model: RiskModel) -> LpAffineExpression:
    if model.risk.objective == "cvar":
        return _tail(model)
    if model.risk.objective == "regret":
        return lpSum_vars_coefs([(model.regret, -1.0)])
    total = LpAffineExpression.empty()
    for worth, probability in zip(model.extensive.worth, model.probability.tolist(), strict=True):
        total = total + worth * probability
    return total


def _tail(model: RiskModel) -> LpAffineExpression:
    weights = (-model.probability / (1 - model.risk.alpha)).tolist()
    pairs = zip(model.short, weights, strict=True)
    return lpSum_vars_coefs([(model.tail, 1.0), *pairs])

"""The rows that fronts, risk and roll-outs add to layout problems, each beside its golden file."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from pulp import LpAffineExpression

from channelsim.optimise.constraints.best_served import best_served
from channelsim.optimise.extensive import merged
from channelsim.optimise.layout_problem import build
from channelsim.optimise.risk import RISK_ROWS, Risk, risk_variables
from channelsim.optimise.rollout_problem import ROLL_OUT_ROWS, linked
from channelsim.optimise.serving_limits import ServingLimits
from channelsim.optimise.solve import solve
from tests.optimise.specimen import specimen

GOLDEN = Path(__file__).parent / "golden" / "tradeoffs"


def alone(problem, rows):
    """Return a problem with these rows only, without an objective."""
    problem.setObjective(LpAffineExpression.empty())
    for name, expression in rows:
        problem.addConstraint(expression, name)
    return problem


def served_best():
    free = specimen().limited(exclusive=False, supply=None, serving=ServingLimits())
    free = replace(free, sites=replace(free.sites, capacity=np.full(3, np.inf)))
    model = build(free, constraints=[])
    return alone(model.problem, best_served(model))


def twice(*, shared: bool):
    """Return the specimen twice as one problem, without rows."""
    models = [build(specimen().limited(exclusive=False), constraints=[]) for _ in range(2)]
    return merged(models, shared=shared)


def risk_rows(name: str):
    asked = Risk("regret", alpha=0.8, most_loss=50.0, least_worth=300.0, chance=0.7)
    half, best, least = np.array([0.5, 0.5]), np.array([400.0, 900.0]), np.array([-135.0, -40.0])
    model = risk_variables(twice(shared=True), asked, half, best, least)
    return alone(model.extensive.problem, RISK_ROWS[name](model))


def roll_out_rows(name: str):
    model = linked(
        twice(shared=False),
        today=np.array([True, False, False]),
        setup=np.array([900.0, 400.0, 90.0]),
        closing=np.array([50.0, 0.0, 0.0]),
        year=[0, 0],
        yearly=700.0,
        total=800.0,
    )
    return alone(model.extensive.problem, ROLL_OUT_ROWS[name](model))


def text_of(problem, path: Path) -> str:
    problem.writeLP(str(path))
    return path.read_text("utf-8")


def golden(name: str) -> str:
    return (GOLDEN / f"{name}.lp").read_text("utf-8")


def test_best_served_is_its_golden_file(tmp_path):
    assert text_of(served_best(), tmp_path / "now.lp") == golden("best_served")


@pytest.mark.parametrize("name", RISK_ROWS)
def test_rows_of_risk_are_their_golden_file(name, tmp_path):
    assert text_of(risk_rows(name), tmp_path / "now.lp") == golden(name)


@pytest.mark.parametrize("name", ROLL_OUT_ROWS)
def test_rows_of_a_roll_out_are_their_golden_file(name, tmp_path):
    assert text_of(roll_out_rows(name), tmp_path / "now.lp") == golden(name)


def test_every_golden_file_has_its_rows():
    rows = {"best_served", "epsilon", *RISK_ROWS, *ROLL_OUT_ROWS}
    assert {path.stem for path in GOLDEN.glob("*.lp")} == rows


@pytest.mark.parametrize("module", ["risk", "rollout_problem", "constraints.best_served"])
def test_every_row_is_in_the_mathematics(module):
    from importlib import import_module

    known = {"risk": RISK_ROWS, "rollout_problem": ROLL_OUT_ROWS}.get(module, ["best_served"])
    text = import_module(f"channelsim.optimise.{module}").__doc__
    assert [name for name in known if f"\n    {name} " not in text] == []


def test_no_row_serves_best_where_that_is_not_known():
    assert list(best_served(build(specimen(), constraints=[]))) == []


def test_problems_as_one_earn_what_they_earn_alone():
    model = build(specimen().limited(exclusive=False))
    both = merged([model, model], shared=True)
    both.problem.setObjective(both.worth[0] * 0.25 + both.worth[1] * 0.75)
    one, two = solve(model.problem, gap=0.0), solve(both.problem, gap=0.0)
    assert two.objective == pytest.approx(one.objective)
    assert len(both.problem.variables()) == 2 * len(model.problem.variables()) - 3

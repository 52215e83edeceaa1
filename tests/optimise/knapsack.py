"""Multi-objective knapsacks of the literature, and random ones (`knapsacks/README.md`)."""

import csv
from pathlib import Path

import numpy as np
from pulp import LpMaximize, LpProblem, lpSum_vars_coefs

from channelsim.optimise.objectives import Objective

FOLDER = Path(__file__).parent / "knapsacks"


def table(name: str, part: str) -> np.ndarray:
    """Return a table of an instance."""
    with (FOLDER / name / f"{part}.csv").open(encoding="utf-8") as lines:
        rows = list(csv.reader(lines))[1:]
    return np.array([[float(cell) for cell in row[1:]] for row in rows])


def knapsack(weights, capacities, values) -> tuple[LpProblem, list[Objective]]:
    """Return the problem, and its objectives by row of `values`."""
    problem = LpProblem("knapsack", LpMaximize)
    take = [problem.add_variable(f"take_{i}", cat="Binary") for i in range(values.shape[1])]

    def total(row):
        return lpSum_vars_coefs(list(zip(take, row.tolist(), strict=True)))

    for row, (weight, most) in enumerate(zip(weights, capacities, strict=True)):
        problem.addConstraint(total(weight) <= float(most), f"capacity_{row}")
    return problem, [Objective(f"value {k}", total(row)) for k, row in enumerate(values)]


def published(name: str) -> tuple[LpProblem, list[Objective], set[tuple[float, ...]]]:
    """Return an instance of the literature and its front."""
    problem, objectives = knapsack(table(name, "a"), table(name, "b").ravel(), table(name, "c"))
    return problem, objectives, {tuple(row) for row in table(name, "pareto_sols").tolist()}

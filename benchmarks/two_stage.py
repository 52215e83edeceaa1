"""Two-stage capacitated location (Fernandes et al. 2014): within 1% of the best known, and a bound.

    python benchmarks/two_stage.py [NAME ...]

50 plants, 100 depots, 200 customers; goods go from plants through depots.

    plant_i, depot_j  in {0, 1}     opened
    haul_ij           >= 0          units from plant to depot
    serve_jk          in [0, 1]     share of a customer's demand

    demand_k     sum_j serve_jk = 1
    room_j       sum_k q_k serve_jk <= p_j depot_j
    made_i       sum_j haul_ij <= b_i plant_i
    balance_j    sum_i haul_ij = sum_k q_k serve_jk

The relaxation gives the bound. The depots and plants that it uses, and those that it would use next
at their reduced cost, are the core; the program on the core gives the answer.
"""

import sys
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from claims import Claim, claim, finish
from numpy.typing import NDArray
from pulp import LpMinimize, LpProblem, LpVariable, lpSum_vars_coefs

from channelsim.optimise.solve import Solution, solve

FOLDER = Path(__file__).parents[2] / "shared" / "benchmarks" / "two_stage"
NAMES = ("PSC1-C1-50", "PSC1-C2-50", "PSC2-C1-50", "PSC3-C1-50", "PSC5-C3-50")
GAP = 5e-3
"""Gap at which to stop on the core: half of what is claimed."""
SPARE = 10
"""Depots, and plants, of the core beyond those that the relaxation uses."""

type Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Instance:
    """An instance."""

    demand: Floats
    """(K,) q."""
    plants: Floats
    """(I, 2) capacity and fixed cost."""
    haul: Floats
    """(I, J) cost per unit."""
    depots: Floats
    """(J, 2) capacity and fixed cost."""
    serve: Floats
    """(J, K) cost per unit."""

    def only(self, plants: list[int], depots: list[int]) -> "Instance":
        """Return the instance of some plants and depots."""
        return Instance(
            self.demand,
            self.plants[plants],
            self.haul[np.ix_(plants, depots)],
            self.depots[depots],
            self.serve[depots],
        )


def read(name: str) -> Instance:
    """Read an instance."""
    numbers = np.array((FOLDER / f"{name}.txt").read_text("utf-8").split(), dtype=np.float64)
    (i, j, k), rest = numbers[:3].astype(int), numbers[3:]
    ends = np.cumsum([k, 2 * i, i * j, 2 * j, j * k])
    parts = np.split(rest, ends[:-1])
    return Instance(
        parts[0],
        parts[1].reshape(i, 2),
        parts[2].reshape(i, j),
        parts[3].reshape(j, 2),
        parts[4].reshape(j, k),
    )


def best_known(name: str) -> float:
    """Return the best value known: the file says class, number, value."""
    number, group = name[3], name[6]
    lines = (FOLDER / "bks-50.txt").read_text("utf-8").splitlines()
    rows = [line.split() for line in lines]
    return next(float(row[2]) for row in rows if row[:2] == [group, number])


def build(data: Instance, *, whole: bool) -> LpProblem:
    """Return the program, or its relaxation."""
    problem = LpProblem("two_stage", LpMinimize)
    cat = "Binary" if whole else "Continuous"
    plants = [problem.add_variable(f"plant_{i}", 0, 1, cat=cat) for i in range(len(data.plants))]
    depots = [problem.add_variable(f"depot_{j}", 0, 1, cat=cat) for j in range(len(data.depots))]
    haul = [
        [problem.add_variable(f"haul_{i}_{j}", 0) for j in range(len(depots))]
        for i in range(len(plants))
    ]
    serve = [
        [problem.add_variable(f"serve_{j}_{k}", 0, 1) for k in range(len(data.demand))]
        for j in range(len(depots))
    ]
    costs = [
        *zip(plants, data.plants[:, 1].tolist(), strict=True),
        *zip(depots, data.depots[:, 1].tolist(), strict=True),
        *_priced(haul, data.haul),
        *_priced(serve, data.serve * data.demand),
    ]
    problem.setObjective(lpSum_vars_coefs(costs))
    demand = data.demand.tolist()
    for k in range(len(demand)):
        problem.addConstraint(
            lpSum_vars_coefs([(row[k], 1.0) for row in serve]) == 1, f"demand_{k}"
        )
    for j, depot in enumerate(depots):
        used = list(zip(serve[j], demand, strict=True))
        room = lpSum_vars_coefs([*used, (depot, -float(data.depots[j, 0]))])
        problem.addConstraint(room <= 0, f"room_{j}")
        taken = [(variable, -amount) for variable, amount in used]
        balance = lpSum_vars_coefs([*((row[j], 1.0) for row in haul), *taken])
        problem.addConstraint(balance == 0, f"balance_{j}")
    for i, plant in enumerate(plants):
        made = [(variable, 1.0) for variable in haul[i]]
        total = lpSum_vars_coefs([*made, (plant, -float(data.plants[i, 0]))])
        problem.addConstraint(total <= 0, f"made_{i}")
    return problem


def _priced(variables: list[list[LpVariable]], costs: Floats) -> list[tuple[LpVariable, float]]:
    flat = [variable for row in variables for variable in row]
    return list(zip(flat, costs.ravel().tolist(), strict=True))


def core(problem: LpProblem, relaxed: Solution, kind: str, count: int) -> list[int]:
    """Return what the relaxation uses, and the next by reduced cost."""
    own = problem.variablesDict()
    used = [i for i in range(count) if relaxed.values[f"{kind}_{i}"] > 1e-6]
    idle = [i for i in range(count) if i not in used]
    idle.sort(key=lambda i: own[f"{kind}_{i}"].dj or 0.0)
    return sorted([*used, *idle[:SPARE]])


def measured(name: str) -> list[Claim]:
    """Solve an instance and hold it against the best known."""
    data, begin = read(name), time.perf_counter()
    problem = build(data, whole=False)
    relaxed = solve(problem, time_limit=90)
    plants = core(problem, relaxed, "plant", len(data.plants))
    depots = core(problem, relaxed, "depot", len(data.depots))
    small = build(data.only(plants, depots), whole=True)
    left = max(115 - (time.perf_counter() - begin), 1)
    found = solve(small, gap=GAP, time_limit=left)
    seconds, known = time.perf_counter() - begin, best_known(name)
    beyond, gap = found.objective / known - 1, found.objective / relaxed.bound - 1
    print(
        f"{name}: best known {known:,.0f}, ours {found.objective:,.0f} ({beyond:+.3%}), bound "
        f"{relaxed.bound:,.0f} (gap {gap:.3%}), core {len(plants)} x {len(depots)}, {seconds:.1f} s"
    )
    return [
        claim(f"{name} beyond the best known", round(beyond, 6), "<= 0.01"),
        claim(f"{name} bound over the best known", round(relaxed.bound / known, 6), "<= 1.000001"),
        claim(f"{name} seconds", round(seconds, 1), "<= 120"),
    ]


if __name__ == "__main__":
    finish([row for name in sys.argv[1:] or NAMES for row in measured(name)])

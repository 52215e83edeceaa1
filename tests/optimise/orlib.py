"""Reader of Beasley's OR-Library warehouse location instances (Beasley 1988, EJOR 33)."""

from pathlib import Path

import numpy as np

from channelsim.optimise.layout_inputs import LayoutInputs, plain_inputs

FOLDER = Path(__file__).parents[3] / "shared" / "benchmarks" / "orlib_cap"


def read_instance(path: Path, *, capacitated: bool) -> LayoutInputs:
    """Read an instance: demand must be served in full, at least cost."""
    words = path.read_text("utf-8").split()
    sites, customers = int(words[0]), int(words[1])
    numbers = np.array([float(word) for word in words[2:]])
    capacity, fixed = numbers[: 2 * sites].reshape(sites, 2).T
    rows = numbers[2 * sites :].reshape(customers, 1 + sites)
    return plain_inputs(
        charge=fixed,
        capacity=capacity if capacitated else np.full(sites, np.inf),
        units=np.tile(rows[:, :1], sites),
        value=-rows[:, 1:],
        serve_all=True,
    )


def optima(name: str) -> dict[str, float]:
    """Return the optimum by instance of one of the lists, those of one capacity only."""
    lines = (FOLDER / name).read_text("utf-8").splitlines()
    rows = [line.split() for line in lines if line.startswith("cap")]
    return {row[0]: float(row[-1]) for row in rows if row[0] not in {"capa", "capb"}}

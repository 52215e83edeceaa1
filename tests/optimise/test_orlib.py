import pytest

from channelsim.optimise.layout_problem import build
from channelsim.optimise.solve import solve
from tests.optimise.orlib import FOLDER, optima, read_instance

pytestmark = pytest.mark.skipif(
    not FOLDER.is_dir(), reason="the OR-Library instances in ../shared are not there"
)
NAMES = [
    f"cap{series}{kind}" for series in (4, 6, 7, 8, 9, 10, 11, 12, 13) for kind in (1, 2, 3, 4)
] + ["cap51"]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("kind", ["capacitated", "uncapacitated"])
def test_optimum_is_reproduced(name, kind):
    inputs = read_instance(FOLDER / f"{name}.txt", capacitated=kind == "capacitated")
    found = solve(build(inputs).problem, gap=0.0)
    assert found.status == "optimal"
    assert -found.objective == pytest.approx(optima(f"optima_{kind}.txt")[name], rel=1e-6)


def test_all_listed_instances_are_tried():
    assert set(NAMES) == set(optima("optima_capacitated.txt"))
    assert set(NAMES) == set(optima("optima_uncapacitated.txt"))

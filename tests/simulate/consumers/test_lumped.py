import hashlib
import subprocess
import sys

import numpy as np
import pytest

from channelsim.errors import BadValue
from channelsim.simulate.consumers.chosen import ENGINES
from channelsim.simulate.consumers.sales import Sales
from channelsim.simulate.kernels.available import available
from channelsim.simulate.streams import Streams
from tests.simulate.consumers.markets import PARTNERS, country

LumpedConsumers = ENGINES["lumped"]()  # compiled, or in NumPy where numba is not there
RESULTS = tuple(name for name in Sales.__dataclass_fields__ if name != "moves")


def _digest(sales):
    return hashlib.sha256(b"".join(getattr(sales, name).tobytes() for name in RESULTS)).hexdigest()


def _three_weeks(**changes):
    reach, counts, faced = country()
    consumers = LumpedConsumers(reach, PARTNERS, counts, Streams(8, 1), **changes)
    return "".join(_digest(consumers.step(week, **faced)) for week in range(3))


def test_bits_do_not_depend_on_threads():
    alone = _three_weeks()
    assert _three_weeks(threads=2) == alone
    assert _three_weeks(threads=7) == alone


def test_bits_do_not_depend_on_the_process():
    script = (
        "import importlib.util, sys\n"
        f"spec = importlib.util.spec_from_file_location('again', {__file__!r})\n"
        "again = importlib.util.module_from_spec(spec)\n"
        "spec.loader.exec_module(again)\n"
        "print(again._three_weeks())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == _three_weeks()


def test_ten_billion_consumers_are_counted_exactly(reach_of):
    reach = reach_of([0, 1])
    people = np.array([10**9, 10**9, 3 * 10**9, 3 * 10**9, 10**9, 10**9])
    consumers = LumpedConsumers(reach, np.array([0, 1]), people, Streams(4))
    sales = consumers.step(
        0,
        inform=np.array([[0.1]]),
        occasion=np.array([[0.2]]),
        weight=np.array([[1.0], [2.0]]),
        inertia=np.array([0.5]),
        aversion=np.array([-0.5]),
        happy=np.array([[0.9], [0.8]]),
        retry=np.array([0.5]),
        stock=np.array([4 * 10**8, 5 * 10**8]),
    )
    assert consumers.population[0, 0] == 10**10
    assert sales.occasions[0, 0] == pytest.approx(0.2 * 9.1e9, rel=1e-4)
    assert sales.sold[:, 0].tolist() == [4 * 10**8, 5 * 10**8]
    assert (sales.outside + sales.sold.sum() + sales.lost.sum())[0, 0] == sales.occasions[0, 0]


@pytest.mark.skipif(not available(), reason="needs numba")
@pytest.mark.parametrize(
    ("few", "message"),
    [(-1, "few must be >= 0, got -1"), (2.5, "few must be a whole number"), (65536, "few must be")],
)
def test_a_number_drawn_singly_that_draws_cannot_tell_apart_is_refused(few, message):
    with pytest.raises(BadValue, match=message):
        _three_weeks(few=few)

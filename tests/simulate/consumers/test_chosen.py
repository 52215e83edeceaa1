import subprocess
import sys

import numpy as np
import pytest

from channelsim.errors import BadValue
from channelsim.simulate.consumers.chosen import ENGINES, active, chosen
from channelsim.simulate.consumers.plain import PlainConsumers
from channelsim.simulate.kernels.available import available
from channelsim.simulate.streams import Streams
from tests.simulate.consumers.markets import reach_of

MARKET = (reach_of([0, 1]), np.array([0, 1]), np.arange(6), Streams(1))


@pytest.mark.parametrize("engine", ENGINES)
def test_every_engine_is_chosen_by_its_name(engine):
    consumers = chosen(engine, *MARKET, threads=2)
    assert isinstance(consumers, ENGINES[engine]())
    assert consumers.population.tolist() == [[15]]


def test_a_name_that_no_engine_has_is_refused():
    with pytest.raises(BadValue, match='got "swarm"; write lumped unless tastes'):
        chosen("swarm", *MARKET)


def test_lumped_is_compiled_where_numba_can_be_imported():
    assert (ENGINES["lumped"]() is not PlainConsumers) == available()
    assert active() == ("lumped" if available() else "plain")


WITHOUT_NUMBA = """
import sys
sys.modules["numba"] = None
import channelsim
from channelsim.simulate.consumers.chosen import active
tiny = channelsim.read_scenario("tiny")
print(channelsim.simulate(tiny, tiny.today, weeks=3).realised.revenue, active())
"""


def test_a_fresh_process_without_numba_simulates_in_numpy():
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_NUMBA], capture_output=True, text=True, check=True
    )
    revenue, name = done.stdout.split()
    assert float(revenue) > 0
    assert name == "plain"

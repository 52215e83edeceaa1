import numpy as np
import pytest

from channelsim.errors import BadValue
from channelsim.simulate.consumers.chosen import ENGINES, chosen
from channelsim.simulate.streams import Streams
from tests.simulate.consumers.markets import reach_of

MARKET = (reach_of([0, 1]), np.array([0, 1]), np.arange(6), Streams(1))


@pytest.mark.parametrize("engine", ENGINES)
def test_every_engine_is_chosen_by_its_name(engine):
    consumers = chosen(engine, *MARKET, threads=2)
    assert isinstance(consumers, ENGINES[engine])
    assert consumers.population.tolist() == [[15]]


def test_a_name_that_no_engine_has_is_refused():
    with pytest.raises(BadValue, match='got "swarm"; write lumped unless tastes'):
        chosen("swarm", *MARKET)

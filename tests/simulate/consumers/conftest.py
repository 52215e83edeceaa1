import pytest

from tests.simulate.consumers import markets


@pytest.fixture
def reach_of():
    """Arcs from the candidates that each zone reaches."""
    return markets.reach_of

from collections.abc import Callable

import numpy as np
import pytest

from channelsim.domain.demand import Reach


def _reach_of(*zones: list[int]) -> Reach:
    candidate = np.array([c for zone in zones for c in zone], dtype=np.int64)
    widths = [len(zone) for zone in zones]
    return Reach(
        zone_start=np.append(0, np.cumsum(widths)).astype(np.int64),
        candidate=candidate,
        zone=np.repeat(np.arange(len(zones)), widths),
        km=np.zeros(len(candidate)),
    )


@pytest.fixture
def reach_of() -> Callable[..., Reach]:
    """Arcs from the candidates that each zone reaches."""
    return _reach_of

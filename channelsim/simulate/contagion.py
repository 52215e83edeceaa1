"""Who hears of the brand from where: word of mouth from the own zone and from its neighbours.

A share `contagion` of what a zone's people hear comes from the zones within `contagion_km`, parted
by gravity, people / max(km, 10)^2 (Reilly 1931); the rest comes from the zone itself. That owners
next door speed up adoption is what Bell and Song (2007) found. A zone without neighbours hears all
of it from itself, so the weights of a zone always sum to 1.

Awareness at the start is a datum of each zone, whatever the weights.
"""

import numpy as np
from scipy.sparse import csr_array

from channelsim.domain.columns import Floats
from channelsim.domain.distances import nearby
from channelsim.domain.scenario import Scenario

LEAST_KM = 10.0
"""Centres nearer than this are one place to those who talk."""


def hearing(case: Scenario) -> csr_array | None:
    """Return the weights (Z, Z) of each zone's sources of word of mouth, None if only its own."""
    share, zones = case.market.contagion, len(case.zones)
    if share == 0:
        return None
    places = np.arange(zones)
    zone, source, km = nearby(case, places, np.full(zones, case.market.contagion_km))
    pull = case.columns.people.sum(axis=1)[source] / np.maximum(km, LEAST_KM) ** 2
    pull[zone == source] = 0.0
    total = np.bincount(zone, pull, zones)
    far = np.divide(share * pull, total[zone], out=np.zeros_like(pull), where=total[zone] > 0)
    own: Floats = np.where(total > 0, 1 - share, 1.0)
    rows, columns = np.concatenate([zone, places]), np.concatenate([source, places])
    return csr_array((np.concatenate([far, own]), (rows, columns)), shape=(zones, zones))

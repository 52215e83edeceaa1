"""Second phase of a week, used after each round of choice: a short outlet's units go by lot."""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from channelsim.simulate.kernels.cell import Arcs, Week, place_of
from channelsim.simulate.kernels.hypergeometric import hypergeometric_at
from channelsim.simulate.kernels.philox import (
    GLUE,
)
from channelsim.simulate.kernels.place import (
    RATION,
    WHOLE,
)

type Ints = NDArray[np.int64]


@njit(**GLUE)
def _share_out(
    candidate: int,
    arcs: Arcs,
    week: Week,
    stage: int,
    claims: Ints,
    total: int,
    units: int,
    unserved: Ints,
) -> None:
    """Draw who is served among all claimants of an outlet (multivariate hypergeometric)."""
    segments = len(week.loyal)
    rest = total
    for i in range(arcs.outlet_start[candidate], arcs.outlet_start[candidate + 1]):
        arc = arcs.arc[i]
        for segment in range(segments):
            here = claims[arc, segment]
            if here > 0:
                rest -= here
                place = place_of(week, arcs.zone[arc], segment, stage)
                served = hypergeometric_at(here, rest, units, place, RATION, candidate, WHOLE)
                unserved[arc, segment] = here - served
                units -= served


@njit(**GLUE)
def ration(
    first: int,
    last: int,
    arcs: Arcs,
    week: Week,
    stage: int,
    left: Ints,
    claims: Ints,
    unserved: Ints,
) -> None:
    """Serve the claims (A, S) on outlets from what they have left (J,); set the unserved (A, S).

    Of an outlet whose claims exceed its stock every claimant is as likely to be served.
    """
    for candidate in range(first, last):
        total = 0
        for i in range(arcs.outlet_start[candidate], arcs.outlet_start[candidate + 1]):
            for segment in range(len(week.loyal)):
                total += claims[arcs.arc[i], segment]
        units = min(total, left[candidate])
        left[candidate] -= units
        if total > units:
            _share_out(candidate, arcs, week, stage, claims, total, units, unserved)

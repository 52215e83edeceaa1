"""Second phase of a week, used after each round of choice: a short outlet's units go by lot."""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from channelsim.simulate.kernels.cell import Arcs, Tally, Week, place_of
from channelsim.simulate.kernels.hypergeometric import hypergeometric_at
from channelsim.simulate.kernels.philox import (
    GLUE,
)
from channelsim.simulate.kernels.place import (
    FIRST_ROUND,
    RATION,
    SECOND_ROUND,
    WHOLE,
)

type Ints = NDArray[np.int64]
type Bools = NDArray[np.bool_]


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
    second: bool,
    left: Ints,
    in_stock: Bools,
    tally: Tally,
) -> None:
    """Serve the claims on outlets from what they have left (J,); set the unserved.

    Of an outlet whose claims exceed its stock every claimant is as likely to be served. After the
    first round `in_stock` (J,) says where anything is left.
    """
    claims = tally.second if second else tally.first
    unserved = tally.second_unserved if second else tally.first_unserved
    stage = SECOND_ROUND if second else FIRST_ROUND
    for candidate in range(first, last):
        total = 0
        for i in range(arcs.outlet_start[candidate], arcs.outlet_start[candidate + 1]):
            for segment in range(len(week.loyal)):
                total += claims[arcs.arc[i], segment]
        units = min(total, left[candidate])
        left[candidate] -= units
        if not second:
            in_stock[candidate] = left[candidate] > 0
        if total > units:
            _share_out(candidate, arcs, week, stage, claims, total, units, unserved)

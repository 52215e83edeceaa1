"""Last phase of a week: buyers move to the row of the outlet that served them, happy or not."""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from channelsim.simulate.kernels.binomial import binomial
from channelsim.simulate.kernels.cell import Arcs, Tally, Week, place_of, rows_of
from channelsim.simulate.kernels.philox import (
    FIRST_ATTEMPT,
    GLUE,
    uniforms,
)
from channelsim.simulate.kernels.place import (
    FIRST_ROUND,
    HAPPY,
    WHOLE,
)

type Ints = NDArray[np.int64]


@njit(**GLUE)
def update(first: int, last: int, arcs: Arcs, week: Week, counts: Ints, tally: Tally) -> None:
    """Move the served of zones to their new rows; the unserved keep theirs."""
    segments = len(week.loyal)
    for zone in range(first, last):
        start, end = arcs.zone_start[zone], arcs.zone_start[zone + 1]
        slots = end - start
        for segment in range(segments):
            place = place_of(week, zone, segment, FIRST_ROUND)
            at, _ = rows_of(arcs, segments, zone, segment)
            for row in range(at + 1, at + 2 + 2 * slots):
                served = tally.buyers[row] - tally.gone[row] - tally.failed[row]
                counts[row] -= served
                if row >= at + 2:
                    tally.repeat[zone, segment] += served
            for slot in range(slots):
                arc = start + slot
                units = tally.first[arc, segment] - tally.first_unserved[arc, segment]
                units += tally.second[arc, segment] - tally.second_unserved[arc, segment]
                if units > 0:
                    name = arcs.candidate[arc]
                    u, v = uniforms(place, HAPPY, name, WHOLE, FIRST_ATTEMPT)
                    happy = binomial(
                        units, week.happy[arc, segment], u, v, place, HAPPY, name, WHOLE
                    )
                    tally.happy[arc, segment] = happy
                    counts[at + 2 + slot] += happy
                    counts[at + 2 + slots + slot] += units - happy

"""Last phase of a week: buyers move to the row of the outlet that served them, happy or not."""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from channelsim.simulate.kernels.binomial import binomial
from channelsim.simulate.kernels.cell import Arcs, Room, Tally, Week, place_of, rows_of
from channelsim.simulate.kernels.philox import GLUE, fill_uniforms
from channelsim.simulate.kernels.place import FIRST_ROUND, HAPPY, WHOLE

type Ints = NDArray[np.int64]


@njit(**GLUE)
def update(
    first: int,
    last: int,
    arcs: Arcs,
    week: Week,
    counts: Ints,
    tally: Tally,
    served: Ints,
    room: Room,
) -> None:
    """Move the served of zones, by cell and row, to their new rows; the others keep theirs."""
    segments = len(week.loyal)
    u, v = room.draws.u, room.draws.v
    for zone in range(first, last):
        start, end = arcs.zone_start[zone], arcs.zone_start[zone + 1]
        candidate = arcs.candidate[start:end]
        for segment in range(segments):
            place = place_of(week, zone, segment, FIRST_ROUND)
            at, to = rows_of(arcs, segments, zone, segment)
            repeat = 0
            for row in range(at + 2, to):
                counts[row] -= served[row]
                repeat += served[row]
            counts[at + 1] -= served[at + 1]
            tally.repeat[zone, segment] = repeat
            switches = tally.switches[zone, segment, 0] + tally.switches[zone, segment, 1]
            tally.switched[zone, segment] = min(max(switches, 0.0), float(repeat))
            occasions = tally.outside[zone, segment]
            fill_uniforms(place, HAPPY, WHOLE, candidate, end - start, u, v)
            for slot in range(end - start):
                arc = start + slot
                occasions += tally.first[arc, segment]
                units = tally.first[arc, segment] - tally.first_unserved[arc, segment]
                units += tally.second[arc, segment] - tally.second_unserved[arc, segment]
                if units > 0:
                    chance, name = week.happy[arc, segment], candidate[slot]
                    happy = binomial(units, chance, u[slot], v[slot], place, HAPPY, name, WHOLE)
                    tally.happy[arc, segment] = happy
                    counts[at + 2 + slot] += happy
                    counts[at + 2 + end - start + slot] += units - happy
            tally.occasions[zone, segment] = occasions

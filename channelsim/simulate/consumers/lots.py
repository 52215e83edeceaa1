"""Who is served where claimants outnumber units: those with the lowest lots, one lot a claimant."""

import numpy as np
from numpy.typing import NDArray

from channelsim.simulate.streams import Purpose, Streams

type Ints = NDArray[np.int64]
type Bools = NDArray[np.bool_]


def serve(
    streams: Streams, week: int, stage: int, who: Ints, outlet: Ints, left: Ints
) -> tuple[Bools, Ints]:
    """Return who is served (N,) and what outlets have left then (J,).

    Parameters
    ----------
    stage
        Round of rationing, which names the lots.
    who, outlet
        (N,) claimants and what they claim.
    left
        (J,) units on hand.
    """
    claims = np.bincount(outlet, minlength=len(left))
    units = np.minimum(claims, left)
    served = np.ones(len(who), dtype=np.bool_)
    short = claims > units
    contested = np.flatnonzero(short[outlet])
    if len(contested) > 0:
        lot = streams.uniform(Purpose.LOT, week, who[contested], 0, stage)
        order = np.lexsort((lot, outlet[contested]))
        at = outlet[contested][order]
        queued = np.where(short, claims, 0)
        place = np.arange(len(at)) - (np.cumsum(queued) - queued)[at]
        served[contested[order]] = place < units[at]
    return served, left - units

"""What each row of the counts is about: its cell, its last outlet, its name in draws."""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from channelsim.domain.demand import Reach
from channelsim.simulate.consumers.links import state_rows

type Ints = NDArray[np.int64]

UNAWARE: Final = 0
NEVER: Final = 1
HAPPY: Final = 2
UNHAPPY: Final = 3

# key = zone << 34 | segment << 22 | kind << 20 | candidate of the last outlet
_ZONE, _SEGMENT, _KIND = 34, 22, 20


class Rows(NamedTuple):
    """The R rows of the counts, in their order, which is that of their keys."""

    zone: Ints
    """(R,)"""
    segment: Ints
    """(R,)"""
    kind: Ints
    """(R,) unaware, never bought, happy or unhappy."""
    last: Ints
    """(R,) arc of the last outlet, -1 without one."""
    key: Ints
    """(R,) name in draws: of zone, segment, kind and candidate, whatever the layout."""
    cell_key: Ints
    """(Z, S) name of a cell in draws."""

    @classmethod
    def of(cls, reach: Reach, segments: int) -> "Rows":
        """Return what the rows of the counts are about."""
        unaware, happy, unhappy = state_rows(reach, segments)
        widths = np.diff(reach.zone_start)
        zones, arcs = len(widths), len(reach.candidate)
        rows = 2 * segments * (zones + arcs)
        zone = np.repeat(np.arange(zones), segments * (2 + 2 * widths))
        segment = np.repeat(
            np.tile(np.arange(segments), zones), np.repeat(2 + 2 * widths, segments)
        )
        kind, last = np.zeros(rows, dtype=np.int64), np.full(rows, -1)
        kind[unaware + 1] = NEVER
        for number, at in ((HAPPY, happy), (UNHAPPY, unhappy)):
            kind[at] = number
            last[at] = np.arange(arcs)[:, None]
        cell_key = np.arange(zones)[:, None] << _ZONE | np.arange(segments) << _SEGMENT
        key = cell_key[zone, segment] | kind << _KIND
        owned = last >= 0
        key[owned] |= reach.candidate[last[owned]]
        return cls(zone, segment, kind, last, key, cell_key)

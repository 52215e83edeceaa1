"""Consumers counted by zone, segment and state: what all engines share."""

import numpy as np
from numpy.typing import NDArray

from channelsim.domain.demand import Reach
from channelsim.errors import BadValue
from channelsim.simulate.consumers.faced import Size
from channelsim.simulate.consumers.links import state_rows
from channelsim.simulate.streams import MOST_CANDIDATES, MOST_SEGMENTS, Streams

type Ints = NDArray[np.int64]


class Counted:
    """Counts of consumers by zone, segment and state.

    Parameters
    ----------
    reach
        Arcs between zones and candidates, open or closed.
    partner_of
        (J,) partner of each candidate.
    counts
        Consumers by cell and row, one cell (zone, segment) after the other, zone by zone: unaware,
        never bought, happy with each of the zone's K outlets, unhappy with each. See
        `counts_from_shares`. Copied.
    streams
        Names of all draws.
    tiers
        Tiers of each kind of consumer; they are segments side by side, the lowest first.

    Raises
    ------
    BadValue
        If counts do not fit the arcs or are negative, or there are too many of anything.
    """

    def __init__(
        self, reach: Reach, partner_of: Ints, counts: Ints, streams: Streams, tiers: int = 1
    ) -> None:
        zones, arcs = len(reach.zone_start) - 1, len(reach.candidate)
        segments = _segments_of(reach, len(counts))
        self.size = Size(zones, segments, arcs, len(partner_of))
        _check(self.size, counts, tiers)
        self.streams = streams
        self.tiers = tiers
        self.counts = np.array(counts, dtype=np.int64)
        self._rows = state_rows(reach, segments)

    @property
    def unaware(self) -> Ints:
        """(Z, S) consumers who do not know the brand."""
        return self.counts[self._rows[0]]

    @property
    def adopted(self) -> Ints:
        """(Z, S) consumers who have ever bought."""
        return self.aware - self.counts[self._rows[0] + 1]

    @property
    def aware(self) -> Ints:
        """(Z, S) consumers who know the brand."""
        return self.population - self.unaware

    @property
    def population(self) -> Ints:
        """(Z, S) all consumers."""
        cells = np.add.reduceat(self.counts, self._rows[0].ravel())
        return cells.reshape(self.size.zones, self.size.segments)

    @property
    def happy(self) -> Ints:
        """(A, S) consumers who last bought at an arc's outlet and are happy with it."""
        return self.counts[self._rows[1]]

    @property
    def unhappy(self) -> Ints:
        """(A, S) consumers who last bought at an arc's outlet and are unhappy with it."""
        return self.counts[self._rows[2]]

    @property
    def owners(self) -> Ints:
        """(A, S) consumers who last bought at an arc's outlet."""
        return self.happy + self.unhappy


def _segments_of(reach: Reach, rows: int) -> int:
    """Number of segments that a number of rows holds."""
    per_segment = 2 * (len(reach.zone_start) - 1 + len(reach.candidate))
    if per_segment == 0 or rows == 0 or rows % per_segment:
        raise BadValue(
            f"counts must hold {per_segment} rows for each segment, got {rows} in all; "
            "see counts_from_shares"
        )
    return rows // per_segment


def _check(size: Size, counts: Ints, tiers: int) -> None:
    if np.min(counts, initial=0) < 0:
        raise BadValue(f"counts must be >= 0, got {np.min(counts)}; see counts_from_shares")
    if size.candidates > MOST_CANDIDATES or size.segments > MOST_SEGMENTS:
        raise BadValue(
            f"at most {MOST_CANDIDATES} candidates and {MOST_SEGMENTS} segments, "
            f"got {size.candidates} and {size.segments}; drop some"
        )
    if tiers < 1 or size.segments % tiers:
        raise BadValue(
            f"tiers must divide the {size.segments} segments, got {tiers}; "
            "give every kind of consumer the same tiers"
        )

"""Consumers as counts: an exact lumping of the Markov chain over individuals.

Consumers in the same zone, segment and state (unaware; aware but never bought; last bought at
outlet k and happy or unhappy with it) are exchangeable, so one draw per cell replaces one draw per
consumer and the counts have the distribution that individuals would have (Kemeny & Snell 1976).

A week: the unaware learn of the brand; the aware have occasions and choose, by logit with inertia
and aversion, an outlet or the outside option; a short outlet's units go to its claimants by lot; of
those left empty-handed some choose once more among the outlets still in stock, with no outside
option, and are rationed the same way; buyers are happy or not. The unserved keep their state.
"""

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from channelsim.domain.demand import Reach
from channelsim.errors import BadValue
from channelsim.simulate.consumers.links import linked, state_rows
from channelsim.simulate.consumers.sales import Sales
from channelsim.simulate.kernels.cell import Tally, Week, make_room
from channelsim.simulate.kernels.philox import MOST_IDS, MOST_SEGMENTS
from channelsim.simulate.kernels.week import (
    FAILED_CHOICES,
    FIRST_CHOICES,
    FIRST_RATION,
    SECOND_CHOICES,
    SECOND_RATION,
    UPDATE,
    play,
)
from channelsim.simulate.streams import Streams, week_word

type Ints = NDArray[np.int64]
type Floats = NDArray[np.float64]
type Bools = NDArray[np.bool_]

_LARGEST = 1e100
_STRONGEST = 100.0


class LumpedConsumers:
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
    threads
        Pieces that the loops are cut into; any number gives the same bits.

    Raises
    ------
    BadValue
        If counts do not fit the arcs or are negative, or there are too many of anything.
    """

    def __init__(
        self,
        reach: Reach,
        partner_of: Ints,
        counts: Ints,
        streams: Streams,
        threads: int = 1,
    ) -> None:
        self.zones = len(reach.zone_start) - 1
        self.candidates = len(partner_of)
        self.segments = _segments_of(reach, len(counts))
        self._cells = (self.zones, self.segments)
        if np.min(counts, initial=0) < 0:
            raise BadValue(f"counts must be >= 0, got {np.min(counts)}; see counts_from_shares")
        if self.candidates > MOST_IDS or self.segments > MOST_SEGMENTS:
            raise BadValue(
                f"at most {MOST_IDS} candidates and {MOST_SEGMENTS} segments, "
                f"got {self.candidates} and {self.segments}; drop some"
            )
        if threads < 1:
            raise BadValue(f"threads must be >= 1, got {threads}; write 1 to use none but this one")
        self.streams = streams
        self.threads = threads
        self.counts = np.array(counts, dtype=np.int64)
        self._arcs = linked(reach, np.asarray(partner_of))
        self._rooms = [make_room(self._arcs.widest) for _ in range(threads)]
        self._rows = state_rows(self._arcs, self.segments)

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
        return np.add.reduceat(self.counts, self._rows[0].ravel()).reshape(self._cells)

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

    def step(
        self,
        week: int,
        *,
        inform: Floats,
        occasion: Floats,
        weight: Floats,
        inertia: Floats,
        aversion: Floats,
        happy: Floats,
        retry: Floats,
        stock: Ints,
    ) -> Sales:
        """Play one week and return what it leaves behind.

        Parameters
        ----------
        week
            Names the draws; a week played twice under the same name meets the same uniforms.
        inform
            (Z, S) probability that an unaware consumer becomes aware.
        occasion
            (Z, S) probability that an aware consumer has a purchase occasion.
        weight
            (A, S) exp(utility) relative to the outside option's 1; 0 where closed.
        inertia
            (S,) utility >= 0 added to the last outlet of a happy owner.
        aversion
            (S,) utility <= 0 added to the last outlet of an unhappy owner.
        happy
            (A, S) probability that a buyer is happy.
        retry
            (S,) probability of a second choice after finding nothing.
        stock
            (J,) units on hand.

        Raises
        ------
        BadValue
            If an array has the wrong shape or a value outside its range; nothing has changed then.
        """
        arc_cells = (len(self._arcs.candidate), self.segments)
        one = (self.segments,)
        faced = Week(
            seed=int(self.streams.seed),
            replication=int(self.streams.replication),
            week=week_word(week),
            inform=_checked("inform", inform, self._cells, 0.0, 1.0),
            occasion=_checked("occasion", occasion, self._cells, 0.0, 1.0),
            weight=_checked("weight", weight, arc_cells, 0.0, _LARGEST),
            loyal=np.exp(_checked("inertia", inertia, one, 0.0, _STRONGEST)),
            averse=np.exp(_checked("aversion", aversion, one, -_STRONGEST, 0.0)),
            happy=_checked("happy", happy, arc_cells, 0.0, 1.0),
            retry=_checked("retry", retry, one, 0.0, 1.0),
        )
        if np.shape(stock) != (self.candidates,) or np.min(stock, initial=0) < 0:
            raise BadValue(
                f"stock must be {self.candidates} numbers >= 0, got shape {np.shape(stock)} and "
                f"least {np.min(stock, initial=0)}; book shortages elsewhere"
            )
        return self._play(faced, np.array(stock, dtype=np.int64))

    def _play(self, week: Week, left: Ints) -> Sales:
        tally = self._new_tally()
        in_stock = np.zeros(self.candidates, dtype=np.bool_)

        def over(count: int, phase: int) -> None:
            self._over(count, phase, self._arcs, week, left, in_stock, self.counts, tally)

        over(self.zones, FIRST_CHOICES)
        over(self.candidates, FIRST_RATION)
        np.greater(left, 0, out=in_stock)
        if tally.first_unserved.any():
            over(self.zones, SECOND_CHOICES)
            over(self.candidates, SECOND_RATION)
            if tally.second_unserved.any():
                over(self.zones, FAILED_CHOICES)
        over(self.zones, UPDATE)
        return self._sales(tally, in_stock, left)

    def _over(self, count: int, phase: int, *args: Any) -> None:
        """Play a phase over 0..count, in as many pieces as there are threads."""
        cuts = pairwise(count * i // self.threads for i in range(self.threads + 1))
        calls = [(phase, *cut, *args, room) for cut, room in zip(cuts, self._rooms, strict=True)]
        if self.threads == 1:
            play(*calls[0])
            return
        with ThreadPoolExecutor(self.threads) as pool:
            for piece in [pool.submit(play, *call) for call in calls]:
                piece.result()

    def _new_tally(self) -> Tally:
        arc_cells = (len(self._arcs.candidate), self.segments)
        return Tally(
            became_aware=np.zeros(self._cells, dtype=np.int64),
            outside=np.zeros(self._cells, dtype=np.int64),
            repeat=np.zeros(self._cells, dtype=np.int64),
            switched=np.zeros((*self._cells, 2)),
            first=np.zeros(arc_cells, dtype=np.int64),
            first_unserved=np.zeros(arc_cells, dtype=np.int64),
            second=np.zeros(arc_cells, dtype=np.int64),
            second_unserved=np.zeros(arc_cells, dtype=np.int64),
            lost=np.zeros(arc_cells, dtype=np.int64),
            happy=np.zeros(arc_cells, dtype=np.int64),
            buyers=np.zeros_like(self.counts),
            again=np.zeros_like(self.counts),
            gone=np.zeros_like(self.counts),
            failed=np.zeros_like(self.counts),
        )

    def _sales(self, tally: Tally, in_stock: Bools, left: Ints) -> Sales:
        second = tally.second - tally.second_unserved
        first = np.vstack([np.zeros(self.segments, dtype=np.int64), np.cumsum(tally.first, axis=0)])
        starts = self._arcs.zone_start
        return Sales(
            became_aware=tally.became_aware,
            occasions=tally.outside + first[starts[1:]] - first[starts[:-1]],
            outside=tally.outside,
            first_claims=tally.first,
            sold=tally.first - tally.first_unserved + second,
            second_sold=second,
            lost=tally.lost,
            repeat=tally.repeat,
            switched=np.clip(tally.switched.sum(axis=2), 0.0, tally.repeat),
            happy_buyers=tally.happy,
            in_stock=in_stock,
            leftover=left,
        )


def _segments_of(reach: Reach, rows: int) -> int:
    """Number of segments that a number of rows holds."""
    per_segment = 2 * (len(reach.zone_start) - 1 + len(reach.candidate))
    if per_segment == 0 or rows == 0 or rows % per_segment:
        raise BadValue(
            f"counts must hold {per_segment} rows for each segment, got {rows} in all; "
            "see counts_from_shares"
        )
    return rows // per_segment


def _checked(name: str, array: Floats, shape: tuple[int, ...], low: float, high: float) -> Floats:
    """Return an array as writable contiguous floats after checking its shape and range."""
    result = np.array(array, dtype=np.float64, order="C")  # read-only would be another type
    if result.shape != shape:
        raise BadValue(f"{name} must have shape {shape}, got {result.shape}; give one per cell")
    if result.size and not (result.min() >= low and result.max() <= high):
        raise BadValue(
            f"{name} must lie in [{low:g}, {high:g}], "
            f"got {result.min():g} to {result.max():g}; bring it into that range"
        )
    return result

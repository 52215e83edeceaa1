"""Consumers as counts: an exact lumping of the Markov chain over individuals.

Consumers in the same zone, segment and state (unaware; aware but never bought; last bought at
outlet k and happy or unhappy with it) are exchangeable, so one draw per cell replaces one draw per
consumer and the counts have the distribution that individuals would have (Kemeny & Snell 1976).

A week: the unaware learn of the brand; the aware have occasions and choose, by logit with inertia
and aversion, an outlet or the outside option; a short outlet's units go to its claimants by lot; of
those left empty-handed some choose once more among the outlets still in stock, with no outside
option, and are rationed the same way; buyers are happy or not, and may move up a tier. The unserved
keep their state; owners who bought nothing may move down a tier.
"""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import Any, Unpack

import numpy as np
from numpy.typing import NDArray

from channelsim.domain import checks
from channelsim.domain.demand import Reach
from channelsim.errors import BadValue
from channelsim.simulate.consumers.counted import Counted
from channelsim.simulate.consumers.faced import Faced, Given
from channelsim.simulate.consumers.links import linked, pair_start
from channelsim.simulate.consumers.sales import Sales
from channelsim.simulate.kernels.cell import Tally, Ways, Week, make_room, make_ways
from channelsim.simulate.kernels.pairs import Pairs, make_pairs
from channelsim.simulate.kernels.singly import FEW, MOST_FEW
from channelsim.simulate.kernels.traced_week import play_traced
from channelsim.simulate.kernels.week import CHANGE_TIERS, FIRST_CHOICES, play
from channelsim.simulate.streams import Streams, week_word

type Ints = NDArray[np.int64]
type Floats = NDArray[np.float64]
type Bools = NDArray[np.bool_]


class LumpedConsumers(Counted):
    """Counts of consumers, moved by compiled kernels.

    Parameters
    ----------
    reach, partner_of, counts, streams, tiers
        See `Counted`.
    threads
        Pieces that the loops are cut into; any number gives the same bits.
    trace
        Whether to draw who moved from which outlet to which, which costs up to twice the time;
        without it a week's `switched` is the expectation given what its draws tell.
    few
        Most unserved of a zone and segment that are drawn one by one where moves are not traced;
        any number gives the same law.

    Raises
    ------
    BadValue
        If counts do not fit the arcs or are negative, there are too many of anything, or `few` is
        no whole number from 0 to 65,535.
    """

    def __init__(
        self,
        reach: Reach,
        partner_of: Ints,
        counts: Ints,
        streams: Streams,
        threads: int = 1,
        tiers: int = 1,
        *,
        trace: bool = False,
        few: int = FEW,
    ) -> None:
        super().__init__(reach, partner_of, counts, streams, tiers)
        if threads < 1:
            raise BadValue(f"threads must be >= 1, got {threads}; write 1 to use none but this one")
        checks.whole("few", few, 0, "write 0 to draw counts alone")
        checks.at_most("few", few, MOST_FEW, "write 24 for the quickest")
        self.threads = threads
        self._arcs = linked(reach, np.asarray(partner_of))
        self.trace = trace
        if trace:
            pairs = pair_start(self._arcs.zone_start)
            self._kept: Ways | Pairs = make_pairs(self._arcs, pairs, self.size.segments)
        else:
            self._kept = make_ways(self._arcs, self.size.segments, few)
        self._play_phases = play_traced if trace else play
        self._rooms = [make_room(self._arcs.widest) for _ in range(threads)]

    def step(self, week: int, **given: Unpack[Given]) -> Sales:
        """Play one week and return what it leaves behind: see `consumers.engine`.

        Raises
        ------
        BadValue
            If an array has the wrong shape or a value outside its range; nothing has changed then.
        """
        word = week_word(week)
        faced = Faced.checked(self.size, given)
        return self._play(self._week(word, faced), faced.stock, faced.moves_tiers)

    def _week(self, word: int, faced: Faced) -> Week:
        return Week(
            seed=int(self.streams.seed),
            replication=int(self.streams.replication),
            week=word,
            inform=faced.inform,
            occasion=faced.occasion,
            weight=faced.weight,
            loyal=np.exp(faced.inertia),
            averse=np.exp(faced.aversion),
            happy=faced.happy,
            retry=faced.retry,
            tiers=self.tiers,
            rise=faced.rise,
            lapse=faced.lapse,
        )

    def _play(self, week: Week, left: Ints, tiers_change: bool) -> Sales:
        tally = self._new_tally()
        in_stock = np.zeros(self.size.candidates, dtype=np.bool_)
        kept, moves = self._kept, None
        if isinstance(kept, Pairs):
            moves = np.zeros_like(kept.moves)
            kept = kept._replace(moves=moves)

        def over(phase: int, until: int) -> None:
            self._over(phase, until, self._arcs, week, left, in_stock, self.counts, tally, kept)

        until = CHANGE_TIERS + 1 if tiers_change else CHANGE_TIERS
        if self.threads == 1:  # nobody to wait for between phases
            over(FIRST_CHOICES, until)
        else:
            for phase in range(FIRST_CHOICES, until):
                over(phase, phase + 1)
        return self._sales(tally, in_stock, left, moves)

    def _over(self, phase: int, until: int, *args: Any) -> None:
        """Play phases over all zones or outlets, in as many pieces as there are threads."""
        zones, outlets = self._cuts(self.size.zones), self._cuts(self.size.candidates)
        calls = [
            (phase, until, *zone, *outlet, *args, room)
            for zone, outlet, room in zip(zones, outlets, self._rooms, strict=True)
        ]
        if self.threads == 1:
            self._play_phases(*calls[0])
            return
        with ThreadPoolExecutor(self.threads) as pool:
            for piece in [pool.submit(self._play_phases, *call) for call in calls]:
                piece.result()

    def _cuts(self, count: int) -> Iterable[tuple[int, int]]:
        return pairwise(count * i // self.threads for i in range(self.threads + 1))

    def _new_tally(self) -> Tally:
        cells = (self.size.zones, self.size.segments)
        arc_cells = (self.size.arcs, self.size.segments)
        return Tally(
            became_aware=np.zeros(cells, dtype=np.int64),
            occasions=np.zeros(cells, dtype=np.int64),
            outside=np.zeros(cells, dtype=np.int64),
            deserted=np.zeros(cells, dtype=np.int64),
            repeat=np.zeros(cells, dtype=np.int64),
            switched=np.zeros(cells),
            switches=np.zeros((*cells, 2)),
            first=np.zeros(arc_cells, dtype=np.int64),
            first_unserved=np.zeros(arc_cells, dtype=np.int64),
            second=np.zeros(arc_cells, dtype=np.int64),
            second_unserved=np.zeros(arc_cells, dtype=np.int64),
            lost=np.zeros(arc_cells, dtype=np.int64),
            happy=np.zeros(arc_cells, dtype=np.int64),
            risen=np.zeros(cells, dtype=np.int64),
            lapsed=np.zeros(cells, dtype=np.int64),
        )

    def _sales(self, tally: Tally, in_stock: Bools, left: Ints, moves: Ints | None) -> Sales:
        second = tally.second - tally.second_unserved
        return Sales(
            became_aware=tally.became_aware,
            occasions=tally.occasions,
            outside=tally.outside,
            deserted=tally.deserted,
            first_claims=tally.first,
            sold=tally.first - tally.first_unserved + second,
            second_sold=second,
            lost=tally.lost,
            repeat=tally.repeat,
            switched=tally.switched,
            happy_buyers=tally.happy,
            risen=tally.risen,
            lapsed=tally.lapsed,
            in_stock=in_stock,
            leftover=left,
            moves=moves,
        )

"""Every consumer on their own: arrays sorted by zone and kind, one entry a consumer."""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from channelsim.domain.demand import Reach
from channelsim.simulate.consumers.chance import tastes
from channelsim.simulate.consumers.links import pair_start
from channelsim.simulate.streams import Streams

type Ints = NDArray[np.int64]
type Floats = NDArray[np.float64]
type Small = NDArray[np.unsignedinteger]

NEVER: Final = 1
"""State of those who know the brand and never bought; 0 is the state of those who do not know it.
The happy owners of a zone's k-th outlet are in state 2 + 2k, the unhappy ones in 3 + 2k."""
OWNER: Final = 2


class Places(NamedTuple):
    """What stands where: Z zones, A arcs, K_z arcs of a zone."""

    start: Ints
    """(Z + 1,) where each zone's arcs begin."""
    width: Ints
    """(Z,) K_z."""
    zone: Ints
    """(A,) zone of each arc."""
    slot: Ints
    """(A,) place of each arc within its zone."""
    candidate: Ints
    """(A,) candidate of each arc."""
    partner: Ints
    """(A,) partner of each arc."""
    pairs: Ints
    """(Z + 1,) where each zone's pairs of outlets begin."""

    @classmethod
    def of(cls, reach: Reach, partner_of: Ints) -> "Places":
        """Return the places of the arcs."""
        start = np.asarray(reach.zone_start, dtype=np.int64)
        width = np.diff(start)
        zone = np.repeat(np.arange(len(width)), width)
        candidate = np.asarray(reach.candidate, dtype=np.int64)
        slot = np.arange(len(candidate)) - start[zone]
        partner = np.asarray(partner_of)[candidate]
        return cls(start, width, zone, slot, candidate, partner, pair_start(start))

    @property
    def widest(self) -> int:
        """Largest number of arcs of a zone, at least 1."""
        return max(int(self.width.max(initial=1)), 1)

    def by_zone(self, values: Floats) -> Floats:
        """Return what arcs hold (A, S) with room for the widest zone: (Z x S, K)."""
        zones, segments = len(self.width), values.shape[1]
        room = np.zeros((zones, segments, self.widest))
        room[self.zone, :, self.slot] = values
        return room.reshape(zones * segments, self.widest)


class People(NamedTuple):
    """The N consumers, sorted by zone and kind and numbered from 0."""

    start: Ints
    """(Z x kinds + 1,) where those of each zone and kind begin."""
    state: Small
    """(N,) what each knows and has: see `NEVER`."""
    tier: Small | None
    """(N,) tier of each, where there are several."""
    streak: NDArray[np.uint16] | None
    """(N,) purchases in a row at the last outlet that made them happy, where they remember."""
    taste: NDArray[np.float32] | None
    """(N,) own taste, standard normal, where tastes spread."""

    @classmethod
    def of(
        cls,
        counts: Ints,
        population: Ints,
        places: Places,
        tiers: int,
        *,
        remember: bool,
        tasters: Streams | None,
    ) -> "People":
        """Return as many consumers as are counted by row, each kind from its lowest tier up.

        Parameters
        ----------
        population
            (Z, S) consumers by cell.
        remember
            Whether they count the purchases that made them happy.
        tasters
            Streams to draw tastes from, None for no tastes.
        """
        cell, state = _cells_and_states(places.width, population.shape[1])
        kinds = population.reshape(-1, tiers).sum(axis=1)
        small = np.min_scalar_type(1 + 2 * places.widest)
        tier = (cell % tiers).astype(np.min_scalar_type(tiers - 1))
        glad = ((state >= OWNER) & (state % 2 == 0)).astype(np.uint16)
        return cls(
            start=np.append(0, np.cumsum(kinds)),
            state=np.repeat(state.astype(small), counts),
            tier=np.repeat(tier, counts) if tiers > 1 else None,
            streak=np.repeat(glad, counts) if remember else None,
            taste=tastes(tasters, int(counts.sum())) if tasters else None,
        )


class Crowd(NamedTuple):
    """The few consumers that a week is about."""

    who: Ints
    """(n,) consumers, ascending."""
    zone: Ints
    """(n,)"""
    segment: Ints
    """(n,)"""
    state: Ints
    """(n,)"""
    luck: Floats
    """(n,) uniform that decides their choice."""
    spare: Floats
    """(n,) uniform that decides what comes of it."""

    def only(self, which: NDArray[np.bool_]) -> "Crowd":
        """Return some of them."""
        at = np.flatnonzero(which)
        whole = (self.who[at], self.zone[at], self.segment[at], self.state[at])
        return Crowd(*whole, self.luck[at], self.spare[at])

    @property
    def owner(self) -> NDArray[np.bool_]:
        """(n,) whether they have ever bought."""
        return self.state >= OWNER

    @property
    def own(self) -> Ints:
        """(n,) slot of the last outlet, 0 for those without."""
        return np.maximum(self.state - OWNER, 0) >> 1

    @property
    def mood(self) -> Ints:
        """(n,) 0 for those who never bought, 1 for happy owners, 2 for unhappy ones."""
        return np.where(self.owner, 1 + (self.state & 1), 0)


def row_of(state: Ints, width: Ints) -> Ints:
    """Return the row of its cell that a state is counted in: see `Counted`."""
    row = OWNER + (state - OWNER >> 1) + np.where(state & 1, width, 0)
    return np.where(state < OWNER, state, row)


def _cells_and_states(width: Ints, segments: int) -> tuple[Ints, Ints]:
    """Return the cell and the state that each row of the counts stands for."""
    rows = np.repeat(2 + 2 * width, segments)
    cell = np.repeat(np.arange(len(rows)), rows)
    row = np.arange(len(cell)) - (np.cumsum(rows) - rows)[cell]
    slots = np.repeat(width, segments)[cell]
    sour = row >= OWNER + slots
    owned = OWNER + 2 * (row - OWNER - np.where(sour, slots, 0)) + sour
    return cell, np.where(row < OWNER, row, owned)

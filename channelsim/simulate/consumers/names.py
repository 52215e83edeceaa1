"""Names of the draws of the engine in NumPy, many at once.

A draw is named by what it is for, the week, the round, who draws (a row's key), which candidate it
is about and the bit at which a group is halved (see `halving`). They fill the counter of Philox,

    c0 = attempt | level << 6 | about << 12      c1 = week | purpose << 16 | stage << 24
    c2 = who >> 32                               c3 = who & (2^32 - 1)

so that a rejected draw advances `attempt` alone and no draw ever moves another.
"""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from channelsim.simulate.streams import Purpose, Streams, philox

type Ints = NDArray[np.int64]
type Floats = NDArray[np.float64]

_LOW = (1 << 32) - 1
_HALF, _DROPPED = np.uint64(32), np.uint64(12)
_BLOCK = 1 << 15


@dataclass(frozen=True, eq=False)
class Names:
    """Names of N draws."""

    streams: Streams
    """Seed and replication."""
    week: int
    """Week as the counter's 16 bits."""
    purpose: Purpose
    """What the draws are for."""
    who: Ints
    """(N,) who draws, below 2^63."""
    about: Ints
    """(N,) candidate, below 2^20."""
    level: Ints
    """(N,) bit at which a group is halved, 0 to 62."""
    stage: int = 0
    """Round of choice."""

    def of(self, which: NDArray[Any]) -> "Names":
        """Return the names of some of the draws."""
        return replace(self, who=self.who[which], about=self.about[which], level=self.level[which])

    def uniforms(self, attempt: int) -> tuple[Floats, Floats]:
        """Return two independent uniforms inside (0, 1) for each draw, in blocks fit for a cache.

        Parameters
        ----------
        attempt
            From 0 to 63. No sampler here rejects more than half of its proposals.
        """
        u, v = np.empty(len(self.who)), np.empty(len(self.who))
        for start in range(0, len(u), _BLOCK):
            block = slice(start, start + _BLOCK)
            w0, w1, w2, w3 = self._words(attempt, block)
            u[block], v[block] = _inside(w0, w1), _inside(w2, w3)
        return u, v

    def _words(self, attempt: int, block: slice) -> tuple[NDArray[np.uint64], ...]:
        who = self.who[block]
        first = attempt | self.level[block] << 6 | self.about[block] << 12
        second = self.week | int(self.purpose) << 16 | self.stage << 24
        key = (self.streams.seed, self.streams.replication)
        return philox(key, (first, second, who >> 32, who & _LOW))


def named(
    streams: Streams,
    week: int,
    purpose: Purpose,
    who: Ints,
    about: Ints | int = 0,
    level: Ints | int = 0,
    stage: int = 0,
) -> Names:
    """Return the names of as many draws as there are in `who`."""

    def each(ids: Ints | int) -> Ints:
        return np.broadcast_to(np.asarray(ids, dtype=np.int64), who.shape)

    return Names(streams, week, purpose, who, each(about), each(level), stage)


def _inside(high: NDArray[np.uint64], low: NDArray[np.uint64]) -> Floats:
    """Return uniforms on the midpoints of a grid of 2^-52."""
    return (((high << _HALF | low) >> _DROPPED).astype(np.float64) + 0.5) * 2.0**-52

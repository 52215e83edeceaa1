"""Randomness as a pure function of what it is for: counter-based streams (Philox4x32-10).

A draw is named by (seed, replication; purpose, week, ids) and by nothing else: no layout, policy,
price or swept parameter, nor how many draws came before it. Runs under one seed therefore share
their random numbers wherever they ask the same question (common random numbers), in any order and
on any number of threads. The ids of firm draws are a partner's row or the `stable_id` of its name.
"""

from dataclasses import dataclass
from enum import IntEnum, unique
from hashlib import blake2b
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri

from channelsim.domain import checks
from channelsim.errors import BadValue

WEEKS: Final = 1 << 16
"""Weeks that the counter tells apart; negative ones (before the start) count from the far end."""
MOST_CANDIDATES: Final = 1 << 20
"""Candidates that the counter tells apart in consumers' draws."""
MOST_SEGMENTS: Final = 1 << 12
"""Segments that it tells apart there."""
_WORD: Final = 1 << 32
_MOST_IDS: Final = 3

_MULTIPLIERS = (np.uint64(0xD2511F53), np.uint64(0xCD9E8D57))
_WEYL = (np.uint64(0x9E3779B9), np.uint64(0xBB67AE85))
_LOW = np.uint64(0xFFFFFFFF)
_HALF = np.uint64(32)
_DROPPED = np.uint64(12)


@unique
class Purpose(IntEnum):
    """What a draw is for. Numbers never change: they are part of every result's bits."""

    START = 1
    """First counts of consumers by state."""
    AWARE = 2
    """Unaware consumers who become aware."""
    BUY = 3
    """Consumers with an occasion who choose an outlet."""
    OUTSIDE = 4
    """Consumers with an occasion who choose a rival or nothing."""
    LOYAL = 5
    """Happy buyers drawn back to their outlet by inertia."""
    AVERSE = 6
    """Unhappy buyers' way down the tree of outlets."""
    CHOOSE = 7
    """Buyers' way down the tree of outlets."""
    RATION = 8
    """Claimants who are served where an outlet is short."""
    RETRY = 9
    """Unserved claimants who try a second outlet."""
    WHO = 10
    """Claims, entrants and rows that the unserved came from."""
    FIRST = 11
    """First choices of those who found nothing in the end."""
    HAPPY = 12
    """Buyers who are happy afterwards."""
    RISE = 13
    """Buyers who move up a tier."""
    LAPSE = 14
    """Owners who buy nothing and move down a tier."""
    OCCASION = 15
    """An individual's occasion, choice and, by half of its bits, happiness."""
    LOT = 16
    """An individual's lot where claimants outnumber units."""
    TASTE = 17
    """An individual's taste, once for life."""
    ROW = 18
    """Key of the draws of a row or an outlet, where moves are traced."""

    PRICE = 64
    """Prices that partners set, and who is seen below the price floor."""
    EFFORT = 65
    """Effort of partners and its effect."""
    FORECAST = 66
    """Partners' forecasts and orders."""
    SUPPLY = 67
    """Lead times and rationing between partners."""
    INFORMATION = 68
    """Noise in what is observed."""
    AUDIT = 69
    """Audits and what they find."""
    DIVERSION = 70
    """Partners' ventures into other territories."""
    RELATION = 71
    """Conflict events, mediation, boycotts."""
    EXIT = 72
    """Partners who leave."""
    RECRUIT = 73
    """Partners who apply."""
    SHOCK = 74
    """Shocks to the market as a whole."""


def philox(key: tuple[int, int], counter: tuple[ArrayLike, ...]) -> tuple[NDArray[np.uint64], ...]:
    """Return four arrays of random 32-bit words (Salmon et al. 2011, 'Parallel random numbers').

    Parameters
    ----------
    key
        Two 32-bit words.
    counter
        Four arrays of 32-bit words that broadcast together.
    """
    c0, c1, c2, c3 = np.broadcast_arrays(*(np.asarray(word, dtype=np.uint64) for word in counter))
    k0, k1 = np.uint64(key[0]), np.uint64(key[1])
    for _ in range(10):
        first, second = _MULTIPLIERS[0] * c0, _MULTIPLIERS[1] * c2
        c0, c1 = (second >> _HALF) ^ c1 ^ k0, second & _LOW
        c2, c3 = (first >> _HALF) ^ c3 ^ k1, first & _LOW
        k0, k1 = (k0 + _WEYL[0]) & _LOW, (k1 + _WEYL[1]) & _LOW
    return c0, c1, c2, c3


def stable_id(name: str) -> int:
    """Return a 32-bit id of a name, the same in every process and every scenario."""
    return int.from_bytes(blake2b(name.encode(), digest_size=4).digest(), "little")


@dataclass(frozen=True)
class Streams:
    """All random numbers of one replication."""

    seed: int
    """Root seed, 0 to 2^32 - 1."""
    replication: int = 0
    """Replication under that seed, 0 to 2^32 - 1."""

    def __post_init__(self) -> None:
        for name in ("seed", "replication"):
            value = getattr(self, name)
            checks.whole(name, value, 0)
            if value >= _WORD:
                raise BadValue(f"{name} must be < 2^32, got {value}; take a smaller one")

    def uniform(self, purpose: Purpose, week: int, *ids: ArrayLike) -> NDArray[np.float64]:
        """Return uniforms inside (0, 1), one for each row of the broadcast ids.

        Parameters
        ----------
        week
            From -32768 to 32767.
        ids
            At most three numbers or arrays below 2^32: who, about whom, which of several draws.
        """
        high, low, _, _ = philox((self.seed, self.replication), _counter(purpose, week, ids))
        return (((high << _HALF | low) >> _DROPPED).astype(np.float64) + 0.5) * 2.0**-52

    def normal(self, purpose: Purpose, week: int, *ids: ArrayLike) -> NDArray[np.float64]:
        """Return standard normals, increasing in the uniforms of the same name."""
        normals: NDArray[np.float64] = ndtri(self.uniform(purpose, week, *ids))
        return normals


def week_word(week: int) -> int:
    """Return a week's 16 bits of the counter."""
    if not -WEEKS // 2 <= week < WEEKS // 2:
        raise BadValue(f"week must lie in [-32768, 32767], got {week}; shorten the horizon")
    return week % WEEKS


def _counter(purpose: Purpose, week: int, ids: tuple[ArrayLike, ...]) -> tuple[ArrayLike, ...]:
    if len(ids) > _MOST_IDS:
        raise BadValue(f"a draw has at most {_MOST_IDS} ids, got {len(ids)}; merge two of them")
    padded: list[ArrayLike] = [*ids, 0, 0, 0]
    who, whom, which = padded[:_MOST_IDS]
    return which, week_word(week) | purpose << 16, who, whom

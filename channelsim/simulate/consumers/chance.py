"""Whom chance strikes: one uniform for each consumer, week and purpose, looked at in blocks.

Philox4x64-10 (Salmon et al. 2011) has the key (seed, replication) and the counter (position in the
block; week and purpose; block; 0). A consumer's position names the draw and nothing else does: not
the layout, nor what is asked, nor how many others were struck. The few that chance strikes may need
more draws; `Streams` names those (Philox4x32-10, so no counter of one is a counter of the other).

A block is compared with the largest chance of its cells, which makes one pass of it; its caller
then looks at each of the few that are left with the chance that is theirs.
"""

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from channelsim.simulate.streams import Purpose, Streams, week_word

type Ints = NDArray[np.int64]
type Floats = NDArray[np.float64]

_BLOCK: Final = 1 << 15
_HALF: Final = np.uint64(32)
_LOW: Final = np.uint64((1 << 32) - 1)


class Struck(NamedTuple):
    """Consumers who may be struck, by position."""

    who: Ints
    """(N,) ascending."""
    cell: Ints
    """(N,) cell that each is in."""
    luck: Floats
    """(N,) their uniforms, inside (0, 1): struck whose luck is below the chance that is theirs."""
    spare: Floats
    """(N,) a second uniform of each where it was asked for, else the first again."""


def struck(
    streams: Streams,
    purpose: Purpose,
    week: int,
    starts: Ints,
    most: Floats,
    *,
    spare: bool = False,
) -> Struck:
    """Return the consumers whose uniforms may lie below their chance.

    Parameters
    ----------
    starts
        (C + 1,) where the consumers of each cell begin.
    most
        (C,) largest chance in each cell; where it is 0 nobody is looked at.
    spare
        Whether those struck need a second uniform.
    """
    found, words = [np.zeros(0, np.int64)], [np.zeros(0, np.uint64)]
    for block, first, last, chance in _blocks(starts, most):
        word = _words(streams, purpose, week, block, last - first, wide=spare)
        hit = np.flatnonzero(word <= _limit(chance, word.dtype))
        found.append(hit + first)
        words.append(word[hit].astype(np.uint64))
    who, word = np.concatenate(found), np.concatenate(words)
    inside = np.diff(np.searchsorted(who, starts))
    return Struck(
        who=who,
        cell=np.repeat(np.arange(len(most)), inside),
        luck=_uniform(word >> _HALF if spare else word),
        spare=_uniform(word & _LOW),
    )


def tastes(streams: Streams, people: int) -> NDArray[np.float32]:
    """Return a standard normal for each consumer."""
    result = np.empty(people, dtype=np.float32)
    for block, first in enumerate(range(0, people, _BLOCK)):
        generator = np.random.Generator(_bits(streams, Purpose.TASTE, 0, block))
        generator.standard_normal(dtype=np.float32, out=result[first : first + _BLOCK])
    return result


def _blocks(starts: Ints, most: Floats) -> Iterator[tuple[int, int, int, float]]:
    """Yield each block's number, its first consumer, its end and its largest chance, if above 0."""
    people = int(starts[-1])
    firsts = np.arange(0, people, _BLOCK)
    cells = np.searchsorted(starts, firsts, side="right") - 1
    ends = np.searchsorted(starts, np.minimum(firsts + _BLOCK, people), side="left")
    for block, (first, cell, end) in enumerate(zip(firsts.tolist(), cells, ends, strict=True)):
        chance = float(most[cell:end].max())
        if chance > 0.0:
            yield block, first, min(first + _BLOCK, people), chance


def _bits(streams: Streams, purpose: Purpose, week: int, block: int) -> np.random.Philox:
    key = int(streams.replication) << 64 | int(streams.seed)
    counter = block << 128 | (week_word(week) | purpose << 16) << 64
    return np.random.Philox(key=key, counter=counter)


def _words(
    streams: Streams, purpose: Purpose, week: int, block: int, count: int, *, wide: bool
) -> NDArray[Any]:
    """Return a word for each consumer of a block: of 64 bits if wide, else of 32."""
    bits = _bits(streams, purpose, week, block)
    return bits.random_raw(count) if wide else bits.random_raw(-(-count // 2)).view("<u4")[:count]


def _limit(chance: float, word: np.dtype[Any]) -> Any:
    """Return the largest word whose upper 32 bits may stand for a uniform below the chance."""
    limit = int(np.ceil(chance * 2.0**32))
    return word.type((limit << 8 * (word.itemsize - 4)) - 1)


def _uniform(word: NDArray[np.uint64]) -> Floats:
    return (word.astype(np.float64) + 0.5) * 2.0**-32

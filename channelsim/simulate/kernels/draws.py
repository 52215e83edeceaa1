"""First attempts of a cell's draws, made side by side so that the compiler turns them into vectors.

A zone of K outlets, L of them open, whose rows are those of `flows`:

    0 .. 2K + 1             the newly aware; buyers by row
    2K + 2 .. 4K + 3        nobody; occasions spent outside by row
    4K + 4 .. 5K + 3        the loyal by slot
    5K + 4 .. 5K + L + 2    the pool at each split, in the order of the tree
    6K + 4 ..               the averse along the way down to each open outlet
"""

from typing import Any, NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from channelsim.simulate.kernels.binomial import binomial
from channelsim.simulate.kernels.philox import INLINED, INNER, first_uniforms
from channelsim.simulate.kernels.place import (
    AVERSE,
    AWARE,
    BUY,
    CHOOSE,
    HAPPY_ROW,
    LOYAL,
    NEVER_ROW,
    NOBODY,
    OUTSIDE,
    UNAWARE_ROW,
    UNHAPPY_ROW,
    WHOLE,
)
from channelsim.simulate.kernels.tree import Tree, deepest

type Ints = NDArray[np.int64]
type Floats = NDArray[np.float64]


class Draws(NamedTuple):
    """Names and uniforms of a cell's draws; the names are the same in every segment of a zone."""

    purpose: Ints
    ident: Ints
    level: Ints
    u: Floats
    v: Floats


def new_draws(most: int) -> Draws:
    """Return room for the draws of a zone with at most so many outlets."""
    size = 4 + most * (6 + deepest(most))
    return Draws(
        purpose=np.zeros(size, np.int64),
        ident=np.zeros(size, np.int64),
        level=np.zeros(size, np.int64),
        u=np.zeros(size),
        v=np.zeros(size),
    )


@njit(**INLINED)
def _name(draws: Draws, at: int, purpose: int, ident: int, level: int) -> None:
    draws.purpose[at] = purpose
    draws.ident[at] = ident
    draws.level[at] = level


@njit(**INNER)
def name_rows(draws: Draws, candidate: Ints, at: int, purpose: int) -> None:
    """Name a draw by row, from so far on."""
    slots = len(candidate)
    _name(draws, at + 1, purpose, NOBODY, NEVER_ROW)
    for slot in range(slots):
        _name(draws, at + 2 + slot, purpose, candidate[slot], HAPPY_ROW)
        _name(draws, at + 2 + slots + slot, purpose, candidate[slot], UNHAPPY_ROW)


@njit(**INNER)
def name_draws(draws: Draws, tree: Tree, leaves: int, candidate: Ints) -> None:
    """Name the draws of a zone, in which the tree has grown."""
    slots = len(candidate)
    rows = 2 + 2 * slots
    _name(draws, 0, AWARE, NOBODY, UNAWARE_ROW)
    _name(draws, rows, OUTSIDE, NOBODY, UNAWARE_ROW)
    for purpose, at in ((BUY, 0), (OUTSIDE, rows)):
        name_rows(draws, candidate, at, purpose)
    for slot in range(slots):
        _name(draws, 2 * rows + slot, LOYAL, candidate[slot], WHOLE)
    for i in range(leaves - 1):
        _name(draws, 2 * rows + slots + i, CHOOSE, tree.names[i], WHOLE)
    for leaf in range(leaves):
        at = 2 * rows + 2 * slots + tree.spot[tree.spot[leaf].slot].path
        node = 2 * leaf
        for depth in range(tree.node[node].depth - 1, -1, -1):
            node = tree.node[node].parent
            _name(draws, at + depth, AVERSE, tree.node[2 * leaf].name, tree.node[node].level)


@njit(**INNER)
def fill(draws: Draws, first: int, last: int, place: Any) -> None:
    """Make the first attempts of some of a cell's draws."""
    for i in range(first, last):
        draws.u[i], draws.v[i] = first_uniforms(
            place, draws.purpose[i], draws.ident[i], draws.level[i]
        )


@njit(**INNER)
def fill_rows(draws: Draws, rows: int, purpose: int, place: Any) -> None:
    """Make the first attempts of a draw by row for another purpose."""
    for i in range(1, rows):
        draws.u[i], draws.v[i] = first_uniforms(place, purpose, draws.ident[i], draws.level[i])


@njit(**INNER)
def draw_rows(held: Ints, took: Ints, p: float, draws: Draws, purpose: int, place: Any) -> int:
    """Draw those of every row whom the same chance picks; return how many in all."""
    fill_rows(draws, len(held), purpose, place)
    total = 0
    for row in range(1, len(held)):
        took[row] = 0
        if held[row] > 0 and p > 0.0:
            took[row] = binomial(
                held[row],
                p,
                draws.u[row],
                draws.v[row],
                place,
                purpose,
                draws.ident[row],
                draws.level[row],
            )
            total += took[row]
    return total


@njit(**INLINED)
def drawn(n: int, p: float, draws: Draws, at: int, place: Any) -> int:
    """Successes among n trials of probability p."""
    if n <= 0 or not p > 0.0:
        return 0
    return binomial(
        n,
        p,
        draws.u[at],
        draws.v[at],
        place,
        draws.purpose[at],
        draws.ident[at],
        draws.level[at],
    )

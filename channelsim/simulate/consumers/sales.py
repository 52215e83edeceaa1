"""What one week of consumers leaves behind."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

type Ints = NDArray[np.int64]
type Floats = NDArray[np.float64]
type Bools = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Sales:
    """Choices, sales and disappointments of one week: Z zones, S segments, A arcs, J candidates.

    In every cell (zone, segment)

        occasions = outside + sum of first_claims = outside + sum of sold + sum of lost.
    """

    became_aware: Ints
    """(Z, S) consumers."""
    occasions: Ints
    """(Z, S) purchase occasions."""
    outside: Ints
    """(Z, S) of which went to rivals or to nothing."""
    deserted: Ints
    """(Z, S) of which were those of consumers who had bought before."""
    first_claims: Ints
    """(A, S) first choices, units."""
    sold: Ints
    """(A, S) units sold in both rounds."""
    second_sold: Ints
    """(A, S) of which as a second choice."""
    lost: Ints
    """(A, S) units nobody got, at the arc of the first choice."""
    repeat: Ints
    """(Z, S) units bought by consumers who had bought before."""
    switched: Floats
    """(Z, S) of which at another partner than the last time: their number where each consumer
    is played; where pools of them forget who went where, the exact expectation given how many
    owners of each outlet bought and what each outlet sold."""
    happy_buyers: Ints
    """(A, S) of the units sold, how many made their buyer happy."""
    risen: Ints
    """(Z, S) consumers who moved up from a tier."""
    lapsed: Ints
    """(Z, S) consumers who moved down from a tier."""
    in_stock: Bools
    """(J,) whether anything was left after the first round."""
    leftover: Ints
    """(J,) units left after both rounds."""
    moves: Ints | None = None
    """(M, S) units bought by owners of a zone's k-th outlet at its j-th, where they are traced: row
    start + k * K + j of each zone's K outlets, zone by zone; `links.pair_start` has the starts."""

    def __post_init__(self) -> None:
        for array in vars(self).values():
            if array is not None:
                array.flags.writeable = False

"""How one consumer chooses: an outlet by logit, with what ties to the last one, from one uniform.

With weights e_1..e_K, own outlet k of weight f e_k (f = exp(inertia) or exp(aversion), 1 for those
who own nothing) and outside option of weight o, outlets stand one after the other on the interval
[0, E + (f - 1) e_k), the outside option after them; a uniform on the whole says where one lands.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

type Ints = NDArray[np.int64]
type Floats = NDArray[np.float64]
type Bools = NDArray[np.bool_]


class Menu(NamedTuple):
    """What R sorts of consumers may choose from, K outlets each."""

    weight: Floats
    """(R, K) weights; 0 where there is nothing to choose."""
    lower: Floats
    """(R, a power of two) where each outlet's interval begins; infinite after the K-th."""
    total: Floats
    """(R,) sum of the weights."""

    @classmethod
    def of(cls, weight: Floats) -> "Menu":
        """Return the menus of weights (R, K), K at least 1."""
        rows, outlets = weight.shape
        ends = np.cumsum(weight, axis=1)
        lower = np.full((rows, 1 << (outlets - 1).bit_length()), np.inf)
        lower[:, 0] = 0.0
        lower[:, 1:outlets] = ends[:, :-1]
        return cls(weight, lower, ends[:, -1])


def choose(menu: Menu, row: Ints, own: Ints, factor: Floats, luck: Floats, outside: float) -> Ints:
    """Return the outlet (N,) that each consumer chooses, -1 for the outside option or nothing.

    Parameters
    ----------
    row
        (N,) row of the menu.
    own
        (N,) last outlet; any where the factor is 1.
    factor
        (N,) what multiplies its weight.
    luck
        (N,) uniforms.
    outside
        Weight of the outside option; without one, all who find anything on the menu choose.
    """
    mine, total = menu.weight[row, own], menu.total[row]
    start = menu.lower[row, own]
    end = start + factor * mine
    inside = np.maximum(total - mine, 0.0) + factor * mine
    aim = luck * (outside + inside)
    beyond = aim >= end
    plain = np.minimum(aim + np.where(beyond, (1.0 - factor) * mine, 0.0), np.nextafter(total, 0.0))
    slot = _located(menu.lower, row, plain)
    held = (aim >= start) & ~beyond
    slot[held] = own[held]
    nothing = aim >= inside if outside > 0.0 else inside <= 0.0
    slot[nothing] = -1
    return slot


def _located(lower: Floats, row: Ints, aim: Floats) -> Ints:
    """Return the last interval of each row that begins at or below the aim, by bisection."""
    width = lower.shape[1]
    flat = lower.ravel()
    at = row * width
    step = width // 2
    while step > 0:
        at += step * (flat[at + step] <= aim)
        step //= 2
    slot: Ints = at - row * width
    return slot

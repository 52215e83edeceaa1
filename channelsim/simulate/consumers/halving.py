"""Units of groups shared out over their members: by weight (multinomial), or by lot.

A group is halved bit by bit of its members' names, the highest first, until each stands alone. At
each split one binomial (by weight) or one hypergeometric (by lot, each member holding so many
tickets) says how many units go to the lower half, named by the group, the split's bit and the first
name that its upper half could have. So neither members who hold nothing nor other groups move a
draw, and all groups are halved at once.
"""

from collections.abc import Callable
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from channelsim.simulate.consumers.names import Names
from channelsim.simulate.consumers.samplers import binomial, hypergeometric

type Ints = NDArray[np.int64]
type Floats = NDArray[np.float64]
type Naming = Callable[[Ints, Ints, int], Names]
"""Names of the draws of groups, of the first names in their upper halves, and of a bit."""

_APART: Final = 63


class _Splits(NamedTuple):
    """All splits at one bit."""

    bit: int
    low: Ints
    """First member of the lower half."""
    high: Ints
    """First member of the upper half."""
    below: NDArray[Any]
    """What the lower half weighs or holds."""
    above: NDArray[Any]
    """What the upper half weighs or holds."""


def by_weight(group: Ints, name: Ints, weight: Floats, units: Ints, naming: Naming) -> Ints:
    """Return a multinomial of each group's units over its members: (N,).

    Parameters
    ----------
    group, name
        (N,) ascending by group, then by name.
    weight
        (N,) > 0.
    units
        (G,) units of the groups that have members, in their order.
    """

    def send(units: Ints, below: Floats, above: Floats, names: Names) -> Ints:
        return binomial(units, below / (below + above), names)

    return _share(group, name, weight, units, naming, send)


def by_lot(group: Ints, name: Ints, held: Ints, units: Ints, naming: Naming) -> Ints:
    """Return how many of each group's units its members draw, each ticket at most one: (N,).

    Parameters
    ----------
    group, name
        (N,) ascending by group, then by name.
    held
        (N,) tickets.
    units
        (G,) units of the groups that have members, in their order; no more than their tickets.
    """

    def send(units: Ints, below: Ints, above: Ints, names: Names) -> Ints:
        return hypergeometric(below, above, units, names)

    return _share(group, name, held, units, naming, send)


def _share(
    group: Ints,
    name: Ints,
    mass: NDArray[Any],
    units: Ints,
    naming: Naming,
    send: Callable[..., Ints],
) -> Ints:
    result = np.zeros(len(group), dtype=np.int64)
    result[np.flatnonzero(np.diff(group, prepend=-1))] = units
    for split in reversed(_splits(group, name, mass)):
        on = np.flatnonzero(result[split.low])
        low, high = split.low[on], split.high[on]
        names = naming(group[high], name[high] >> split.bit << split.bit, split.bit)
        kept = send(result[low], split.below[on], split.above[on], names)
        result[high] = result[low] - kept
        result[low] = kept
    return result


def _splits(group: Ints, name: Ints, mass: NDArray[Any]) -> list[_Splits]:
    """Return the splits by bit, ascending; a half is what stands between higher splits."""
    mass = mass.copy()
    bits = np.where(np.diff(group) > 0, _APART, _highest_bit(name[1:] ^ name[:-1]))
    found = []
    for bit in np.unique(bits[bits < _APART]):
        high = np.flatnonzero(bits == bit) + 1
        starts = np.append(0, np.flatnonzero(bits > bit) + 1)
        low = starts[np.searchsorted(starts, high) - 1]
        found.append(_Splits(int(bit), low, high, mass[low], mass[high]))
        mass[low] += mass[high]
    return found


def _highest_bit(number: Ints) -> Ints:
    """Return the highest bit set in numbers from 0 (which has none: -1) to 2^63 - 1."""
    upper = number >> 32
    _, bits = np.frexp(np.where(upper > 0, upper, number).astype(np.float64))
    return bits.astype(np.int64) - 1 + 32 * (upper > 0)

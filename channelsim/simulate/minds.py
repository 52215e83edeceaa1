"""Partners with a mind of their own: a user's class overrides what a partner's rules decide.

class Loyal(Partner):
    def price(self, asked):
        return np.maximum(asked, 369)

Channel(case, layout, agents={"dealer-hefei": Loyal})
"""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from channelsim.errors import BadValue
from channelsim.simulate.partners import Partner

if TYPE_CHECKING:
    from channelsim.simulate.channel import Channel

ACTS = ("price", "exert", "order")
"""Methods of `Partner` that a class may override."""
BOUNDS = {"price": (1e-6, 1e12), "exert": (1e-3, 100.0), "order": (0, 10**12)}
"""Least and most that each may return."""


class Minds:
    """The partners of a run, and who of them decides what by a class of its own.

    Parameters
    ----------
    channel
        The run.
    agents
        Partner id -> subclass of `Partner` that plays it.

    Raises
    ------
    BadValue
        If the scenario has no such partner, or the class is no `Partner`.
    """

    def __init__(self, channel: "Channel", agents: Mapping[str, type[Partner]]) -> None:
        ids = [partner.id for partner in channel.case.partners]
        for name, kind in agents.items():
            _check(name, kind, ids)
        self.partners = [agents.get(name, Partner)(channel, row) for row, name in enumerate(ids)]
        self._deciding = {
            act: tuple(
                p for p in self.partners if getattr(type(p), act) is not getattr(Partner, act)
            )
            for act in ACTS
        }

    def decide[T: np.generic](self, act: str, values: NDArray[T]) -> NDArray[T]:
        """Return values by outlet (J,) with those of partners that decide for themselves.

        Raises
        ------
        BadValue
            If what one of them returns is no number for each of its open outlets within `BOUNDS`.
        """
        if not self._deciding[act]:
            return values
        decided = values.copy()
        for partner in self._deciding[act]:
            rows = partner.outlets
            if len(rows):
                decided[rows] = _checked(partner, act, values[rows])
        return decided


def _check(name: str, kind: Any, ids: list[str]) -> None:
    if name not in ids:
        raise BadValue(
            f"agents name the partner {name!r}, which the scenario does not have; "
            f"write the id of one such as {', '.join(ids[:3])}"
        )
    if not (isinstance(kind, type) and issubclass(kind, Partner)):
        raise BadValue(f"agents must be classes made from Partner, got {kind!r} for {name!r}")
    for act in ACTS:
        if not callable(getattr(kind, act)):
            raise BadValue(f"{kind.__name__}.{act} must be a method, got {getattr(kind, act)!r}")


def _checked[T: np.generic](partner: Partner, act: str, given: NDArray[T]) -> NDArray[T]:
    decide: Callable[[NDArray[T]], Any] = getattr(partner, act)
    what = f"{type(partner).__name__}.{act} of {partner.id!r} must return"
    answer = decide(given.copy())
    try:
        found = np.asarray(answer)
    except ValueError:
        raise BadValue(f"{what} one row of numbers, got {answer!r}") from None
    if found.shape not in ((), given.shape):
        raise BadValue(
            f"{what} {len(given)} numbers, one for each of its open outlets, "
            f"got shape {found.shape}"
        )
    low, high = BOUNDS[act]
    real = found.dtype.kind in "iuf"
    if not (real and np.isfinite(found).all() and low <= found.min() and found.max() <= high):
        raise BadValue(f"{what} finite numbers >= {low:g} and <= {high:g}, got {found!r}")
    whole = np.rint(found) if np.issubdtype(given.dtype, np.integer) else found
    return np.broadcast_to(whole, given.shape).astype(given.dtype)

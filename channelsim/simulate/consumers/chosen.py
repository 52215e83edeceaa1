"""Engines of consumers by the names that users choose them by, each loaded when it is chosen.

`lumped` is compiled where numba can be imported; where it cannot, it is `plain`, which has the same
law and other bits.
"""

from collections.abc import Callable
from typing import Final

from channelsim.domain.demand import Reach
from channelsim.errors import BadValue
from channelsim.simulate.consumers.counted import Ints
from channelsim.simulate.consumers.engine import Consumers
from channelsim.simulate.kernels.available import available
from channelsim.simulate.streams import Streams

type Engine = Callable[..., Consumers]


def _lumped() -> Engine:
    if not available():
        return _plain()
    from channelsim.simulate.consumers.lumped import LumpedConsumers

    return LumpedConsumers


def _plain() -> Engine:
    from channelsim.simulate.consumers.plain import PlainConsumers

    return PlainConsumers


def _individual() -> Engine:
    from channelsim.simulate.consumers.individual import IndividualConsumers

    return IndividualConsumers


ENGINES: Final[dict[str, Callable[[], Engine]]] = {
    "lumped": _lumped,
    "plain": _plain,
    "individual": _individual,
}
"""Every engine that a scenario can be played with."""
_THREADED: Final = ("lumped", "plain")


def chosen(
    engine: str,
    reach: Reach,
    partner_of: Ints,
    counts: Ints,
    streams: Streams,
    tiers: int = 1,
    threads: int = 1,
) -> Consumers:
    """Return consumers of the engine of that name.

    Parameters
    ----------
    reach, partner_of, counts, streams, tiers
        See `Counted`.
    threads
        Pieces that loops are cut into, where the engine can; any number gives the same bits.

    Raises
    ------
    BadValue
        If there is no engine of that name, or more people than it can play.
    """
    if engine not in ENGINES:
        raise BadValue(
            f'engine must be one of {", ".join(ENGINES)}, got "{engine}"; '
            "write lumped unless tastes or memory differ from one consumer to the next"
        )
    options = {"threads": threads} if engine in _THREADED else {}
    return ENGINES[engine]()(reach, partner_of, counts, streams, tiers=tiers, **options)


def active() -> str:
    """Return the name of the engine that `lumped` is here."""
    return "lumped" if available() else "plain"

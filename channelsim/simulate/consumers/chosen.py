"""Engines of consumers by the names that users choose them by."""

from collections.abc import Callable
from typing import Final

from channelsim.domain.demand import Reach
from channelsim.errors import BadValue
from channelsim.simulate.consumers.counted import Ints
from channelsim.simulate.consumers.engine import Consumers
from channelsim.simulate.consumers.individual import IndividualConsumers
from channelsim.simulate.consumers.lumped import LumpedConsumers
from channelsim.simulate.streams import Streams

ENGINES: Final[dict[str, Callable[..., Consumers]]] = {
    "lumped": LumpedConsumers,
    "individual": IndividualConsumers,
}
"""Every engine that a scenario can be played with."""
_THREADED: Final = ("lumped",)


def chosen(
    engine: str, reach: Reach, partner_of: Ints, counts: Ints, streams: Streams, threads: int = 1
) -> Consumers:
    """Return consumers of the engine of that name.

    Parameters
    ----------
    reach, partner_of, counts, streams
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
    return ENGINES[engine](reach, partner_of, counts, streams, **options)

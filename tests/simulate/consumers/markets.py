"""Engines of consumers, and the markets that all of them are tested in."""

from functools import partial

import numpy as np

from channelsim.domain.demand import Reach
from channelsim.simulate.consumers import chosen
from channelsim.simulate.consumers.individual import IndividualConsumers
from channelsim.simulate.consumers.plain import PlainConsumers
from channelsim.simulate.kernels.available import available
from channelsim.simulate.streams import Streams

ENGINES = {name: load() for name, load in chosen.ENGINES.items() if name != "lumped" or available()}
"""Every engine by name; `lumped` is itself only where it can be compiled."""
if available():
    ENGINES["traced"] = partial(ENGINES["lumped"], trace=True)
    ENGINES["never one by one"] = partial(ENGINES["lumped"], few=0)
PARTNERS = np.arange(30) // 4


def traced(engine, *args, **options):
    """Return consumers of an engine; those that draw every move anyway trace who moves where."""
    draws_moves = engine in (IndividualConsumers, PlainConsumers)
    return engine(*args, **options, **({"trace": True} if draws_moves else {}))


def reach_of(*zones):
    """Arcs from the candidates that each zone reaches."""
    widths = [len(zone) for zone in zones]
    candidate = np.array([c for zone in zones for c in zone], dtype=np.int64)
    return Reach(
        zone_start=np.append(0, np.cumsum(widths)).astype(np.int64),
        candidate=candidate,
        zone=np.repeat(np.arange(len(zones)), widths),
        km=np.zeros(len(candidate)),
    )


def market(reach, segments, seed, people):
    """A market of random tastes; its counts, and what its consumers face in a week."""
    rng = np.random.default_rng(seed)
    zones, arcs = len(reach.zone_start) - 1, len(reach.candidate)
    counts = rng.integers(0, people, segments * 2 * (zones + arcs))
    faced = {
        "inform": rng.uniform(0, 0.2, (zones, segments)),
        "occasion": rng.uniform(0, 1, (zones, segments)),
        "weight": rng.uniform(0, 2, (arcs, segments)),
        "inertia": rng.uniform(0, 2, segments),
        "aversion": rng.uniform(-2, 0, segments),
        "happy": rng.uniform(0, 1, (arcs, segments)),
        "retry": rng.uniform(0, 1, segments),
    }
    return counts, faced


def country(people=2_000):
    """Twenty zones of three segments around thirty candidates of nine partners, some short."""
    rng = np.random.default_rng(1)
    reach = reach_of(*(sorted(rng.choice(30, 8, replace=False).tolist()) for _ in range(20)))
    counts, faced = market(reach, 3, 2, people)
    return reach, counts, {**faced, "stock": rng.integers(people, 15 * people, 30)}


def by_zone(reach, values):
    """Sums over the arcs of each zone (Z, S) of values (A, S)."""
    sums = np.vstack([np.zeros((1, values.shape[1]), values.dtype), np.cumsum(values, axis=0)])
    return sums[reach.zone_start[1:]] - sums[reach.zone_start[:-1]]


def in_country(engine, streams=None, **options):
    """Consumers of the country, thinly settled, and what they face."""
    reach, counts, faced = country(people=150)
    streams = Streams(8, 1) if streams is None else streams
    return reach, engine(reach, PARTNERS, counts, streams, **options), faced

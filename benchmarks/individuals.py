"""Consumers one by one: ns of CPU per consumer-week, median of 25 weeks, beside the lumped engine.

A million consumers in 20 zones x 3 segments, 8 outlets in reach of 30, a fifth of them short; 3% to
10% of the aware have an occasion in a week.
"""

import time
from statistics import median
from typing import Any

import numpy as np
from claims import claim, finish

from channelsim.domain.demand import Reach
from channelsim.simulate.consumers.individual import IndividualConsumers
from channelsim.simulate.consumers.lumped import LumpedConsumers
from channelsim.simulate.streams import Streams

PEOPLE, ZONES, SEGMENTS, NEAR, OUTLETS, WEEKS = 1_000_000, 20, 3, 8, 30, 25


def main() -> None:
    """Play the same weeks with both engines."""
    ours, theirs = (_nanoseconds(engine) for engine in (IndividualConsumers, LumpedConsumers))
    print(f"individual {ours:.1f}, lumped {theirs:.2f} ns/consumer-week; ratio {ours / theirs:.1f}")
    finish([claim("individual_ns_per_consumer_week", round(ours, 2), "<= 25")])


def _nanoseconds(engine: Any) -> float:
    reach, partner, counts, faced = _market()
    consumers = engine(reach, partner, counts, Streams(3))
    sold = consumers.step(0, **faced).sold.sum(axis=1)
    usual = np.bincount(reach.candidate, sold, OUTLETS).astype(np.int64)
    faced["stock"] = np.where(np.arange(OUTLETS) < OUTLETS // 5, usual * 6 // 10, usual * 2)
    spent = []
    for week in range(1, WEEKS + 1):
        start = time.process_time()
        consumers.step(week, **faced)
        spent.append(time.process_time() - start)
    return median(spent) / PEOPLE * 1e9


def _market() -> tuple[Reach, Any, Any, dict[str, Any]]:
    rng = np.random.default_rng(1)
    candidate = np.concatenate(
        [np.sort(rng.choice(OUTLETS, NEAR, replace=False)) for _ in range(ZONES)]
    )
    arcs, cells = ZONES * NEAR, (ZONES, SEGMENTS)
    reach = Reach(
        np.arange(0, arcs + 1, NEAR), candidate, np.repeat(np.arange(ZONES), NEAR), np.zeros(arcs)
    )
    share = np.ones((ZONES * SEGMENTS, 2 + 2 * NEAR))
    share[:, :2] = NEAR  # a quarter unaware, a quarter without, half of them owners
    faced = {
        "inform": rng.uniform(0, 0.02, cells),
        "occasion": rng.uniform(0.03, 0.1, cells),
        "weight": rng.uniform(0.1, 0.5, (arcs, SEGMENTS)),
        "inertia": rng.uniform(0, 2, SEGMENTS),
        "aversion": rng.uniform(-2, 0, SEGMENTS),
        "happy": rng.uniform(0.7, 0.95, (arcs, SEGMENTS)),
        "retry": rng.uniform(0.3, 0.8, SEGMENTS),
        "stock": np.full(OUTLETS, PEOPLE),
    }
    counts = rng.multinomial(PEOPLE, (share / share.sum()).ravel())
    return reach, rng.integers(0, 8, OUTLETS), counts, faced


if __name__ == "__main__":
    main()

"""Breadth: a nation of 10,000 dealers, and the delta with every rule live: seconds and memory.

A run is timed whole, set-up included. CPU seconds of a week's steps tell the parts: decisions are
what partners and the maker decide (`govern`, `price`, `exert`, `supply`, `divert`), the firms' part
is all but the consumers' step and the measures that are written down. The nation is played in a
process of its own, so that its peak memory is its own.
"""

import json
import resource
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from typing import Any

from claims import Claim, claim, finish
from nation import live, nation

import channelsim as cs
from channelsim.domain.layout import Layout
from channelsim.domain.scenario import Scenario
from channelsim.simulate.channel import Channel

WEEKS = 52
DECISIONS = ("govern", "price", "exert", "supply", "divert")
BOOKED = ("learn", "settle", "relate")
STEPS = (*DECISIONS, *BOOKED, "consume", "record")
DELTA_RUNS = 5


class Timed(Channel):
    """A run that tells how long its steps took, seconds."""

    def __init__(self, clock: Any, *args: Any, **options: Any) -> None:
        start = clock()
        super().__init__(*args, **options)
        self.seconds = dict.fromkeys(STEPS, 0.0) | {"set-up": clock() - start}
        for name in STEPS:
            setattr(self, name, self._timed(clock, name, getattr(self, name)))

    def _timed(self, clock: Any, name: str, act: Any) -> Any:
        def acted() -> None:
            start = clock()
            act()
            self.seconds[name] += clock() - start

        return acted


def play(case: Scenario, layout: Layout, weeks: int, clock: Any, **names: int) -> Timed:
    """Play weeks and return the run."""
    run = Timed(clock, case, layout, **names)
    for _ in range(weeks):
        run.step()
    return run


def shown(seconds: dict[str, float]) -> str:
    """Write seconds by step down."""
    return ", ".join(f"{name} {value:.2f}" for name, value in seconds.items())


def child() -> None:
    """Play the nation and print what it took, as JSON."""
    play(*nation(), 2, time.process_time)  # warm up
    start = time.perf_counter()
    run = play(*nation(), WEEKS, time.process_time, seed=1)
    whole = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    facts = {
        "partners still there": int(run.standing.active.sum()),
        "left": int(run.standing.exited.sum()),
        "dismissed": int(run.governed.terminated.sum()),
        "recruited": run.pipeline.recruited,
        "units in the last week": int(run.sales.sold.sum()),
    }
    print(json.dumps({"whole": whole, "peak": peak, "seconds": run.seconds, "facts": facts}))


def breadth() -> list[Claim]:
    """Return claims about the nation."""
    command = [sys.executable, __file__, "child"]
    done = subprocess.run(
        command, cwd=Path(__file__).parents[1], capture_output=True, text=True, check=True
    )
    found = json.loads(done.stdout.splitlines()[-1])
    seconds = found["seconds"]
    decided = sum(seconds[name] for name in DECISIONS)
    print(f"nation, {WEEKS} weeks, scenario built and set up: {found['whole']:.1f} s")
    print(f"  CPU seconds: {shown(seconds)}")
    print(f"  firms decide in {decided:.1f} s, consumers buy in {seconds['consume']:.1f} s")
    print(f"  {found['facts']}; peak {found['peak']:.0f} MB")
    return [
        claim("nation_seconds", round(found["whole"], 1), "<= 75"),
        claim("nation_gigabytes", round(found["peak"] / 1024, 2), "<= 6"),
        claim("decisions_by_consumers", round(decided / seconds["consume"], 2), "<= 1"),
    ]


def delta(name: str, case: Scenario) -> list[Claim]:
    """Return claims about runs of a delta."""
    runs = []
    for replication in range(DELTA_RUNS + 1):
        start = time.perf_counter()
        run = play(case, case.today, 104, time.perf_counter, replication=replication)
        runs.append((time.perf_counter() - start, run.seconds))
    whole = median(seconds for seconds, _ in runs[1:])
    parts = {name: median(seconds[name] for _, seconds in runs[1:]) for name in runs[0][1]}
    firms = sum(parts[name] for name in (*DECISIONS, *BOOKED))
    print(
        f"yangtze_delta {name}, 104 weeks: {whole:.2f} s; firms {firms / whole:.0%}: {shown(parts)}"
    )
    return [
        claim(f"delta_{name}_seconds", round(whole, 3), "<= 1"),
        claim(f"delta_{name}_firms_share", round(firms / whole, 3), "<= 0.6"),
    ]


def main() -> None:
    """Measure both."""
    case = cs.read_scenario("scenarios/yangtze_delta")
    finish([*breadth(), *delta("shipped", case), *delta("live", live(case))])


if __name__ == "__main__":
    child() if sys.argv[1:] == ["child"] else main()

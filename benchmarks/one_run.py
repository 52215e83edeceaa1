"""One simulated run of `yangtze_delta`, 104 weeks, after warm-up: seconds, median of 7."""

import time

from claims import claim, finish

import channelsim as cs


def main() -> None:
    """Warm up, then time whole runs, recording included."""
    delta = cs.read_scenario("scenarios/yangtze_delta")
    cs.simulate(delta, delta.today, seed=0)
    seconds = []
    for replication in range(7):
        start = time.perf_counter()
        cs.simulate(delta, delta.today, seed=0, replication=replication, weeks=104)
        seconds.append(time.perf_counter() - start)
    median = sorted(seconds)[3]
    print(
        f"yangtze_delta, 104 weeks: {median:.2f} s (min {min(seconds):.2f}, max {max(seconds):.2f})"
    )
    finish([claim("run_seconds", round(median, 3), "<= 1.5")])


if __name__ == "__main__":
    main()

"""Consumers: CPU seconds against Mesa agents and NumPy individuals, at the scale of a nation.

All figures are CPU seconds of one core for everything in `step`, medians of `RUNS` runs (of three
for the two largest countries), after warm-up. The peers play the same weeks as the engine, and
must sell and lose the same shares of what is asked for; nobody's clock runs while shelves are
filled. "Short" is a fifth of the outlets with 60%
of what was asked for the week before.
"""

import subprocess
import sys
import time
from math import log
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
from claims import Claim, claim, finish
from country import Country, Market, Shelves, play, rehearsal
from limits import draws_a_week, memory_bandwidth, state_bytes, uniforms_a_second
from peers.with_mesa import Town
from peers.with_numpy import Crowd

from channelsim.simulate.consumers.individual import IndividualConsumers
from channelsim.simulate.streams import Streams

RUNS = 5
TOWN = {"zones": 20, "segments": 3, "reached": 8, "outlets": 30}
NATION = {"zones": 200, "segments": 4, "reached": 8, "outlets": 200, "population": 1_400_000_000}
LARGE = (
    ("nation_200_zones", Country(**NATION), 0.3, 0.7, RUNS),
    ("nation_3000_zones", Country(**{**NATION, "zones": 3000, "outlets": 3000}), 4, 9, 3),
    ("counties_100000_outlets", Country(3215, 4, 30, 100_000, 1_400_000_000), 16, 32, 3),
    ("delta_104_weeks", Country(41, 3, 30, 249, 110_000_000, weeks=104), 0.3, 0.8, RUNS),
)
MEGABYTES = 500
SAME_LAW = 0.01


def peer_weeks(peer: Any, country: Country, short: bool) -> tuple[float, float, float]:
    """Play a peer's weeks; return median CPU seconds of a week, and shares sold and lost."""
    shelves = Shelves(country, country.reach(), short)
    seconds, asked, sold, lost = [], 0, 0, 0
    for week in range(RUNS + 1):
        start = time.process_time()
        seen = peer.week(shelves.stock.tolist())
        seconds.append(time.process_time() - start)
        shelves.restock_for(np.array(seen.asked, dtype=np.float64))
        if week:
            asked, sold, lost = asked + sum(seen.asked), sold + seen.sold, lost + seen.lost
    return median(seconds[1:]), sold / asked, lost / asked


def ours(country: Country, short: bool, runs: int = RUNS, **options: Any) -> float:
    """Return the median CPU seconds of a run of the engine."""
    return median(play(country, country.consumers(**options), short) for _ in range(runs))


def against_peers() -> list[Claim]:
    """Return claims about the ratios to both peers, who must sell and lose what the engine does."""
    claims = []
    for people, times in ((100_000, 200), (1_000_000, 1_000)):
        country = Country(**TOWN, population=people)
        market = Market(country)
        week = ours(country, True) / country.weeks
        mesa, sold, lost = peer_weeks(Town(market, 5), country, True)
        print(
            f"{people:>9,} consumers, a week: Mesa {mesa:.3f} s, ours {week * 1e6:.0f} us", end=""
        )
        print(f": {mesa / week:,.0f}x", flush=True)
        claims.append(claim(f"times_mesa_{people}", round(mesa / week), f">= {times}"))
    brief = Country(**TOWN, population=people, weeks=RUNS)
    mine = rehearsal(brief, True)[1]
    crowd, crowd_sold, crowd_lost = peer_weeks(Crowd(market, 6), country, True)
    print(f"{people:>9,} consumers, a week: NumPy {crowd:.4f} s: {crowd / week:,.0f}x")
    apart = max(abs(lost - mine), abs(crowd_lost - mine), abs(sold - crowd_sold))
    print(f"share of units lost: ours {mine:.4f}, Mesa {lost:.4f}, NumPy {crowd_lost:.4f}")
    return [
        *claims,
        claim("times_numpy_1000000", round(crowd / week), ">= 10"),
        claim("peers_differ_by", round(apart, 4), f"<= {SAME_LAW}"),
    ]


def tracing() -> list[Claim]:
    """Return claims about what it costs to keep who moved from which outlet to which."""
    claims = []
    country = Country(**TOWN, population=1_000_000)
    for name, short in (("plenty", False), ("short", True)):
        pairs = [(ours(country, short, 1, trace=True), ours(country, short, 1)) for _ in "12345"]
        ratio = median(traced for traced, _ in pairs) / median(pooled for _, pooled in pairs)
        print(f"who moved where, {name}: {ratio:.2f}x the pooled draws", flush=True)
        claims.append(claim(f"tracing_{name}_times", round(ratio, 2), "<= 2"))
    return claims


def at_scale() -> list[Claim]:
    """Return claims about CPU seconds of whole countries."""
    claims = []
    for name, country, plenty, scarce, runs in LARGE:
        for kind, short, target in (("plenty", False, plenty), ("short", True, scarce)):
            seconds = ours(country, short, runs)
            print(f"{name:<26} {kind:<7} {seconds:7.3f} s (target {target})", flush=True)
            claims.append(claim(f"{name}_{kind}_seconds", round(seconds, 3), f"<= {target}"))
    return claims


def in_population() -> list[Claim]:
    """Return claims about the exponent with which cost grows in population."""
    claims = []
    for kind, short, target in (("plenty", False, 0.05), ("short", True, 0.15)):
        sizes = (100_000_000, 1_400_000_000)
        runs = [
            [ours(Country(**{**NATION, "population": size}), short, 1) for size in sizes]
            for _ in range(2 * RUNS)
        ]
        small, large = (median(column) for column in zip(*runs, strict=True))
        exponent = log(large / small) / log(sizes[1] / sizes[0])
        print(f"cost grows with population ^ {exponent:.3f}, {kind}", flush=True)
        claims.append(claim(f"exponent_{kind}", round(exponent, 3), f"<= {target}"))
    return claims


def memory() -> list[Claim]:
    """Return a claim about the peak of a process that plays the largest country, imports too."""
    code = (
        "from country import Country, play;"
        "play((c := Country(3215, 4, 30, 100_000, 1_400_000_000, weeks=4)), c.consumers(), True);"
        "print(open('/proc/self/status').read().split('VmHWM:')[1].split()[0])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=Path(__file__).parent,
        capture_output=True,
        text=True,
        check=True,
    )
    peak = float(done.stdout) / 1024  # rusage would count the parent's memory as well
    print(f"peak memory of the largest country: {peak:.0f} MB, imports included")
    return [claim("peak_megabytes", round(peak), f"<= {MEGABYTES}")]


def individuals() -> list[Claim]:
    """Return a claim about the engine that plays consumers one by one."""
    country = Country(**TOWN, population=1_000_000, weeks=RUNS)
    reach = country.reach()
    crowd = IndividualConsumers(reach, country.partner_of(), country.counts(reach), Streams(3))
    each = play(country, crowd, True) / country.weeks / country.population * 1e9
    print(f"one by one: {each:.1f} ns a consumer-week")
    return [claim("individual_nanoseconds", round(each, 1), "<= 25")]


def limits() -> None:
    """Print how much of the machine's random numbers and memory traffic the engine takes."""
    country = LARGE[0][1]
    week = ours(country, False, 3) / country.weeks
    draws, most = draws_a_week(country) / week, uniforms_a_second()
    moved, bandwidth = state_bytes(country) / week, memory_bandwidth()
    print(
        f"200 zones: {draws / 1e6:.0f} M draws/s, {draws / most:.0%} of the {most / 1e6:.0f} M "
        f"uniforms/s that the stream can give; {moved / 1e9:.2f} GB/s of state, "
        f"{moved / bandwidth:.0%} of the {bandwidth / 1e9:.0f} GB/s that memory can"
    )


def main() -> None:
    """Warm up, then measure everything."""
    warm = Country(**TOWN, population=100_000, weeks=2)
    for options in ({}, {"trace": True}):
        ours(warm, True, 1, **options)
    parts = (against_peers, tracing, individuals, at_scale, in_population, memory)
    claims = [found for part in parts for found in part()]
    limits()
    finish(claims)


if __name__ == "__main__":
    main()

"""The consumers' step: against agents in Mesa, individuals in NumPy, the machine, and targets.

CPU seconds of one core, medians of 5, after warm-up; a week is the whole of `step`. Short means
that a fifth of the outlets hold 60% of the units first asked for in the week before. Runs of the
largest countries are a few weeks, scaled to 52; played in full they took up to 6% more (29.1 s
where 27.5 s were scaled, 3,215 zones with some outlets short).
"""

import math
import resource
import subprocess
import sys
import time
from dataclasses import replace
from statistics import median

import numpy as np
from claims import Claim, claim, finish
from country import Country, Market, Shelves, play
from peers.limits import bandwidth, bytes_touched, draws_of, uniforms_per_second
from peers.with_mesa import Town
from peers.with_numpy import Crowd

from channelsim.simulate.consumers.individual import IndividualConsumers
from channelsim.simulate.streams import Streams

ROUNDS = 5
BILLIONS = 1_400_000_000
PEERS = Country(zones=20, segments=3, reached=8, outlets=30, population=1_000_000)
NATION = Country(zones=200, segments=4, reached=8, outlets=100, population=BILLIONS)
COUNTIES = Country(3_215, 4, 30, 100_000, BILLIONS)
TARGETS = (
    ("200x4x8", NATION, 52, (0.3, 0.7)),
    ("3000x4x8", Country(3_000, 4, 8, 1_500, BILLIONS), 13, (4, 9)),
    ("3215x4x30_of_100000", COUNTIES, 4, (16, 32)),
    ("41x3x30_104_weeks", Country(41, 3, 30, 60, BILLIONS, weeks=104), 104, (0.3, 0.8)),
)
"""Name, country, weeks to time, seconds allowed without and with a shortage."""


def main() -> None:
    """Measure everything, or the peak of memory in a process of its own."""
    if "--largest" in sys.argv:
        play(replace(COUNTIES, weeks=2), COUNTIES.consumers(), short=True)
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
        return
    memory = _memory()
    _warm_up()
    claims = [
        *_laws(),
        *_peers(),
        *_traced(),
        *_targets(),
        *_exponents(),
        memory,
        _individuals(),
    ]
    _limits()
    finish(claims)


def _warm_up() -> None:
    tiny = Country(3, 2, 4, 6, 10_000, weeks=2)
    start = time.process_time()
    for trace in (False, True):
        play(tiny, tiny.consumers(trace=trace), short=True)
    print(f"compiling, or loading what is compiled: {time.process_time() - start:.1f} s")


def _seconds(country: Country, short: bool, weeks: int, **options: bool) -> float:
    """CPU seconds a week in one run."""
    played = replace(country, weeks=weeks)
    return play(played, played.consumers(**options), short)[0] / weeks


def _laws() -> list[Claim]:
    """Largest difference between engines' mean units sold and lost, in standard errors."""
    town = replace(PEERS, population=10_000)
    sums: dict[str, list[tuple[int, int]]] = {"mesa": [], "numpy": [], "lumped": []}
    for seed in range(30):
        market = Market(town)
        sums["mesa"].append(_units(town, Town(market, seed)))
        sums["numpy"].append(_units(town, Crowd(market, seed)))
        sums["lumped"].append(_lumped_units(town, seed))
    found = {name: np.array(units, dtype=float) for name, units in sums.items()}
    mean = {name: units.mean(axis=0).tolist() for name, units in found.items()}
    print(f"units sold and lost in 8 weeks of {town.population:,} consumers: {mean}")
    ours, worst = found["lumped"], 0.0
    for peer in (found["mesa"], found["numpy"]):
        error = np.sqrt((peer.var(axis=0, ddof=1) + ours.var(axis=0, ddof=1)) / len(ours))
        worst = max(worst, float(np.abs((peer.mean(axis=0) - ours.mean(axis=0)) / error).max()))
    return [claim("peers_apart_in_standard_errors", round(worst, 2), "<= 3.5")]


def _units(country: Country, peer: Town | Crowd) -> tuple[int, int]:
    """Units sold and lost in 8 weeks after a first one."""
    shelves = Shelves(country, country.reach(), short=True)
    sold = lost = 0
    for week in range(9):
        seen = peer.week(shelves.stock.tolist())
        shelves.restock_for(np.array(seen.asked))
        if week > 0:
            sold, lost = sold + seen.sold, lost + seen.lost
    return sold, lost


def _lumped_units(country: Country, seed: int) -> tuple[int, int]:
    consumers, faced = country.consumers(), country.faced()
    consumers.streams = Streams(100 + seed)
    shelves = Shelves(country, country.reach(), short=True)
    sold = lost = 0
    for week in range(9):
        seen = consumers.step(week, **faced, stock=shelves.stock)
        shelves.restock(seen.first_claims)
        if week > 0:
            sold, lost = sold + int(seen.sold.sum()), lost + int(seen.lost.sum())
    return sold, lost


def _peer_seconds(country: Country, peer: Town | Crowd, weeks: int) -> float:
    """Median CPU seconds a week, after a first one that sets the shelves."""
    shelves = Shelves(country, country.reach(), short=True)
    found = []
    for _ in range(weeks + 1):
        stock = shelves.stock.tolist()
        start = time.process_time()
        seen = peer.week(stock)
        found.append(time.process_time() - start)
        shelves.restock_for(np.array(seen.asked))
    return median(found[1:])


def _peers() -> list[Claim]:
    claims = []
    for people, faster in ((100_000, 200), (1_000_000, 1000)):
        country = replace(PEERS, population=people)
        market = Market(country)
        ours = median(_seconds(country, True, 52) for _ in range(ROUNDS))
        crowd = _peer_seconds(country, Crowd(market, 1), 4 * ROUNDS)
        town = _peer_seconds(country, Town(market, 1), ROUNDS)
        print(
            f"a week of {people:,} consumers, some outlets short: Mesa {town:.4f} s, NumPy "
            f"{crowd:.5f} s, lumped {ours:.6f} s; {town / ours:.0f}x and {crowd / ours:.1f}x faster"
        )
        claims.append(claim(f"faster_than_mesa_at_{people}", round(town / ours), f">= {faster}"))
    claims.append(claim("faster_than_numpy_at_1000000", round(crowd / ours, 1), ">= 10"))
    return claims


def _traced() -> list[Claim]:
    claims = []
    for short, name in ((False, "plenty"), (True, "short")):
        runs = [
            [_seconds(PEERS, short, 104, trace=trace) for trace in (False, True)]
            for _ in range(ROUNDS)
        ]
        pooled, traced = (median(column) for column in zip(*runs, strict=True))
        print(
            f"a week of {PEERS.population:,} consumers, {name}: pooled {pooled * 1e6:.0f} us, "
            f"moves traced {traced * 1e6:.0f} us, {traced / pooled:.2f}x"
        )
        claims.append(claim(f"cost_of_moves_{name}", round(traced / pooled, 2), "<= 2"))
    return claims


def _targets() -> list[Claim]:
    claims = []
    for name, country, weeks, allowed in TARGETS:
        for short, most in zip((False, True), allowed, strict=True):
            rounds = (_seconds(country, short, weeks) for _ in range(ROUNDS))
            seconds = median(rounds) * country.weeks
            kind = "short" if short else "plenty"
            print(f"{name}, {country.weeks} weeks, {kind}: {seconds:.3f} s of at most {most}")
            claims.append(claim(f"seconds_{name}_{kind}", round(seconds, 3), f"<= {most}"))
    return claims


def _exponents() -> list[Claim]:
    """Exponent of cost in population, from 100 million to 1.4 billion."""
    claims = []
    few = replace(NATION, population=100_000_000)
    for short, most in ((False, 0.05), (True, 0.15)):
        runs = [[_seconds(c, short, 52) for c in (few, NATION)] for _ in range(ROUNDS)]
        one, other = (median(column) for column in zip(*runs, strict=True))
        exponent = math.log(other / one) / math.log(NATION.population / few.population)
        kind = "short" if short else "plenty"
        print(f"exponent of cost in population, {kind}: {exponent:.3f}")
        claims.append(claim(f"population_exponent_{kind}", round(exponent, 3), f"<= {most}"))
    return claims


def _memory() -> Claim:
    """Peak of a process that plays the largest country, its imports included.

    A process inherits the peak of the one that starts it, so this is measured while that is small.
    """
    first, peak = _peak(), _peak()
    print(
        f"peak memory of 3215x4x30 of 100,000 outlets, imports included: {peak:.0f} MB; the run "
        f"before it, which compiles if nothing has been compiled: {first:.0f} MB"
    )
    return claim("peak_megabytes", round(peak), "<= 500")


def _peak() -> float:
    command = [sys.executable, __file__, "--largest"]
    return float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def _individuals() -> Claim:
    """Nanoseconds of CPU per consumer-week where each is played alone."""
    market = Market(PEERS)
    spent = []
    for seed in range(ROUNDS):
        counts = market.counts.copy()
        people = IndividualConsumers(market.reach, PEERS.partner_of(), counts, Streams(seed))
        spent.append(play(replace(PEERS, weeks=8), people, short=True)[0] / 8)
    each = median(spent) / PEERS.population * 1e9
    print(f"consumers one by one: {each:.1f} ns per consumer-week")
    return claim("individual_ns_per_consumer_week", round(each, 1), "<= 25")


def _limits() -> None:
    """Print what part of the machine's own limits the engine reaches."""
    week = median(_seconds(NATION, False, 52) for _ in range(ROUNDS))
    draws, touched = draws_of(NATION), bytes_touched(NATION)
    least, copied = draws / uniforms_per_second(), touched / bandwidth()
    print(
        f"200x4x8, a week: {draws:,} draws in {week * 1e3:.2f} ms, {week / draws * 1e9:.0f} ns "
        f"each; their uniforms alone take {least * 1e3:.2f} ms, so that {least / week:.0%} of the "
        f"generator's limit is reached; {touched / 1e6:.1f} MB touched, {copied / week:.1%} of the "
        "memory's limit"
    )


if __name__ == "__main__":
    main()

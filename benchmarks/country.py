"""Countries of consumers to time: zones, segments and outlets at random, and their weeks.

Every consumer reaches `reached` outlets of the country's. Where some are short, a fifth of the
outlets hold 60% of the units they were first asked for in the week before.
"""

import time
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from channelsim.domain.demand import Reach
from channelsim.simulate.consumers.lumped import LumpedConsumers
from channelsim.simulate.consumers.start import counts_from_shares
from channelsim.simulate.streams import Streams

type Ints = NDArray[np.int64]
type Floats = NDArray[np.float64]

PLENTY = 10**15
SHORT_SHARE, SHORT_STOCK = 0.2, 0.6


@dataclass(frozen=True)
class Country:
    """How large a country is."""

    zones: int
    segments: int
    reached: int
    """Outlets that each zone reaches."""
    outlets: int
    population: int
    weeks: int = 52

    def reach(self) -> Reach:
        """Draw which outlets each zone reaches."""
        rng = np.random.default_rng(1)
        chosen = [np.sort(_some(rng, self.outlets, self.reached)) for _ in range(self.zones)]
        candidate = np.concatenate(chosen).astype(np.int64)
        return Reach(
            zone_start=np.arange(0, len(candidate) + 1, self.reached),
            candidate=candidate,
            zone=np.repeat(np.arange(self.zones), self.reached),
            km=np.zeros(len(candidate)),
        )

    def partner_of(self) -> Ints:
        """Four outlets to a partner."""
        return np.arange(self.outlets, dtype=np.int64) // 4

    def counts(self, reach: Reach) -> Ints:
        """Six in ten know the brand, four in ten own it."""
        cell, arc = (self.zones, self.segments), (len(reach.candidate), self.segments)
        people = np.full(cell, self.population // (self.zones * self.segments))
        owners = np.full(arc, 0.4 / self.reached)
        return counts_from_shares(reach, people, np.full(cell, 0.6), owners, np.full(arc, 0.8))

    def faced(self) -> dict[str, Floats]:
        """Draw what consumers face in a week, but for the stock."""
        rng = np.random.default_rng(2)
        cell, arc = (self.zones, self.segments), (self.zones * self.reached, self.segments)
        return {
            "inform": rng.uniform(0.005, 0.02, cell),
            "occasion": rng.uniform(0.05, 0.15, cell),
            "weight": rng.uniform(0.1, 1.0, arc) * 8 / self.reached,
            "inertia": rng.uniform(0.5, 1.5, self.segments),
            "aversion": rng.uniform(-1.5, -0.5, self.segments),
            "happy": rng.uniform(0.6, 0.95, arc),
            "retry": rng.uniform(0.4, 0.8, self.segments),
        }

    def consumers(self, **options: Any) -> LumpedConsumers:
        """Return consumers at the start of the run."""
        reach = self.reach()
        return LumpedConsumers(reach, self.partner_of(), self.counts(reach), Streams(3), **options)


def _some(rng: np.random.Generator, most: int, count: int) -> Ints:
    """Draw so many different numbers below `most`, without touching all of them."""
    found = np.unique(rng.integers(0, most, 2 * count))
    while len(found) < count:
        found = np.unique(np.append(found, rng.integers(0, most, 2 * count)))
    return rng.permutation(found)[:count].astype(np.int64)


class Week(NamedTuple):
    """What a week of a peer shows."""

    asked: list[int]
    """First choices by outlet."""
    sold: int
    lost: int


class Market:
    """A country as its peers see it."""

    def __init__(self, country: Country) -> None:
        self.zones, self.segments = country.zones, country.segments
        self.reached, self.outlets = country.reached, country.outlets
        self.reach, self.faced = country.reach(), country.faced()
        self.counts = country.counts(self.reach)

    def people(self) -> tuple[Ints, Ints]:
        """Every consumer's cell and row at the start."""
        rows = 2 + 2 * self.reached
        at = np.repeat(np.arange(len(self.counts)), self.counts)
        return at // rows, at % rows


class Shelves:
    """Stock of the outlets: plenty, or short at a fifth of them."""

    def __init__(self, country: Country, reach: Reach, short: bool) -> None:
        self.candidate, self.outlets = reach.candidate, country.outlets
        reached = np.unique(reach.candidate)
        few = max(1, round(SHORT_SHARE * len(reached))) if short else 0
        self.short = np.random.default_rng(4).permutation(reached)[:few]
        self.stock = np.full(self.outlets, PLENTY)

    def restock(self, claims: Ints) -> None:
        """Set the stock for the week after one with these first choices (A, S)."""
        if len(self.short):
            units = np.bincount(self.candidate, claims.sum(axis=1), minlength=self.outlets)
            self.restock_for(units)

    def restock_for(self, asked: Floats) -> None:
        """Set the stock for the week after one with these first choices (J,)."""
        self.stock[self.short] = (SHORT_STOCK * asked[self.short]).astype(np.int64)


@cache
def rehearsal(country: Country, short: bool) -> tuple[list[Ints], float]:
    """Return what the shelves hold in every week, and units lost by unit asked for."""
    faced, consumers = country.faced(), country.consumers()
    shelves = Shelves(country, country.reach(), short)
    stocks, lost, asked = [], 0, 0
    for week in range(country.weeks + 1):
        stocks.append(shelves.stock.copy())
        sales = consumers.step(week, **faced, stock=shelves.stock)
        shelves.restock(sales.first_claims)
        if week:
            lost, asked = lost + int(sales.lost.sum()), asked + int(sales.first_claims.sum())
    return stocks, lost / asked


def play(country: Country, consumers: Any, short: bool) -> float:
    """Return the CPU seconds of all weeks but a first one that sets the shelves.

    What shelves hold comes from a rehearsal: equal seeds give equal weeks, and so neither filling
    shelves nor reading the clock every week is timed.
    """
    faced, (stocks, _) = country.faced(), rehearsal(country, short)
    consumers.step(0, **faced, stock=stocks[0])
    start = time.process_time()
    for week in range(1, country.weeks + 1):
        consumers.step(week, **faced, stock=stocks[week])
    return time.process_time() - start

"""Sales as cells of a table whose chances a design gives: multinomial likelihood.

Cell c of market m (a zone, or all of them) has the chance

    P_c = sum over its arcs and segments of (occasions_ns / occasions of m) share_nsj,

and the rest of the market buys nothing; where occasions are not known, chances are among buyers,
P_c / sum P. The log likelihood sum n_c ln P_c is climbed by Fisher scoring. Doubt is that of the
multinomial, times Pearson's chi-squared over its degrees of freedom where that is above 1, for
sales vary more than independent draws do (McCullagh & Nelder 1989, ch. 4).
"""

from dataclasses import dataclass

import numpy as np

from channelsim.domain.checks import require
from channelsim.domain.columns import Floats, Ints
from channelsim.domain.utility import occasions
from channelsim.study.calibrate.attraction import Design

ROUNDS = 100
CLOSE = 1e-9
FARTHEST = 3.0
"""Most utils that a step moves anything by."""
SHORTEST = 1e-6
NEVER = 1e-12
WORST = 1e14
"""Condition of the information beyond which it cannot be solved for."""
TELLS = 1e-7
"""Least eigenvalue of the information, scaled to 1 on its diagonal, at which sales tell."""


@dataclass(frozen=True, eq=False)
class Cells:
    """Units sold, sorted into C cells."""

    cell: Ints
    """(A,) cell of each arc, -1 where it was not watched."""
    market: Ints
    """(C,) market of each cell."""
    market_of_zone: Ints
    """(Z,) market of each zone."""
    units: Floats
    """(C,) units sold."""
    occasions: Floats | None
    """(M,) occasions of each market; None: unknown."""


@dataclass(frozen=True, eq=False)
class Chances:
    """Chances of the cells, those of not buying last where occasions are known."""

    chance: Floats
    """(C',) chances, summing to 1 over a market."""
    slopes: Floats
    """(C', K) their slopes in the parameters."""
    units: Floats
    """(C',) units observed."""
    total: Floats
    """(C',) units or occasions of the cell's market."""

    @property
    def score(self) -> Floats:
        """Slope of the log likelihood: (K,)."""
        result: Floats = (self.units / self.chance) @ self.slopes
        return result

    @property
    def information(self) -> Floats:
        """Fisher's information: (K, K)."""
        result: Floats = self.slopes.T @ ((self.total / self.chance)[:, None] * self.slopes)
        return result

    @property
    def likelihood(self) -> float:
        """Log likelihood; minus infinity where a chance is nil."""
        if not (self.chance > 0).all():
            return -np.inf
        return float(self.units @ np.log(self.chance))

    @property
    def chi_squared(self) -> float:
        """Pearson's chi-squared."""
        expected = self.total * self.chance
        return float(((self.units - expected) ** 2 / expected).sum())


def chances_of(design: Design, cells: Cells, values: Floats) -> Chances:
    """Return the chances of the cells and their slopes at some parameters (K,)."""
    share, zone = design.shares(values), design.arcs.zone
    weighted = share[:, :, None] * design.columns
    mean = np.zeros((len(design.scenario.zones), *weighted.shape[1:]))
    np.add.at(mean, zone, weighted)
    slope = weighted - share[:, :, None] * mean[zone]
    weight = _weights(design, cells)[zone]
    watched = cells.cell >= 0
    count = len(cells.units)
    chance = np.zeros(count)
    slopes = np.zeros((count, design.columns.shape[2]))
    np.add.at(chance, cells.cell[watched], (weight * share).sum(axis=1)[watched])
    np.add.at(slopes, cells.cell[watched], (weight[:, :, None] * slope).sum(axis=1)[watched])
    return _completed(cells, chance, slopes)


def told(design: Design, cells: Cells) -> list[int]:
    """Return the parameters that the sales tell apart, in order, the first of each tie."""
    whole = chances_of(design, cells, design.start).information
    kept: list[int] = []
    for row in range(len(whole)):
        trial = [*kept, row]
        part = whole[np.ix_(trial, trial)]
        size = np.sqrt(np.diag(part))
        if size.min() > 0 and np.linalg.eigvalsh(part / np.outer(size, size))[0] > TELLS:
            kept = trial
    return kept


def climb(design: Design, cells: Cells) -> Floats:
    """Return the parameters of greatest likelihood: (K,).

    Raises
    ------
    BadValue
        If the likelihood has no top within reach.
    """
    values = design.start
    now = chances_of(design, cells, values)
    for _ in range(ROUNDS):
        if not _is_sound(now):
            break
        step = np.linalg.solve(now.information, now.score)
        if float(step @ now.score) < CLOSE:
            return values
        values, now = _higher(design, cells, values, now, step)
    require(
        False,
        "the likelihood has no top within reach: some cell sells all or nothing; "
        "add sales, or leave out parameters",
    )
    return values


def _higher(
    design: Design, cells: Cells, values: Floats, now: Chances, step: Floats
) -> tuple[Floats, Chances]:
    """Return parameters along a step at which the likelihood is no lower, utils moved by little."""
    size = min(1.0, FARTHEST / max(float(np.abs(design.columns @ step).max()), CLOSE))
    trial = chances_of(design, cells, values + size * step)
    while size > SHORTEST and not trial.likelihood >= now.likelihood:
        size /= 2
        trial = chances_of(design, cells, values + size * step)
    return values + size * step, trial


def _is_sound(found: Chances) -> bool:
    """Return whether parameters are told apart, and no chance is 0 or 1."""
    information = found.information
    return bool(
        (found.chance > NEVER).all()
        and np.isfinite(information).all()
        and np.linalg.cond(information) < WORST
    )


def covariance(found: Chances, parameters: int) -> Floats:
    """Return the covariance of the estimates, overdispersion counted: (K, K)."""
    markets = len(np.unique(found.total))
    freedom = max(len(found.units) - max(markets, 1) - parameters, 1)
    result: Floats = np.linalg.inv(found.information) * max(found.chi_squared / freedom, 1.0)
    return result


def _weights(design: Design, cells: Cells) -> Floats:
    """Return each zone and segment's part of its market's occasions: (Z, S)."""
    count = occasions(design.scenario)
    total = np.bincount(cells.market_of_zone, count.sum(axis=1))
    result: Floats = count / np.where(total > 0, total, 1.0)[cells.market_of_zone][:, None]
    return result


def _completed(cells: Cells, chance: Floats, slopes: Floats) -> Chances:
    markets = int(cells.market_of_zone.max()) + 1
    bought = np.bincount(cells.market, chance, minlength=markets)
    sold = np.bincount(cells.market, cells.units, minlength=markets)
    moves = np.zeros((markets, slopes.shape[1]))
    np.add.at(moves, cells.market, slopes)
    if cells.occasions is None:
        at = bought[cells.market]
        among = slopes / at[:, None] - (chance / at**2)[:, None] * moves[cells.market]
        return Chances(chance / at, among, cells.units, sold[cells.market])
    watched = np.unique(cells.market)
    return Chances(
        np.concatenate([chance, 1 - bought[watched]]),
        np.vstack([slopes, -moves[watched]]),
        np.concatenate([cells.units, (cells.occasions - sold)[watched]]),
        np.concatenate([cells.occasions[cells.market], cells.occasions[watched]]),
    )

"""The newsvendor's order against a whole contract, one row an outlet.

Under a target rebate a unit sold brings more above a target than below it, so that a season's
profit, with m what a unit sold brings below the first target, u_k what one above target T_k brings
besides, c its cost, v what it fetches if left over, and D demand,

    (m - v) E min(D, S) + sum over k of u_k E (min(D, S) - T_k)^+ - (c - v) S,

has a local maximum between every two targets (Taylor 2002). Each is where the chance of selling all
is the critical fractile of what a unit brings there (Arrow, Harris and Marschak 1951), held between
the two; the best of them is ordered.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr, ndtri

from channelsim.domain.columns import Bools, Floats, Ints

SURE = 0.999
"""No stock is held against the last one in a thousand weeks, where demand has no upper end."""
_HALF_WIDTH = 3**0.5


@dataclass(frozen=True, eq=False)
class Belief:
    """What an outlet believes of demand until the next delivery, each (N,)."""

    mean: Floats
    """Units."""
    sigma: Floats
    """Standard deviation, units."""
    uniform: Bools
    """Whether demand is uniform instead of normal."""

    def quantile(self, chance: Floats) -> Floats:
        """Return the stock that suffices with a chance (N,), no less than 0: (N,) units."""
        normal = self.mean + ndtri(np.clip(chance, 1 - SURE, SURE)) * self.sigma
        even = self.mean + (2 * chance - 1) * _HALF_WIDTH * self.sigma
        return np.maximum(np.where(self.uniform, even, normal), 0.0)

    def sold(self, stock: Floats) -> Floats:
        """Return the sales that are expected of a stock (N,): (N,) units."""
        sigma = np.maximum(self.sigma, 1e-300)
        z = (stock - self.mean) / sigma
        density = np.exp(-np.minimum(z * z, 1400.0) / 2) / np.sqrt(2 * np.pi)
        normal = self.mean - sigma * (density - z * ndtr(-z))
        over = np.clip(z + _HALF_WIDTH, 0.0, 2 * _HALF_WIDTH)
        even = np.minimum(stock, self.mean + _HALF_WIDTH * sigma)
        even = even - sigma * over**2 / (4 * _HALF_WIDTH)
        return np.where(self.uniform, even, normal)


@dataclass(frozen=True, eq=False)
class Stakes:
    """What is at stake in an order: each (N,), targets (N, K)."""

    price: Floats
    """What a unit sold below the first target brings, money."""
    cost: Floats
    """What a unit costs, money."""
    salvage: Floats
    """What a unit left over is worth, money."""
    targets: Floats
    """Sales above which units bring more, units, ascending; inf: none."""
    extra: Floats
    """What a unit sold above each target brings besides, money."""


def fractile(price: Floats, cost: Floats, salvage: Floats) -> Floats:
    """Return (p - c) / (p - v), the best chance of no stock-out (Arrow, Harris and Marschak 1951);
    0 where a unit earns nothing.
    """
    gain, risk = np.maximum(price - cost, 0.0), np.maximum(cost - salvage, 0.0)
    total = gain + risk
    result: Floats = np.divide(gain, total, out=np.zeros_like(total), where=total > 0)
    return result


def best_stock(belief: Belief, stakes: Stakes) -> Floats:
    """Return the stock from which most profit is expected: (N,) units."""
    local = optima(belief, stakes)
    if local.shape[1] == 1:
        return local[:, 0]
    worth = np.stack([profit(belief, stakes, stock) for stock in local.T], axis=1)
    result: Floats = local[np.arange(len(local)), np.argmax(worth, axis=1)]
    return result


def optima(belief: Belief, stakes: Stakes) -> Floats:
    """Return the best stock between every two targets: (N, K + 1) units."""
    count = len(stakes.price)
    low = np.concatenate([np.zeros((count, 1)), stakes.targets], axis=1)
    high = np.concatenate([stakes.targets, np.full((count, 1), np.inf)], axis=1)
    price = stakes.price
    found: list[Floats] = []
    for k in range(low.shape[1]):
        price = price + (stakes.extra[:, k - 1] if k else 0.0)
        stock = belief.quantile(fractile(price, stakes.cost, stakes.salvage))
        here = np.isfinite(low[:, k])
        found.append(np.where(here, np.clip(stock, low[:, k], high[:, k]), found[-1] if k else 0.0))
    return np.stack(found, axis=1)


def profit(belief: Belief, stakes: Stakes, stock: Floats) -> Floats:
    """Return the profit that is expected of a stock (N,): (N,) money."""
    sold = belief.sold(stock)
    result: Floats = (stakes.price - stakes.salvage) * sold
    result = result - (stakes.cost - stakes.salvage) * stock
    for target, extra in zip(stakes.targets.T, stakes.extra.T, strict=True):
        here = np.isfinite(target)
        level = np.where(here, target, 0.0)
        above = np.where(here & (stock > target), sold - belief.sold(level), 0.0)
        result = result + extra * above
    return result


def stretched(targets: Floats, weeks: Ints) -> Floats:
    """Return weekly targets (N, K) over the weeks that an order covers (N,): (N, K) units."""
    result: Floats = targets * weeks[:, None]
    return result

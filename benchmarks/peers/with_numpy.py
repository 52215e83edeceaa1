"""The consumers' week as individuals in NumPy arrays, written as a NumPy user would."""

import numpy as np
from country import Market, Week
from numpy.typing import NDArray

type Ints = NDArray[np.int64]
type Floats = NDArray[np.float64]
type Bools = NDArray[np.bool_]


class Crowd:
    """Consumers side by side; every zone reaches the same number of outlets."""

    def __init__(self, market: Market, rng: int) -> None:
        self.rng = np.random.default_rng(rng)
        faced, reached = market.faced, market.reached
        self.cell, row = market.people()
        self.segment = self.cell % market.segments
        self.aware = row > 0
        self.last = np.where(row > 1, (row - 2) % reached, -1)
        self.happy = row < 2 + reached
        self.inform, self.occasion = faced["inform"].ravel(), faced["occasion"].ravel()
        self.loyal, self.averse = np.exp(faced["inertia"]), np.exp(faced["aversion"])
        self.retry = faced["retry"]
        self.weight, self.pleases = (
            faced[name].reshape(market.zones, reached, -1).swapaxes(1, 2).reshape(-1, reached)
            for name in ("weight", "happy")
        )
        zones = market.reach.candidate.reshape(market.zones, reached)
        self.outlet = np.repeat(zones, market.segments, axis=0)

    def week(self, stock: list[int]) -> Week:
        """Play a week."""
        self.aware |= self.rng.random(len(self.cell)) < self.inform[self.cell]
        shops = self.aware & (self.rng.random(len(self.cell)) < self.occasion[self.cell])
        who = np.flatnonzero(shops)
        slot = self.choose(self.weights(who), 1.0)
        inside = slot < self.weight.shape[1]
        who, slot = who[inside], slot[inside]
        left = np.array(stock)
        asked = np.bincount(self.outlet[self.cell[who], slot], minlength=len(left))
        served = self.serve(who, slot, left)
        sold = int(served.sum())
        who = who[~served]
        missed = len(who)
        if missed and left.any():
            who = who[self.rng.random(len(who)) < self.retry[self.segment[who]]]
            weights = self.weights(who) * (left > 0)[self.outlet[self.cell[who]]]
            can = weights.any(axis=1)
            late = int(self.serve(who[can], self.choose(weights[can], 0.0), left).sum())
            sold, missed = sold + late, missed - late
        return Week(asked.tolist(), sold, missed)

    def weights(self, who: Ints) -> Floats:
        """Weights (n, K) of the outlets in reach."""
        weights = self.weight[self.cell[who]]
        owner = np.flatnonzero(self.last[who] >= 0)
        one = who[owner]
        factor = np.where(
            self.happy[one], self.loyal[self.segment[one]], self.averse[self.segment[one]]
        )
        weights[owner, self.last[one]] *= factor
        return weights

    def choose(self, weights: Floats, outside: float) -> Ints:
        """Slot (n,) that each chooses; K for the outside option."""
        bounds = np.cumsum(weights, axis=1)
        aim = self.rng.random(len(weights)) * (bounds[:, -1] + outside)
        return np.sum(aim[:, None] >= bounds, axis=1)

    def serve(self, who: Ints, slot: Ints, left: Ints) -> Bools:
        """Serve claimants by lot from what outlets have left; buyers are happy or not."""
        outlet = self.outlet[self.cell[who], slot]
        claims = np.bincount(outlet, minlength=len(left))
        served = np.ones(len(who), dtype=bool)
        for short in np.flatnonzero(claims > left):
            claimants = np.flatnonzero(outlet == short)
            served[self.rng.permutation(claimants)[left[short] :]] = False
        left -= np.minimum(claims, left)
        buyer, bought = who[served], slot[served]
        self.last[buyer] = bought
        self.happy[buyer] = self.rng.random(len(buyer)) < self.pleases[self.cell[buyer], bought]
        return served

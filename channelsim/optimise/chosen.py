"""What consumers choose among what is open, exactly, and between what bounds it can lie.

At node n with odds g_nj, y_j = 1 where j is open and w_n the share that buys elsewhere

    x_nj = g_nj w_n y_j,   w_n = 1 / (1 + sum_j g_nj y_j).

Where a candidate has less room than its customers want, all of them are turned away alike and go
without; so are all customers where the maker delivers less than all candidates sell.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from channelsim.domain.columns import Bools, Floats, frozen
from channelsim.optimise.layout_inputs import LayoutInputs


@dataclass(frozen=True, eq=False)
class Chosen:
    """The choices at the nodes of some inputs."""

    inputs: LayoutInputs
    """The inputs."""
    odds: Floats
    """(M,) g_nj."""

    @classmethod
    def of(cls, inputs: LayoutInputs) -> "Chosen":
        """Read the odds of inputs whose arcs have them."""
        odds = inputs.arcs.odds
        return cls(inputs, np.zeros(inputs.arcs.count) if odds is None else odds)

    def shares(self, is_open: Bools) -> Floats:
        """Return the share of its node that wants to buy on each arc, (J,) being open: (M,)."""
        taken = np.where(is_open[self.inputs.arcs.site], self.odds, 0.0)
        result: Floats = taken / (1 + self._by_node(taken))[self.inputs.arcs.node]
        return result

    def served(self, is_open: Bools) -> Floats:
        """Return the share of its node that is served on each arc, (J,) being open: (M,)."""
        arcs, share = self.inputs.arcs, self.shares(is_open)
        wanted = self._by_site(share * arcs.units)
        room = np.minimum(wanted, self.inputs.sites.capacity)
        most = self.inputs.limits.supply
        if most is not None and room.sum() > most:
            room = room * (most / room.sum())
        kept = np.divide(room, wanted, out=np.ones_like(wanted), where=wanted > 0)
        return frozen(share * kept[arcs.site])

    @cached_property
    def most_outside(self) -> Floats:
        """Return the largest share that can buy elsewhere, by node: (N,)."""
        must = self.inputs.sites.must_open[self.inputs.arcs.site]
        result: Floats = 1 / (1 + self._by_node(np.where(must, self.odds, 0.0)))
        return result

    @cached_property
    def least_outside(self) -> Floats:
        """Return the smallest share that can buy elsewhere, by node: (N,)."""
        result: Floats = 1 / (1 + self._by_node(self.odds))
        return result

    @cached_property
    def least_drawn(self) -> Floats:
        """Return the least share of its node that each arc draws if open: (M,)."""
        result: Floats = self.odds * self.least_outside[self.inputs.arcs.node]
        return result

    @cached_property
    def most_drawn(self) -> Floats:
        """Return the largest share of its node that each arc draws if open: (M,)."""
        result: Floats = self.odds / (1 / self._without_must + self.odds)
        return result

    @cached_property
    def outside_without(self) -> tuple[Floats, Floats]:
        """Return the least and largest share that buys elsewhere with each arc closed: (M,)."""
        node = self.inputs.arcs.node
        return 1 / (1 / self.least_outside[node] - self.odds), self._without_must

    @cached_property
    def excess(self) -> Floats:
        """Return by how much what a candidate is asked for can exceed its room: (J,) units/week."""
        most = self._by_site(self.most_drawn * self.inputs.arcs.units)
        result: Floats = most - self.inputs.sites.capacity
        return result

    @cached_property
    def _without_must(self) -> Floats:
        """Return the share that buys elsewhere if only the others that must open are: (M,)."""
        arcs = self.inputs.arcs
        own = np.where(self.inputs.sites.must_open[arcs.site], self.odds, 0.0)
        result: Floats = 1 / (1 / self.most_outside[arcs.node] - own)
        return result

    @property
    def most(self) -> float:
        """Units per week that are asked for in all at most."""
        return float((self.most_drawn * self.inputs.arcs.units).sum())

    @cached_property
    def least_value(self) -> Floats:
        """Return the least that a unit which a candidate turns away would have earned: (J,)."""
        arcs = self.inputs.arcs
        least = np.full(self.inputs.sites.count, np.inf)
        np.minimum.at(least, arcs.site, arcs.value / arcs.units)
        return np.where(np.isfinite(least), least, 0.0)

    def bounds(self, sets: Bools) -> Floats:
        """Return what each set of open candidates (K, J) earns from sales at most: (K,).

        That is what it earns with all served, and what turning away the costliest could save.
        """
        arcs = self.inputs.arcs
        start = np.flatnonzero(np.diff(arcs.node, prepend=-1))
        if not len(start):
            return np.zeros(len(sets))
        taken = np.where(sets[:, arcs.site], self.odds, 0.0)
        worth = np.add.reduceat(taken * arcs.value, start, axis=1)
        result: Floats = (worth / (1 + np.add.reduceat(taken, start, axis=1))).sum(axis=1)
        return result + self._most_saved

    @property
    def _most_saved(self) -> float:
        saved, excess = np.maximum(-self.least_value, 0.0), np.maximum(self.excess, 0.0)
        short = 0.0 if self.inputs.limits.supply is None else float(self.inputs.arcs.units.sum())
        return float(saved @ excess) + float(saved.max(initial=0.0)) * short

    def _by_site(self, values: Floats) -> Floats:
        arcs, count = self.inputs.arcs, self.inputs.sites.count
        return np.bincount(arcs.site, values, minlength=count).astype(np.float64)

    def _by_node(self, values: Floats) -> Floats:
        arcs = self.inputs.arcs
        return np.bincount(arcs.node, values, minlength=arcs.nodes).astype(np.float64)

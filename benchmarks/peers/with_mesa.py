"""The consumers' week as plain Mesa agents, written as a Mesa user would."""

import mesa
import numpy as np
from country import Market, Week


class Outlet:
    """A shop with some units left."""

    def __init__(self) -> None:
        self.stock = self.asked = 0
        self.in_stock = True


class Cell:
    """What the consumers of one zone and segment share."""

    def __init__(self, market: Market, outlets: list[Outlet], zone: int, segment: int) -> None:
        arcs = slice(market.reach.zone_start[zone], market.reach.zone_start[zone + 1])
        faced = market.faced
        self.outlets = [outlets[j] for j in market.reach.candidate[arcs]]
        self.weight = faced["weight"][arcs, segment].tolist()
        self.pleases = faced["happy"][arcs, segment].tolist()
        self.inform = float(faced["inform"][zone, segment])
        self.occasion = float(faced["occasion"][zone, segment])
        self.retry = float(faced["retry"][segment])
        self.loyal = float(np.exp(faced["inertia"][segment]))
        self.averse = float(np.exp(faced["aversion"][segment]))


class Consumer(mesa.Agent):
    """Learns of the brand, shops now and then, remembers the last outlet."""

    model: "Town"

    def __init__(self, model: "Town", cell: Cell, row: int) -> None:
        super().__init__(model)
        self.cell = cell
        self.aware = row > 0
        self.last = (row - 2) % len(cell.outlets) if row > 1 else None
        self.happy = row < 2 + len(cell.outlets)

    def step(self) -> None:
        """Shop, if this is the week for it."""
        cell, random = self.cell, self.random.random
        if not self.aware:
            if random() >= cell.inform:
                return
            self.aware = True
        if random() >= cell.occasion:
            return
        weights = [*self.weights(), 1.0]
        slot = self.random.choices(range(len(weights)), weights)[0]
        if slot == len(cell.outlets):
            return
        cell.outlets[slot].asked += 1
        if not self.buy(slot):
            self.model.unserved.append(self)

    def try_again(self) -> None:
        """Choose once more, among the outlets that had something left for everybody."""
        if self.random.random() < self.cell.retry:
            pairs = zip(self.cell.outlets, self.weights(), strict=True)
            weights = [weight if outlet.in_stock else 0.0 for outlet, weight in pairs]
            if any(weights) and self.buy(self.random.choices(range(len(weights)), weights)[0]):
                return
        self.model.lost += 1

    def weights(self) -> list[float]:
        """Weigh the outlets in reach."""
        weights = self.cell.weight.copy()
        if self.last is not None:
            weights[self.last] *= self.cell.loyal if self.happy else self.cell.averse
        return weights

    def buy(self, slot: int) -> bool:
        """Take a unit if there is one."""
        outlet = self.cell.outlets[slot]
        if outlet.stock == 0:
            return False
        outlet.stock -= 1
        self.last = slot
        self.happy = self.random.random() < self.cell.pleases[slot]
        self.model.sold += 1
        return True


class Town(mesa.Model):
    """All consumers, served in random order, so that shortages fall by lot."""

    def __init__(self, market: Market, rng: int) -> None:
        super().__init__(rng=rng)
        self.outlets = [Outlet() for _ in range(market.outlets)]
        self.unserved: list[Consumer] = []
        self.sold = self.lost = 0
        cells = [
            Cell(market, self.outlets, zone, segment)
            for zone in range(market.zones)
            for segment in range(market.segments)
        ]
        for cell, row in zip(*market.people(), strict=True):
            Consumer(self, cells[cell], row)

    def step(self) -> None:
        """Play a week."""
        self.unserved, self.sold, self.lost = [], 0, 0
        self.agents.shuffle_do("step")
        for outlet in self.outlets:
            outlet.in_stock = outlet.stock > 0
        for consumer in self.unserved:
            consumer.try_again()

    def week(self, stock: list[int]) -> Week:
        """Fill the shelves and play a week."""
        for outlet, units in zip(self.outlets, stock, strict=True):
            outlet.stock, outlet.asked = units, 0
        self.step()
        return Week([outlet.asked for outlet in self.outlets], self.sold, self.lost)

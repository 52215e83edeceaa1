"""The agents that Mesa sees: the manufacturer, and each partner as a thin view on its row."""

from numbers import Real
from typing import TYPE_CHECKING, Any

import mesa
import numpy as np

from channelsim.domain.columns import Floats, Ints
from channelsim.errors import BadValue
from channelsim.simulate.rules.governance import TIERS

if TYPE_CHECKING:
    from channelsim.simulate.channel import Channel
    from channelsim.simulate.firms import Outlets
    from channelsim.simulate.information import News
    from channelsim.simulate.plant import Plant
    from channelsim.simulate.sites import Sites


class OwnRow:
    """A partner's own number in one of the arrays of `Standing`; may be set."""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name
        self.__doc__ = f"The partner's own {name}; see `Standing`."

    def __get__(self, agent: "Partner | None", owner: type | None = None) -> Any:
        if agent is None:
            return self
        return getattr(agent.model.standing, self.name)[agent.row].item()

    def __set__(self, agent: "Partner", value: float) -> None:
        if not (isinstance(value, Real | np.bool_) and np.isfinite(float(value))):
            raise BadValue(f"{self.name} of {agent.id!r} must be a finite number, got {value!r}")
        getattr(agent.model.standing, self.name)[agent.row] = value


class Manufacturer(mesa.Agent):
    """The maker: what it knows, its production and its finished goods.

    Its stock is all that it owns: at the plant, returned goods included, and at warehouses.
    """

    def __init__(
        self, model: "Channel", capacity: float | None, plant: "Plant", sites: "Sites | None"
    ) -> None:
        super().__init__(model)
        self.capacity, self.plant, self.sites = capacity, plant, sites
        self.stock = plant.first_stock() + self._at_sites()
        self.known_orders = 0
        self.made = 0

    def learn(self, news: "News | None") -> None:
        """Learn what partners let it see of a week, if a report arrives."""
        if news is not None:
            self.known_orders = round(news.orders)
            self.plant.learn(news)

    def room(self, week: int) -> float | None:
        """Produce, and return the units that can be shipped this week; None: any number."""
        at_plant = self.stock - self._at_sites()
        self.plant.run(week, at_plant)
        if not self.plant.ahead:
            return self.capacity
        ready = float(at_plant + self.plant.finished)
        return ready if self.capacity is None else min(ready, self.capacity)

    def make(self, outlets: "Outlets") -> int:
        """Ship from finished goods first, make the rest; return the units made."""
        shipped = self.model.distributors.sold_by_maker(outlets)
        self.made = max(shipped + self._at_sites() - self.stock, self.plant.finished)
        self.stock -= shipped - self.made
        return self.made

    def _at_sites(self) -> int:
        return 0 if self.sites is None else self.sites.held_by_maker

    @property
    def balance(self) -> float:
        """Cash since the start, money."""
        return float(self.model.ledger.balance[1])


class Partner(mesa.Agent):
    """One partner: a view on its row, and what it decides.

    The rules that the scenario names decide for all partners at once. A class made from this one
    may override `price`, `exert` or `order`, and `Channel(..., agents={id: class})` lets it play a
    partner: each is shown what the rule would do at the partner's open outlets (`outlets`), and
    returns what it does instead. Anything in `model` may be looked at.
    """

    active = OwnRow()
    trust = OwnRow()
    satisfaction = OwnRow()
    profit = OwnRow()
    attainment = OwnRow()
    patience = OwnRow()
    exited = OwnRow()

    def __init__(self, model: "Channel", row: int) -> None:
        super().__init__(model)
        self.row = row
        self.partner = model.case.partners[row]

    def price(self, asked: Floats) -> Floats:
        """Return the prices of its open outlets before promotions: (N,) money per unit."""
        return asked

    def exert(self, effort: Floats) -> Floats:
        """Return the effort at its open outlets: (N,), 1 as usual."""
        return effort

    def order(self, wanted: Ints) -> Ints:
        """Return what its open outlets order: (N,) units."""
        return wanted

    @property
    def id(self) -> str:
        """Partner id."""
        return self.partner.id

    @property
    def own(self) -> bool:
        """Whether it is the maker's own arm."""
        return self.partner.own

    @property
    def tier(self) -> str:
        """A, B or C."""
        return TIERS[self.model.standing.tier[self.row]]

    @property
    def outlets(self) -> np.ndarray:
        """Rows of its open outlets."""
        model = self.model
        return np.flatnonzero((model.trade.partner == self.row) & model.outlets.is_open)

    @property
    def stock(self) -> int:
        """Units on hand."""
        return int(self.model.outlets.stock[self.outlets].sum())

    @property
    def effort(self) -> float:
        """Mean effort of its open outlets, 0 without any."""
        rows = self.outlets
        return float(self.model.outlets.effort[rows].mean()) if len(rows) else 0.0

    @property
    def balance(self) -> float:
        """Cash since the start, money."""
        ledger = self.model.ledger
        return float(ledger.balance[ledger.account[self.row]])

"""What changes about outlets and partners from week to week: two structs of arrays."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from channelsim.domain.columns import Bools, Floats, Ints


@dataclass(eq=False)
class Outlets:
    """State of every candidate, open or closed, each (J,) unless it says otherwise."""

    FLOWS: ClassVar[tuple[str, ...]] = (
        "ordered",
        "shipped",
        "arrived",
        "sold",
        "moved_in",
        "moved_out",
        "cleared",
        "recalled",
        "sold_off",
        "filled",
    )
    """Counts of the week's goods."""

    is_open: Bools
    """Open now."""
    left: Bools
    """Closed because its partner left."""
    price: Floats
    """Consumer price, money per unit."""
    effort: Floats
    """Selling effort, 1 as planned."""
    lift: Floats
    """What effort, skill and goodwill add to utility, utils."""
    stock: Ints
    """Units on hand."""
    transit: Ints
    """(L + 1, J) units under way, by week of arrival modulo L + 1."""
    level: Floats
    """Forecast of sales in an average week, units."""
    target: Floats
    """Stock on hand and on order that it orders up to, units."""
    asked: Floats
    """Units that consumers asked for last week, up to capacity."""
    ordered: Ints
    """Units ordered this week."""
    shipped: Ints
    """Units that the maker shipped to it this week."""
    arrived: Ints
    """Units that arrived this week, deliveries and first stock."""
    sold: Ints
    """Units sold this week."""
    moved_in: Ints
    """Diverted units taken in this week."""
    moved_out: Ints
    """Diverted units passed on this week."""
    cleared: Ints
    """Units on hand that went back to the maker this week."""
    recalled: Ints
    """Units under way that went back to the maker this week."""
    sold_off: Ints
    """Units on hand that were sold off at a season's end this week."""
    filled: Ints
    """Units of `shipped` that the plant filled its shelves with on opening."""

    @property
    def position(self) -> Ints:
        """Units on hand and on order."""
        result: Ints = self.stock + self.transit.sum(axis=0)
        return result

    def new_week(self) -> None:
        """Begin to count the week's flows of goods."""
        for flow in self.FLOWS:
            getattr(self, flow)[:] = 0

    def sell(self, sold: Floats, claims: Floats, capacity: Ints) -> None:
        """Hand over what consumers bought (J,), and note what they asked for (J,)."""
        self.sold[:] = sold.astype(np.int64)
        self.stock -= self.sold
        self.asked = np.minimum(np.maximum(claims, sold), capacity)

    def clear(self, which: Bools) -> Ints:
        """Send the stock of some outlets back, on hand and under way: (J,) units."""
        back = np.where(which, self.position, 0)
        self.cleared += np.where(which, self.stock, 0)
        self.recalled += np.where(which, self.transit.sum(axis=0), 0)
        self.stock[which] = 0
        self.transit[:, which] = 0
        return back


@dataclass(eq=False)
class Standing:
    """State of every partner, each (P,)."""

    active: Bools
    """Has an open outlet."""
    exited: Bools
    """Left of its own accord."""
    trust: Floats
    """Trust in the maker, 0 to 1."""
    satisfaction: Floats
    """Satisfaction, 0 to 1."""
    start: Floats
    """Trust + satisfaction at the start."""
    profit: Floats
    """Remembered profit of an average week, money."""
    reservation: Floats
    """Remembered reservation profit of an average week, money."""
    maker: Floats
    """Remembered margin of the maker on its sales in an average week, money."""
    attainment: Floats
    """Remembered units over quota."""
    reached: Floats
    """Units over quota at the last review."""
    grievance: Floats
    """Remembered grievance, 0 to 1."""
    usual: Floats
    """Grievance it is used to, 0 to 1."""
    patience: Ints
    """Weeks below reservation that it still holds against the maker."""
    training: Floats
    """Capability added by training."""
    tier: Ints
    """0 for A, 1 for B, 2 for C."""
    reviewed_units: Floats
    """Units sold since the last review."""
    reviewed_quota: Floats
    """Quota since the last review."""
    diverted: Floats
    """Units diverted since the last review."""

"""Events at work: what they change about the market, prices, goods and firms in a week."""

from dataclasses import dataclass
from typing import Self

import numpy as np

from channelsim.domain.addressed import addressed
from channelsim.domain.columns import Bools, Floats, Ints
from channelsim.domain.event import Event
from channelsim.domain.scenario import Scenario

_CUTS = ("price_war", "platform_promotion")


@dataclass(frozen=True, eq=False)
class Happenings:
    """What events make of one week."""

    demand: Floats
    """(Z,) factor on occasions."""
    outside: Floats
    """(Z,) utils on top of the outside option."""
    price: Floats
    """(J,) factor on prices asked."""
    lift: Floats
    """(J,) utils."""
    lifted_zone: Floats
    """(Z,) utils for the brand as a whole."""
    delivery: float
    """Factor on what the maker can deliver."""
    bankrupt: Bools
    """(P,) partners that leave this week."""

    @classmethod
    def of(cls, case: Scenario, events: tuple[Event, ...], week: int) -> Self:
        """Return what the events that hold in a week come to together."""
        zones, outlets = len(case.zones), len(case.candidates)
        demand, outside, brand = np.ones(zones), np.zeros(zones), np.zeros(zones)
        price, lift, delivery = np.ones(outlets), np.zeros(outlets), 1.0
        bankrupt = np.zeros(len(case.partners), dtype=np.bool_)
        for event in events:
            here = _zones(case, event.zone)
            mine = addressed(case, event.channel)[1]
            if event.kind == "demand_shock":
                demand[here] *= 1 + event.size
            elif event.kind == "rival_entry":
                outside[here] += event.size
            elif event.kind in _CUTS:
                price[mine & _asked(case, event)] *= 1 - event.size
            elif event.kind == "supply_disruption":
                delivery *= 1 - event.size
            elif event.kind == "new_product" and event.channel:
                lift[mine] += event.size
            elif event.kind == "new_product":
                brand[here] += event.size
            elif event.from_week == week:
                bankrupt[np.unique(case.columns.partner_of[mine])] = True
        return cls(demand, outside, price, lift, brand, delivery, bankrupt)

    def moved(self, weight: Floats, zone_of_arc: Ints) -> Floats:
        """Return odds (A, C) with rivals that entered and the brand's new product in them."""
        shift = self.lifted_zone - self.outside
        if not shift.any():
            return weight
        result: Floats = weight * np.exp(shift)[zone_of_arc][:, None]
        return result


class Events:
    """The events of a run, looked up by week; weeks with the same events share one answer."""

    def __init__(self, case: Scenario) -> None:
        self.case = case
        self._known: dict[tuple[str, ...], Happenings] = {}

    def at(self, week: int) -> Happenings:
        """Return what happens in a week."""
        holding = tuple(event for event in self.case.events if event.holds(week))
        key = tuple(f"{event.id}{'!' * (event.from_week == week)}" for event in holding)
        if key not in self._known:
            self._known[key] = Happenings.of(self.case, holding, week)
        return self._known[key]


def _zones(case: Scenario, zone: str) -> Bools:
    each = np.arange(len(case.zones))
    return each == case.columns.zone_index[zone] if zone else each >= 0


def _asked(case: Scenario, event: Event) -> Bools:
    """Return whose prices the event cuts: (J,)."""
    online = case.columns.online
    return online if event.kind == "platform_promotion" else np.ones_like(online)

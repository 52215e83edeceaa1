"""The demand models, chosen by name: what a set of open outlets sells at given prices.

Every form reads the same attributes through the same utility (`domain.utility`) and gives expected
units and their slopes in prices; the forms of choice also give the weights from which engines draw.

    logit         share = e / (1 + sum e), e = exp(V - R)                          choice
    nested_logit  the same with nests of physical, online, exclusive-model outlets  choice
    huff, mci     weights that are products of powers of doors, km (and price)     choice
    linear        units per occasion = V - R + g sum of the others' prices
    isoelastic    units per occasion = exp(v) p^-e prod of the others' p^g
    vertical      tastes uniform on [0, 1]: quality against price
    spatial       consumers along a line or circle in each zone
    exogenous     every occasion buys, whatever the price

An occasion of the textbook forms is one consumer of the model: a zone of 1,000 people and a
purchase rate of 1 sells 1,000 times the textbook's quantity.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

from channelsim.domain.columns import Bools, Floats, across, frozen, row_of
from channelsim.domain.forms.drawn import Drawn
from channelsim.domain.forms.exogenous import Exogenous
from channelsim.domain.forms.isoelastic import Isoelastic
from channelsim.domain.forms.linear import Linear
from channelsim.domain.forms.logit import Logit, logit_shares
from channelsim.domain.forms.nested import NestedLogit
from channelsim.domain.forms.slopes import Slopes
from channelsim.domain.forms.spatial import Spatial
from channelsim.domain.forms.vertical import Vertical
from channelsim.domain.layout import Layout
from channelsim.domain.reach import Reach, arcs_within, candidate_km, reach, zone_km
from channelsim.domain.utility import occasions, utility
from channelsim.errors import BadValue

if TYPE_CHECKING:
    from channelsim.domain.scenario import Scenario

__all__ = [
    "Choice", "Demand", "Flows", "Reach", "Slopes", "arcs_within", "candidate_km", "choice_of",
    "demand_of", "expected_flows", "logit_shares", "occasions", "open_mask", "reach",
    "require_choice", "utility", "zone_km",
]  # fmt: skip


class Demand(Protocol):
    """What open outlets are expected to sell.

    Prices are money per unit, lifts utils, both (J,) like the mask of open candidates.
    """

    def units(self, price: Floats, lift: Floats, is_open: Bools) -> Floats:
        """Return expected units per week by arc and segment, 0 where closed: (A, S)."""

    def slopes(self, price: Floats, lift: Floats, is_open: Bools) -> Slopes:
        """Return d units / d price."""


class Choice(Demand, Protocol):
    """A demand in which each occasion draws one outlet, or none, by weights."""

    def weights(
        self, price: Floats, lift: Floats, is_open: Bools, borrowed: Floats | None = None
    ) -> Floats:
        """Return each arc's odds against the outside option, 0 where closed: (A, S).

        units = occasions x weight / (1 + the zone's sum of weights).

        Parameters
        ----------
        borrowed
            (A, S) what an arc's odds are multiplied by for utility beyond the scenario's own,
            before nests share out; None: 1.
        """

    def slopes_at(self, weight: Floats, price: Floats, lift: Floats, is_open: Bools) -> Slopes:
        """Return d units / d price where odds (A, S) are these, whatever else is in them."""


_WEIGHED: dict[str, Callable[["Scenario"], Choice]] = {
    "logit": Logit,
    "nested_logit": NestedLogit,
    "huff": Logit,
    "mci": Logit,
}
_FORMS: dict[str, Callable[["Scenario"], Demand]] = {
    **_WEIGHED,
    "linear": Linear,
    "isoelastic": Isoelastic,
    "vertical": Vertical,
    "spatial": Spatial,
    "exogenous": Exogenous,
}


def demand_of(scenario: "Scenario") -> Demand:
    """Return the demand that a scenario's market names."""
    return _FORMS[scenario.market.demand](scenario)


def choice_of(scenario: "Scenario") -> Choice:
    """Return the demand that a scenario's market names, with weights to draw from."""
    form = scenario.market.demand
    return _WEIGHED[form](scenario) if form in _WEIGHED else Drawn(scenario, demand_of(scenario))


def require_choice(scenario: "Scenario") -> None:
    """Require a demand whose weights do not hang on one another: what plans are made of.

    Raises
    ------
    BadValue
        If the market names another.
    """
    form = scenario.market.demand
    if form not in _WEIGHED:
        raise BadValue(
            f"market.demand is {form}, for which no plan is made; "
            f"for consumers who choose write one of {', '.join(_WEIGHED)}"
        )


@dataclass(frozen=True, eq=False)
class Flows:
    """Expected sales of an average week."""

    arcs: Reach
    """Who reaches what."""
    units: Floats
    """(A, S) units per week."""
    price: Floats
    """(J,) consumer price, money per unit."""

    def by_candidate(self, count: int) -> Floats:
        """Return units per week by candidate: (J,)."""
        total: Floats = np.bincount(
            self.arcs.candidate, weights=across(self.units), minlength=count
        )
        return total


def expected_flows(scenario: "Scenario", layout: Layout) -> Flows:
    """Return the expected sales of a layout in an average week, without limits of stock.

    Raises
    ------
    BadValue
        If the layout names a candidate the scenario does not have.
    """
    price = scenario.columns.price
    is_open = open_mask(scenario, layout)
    units = demand_of(scenario).units(price, np.zeros_like(price), is_open)
    return Flows(arcs=scenario.arcs, units=frozen(units), price=price)


def open_mask(scenario: "Scenario", layout: Layout, week: int | None = None) -> Bools:
    """Return which candidates a layout has open, in `week` or at any time: (J,) bool.

    Raises
    ------
    BadValue
        If the layout names a candidate the scenario does not have.
    """
    index = scenario.columns.candidate_index
    mask = np.zeros(len(scenario.candidates), dtype=bool)
    for opening in layout.openings:
        close = opening.close_week
        live = week is None or (opening.open_week <= week and (close is None or week < close))
        mask[row_of(index, opening.candidate, "candidate")] = live
    return mask

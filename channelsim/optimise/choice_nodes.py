"""Demand nodes in choice mode: the occasions of one segment in one zone, whose people choose.

Candidate j of those that reach zone z has the odds g_zsj = exp(V - R) against the outside option
(`domain.utility`), so that with y_j = 1 where it is open

    share_zsj = g_zsj y_j / (1 + sum_k g_zsk y_k)          (McFadden 1974).

The simulator's consumers choose so in expectation: a plan's sales are theirs.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from channelsim.domain.columns import Bools, Floats, Ints, frozen
from channelsim.domain.demand import Flows, Reach, occasions, require_choice, utility
from channelsim.domain.economics import unit_money
from channelsim.optimise.demand_nodes import DemandNodes, money_by_arc
from channelsim.optimise.layout_inputs import Arcs

if TYPE_CHECKING:
    from channelsim.domain.scenario import Scenario


LEAST = 1e-9
"""Odds up to which a candidate is left out of a node, one customer in a billion, and the least part
of customers that buys elsewhere."""

type Nodes = DemandNodes | ChoiceNodes
"""Nodes of either mode."""


@dataclass(frozen=True, eq=False)
class ChoiceNodes:
    """Zones by segments, and where their arcs lie among the scenario's own."""

    reach: Reach
    """The A arcs between zones and candidates."""
    segments: int
    """S."""
    place: Ints
    """(M,) place of each node's arc among the A x S pairs of an arc and a segment."""
    arcs: Arcs
    """The nodes' M arcs."""
    zone: Ints
    """(N,) zone row of each node."""
    price: Floats
    """(J,) consumer price, money per unit."""

    def flows(self, served: Floats) -> Flows:
        """Return expected sales when these shares (M,) of the nodes are served."""
        units = np.zeros(self.reach.arcs * self.segments)
        units[self.place] = served * self.arcs.units
        return Flows(self.reach, frozen(units.reshape(self.reach.arcs, self.segments)), self.price)


def choice_nodes(scenario: "Scenario", shut: Bools) -> ChoiceNodes:
    """Build the nodes, without arcs to a candidate that stays shut (J,) or sells next to nothing.

    Raises
    ------
    BadValue
        If the market's demand is not one of choice.
    """
    require_choice(scenario)
    reach, money, segments = scenario.arcs, unit_money(scenario), len(scenario.segments)
    wanted = occasions(scenario)[reach.zone]
    odds = _within_bounds(reach, np.exp(utility(scenario, reach, scenario.columns.price)))
    usable = (wanted > 0) & (odds > LEAST) & ~shut[reach.candidate][:, None]
    arc, segment = np.nonzero(usable)
    names, node = np.unique(reach.zone[arc] * segments + segment, return_inverse=True)
    order = np.lexsort((arc, node))
    arc, segment, node = arc[order], segment[order], node[order]
    units = wanted[arc, segment]
    parts = money_by_arc(reach.candidate[arc], reach.km[arc], units, money)
    value = parts["revenue"] - sum(parts[name] for name in list(parts)[1:])
    arcs = Arcs(
        node=frozen(node),
        site=frozen(reach.candidate[arc]),
        units=frozen(units),
        value=frozen(value),
        nodes=len(names),
        shared=np.ones(len(names), dtype=bool),
        parts={name: frozen(values) for name, values in parts.items()},
        odds=frozen(odds[arc, segment]),
    )
    place = frozen(arc * segments + segment)
    return ChoiceNodes(reach, segments, place, arcs, frozen(names // segments), money.price)


def _within_bounds(reach: Reach, odds: Floats) -> Floats:
    """Return odds (A, S) scaled down where next to nobody would buy elsewhere, so that numbers stay
    such as a solver can hold.
    """
    most = np.ones((len(reach.zone_start) - 1, odds.shape[1]))
    np.maximum.at(most, reach.zone, odds)
    result: Floats = odds * np.minimum(1 / (LEAST * most), 1.0)[reach.zone]
    return result

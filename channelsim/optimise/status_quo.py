"""What today's layout would earn everybody, planned the same way as any other.

Today's operations serve what is best for the maker, or whoever chooses them, within their
capacities and the maker's supply; goals are not asked of them. That is the status quo against which
a plan leaves nobody worse off (Pareto 1906).
"""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from channelsim.domain.columns import Floats
from channelsim.optimise.assignment import assign
from channelsim.optimise.choice_nodes import choice_nodes
from channelsim.optimise.demand_nodes import demand_nodes
from channelsim.optimise.layout_inputs import LayoutInputs, Limits, Sites

if TYPE_CHECKING:
    from channelsim.domain.economics import UnitMoney
    from channelsim.domain.scenario import Scenario


@dataclass(frozen=True, eq=False)
class StatusQuo:
    """What today's layout is planned to earn."""

    maker: float
    """The maker's profit before incentive money, money per week."""
    partner: Floats
    """(P,) the partners' profit, money per week; 0 for those with nothing open."""


def status_quo(
    scenario: "Scenario",
    sites: Sites,
    money: "UnitMoney",
    supply: float | None,
    *,
    chosen: bool = False,
) -> StatusQuo:
    """Return what today's layout is planned to earn.

    Parameters
    ----------
    sites
        The candidates of the layout problem.
    supply
        Most units per week in all; None: no limit.
    chosen
        Whether consumers choose where to buy; else the maker assigns them.
    """
    today = np.array([c.open_today for c in scenario.candidates], dtype=bool)
    nothing = np.zeros(sites.count, dtype=bool)
    arcs = (choice_nodes if chosen else demand_nodes)(scenario, nothing).arcs
    inputs = LayoutInputs(arcs, replace(sites, shut=nothing), Limits(supply=supply))
    served = assign(inputs, today)
    earned = served * arcs.units * money.partner_income[arcs.site]
    count = len(scenario.partners)
    partner = np.bincount(sites.partner[arcs.site], earned, minlength=count).astype(np.float64)
    fixed = np.where(today, money.partner_fixed, 0.0)
    partner -= np.bincount(sites.partner, fixed, minlength=count)
    return StatusQuo(inputs.profit(today, served), partner)

"""What a scenario asks of who serves whom, as limits of the layout problem."""

from typing import TYPE_CHECKING

import numpy as np

from channelsim.domain.columns import Bools, Ints, frozen
from channelsim.domain.economics import UnitMoney, unit_money
from channelsim.domain.measures import own_mask
from channelsim.domain.reach import zone_km
from channelsim.optimise.choice_nodes import Nodes
from channelsim.optimise.layout_inputs import Arcs, Sites
from channelsim.optimise.serving_limits import Earnings, ServingLimits
from channelsim.optimise.status_quo import StatusQuo, status_quo

if TYPE_CHECKING:
    from channelsim.domain.scenario import Scenario

SLACK = 1e-7
"""Share of today's earnings by which a plan may fall short of them: rounding must not rule out
today's plan."""


def serving_limits(
    scenario: "Scenario", nodes: Nodes, sites: Sites, supply: float | None
) -> ServingLimits:
    """Return what the goals and tables of a scenario ask of who serves whom.

    Parameters
    ----------
    nodes
        The demand nodes of the layout problem.
    supply
        Most units per week in all; None: no limit.
    """
    goals, money, columns = scenario.goals, unit_money(scenario), scenario.columns
    arcs = nodes.arcs
    occasions = float((columns.people.T @ columns.awareness) @ columns.purchase_rate)
    chosen = arcs.odds is not None
    today = None
    if goals.no_worse_than_today:
        today = status_quo(scenario, sites, money, supply, chosen=chosen)
    return ServingLimits(
        participation=_participation(scenario, arcs, money) if goals.participation else None,
        no_worse=_no_worse(scenario, arcs, money, today),
        maker_least=-np.inf if today is None else today.maker - SLACK * abs(today.maker),
        min_volume=frozen(np.array([c.min_volume for c in scenario.candidates], dtype=np.float64)),
        partner_volume=frozen(np.array([p.min_volume for p in scenario.partners], np.float64)),
        min_units=(goals.min_share or 0.0) * occasions,
        single_source=goals.single_source,
        neighbours=_neighbours(scenario, nodes),
        balance=goals.max_imbalance,
    )


def _participation(scenario: "Scenario", arcs: Arcs, money: UnitMoney) -> Earnings:
    beyond = money.partner_income - money.reservation_rate * money.price
    own = np.array([p.own for p in scenario.partners], dtype=bool)
    return Earnings(
        by_arc=frozen(arcs.units * beyond[arcs.site]),
        by_site=frozen(money.partner_fixed + money.reservation),
        least=frozen(np.where(own | ~_present(scenario), -np.inf, 0.0)),
    )


def _no_worse(
    scenario: "Scenario", arcs: Arcs, money: UnitMoney, today: StatusQuo | None
) -> Earnings | None:
    if today is None:
        return None
    open_today = np.array([c.open_today for c in scenario.candidates], dtype=bool)
    asked = np.zeros(len(scenario.partners), dtype=bool)
    asked[scenario.columns.partner_of[open_today & ~own_mask(scenario)]] = True
    least = today.partner - SLACK * np.abs(today.partner)
    return Earnings(
        by_arc=frozen(arcs.units * money.partner_income[arcs.site]),
        by_site=money.partner_fixed,
        least=frozen(np.where(asked, least, -np.inf)),
    )


def _neighbours(scenario: "Scenario", nodes: Nodes) -> Ints | None:
    """Return the pairs of physical nodes no farther apart than a step: (E, 2)."""
    step, physical = scenario.goals.contiguous_km, np.flatnonzero(nodes.zone >= 0)
    if step is None:
        return None
    pairs = [np.zeros((0, 2), dtype=np.int64)]
    for row, node in enumerate(physical.tolist()):
        later = physical[row + 1 :]
        near = later[zone_km(scenario, int(nodes.zone[node]))[nodes.zone[later]] <= step]
        pairs.append(np.stack([np.full(len(near), node), near], axis=1))
    return frozen(np.concatenate(pairs))


def _present(scenario: "Scenario") -> Bools:
    result = np.zeros(len(scenario.partners), dtype=bool)
    result[scenario.columns.partner_of] = True
    return result

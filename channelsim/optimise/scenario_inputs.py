"""A scenario's rows as the arrays of the layout problem."""

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from channelsim.domain import checks
from channelsim.domain.columns import Bools, Floats, frozen
from channelsim.domain.economics import UnitMoney, unit_money
from channelsim.domain.incentives import lift
from channelsim.domain.measures import own_mask, potential_demand, standard_arcs
from channelsim.optimise.choice_nodes import Nodes, choice_nodes
from channelsim.optimise.demand_nodes import demand_nodes
from channelsim.optimise.layout_inputs import Coverage, LayoutInputs, Limits, Sites
from channelsim.optimise.scenario_rules import opening_rules
from channelsim.optimise.scenario_serving import serving_limits

if TYPE_CHECKING:
    from channelsim.domain.response import Response
    from channelsim.domain.scenario import Scenario


ASSIGNMENT, CHOICE = MODES = ("assignment", "choice")
"""Who decides who buys where: the planner, or consumers by logit."""


def scenario_inputs(scenario: "Scenario", mode: str = ASSIGNMENT) -> tuple[LayoutInputs, Nodes]:
    """Return the arrays of a scenario's layout problem, and the nodes they speak of.

    Raises
    ------
    BadValue
        If a goal says who serves whom, which consumers who choose decide themselves.
    """
    if mode == CHOICE:
        _require_free_choice(scenario)
    sites = _sites(scenario)
    nodes = (choice_nodes if mode == CHOICE else demand_nodes)(scenario, sites.shut)
    limits = _limits(scenario, sites)
    serving = serving_limits(scenario, nodes, sites, limits.supply)
    rules = opening_rules(scenario, nodes.arcs, sites)
    return LayoutInputs(nodes.arcs, sites, replace(limits, rules=rules, serving=serving)), nodes


def asked(goal: float | bool | None) -> bool:
    """Return whether a goal asks for anything, if only for 0 of something."""
    return goal is not None and goal is not False


def _require_free_choice(scenario: "Scenario") -> None:
    for name in ("exclusive_territories", "single_source", "contiguous_km", "max_imbalance"):
        checks.require(
            not asked(getattr(scenario.goals, name)),
            f"goals.{name} says who serves whom, and in choice mode consumers decide that; "
            "drop it, or plan in assignment mode",
        )


def curves(scenario: "Scenario") -> dict[tuple[str, str], "Response"]:
    """Return each partner's response curve by (partner, instrument)."""
    return {(r.partner, r.instrument): r for r in scenario.responses}


def _sites(scenario: "Scenario") -> Sites:
    money, columns, rows = unit_money(scenario), scenario.columns, scenario.candidates
    shut = np.array([c.must_close or not c.eligible for c in rows], dtype=bool)
    shut |= columns.service < (scenario.goals.min_service or 0.0)
    shut |= _thin(scenario, money)
    today = np.array([c.open_today for c in rows], dtype=bool)
    return Sites(
        charge=frozen(money.fixed + money.setup - money.closing),
        capacity=frozen(columns.capacity / (1 + _least_lift(scenario)[columns.partner_of])),
        partner=columns.partner_of,
        kind=columns.type_of,
        must_open=frozen(np.array([c.must_open for c in rows], dtype=bool)),
        shut=frozen(shut),
        setup_once=frozen(np.where(today, 0.0, [c.setup_cost for c in rows])),
        constant=float(money.closing.sum()),
        parts={"fixed": money.fixed, "setup": money.setup, "closing": money.closing},
    )


def _thin(scenario: "Scenario", money: UnitMoney) -> Bools:
    """Return the candidates that leave an independent buyer of goods too little margin: (J,)."""
    least, buy = scenario.goals.min_margin, scenario.columns.wholesale
    if least is None:
        return np.zeros(len(buy), dtype=bool)
    title = ~np.isnan(buy) & ~own_mask(scenario)
    result: Bools = title & (money.price - np.where(title, buy, 0.0) < least * money.price)
    return result


def _limits(scenario: "Scenario", sites: Sites) -> Limits:
    goals, kinds = scenario.goals, scenario.channel_types
    supply = scenario.economics.supply_capacity
    most_lift = float(_least_lift(scenario).max(initial=0.0))
    return Limits(
        coverage=_coverage(scenario, sites),
        budget=goals.budget,
        setup_budget=goals.setup_budget,
        max_open=goals.max_open,
        type_min=np.array([float(k.min_open) for k in kinds]),
        type_max=np.array([np.inf if k.max_open is None else float(k.max_open) for k in kinds]),
        supply=None if supply is None else supply / (1 + most_lift),
        exclusive=goals.exclusive_territories,
        least_spend=_by_partner(scenario, {k: c.min_spend for k, c in curves(scenario).items()}),
        incentive_budget=goals.incentive_budget,
    )


def _coverage(scenario: "Scenario", sites: Sites) -> Coverage | None:
    least = scenario.goals.min_coverage
    if not least:
        return None
    demand, near = potential_demand(scenario), standard_arcs(scenario)
    groups: dict[bytes, int] = {}
    weight: list[float] = []
    pairs: list[tuple[int, int]] = []
    for zone in np.flatnonzero(demand > 0).tolist():
        here = near.candidate[near.zone_start[zone] : near.zone_start[zone + 1]]
        here = here[~sites.shut[here]]
        if not len(here):
            continue
        group = groups.setdefault(here.tobytes(), len(groups))
        if group == len(weight):
            weight.append(0.0)
            pairs.extend((group, site) for site in here.tolist())
        weight[group] += float(demand[zone])
    table = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return Coverage(table[:, 0], table[:, 1], np.array(weight), float(demand.sum()), least)


def _least_lift(scenario: "Scenario") -> Floats:
    """Return the rise of sales that each partner's least spend brings: (P,).

    The layout leaves room for it, so that the least spend never sells more than can be had.
    """
    rises = {k: lift(c, c.min_spend) for k, c in curves(scenario).items() if c.min_spend > 0}
    return _by_partner(scenario, rises)


def _by_partner(scenario: "Scenario", values: dict[tuple[str, str], float]) -> Floats:
    total = np.zeros(len(scenario.partners))
    for (partner, _), value in values.items():
        total[scenario.columns.partner_index[partner]] += value
    return frozen(total)

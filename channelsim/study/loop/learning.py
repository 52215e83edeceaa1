"""How a round's runs correct the plan, in this order, each step with those before it at work.

With w = n^-damping the n-th time that a candidate is seen (Robbins & Monro 1951), and for what the
market has in common the n-th round, x <- x + w (x' - x) for whatever x the runs put at x':

    price_j       revenue_j / units_j over the listed price
    awareness_z   share of people who know the brand, meaned over the weeks
    response      sum of units that the money brought / sum that the plan's curves promised
    attraction_j  d_j with expected units = realised units for every open j, by Berry's (1994)
                  inversion: d <- d + ln(realised / expected)   (Berry, Levinsohn & Pakes 1995)
    capture_j     sum over its nodes n of (expected units of n / assigned units of n) x its part of
                  what was assigned to it; all scaled so that assigned units sum to those expected
    rebate        what rebates, co-op and marketing cost over what the plan counts
    unit_cost     cost to serve that is left, per unit
    conflict, coverage   realised less planned: limits are moved by it

What was never open is taken to be off like the mean of what was open of its type.
"""

from dataclasses import replace

import numpy as np

from channelsim.domain.columns import Bools, Floats, Ints
from channelsim.domain.demand import expected_flows, open_mask
from channelsim.domain.incentives import partner_lift
from channelsim.domain.layout import Layout
from channelsim.domain.measures import lifted, planned
from channelsim.domain.scenario import Scenario
from channelsim.optimise.demand_nodes import full_units
from channelsim.optimise.recommend import Recommendation
from channelsim.study.loop.learnt import Learnt
from channelsim.study.loop.seen import Seen

PASSES = 60
CLOSE = 1e-6
FARTHEST = 10.0
"""Most utils that a candidate is taken to be off."""
LEAST = 1e-3
"""Share of the expected units that counts as nothing sold."""
WIDEST = 5.0
"""Largest factor that is believed."""
TINY = 1e-9


def learn(
    scenario: Scenario,
    before: Learnt,
    plan: Recommendation,
    layout: Layout,
    seen: Seen,
    damping: float,
) -> Learnt:
    """Return what is believed after a round.

    Parameters
    ----------
    scenario
        The scenario that was played.
    before
        What was believed when the plan was made.
    plan
        The solver's plan.
    layout
        The layout that was played.
    damping
        0: what is seen last counts alone; 1: all that was seen counts alike.
    """
    is_open = open_mask(scenario, layout)
    visits = np.zeros(len(is_open), np.int64) if before.visits is None else before.visits
    weight = np.where(is_open, (visits + 1.0) ** -damping, 0.0)
    once = (before.rounds + 1.0) ** -damping
    now = replace(before, visits=visits + is_open, rounds=before.rounds + 1)
    now = replace(
        now,
        price=_moved(scenario, now, before.price, _price_ratio(scenario, seen), weight),
        aware=before.aware + once * (seen.aware - before.aware),
        response=_response(scenario, before, layout, seen, once),
    )
    shift = _inverted(scenario, now, layout, seen, is_open)
    now = replace(now, attraction=_moved(scenario, now, before.attraction, shift, weight))
    capture = _captured(scenario, now, plan)
    now = replace(now, capture=_moved(scenario, now, before.capture, capture, weight))
    return _limits(scenario, _costs(scenario, now, layout, seen, once), layout, seen, once)


def _moved(scenario: Scenario, now: Learnt, old: Floats, new: Floats, weight: Floats) -> Floats:
    """Return values moved towards what was seen (NaN: not seen); those never seen follow their
    type's.
    """
    known = ~np.isnan(new)
    step = np.where(known, weight * (np.where(known, new, 0.0) - old), 0.0)
    moved = old + step
    assert now.visits is not None
    visited = now.visits > 0
    return np.where(visited, moved, _of_type(scenario, moved, visited & known, old))


def _of_type(scenario: Scenario, values: Floats, told: Bools, old: Floats) -> Floats:
    """Return the mean of the values that are told over each candidate's type; of types of which
    none is, the old values.
    """
    kind, count = scenario.columns.type_of, len(scenario.channel_types)
    number = np.bincount(kind[told], minlength=count)
    total = np.bincount(kind[told], values[told], minlength=count)
    mean = total / np.maximum(number, 1)
    return np.where(number[kind] > 0, mean[kind], old)


def _price_ratio(scenario: Scenario, seen: Seen) -> Floats:
    return np.clip(seen.price / scenario.columns.price, 1 / WIDEST, WIDEST)


def _response(
    scenario: Scenario, before: Learnt, layout: Layout, seen: Seen, weight: float
) -> float:
    """Return the factor on responses, in the money that the layout spends."""
    rise = partner_lift(scenario, layout)[scenario.columns.partner_of]
    promised = float((seen.bare_units * rise).sum())
    if promised <= TINY or seen.bare_units is seen.units:
        return before.response
    brought = float((seen.units - seen.bare_units)[rise > 0].sum())
    factor = float(np.clip(brought / promised, 0, WIDEST))
    return before.response + weight * (factor - before.response)


def _inverted(
    scenario: Scenario, now: Learnt, layout: Layout, seen: Seen, is_open: Bools
) -> Floats:
    """Return the utils at which expected units are those realised: (J,), NaN where closed."""
    shift = now.attraction.copy()
    slow = scenario.market.nesting if scenario.market.demand == "nested_logit" else None
    stride = 1 - (slow or 0.0)
    for _ in range(PASSES):
        believed = replace(now, attraction=shift).believed(scenario)
        flows = lifted(believed, layout, expected_flows(believed, layout))
        expected = flows.by_candidate(len(is_open))
        live = is_open & (expected > 0)
        target = np.maximum(seen.units, LEAST * expected)
        step = np.zeros(len(is_open))
        step[live] = stride * np.log(target[live] / expected[live])
        moved = np.clip(shift + step, -FARTHEST, FARTHEST)
        done = np.abs(moved - shift).max(initial=0.0) < CLOSE
        shift = moved
        if done:
            break
    return np.where(is_open, shift, np.nan)


def _captured(scenario: Scenario, now: Learnt, plan: Recommendation) -> Floats:
    """Return the capture at which assigned units are those expected: (J,), NaN where nothing was
    assigned.
    """
    assert plan.flows is not None
    plain = replace(now, capture=np.ones(len(now.capture))).believed(scenario)
    arcs, before = scenario.arcs, full_units(plan.scenario, scenario.arcs)
    served = np.divide(plan.flows.units, before, out=np.zeros_like(before), where=before > 0)
    assigned = (served * full_units(plain, arcs)).sum(axis=1)
    expected = expected_flows(plain, plan.layout).units.sum(axis=1)
    node = _nodes(scenario)
    of_node = np.bincount(node, assigned)
    ratio = np.bincount(node, expected) / np.maximum(of_node, TINY)
    total = np.bincount(arcs.candidate, assigned, minlength=len(now.capture))
    won = np.bincount(arcs.candidate, assigned * ratio[node], minlength=len(now.capture))
    scale = float(expected.sum()) / max(float(won.sum()), TINY)
    capture = np.clip(scale * won / np.maximum(total, TINY), 1 / WIDEST, WIDEST)
    return np.where(total > TINY, capture, np.nan)


def _nodes(scenario: Scenario) -> Ints:
    """Return each arc's node: its zone's shops, or everything online."""
    arcs = scenario.arcs
    online = scenario.columns.online[arcs.candidate]
    return np.where(online, len(scenario.zones), arcs.zone)


def _costs(scenario: Scenario, now: Learnt, layout: Layout, seen: Seen, weight: float) -> Learnt:
    told = planned(now.believed(scenario), layout)
    spend = sum(one.value for one in layout.incentives)
    counted = told.incentives - spend
    if counted > TINY:
        paid = now.rebate * (seen.mean("incentives") - spend) / counted
        factor = float(np.clip(paid, 0, WIDEST))
        now = replace(now, rebate=now.rebate + weight * (factor - now.rebate))
        told = planned(now.believed(scenario), layout)
    missed = (seen.mean("cost") - told.cost) / max(told.units, TINY)
    return replace(now, unit_cost=now.unit_cost + weight * missed)


def _limits(scenario: Scenario, now: Learnt, layout: Layout, seen: Seen, weight: float) -> Learnt:
    told = planned(now.believed(scenario), layout)
    gaps = {name: seen.mean(name) - getattr(told, name) for name in ("conflict", "coverage")}
    return replace(
        now,
        conflict=now.conflict + weight * (gaps["conflict"] - now.conflict),
        coverage=now.coverage + weight * (gaps["coverage"] - now.coverage),
    )

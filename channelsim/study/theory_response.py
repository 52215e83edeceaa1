"""How models of resellers, tariffs, diffusion, response and location are played."""

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np
from scipy.optimize import brentq

from channelsim.domain.columns import Floats
from channelsim.domain.demand import expected_flows, open_mask
from channelsim.domain.measures import planned
from channelsim.domain.scenario import Scenario
from channelsim.errors import NoPlan
from channelsim.optimise.incentives import IncentivePlan, allocate
from channelsim.optimise.recommend import recommend
from channelsim.simulate.rest import rest_point
from channelsim.simulate.run import simulate
from channelsim.study.maximum import peaks
from channelsim.study.terms import Term, TermsChoice, optimise_terms
from channelsim.study.theory_figures import FREE, Quantities

_WHOLESALE = "channel_types.dealer.wholesale_price"
_FEE = "contracts.shop.franchise_fee.rate"
_COMMISSION = "contracts.agent.commission.rate"
_AGENT_FEE = "contracts.agent.franchise_fee.rate"
_QUOTA = "contracts.agent.bonus.attainment_from"
_WEEKS = 52
_QUARTER = 13
_PLENTY = 1e6
"""Budget that binds nobody, money per week."""
_STEP = 1e-4
"""Step, share of a value, in which elasticities are measured."""
_SPENDS = (0.5, 1.0, 1.5)
"""Spends at which a response is read."""
_PARTS = (0.5, 0.75, 1.25, 1.5)
"""Parts of the best spend at which profit is read."""


def resellers(case: Scenario) -> Quantities:
    """Return what competition of resellers in quantities, and in prices, leaves of the chain."""
    bertrand = case.replace({"channel_types.dealer.pricing": "linear_best_response"})
    found: Quantities = {}
    for name, rivals in (("Cournot", case), ("Bertrand", bertrand)):
        chosen = one_price(rivals)
        found |= {
            f"{name}: wholesale": next(iter(chosen.values.values())),
            f"{name}: price": float(chosen.rest.price[0]),
            f"{name}: efficiency": efficiency(rivals, chosen),
        }
    return found


def one_price(case: Scenario) -> TermsChoice:
    """Return the one wholesale price of all goods that their maker chooses."""
    low, high = max(case.economics.unit_cost, FREE), float(case.columns.price.max())
    return optimise_terms(case, [Term(_WHOLESALE, low, high)], starts=1)


def efficiency(case: Scenario, chosen: TermsChoice) -> float:
    """Return the chain's profit over that of one firm that makes and sells all goods."""
    firm = case.partners[0].id
    whole = case.replace(
        {"channel_types.dealer.pricing": "linear_best_response"},
        idle=True,
        candidates=tuple(replace(c, partner=firm) for c in case.candidates),
        partners=case.partners[:1],
    )
    at = max(case.economics.unit_cost, FREE)
    alone = rest_point(whole.replace({_WHOLESALE: at}, idle=True))
    return chosen.rest.channel_profit / alone.channel_profit


def moorthy(case: Scenario) -> Quantities:
    """Return the two-part tariff that a maker chooses, and the fees at which neither loses."""
    apart = one_price(case)
    before, kept = apart.rest.maker_profit[""], float(apart.rest.partner_profit[0])
    held = case.replace({f"candidates.{case.candidates[0].id}.reservation_profit": kept})
    most = apart.rest.channel_profit * 2
    low, high = max(case.economics.unit_cost / 2, FREE), float(case.columns.price.max())
    chosen = optimise_terms(held, [Term(_WHOLESALE, low, high), Term(_FEE, 0.0, most)], starts=1)
    at_best = {_WHOLESALE: chosen.values[_WHOLESALE]}

    def gained(fee: float) -> float:
        tariff = case.replace({**at_best, _FEE: fee}, idle=True)
        return rest_point(tariff).maker_profit[""] - before

    return {
        "wholesale": chosen.values[_WHOLESALE],
        "most fee": chosen.values[_FEE],
        "least fee": float(brentq(gained, 0.0, most)),
        "channel": chosen.rest.channel_profit,
    }


def durables(case: Scenario, seed: int = 0) -> Quantities:
    """Return when half of each product's people have adopted it, and its best quarter's pace."""
    units = simulate(case, case.today, seed=seed).weekly("units", "zone")
    found: Quantities = {}
    for row, product in enumerate(case.candidates):
        people = case.zones[row].population
        pace = units[_QUARTER:, row] - units[:-_QUARTER, row]
        found |= {
            f"{product.id}: years to half": float((units[:, row] < people / 2).sum()) / _WEEKS,
            f"{product.id}: peak": float(pace.max()) * _WEEKS / _QUARTER / 1000,
        }
    return found


def spending(case: Scenario) -> Quantities:
    """Return how money is divided between two dealers, and what more or less of it earns."""
    plan = divided(case)
    one, other = (row.value for row in plan.rows)
    return {"spend of one over the other": one / other} | {
        f"gain at {part:g} of the best spend": gain(case, plan, part) / gain(case, plan, 1.0)
        for part in _PARTS
    }


def divided(case: Scenario, budget: float = _PLENTY) -> IncentivePlan:
    """Return how the planner divides money among those open today."""
    return allocate(case, open_mask(case, case.today), expected_flows(case, case.today), budget)


def gain(case: Scenario, plan: IncentivePlan, part: float) -> float:
    """Return what a part of a plan's money earns beyond its cost, money per week."""
    spend = tuple(replace(row, value=row.value * part) for row in plan.spend)
    with_money = planned(case, case.today.replace(incentives=spend))
    return with_money.profit - planned(case, case.today).profit


def adbudg(case: Scenario) -> Quantities:
    """Return what sells at some spends, and the spend that earns most."""
    plan = divided(case)
    (row,) = plan.spend

    def sold(spend: float) -> float:
        layout = case.today.replace(incentives=(replace(row, value=spend),))
        return planned(case, layout).units

    return {f"units at {spend:g}": sold(spend) for spend in _SPENDS} | {"best spend": row.value}


def dorfman_steiner(case: Scenario) -> Quantities:
    """Return the best price and advertising over sales, and the elasticities there."""

    def priced(price: float) -> Scenario:
        return case.replace({"channel_types.dealer.price": price}, idle=True)

    def earned(at: Floats) -> float:
        here = priced(float(at[0]))
        return planned(here, here.today).profit + divided(here).gain

    cost = case.economics.unit_cost
    best = float(peaks(earned, np.array([cost]), np.array([10 * cost]))[0].at[0])
    (spend,) = divided(priced(best)).spend

    def sold(dearer: float, more: float) -> float:
        here = priced(best * (1 + dearer))
        row = replace(spend, value=spend.value * (1 + more))
        return planned(here, here.today.replace(incentives=(row,))).units

    units = sold(0.0, 0.0)
    by_price = (sold(_STEP, 0.0) - sold(-_STEP, 0.0)) / (2 * _STEP * units)
    by_money = (sold(0.0, _STEP) - sold(0.0, -_STEP)) / (2 * _STEP * units)
    return {
        "price": best,
        "advertising over sales": spend.value / (best * units),
        "ratio of elasticities": -by_money / by_price,
    }


def commission(case: Scenario) -> Quantities:
    """Return the commission and fee that a maker chooses for an agent who minds risk."""
    chosen = optimise_terms(case, [Term(_COMMISSION, 0.0, 1.0), Term(_AGENT_FEE, 0.0, 1.0)])
    return {
        "commission": chosen.values[_COMMISSION],
        "effort": float(chosen.rest.effort[0]),
        "surplus": chosen.rest.maker_profit[""],
    }


def quota_bonus(case: Scenario) -> Quantities:
    """Return the effort of an agent at quotas near and far."""
    return {f"effort at quota {quota}": pushed(case, quota) for quota in range(4)}


def pushed(case: Scenario, quota: float) -> float:
    """Return an agent's effort where its bonus starts at a quota, units."""
    at = case.replace({_QUOTA: max(quota, FREE)}, idle=True)
    return float(rest_point(at).effort[0])


def located(case: Scenario) -> Quantities:
    """Return what the recommended layout costs, and what it sells.

    Raises
    ------
    NoPlan
        If no layout meets all limits.
    """
    found = recommend(case, gap=0.0)
    best = found.planned
    if best is None:
        raise NoPlan(found.summary(), found.status)
    return {"cost": best.fixed + best.logistics, "units": best.units}


PLAYED: Mapping[str, Callable[[Scenario], Quantities]] = {
    "resellers": resellers,
    "moorthy": moorthy,
    "bass_durables": durables,
    "spending": spending,
    "adbudg": adbudg,
    "dorfman_steiner": dorfman_steiner,
    "commission": commission,
    "quota_bonus": quota_bonus,
    "p_median": located,
    "covering": located,
    "csplib_034": located,
}
"""How a scenario of these is played, by its name."""

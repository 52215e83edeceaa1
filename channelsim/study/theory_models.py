"""How each of the literature's models is played: quantities by name, all from the engines."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

import numpy as np
from scipy.optimize import brentq

from channelsim.domain.columns import Floats
from channelsim.domain.demand import expected_flows
from channelsim.domain.layout import Layout
from channelsim.domain.market import Distance
from channelsim.domain.scenario import Scenario
from channelsim.simulate.rest import RestPoint, rest_point
from channelsim.simulate.run import simulate
from channelsim.study import theory_inventory, theory_orders, theory_response
from channelsim.study.maximum import Peak, climb, peaks
from channelsim.study.terms import ORDERS, Term, TermsChoice, optimise_terms
from channelsim.study.theory_chains import spengler_tiers
from channelsim.study.theory_figures import FREE, Quantities

_WEEKS = 52
_CLOSE = 1e-4
"""To what a threshold is found."""
_DEGREES = (0.05, 0.97)
"""Degrees to which goods replace one another, between which thresholds are sought."""
_ROAD = 30.0
"""Road between two towns, km."""
_ALONG = (0.1, _ROAD - 0.1)
"""Between which places trade is sought to part, km from a town: the whole road but its ends."""
_WHOLESALE = "channel_types.dealer.wholesale_price"
_AROUND = 0.25
"""Share of what it may be in which a discount, and the web price with it, are sought."""
_FEW = 40
"""Rounds after which a retailer who does not come to rest is left."""
_DEAREST = 10.0
"""Highest wholesale price, over cost, where demand has no price at which nobody buys."""


def integrated(case: Scenario, *goods: str) -> Scenario:
    """Return a case in which goods, all by default, are sold by a firm that also makes them.

    It buys at cost and prices by its partner's rule; its profit is the partner's.
    """
    at = max(case.economics.unit_cost, FREE)
    names = goods or tuple(c.id for c in case.candidates)
    return _set(case, {f"candidates.{name}.wholesale_price": at for name in names})


def led(
    case: Scenario, order: str = "maker_leads", goods: Sequence[str] | None = None
) -> TermsChoice:
    """Return the wholesale prices, of all goods by default, that makers choose.

    They may be anything from cost to the price at which nobody buys.
    """
    low, high = max(case.economics.unit_cost, FREE), _choke(case)
    terms = [
        Term(f"candidates.{c.id}.wholesale_price", low, high, c.maker)
        for c in case.candidates
        if goods is None or c.id in goods
    ]
    return optimise_terms(case, terms, order=order, starts=1)


def spengler(case: Scenario) -> Quantities:
    """Return double marginalisation under the three orders of moves."""
    whole = rest_point(integrated(case))
    found = {"integrated price": whole.price[0], "integrated profit": whole.channel_profit}
    for order in ORDERS:
        chosen = led(case, order)
        found |= _as_told(chosen, order)
        found[f"{order}: efficiency"] = chosen.rest.channel_profit / whole.channel_profit
    return found


def spengler_isoelastic(case: Scenario) -> Quantities:
    """Return the chain's profit over the integrated firm's at three elasticities."""
    return {f"efficiency at e = {e:g}": efficiency(_steep(case, e)) for e in (2.0, 3.0, 5.0)}


def mcguire_staelin(case: Scenario) -> Quantities:
    """Return the substitutabilities at which selling through dealers begins to pay."""
    return {
        "chains earn more apart above": _root(lambda at: chain_gap(case, at), *_DEGREES),
        "makers earn more apart above": _root(lambda at: maker_gap(case, at), *_DEGREES),
        "both apart is Nash above": _root(lambda at: integration_loss(case, at), *_DEGREES),
    }


def choi(case: Scenario) -> Quantities:
    """Return two makers and their common retailer under the three orders of moves."""
    found: Quantities = {}
    for order in ORDERS:
        found |= _as_told(led(case, order), order)
    return found


def choi_exclusive(case: Scenario) -> Quantities:
    """Return two makers and a retailer each."""
    return _as_told(led(case), "maker_leads")


def chiang(case: Scenario) -> Quantities:
    """Return what a web shop at the wholesale price makes of a retailer, and the maker's choice."""
    rest, best = rest_point(case), threat(case)
    web, discount = best.at.tolist()
    return {
        "price": float(rest.price[0]),
        "units": float(rest.units[0]),
        "retailer": float(rest.partner_profit[0]),
        "maker": best.value,
        "web and wholesale price": web * (1 - discount),
    }


def threat(case: Scenario) -> Peak:
    """Return the maker's best web price and discount on it, share, that its retailer pays less.

    The retailer may pay no more than consumers do on the web, where it would buy otherwise (Chiang
    et al. 2003). Peaks without a discount are climbed with one.
    """

    def earned(at: Floats) -> float:
        rest = offered(case, float(at[0]), float(at[1]))
        return rest.maker_profit[""] if rest.at_rest and rest.units[0] > 0 else 0.0

    def undiscounted(at: Floats) -> float:
        return earned(np.append(at, 0.0))

    low, high = np.array([0.05, 0.0]), np.array([0.95, 0.95])
    line = peaks(undiscounted, low[:1], high[:1])[0]
    found = climb(earned, low, high, np.append(line.at, 0.0), _AROUND)
    return max(found, Peak(np.append(line.at, 0.0), line.value), key=lambda peak: peak.value)


def offered(case: Scenario, web: float, discount: float) -> RestPoint:
    """Return what a retailer answers to a web price and its discount on it.

    Its answers begin where it sells, and the web too if it can: where it sells nothing, it does not
    see that it could.
    """
    wholesale = web * (1 - discount)
    shop, online = (worth.appeal for worth in case.appeals)
    low, high = (web * shop / online, web + shop - online) if web < online else (wholesale, shop)
    asked = {_WHOLESALE: wholesale, "channel_types.web.price": web}
    return rest_point(_set(case, asked), start=np.array([(low + high) / 2, web]), rounds=_FEW)


def jeuland_shugan(case: Scenario) -> Quantities:
    """Return what both sides earn under a quantity discount."""
    rest = rest_point(case)
    return {
        "units": float(rest.units[0]),
        "maker": rest.maker_profit[""],
        "retailer": float(rest.partner_profit[0]),
        "channel": rest.channel_profit,
    }


def diversion(case: Scenario) -> Quantities:
    """Return the maker's profit where reselling between regions costs 0, 1 or 2 a unit."""
    at_costs = ((cost, rest_point(proof(case, cost))) for cost in (0.0, 1.0, 2.0))
    return {f"maker at reselling cost {cost:g}": rest.maker_profit[""] for cost, rest in at_costs}


def proof(case: Scenario, cost: float) -> Scenario:
    """Return a case at the best two wholesale prices that lie no more than a reselling cost apart.

    No dealer gains by diverting then. Where the best of all lie farther apart, the limit binds.
    """
    free = led(case)
    rich, poor = free.values.values()
    if rich - poor <= cost:
        return free.scenario

    def earned(at: Floats) -> float:
        return rest_point(_priced(case, float(at[0]), cost)).maker_profit[""]

    top = _choke(case)
    best = peaks(earned, np.array([FREE]), np.array([top]))[0]
    return _priced(case, float(best.at[0]), cost)


def huff(case: Scenario) -> Quantities:
    """Return shares of a town's trips, and where two centres part the road between them."""
    shares = patronage(case, case.today)
    mild = patronage(_set(case, {"segments.all.distance_sensitivity": 1.0}), case.today)
    sized = case.replace({"candidates.far.doors": 90_000, "candidates.middle.doors": 10_000})
    return {
        "share of far": shares[0],
        "share of middle": shares[1],
        "share of near": shares[2],
        "share of far at lambda = 1": mild[0],
        "breakpoint on 30 km": _root(lambda km: parted(sized, km, _ROAD), *_ALONG),
    }


def patronage(case: Scenario, layout: Layout) -> list[float]:
    """Return each centre's share of the town's trips."""
    units = expected_flows(case, layout).by_candidate(len(case.candidates))
    return [float(sold) / float(units.sum()) for sold in units]


def parted(case: Scenario, km: float, road: float) -> float:
    """Return by how much the far centre draws more from a town on the road to the middle one."""
    ends = {"far": km, "middle": road - km}
    moved = case.replace(
        distances=tuple(Distance(d.from_zone, d.to_zone, ends.get(d.to_zone, d.km)) for d in
                        case.distances)
    )  # fmt: skip
    far, middle, *_ = patronage(moved, Layout.of(["far", "middle"]))
    return far - middle


def hotelling(case: Scenario) -> Quantities:
    """Return prices and profits at the ends of a line."""
    found = _posted(rest_point(case))
    curved = _posted(rest_point(case.replace({"market.travel": "quadratic"})))
    return found | {f"{name} at quadratic cost": value for name, value in curved.items()}


def posted(case: Scenario) -> Quantities:
    """Return what firms that buy at cost ask and earn."""
    return _posted(rest_point(case))


def logit_monopoly(case: Scenario) -> Quantities:
    """Return a firm's price, and what a maker before it makes of it."""
    alone = rest_point(case)
    chosen = led(case)
    return {
        **_posted(alone),
        "wholesale of a maker before it": next(iter(chosen.values.values())),
        "its price then": float(chosen.rest.price[0]),
        "efficiency then": chosen.rest.channel_profit / alone.channel_profit,
    }


def bass(case: Scenario, seed: int = 0) -> Quantities:
    """Return the share of people who have adopted after five and ten years."""
    people = sum(zone.population for zone in case.zones)
    units = simulate(case, case.today, seed=seed).weekly("units")[:, 0]
    return {f"adopted by year {y}": float(units[y * _WEEKS - 1]) / people for y in (5, 10)}


def bullwhip(case: Scenario, seed: int = 0) -> Quantities:
    """Return how much more a dealer's orders vary than its sales, its first year left out."""
    (value,) = theory_orders.amplified(case, seed).values()
    return {"variance of orders over sales": value}


PLAYED: Mapping[str, Callable[[Scenario], Quantities]] = {
    "spengler": spengler,
    "spengler_tiers": spengler_tiers,
    "spengler_isoelastic": spengler_isoelastic,
    **theory_response.PLAYED,
    "mcguire_staelin": mcguire_staelin,
    "choi": choi,
    "choi_exclusive": choi_exclusive,
    "chiang": chiang,
    "jeuland_shugan": jeuland_shugan,
    "diversion": diversion,
    "bullwhip": bullwhip,
    "bass": bass,
    "huff": huff,
    "hotelling": hotelling,
    "salop": posted,
    "logit_monopoly": logit_monopoly,
    "logit_duopoly": posted,
    **theory_inventory.PLAYED,
    **theory_orders.PLAYED,
}
"""How a scenario of the literature is played, by its name."""


def _posted(rest: RestPoint) -> Quantities:
    return {
        "price": float(rest.price[0]),
        "units": float(rest.units[0]),
        "profit": float(rest.partner_profit[0]),
    }


def _as_told(chosen: TermsChoice, order: str) -> Quantities:
    """Return the first good's figures under an order of moves."""
    rest = chosen.rest
    found = {
        "wholesale": next(iter(chosen.values.values())),
        "price": float(rest.price[0]),
        "units": float(rest.units[0]),
        "maker": next(iter(rest.maker_profit.values())),
        "retailer": float(rest.partner_profit[0]),
    }
    return {f"{order}: {name}": value for name, value in found.items()}


def _priced(case: Scenario, poor: float, cost: float) -> Scenario:
    """Return a case with wholesale prices a reselling cost apart."""
    rich, cheap = case.candidates
    return _set(
        case,
        {
            f"candidates.{rich.id}.wholesale_price": poor + cost,
            f"candidates.{cheap.id}.wholesale_price": poor,
        },
    )


def _set(case: Scenario, values: Mapping[str, float]) -> Scenario:
    """Return a case with values at paths, whether or not they stand there already."""
    return case.changed({path: partial(_same, value) for path, value in values.items()}, idle=True)


def _same(value: float, _: object) -> float:
    return value


def _choke(case: Scenario) -> float:
    """Return the price of all goods at which nobody buys; where somebody always does, ten times
    cost.
    """
    if case.market.demand != "linear":
        return _DEAREST * case.economics.unit_cost
    others = (len(case.candidates) - 1) * (case.market.cross_price or 0.0)
    return case.appeals[0].appeal / (case.segments[0].price_sensitivity - others)


def _steep(case: Scenario, elasticity: float) -> Scenario:
    return _set(case, {"segments.all.price_sensitivity": elasticity})


def efficiency(case: Scenario) -> float:
    """Return the chain's profit over the integrated firm's."""
    return led(case).rest.channel_profit / rest_point(integrated(case)).channel_profit


def _root(gap: Callable[[float], float], low: float, high: float) -> float:
    return float(brentq(gap, low, high, xtol=_CLOSE))


def substitutes(case: Scenario, theta: float) -> Scenario:
    """Return a case in which goods replace one another to a degree, 0 to 1."""
    slope = case.segments[0].price_sensitivity
    return _set(case, {"market.cross_price": theta * slope})


def chain_gap(case: Scenario, theta: float) -> float:
    """Return by how much two chains earn more through dealers than integrated."""
    here = substitutes(case, theta)
    return led(here).rest.channel_profit - rest_point(integrated(here)).channel_profit


def maker_gap(case: Scenario, theta: float) -> float:
    """Return by how much a maker earns more where both sell through dealers than integrated."""
    here = substitutes(case, theta)
    direct = float(rest_point(integrated(here)).partner_profit[0])
    return led(here).rest.maker_profit["one"] - direct


def integration_loss(case: Scenario, theta: float) -> float:
    """Return what a maker loses by integrating while the other sells through a dealer."""
    here = substitutes(case, theta)
    mixed = led(integrated(here, "good0"), goods=["good1"]).rest
    return led(here).rest.maker_profit["one"] - float(mixed.partner_profit[0])

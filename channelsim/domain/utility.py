"""What candidates and rivals are worth to consumers, in utils, and who considers buying.

Utility of candidate j for segment s of zone n, price p_j in money and distance km_nj:

    V_nsj = appeal_ts + attraction_j - b_s f(p_j) - g_s h(km_nj) + w_s service_j

with f(p) = p and h(km) = km; appeal_ts holds what the product's attributes are worth to s
(`domain.attribute`). Where the market's demand is a product of powers, f and h are
logarithms, so that exp(V) = p^-b km^-g ... (mci; isoelastic in price alone; huff in distance alone,
without price), and the attraction forms add doors_exponent x ln(doors_j).

The outside option of zone n is worth R_n, its rival strength and its rivals' strengths; rival
outlets r with a price of their own stand beside it in the choice set:

    R_ns = ln(exp(R_n) + sum_r exp(V_nsr)).
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np

from channelsim.domain.columns import Bools, Floats, Ints, frozen
from channelsim.domain.distances import nearby
from channelsim.domain.reach import Reach

if TYPE_CHECKING:
    from channelsim.domain.market import Rival
    from channelsim.domain.scenario import Scenario

_LOG_PRICE = ("mci", "isoelastic")
_NO_PRICE = ("huff", "exogenous")
_ATTRACTION = ("huff", "mci")


def utility(scenario: "Scenario", arcs: Reach, price: Floats, lift: Floats | None = None) -> Floats:
    """Return V - R for every arc and segment: (A, S) utils relative to the outside option.

    Parameters
    ----------
    price
        (J,) consumer price, money per unit.
    lift
        (J,) utils added by effort, goodwill and the like; none by default.
    """
    columns = scenario.columns
    at = arcs.candidate
    segments = scenario.segments
    own = columns.appeal[columns.type_of] + columns.attraction[:, None]
    own = own - np.outer(price_term(scenario, price), [s.price_sensitivity for s in segments])
    own = own + np.outer(columns.service, [s.service_weight for s in segments])
    if scenario.market.demand in _ATTRACTION:
        own = own + _size(scenario, (c.doors for c in scenario.candidates))[:, None]
    if lift is not None:
        own = own + lift[:, None]
    km = _distance_term(scenario, arcs.km, columns.online[at])
    far = np.outer(km, [s.distance_sensitivity for s in segments])
    value: Floats = own[at] - far - scenario.outside[arcs.zone]
    return value


def price_term(scenario: "Scenario", price: Floats) -> Floats:
    """Return f(p): the price, its logarithm, or 0 where demand does not ask the price."""
    form = scenario.market.demand
    if form in _NO_PRICE:
        return np.zeros_like(price)
    return np.log(price) if form in _LOG_PRICE else price


def price_marginal(scenario: "Scenario", price: Floats) -> Floats:
    """Return f'(p), per unit of money."""
    form = scenario.market.demand
    if form in _NO_PRICE:
        return np.zeros_like(price)
    return 1 / price if form in _LOG_PRICE else np.ones_like(price)


def occasions(scenario: "Scenario") -> Floats:
    """Return occasions of an average week by people aware at the start: (Z, S)."""
    columns = scenario.columns
    result: Floats = columns.people * columns.purchase_rate * columns.awareness[:, None]
    return result


def outside_option(scenario: "Scenario", rival_price: Floats | None = None) -> Floats:
    """Return R, what rivals and not buying are worth: (Z, S) utils, read-only.

    Parameters
    ----------
    rival_price
        Prices of the rivals that have one, in their order, money per unit; their own by default.
    """
    shape = (len(scenario.zones), len(scenario.segments))
    fixed: Floats = np.broadcast_to(scenario.columns.outside[:, None], shape)
    outlets = [rival for rival in scenario.rivals if rival.price is not None]
    if not outlets:
        return fixed
    total = fixed.copy()
    if rival_price is None:
        rival_price = np.array([rival.price for rival in outlets], dtype=np.float64)
    zone, row, km = _rival_arcs(scenario, outlets)
    value = _rival_value(scenario, outlets, rival_price)[row]
    np.logaddexp.at(total, zone, value - _rival_far(scenario, km))
    return frozen(total)


def _rival_arcs(scenario: "Scenario", outlets: list["Rival"]) -> tuple[Ints, Ints, Floats]:
    """Return zone rows, rival rows and the distance term of the zones that rivals reach."""
    index = scenario.columns.zone_index
    parts = []
    for row, rival in enumerate(outlets):
        zone, km = np.arange(len(index)), np.zeros(len(index))
        if rival.zone:
            reach = np.array([np.inf if rival.reach_km is None else rival.reach_km])
            zone, _, km = nearby(scenario, np.array([index[rival.zone]]), reach)
        online = np.full(len(zone), not rival.zone)
        parts.append((zone, np.full(len(zone), row), _distance_term(scenario, km, online)))
    zones, rows, kms = (np.concatenate(part) for part in zip(*parts, strict=True))
    return zones, rows, kms


def _rival_value(scenario: "Scenario", outlets: list["Rival"], asked: Floats) -> Floats:
    """Return what rival outlets are worth next door: (R, S) utils."""
    segments = scenario.segments
    price = price_term(scenario, asked)
    appeal = np.array([rival.appeal for rival in outlets])
    value: Floats = appeal[:, None] - np.outer(price, [s.price_sensitivity for s in segments])
    service = [rival.service for rival in outlets]
    value = value + np.outer(service, [s.service_weight for s in segments])
    if scenario.market.demand in _ATTRACTION:
        value = value + _size(scenario, (rival.doors for rival in outlets))[:, None]
    return value


def _rival_far(scenario: "Scenario", km: Floats) -> Floats:
    far: Floats = np.outer(km, [s.distance_sensitivity for s in scenario.segments])
    return far


def _distance_term(scenario: "Scenario", km: Floats, online: Bools) -> Floats:
    """Return h(km); what is online is at no distance."""
    if scenario.market.demand not in _ATTRACTION:
        return km
    nearest = scenario.market.nearest_km
    least = 1.0 if nearest is None else nearest
    return np.where(online, 0.0, np.log(np.maximum(km, least)))


def _size(scenario: "Scenario", doors: Iterable[int]) -> Floats:
    power = scenario.market.doors_exponent
    size: Floats = np.log(np.array(list(doors), dtype=np.float64))
    return size if power is None else power * size

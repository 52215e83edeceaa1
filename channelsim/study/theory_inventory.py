"""How the literature's models of stock under contracts are played, all by the engines.

Units and money are in millions: people are a million times the paper's, so that single consumers'
chance does not show.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np
from scipy.optimize import bisect, brentq

from channelsim.domain.columns import Floats
from channelsim.domain.contract import Contract
from channelsim.domain.demand import expected_flows
from channelsim.domain.layout import Layout
from channelsim.domain.scenario import Scenario
from channelsim.simulate.run import simulate
from channelsim.simulate.season import SeasonPoint, season_point
from channelsim.study.maximum import peaks
from channelsim.study.theory_figures import Quantities

_MILLION = 1e6
_CLOSE = 1e-6
"""To what a target is found, share of demand."""


def whole(case: Scenario) -> Scenario:
    """Return a case in which the newsvendor also makes what it sells, under no contract."""
    return priced(case, case.economics.unit_cost).replace(contracts=())


def priced(case: Scenario, wholesale: float) -> Scenario:
    """Return a case at another wholesale price; what is left over fetches the same money."""
    kinds = [
        replace(k, wholesale_price=wholesale, salvage=_fetched(k.salvage, k.wholesale_price,
                                                              wholesale))
        for k in case.channel_types
    ]  # fmt: skip
    return case.replace(channel_types=tuple(kinds))


def wholesale_alone(case: Scenario) -> Quantities:
    """Return what a maker who only sets a wholesale price makes of a newsvendor."""
    one, best = season_point(whole(case)), wholesale_of(case)
    apart = season_point(priced(case, best))
    return {
        "integrated order": float(one.stock[0]) / _MILLION,
        "integrated profit": one.channel_profit / _MILLION,
        "wholesale": best,
        **_told(apart),
        "efficiency": apart.channel_profit / one.channel_profit,
    }


def wholesale_of(case: Scenario) -> float:
    """Return the wholesale price from which the maker expects most."""
    low, high = case.economics.unit_cost, case.channel_types[0].price

    def earned(at: Floats) -> float:
        return season_point(priced(case, float(at[0]))).maker_profit

    edge = 1e-3 * (high - low)
    return float(peaks(earned, np.array([low + edge]), np.array([high - edge]))[0].at[0])


def revenue_sharing(case: Scenario) -> Quantities:
    """Return what a shared revenue coordinates, and a year's profit over that under buy-back."""
    runs = (simulate(each, each.today, record=("partner",)) for each in (case, bought_back(case)))
    shared, returned = (float(run.weekly("profit", "partner")[:, 0].sum()) for run in runs)
    return {**_told(season_point(case)), "a year over buy-back's": shared / returned}


def bought_back(case: Scenario) -> Scenario:
    """Return the buy-back that gives the retailer its part of what a revenue share gives it.

    Where the maker takes a share of revenue, it pays that share of the price for what is left
    over, and asks as much more for every unit.
    """
    (term,) = case.contracts
    kind = case.channel_types[0]
    back = term.rate * kind.price
    asked = back + (kind.wholesale_price or 0.0)
    contract = Contract("buy_back", back / asked, partner=term.partner)
    return priced(case, asked).replace(contracts=(contract,))


def buy_back(case: Scenario) -> Quantities:
    """Return what a buy-back makes a newsvendor order, and its part of the profit."""
    found = season_point(case)
    return {**_told(found), "retailer's share": _share(found)}


def newsvendor(case: Scenario) -> Quantities:
    """Return an order, and what not knowing demand costs."""
    found = season_point(case)
    kind = case.channel_types[0]
    margin = kind.price - (kind.wholesale_price or 0.0)
    known = margin * float(found.asked.mean())
    return {
        "order": float(found.stock[0]) / _MILLION,
        "cost of not knowing": (known - float(found.partner_profit[0])) / _MILLION,
    }


def target_rebate(case: Scenario) -> Quantities:
    """Return what a rebate above a target coordinates, and the targets by which both win."""
    low, high = win_win(case)
    linear = season_point(targeted(case, 0.0))
    return {
        **_told(season_point(case)),
        "both win from a target of": low / _MILLION,
        "both win up to": high / _MILLION,
        "retailer without a target": float(linear.partner_profit[0]) / _MILLION,
    }


def targeted(case: Scenario, units: float) -> Scenario:
    """Return a case whose rebate begins above other units a week."""
    (rebate,) = case.contracts
    quota = case.policy.quota_growth * float(expected_flows(case, case.today).units.sum())
    return case.replace(contracts=(replace(rebate, attainment_from=units / quota),))


def win_win(case: Scenario) -> tuple[float, float]:
    """Return between what targets both earn more than without a rebate, units a week.

    Above the second the retailer orders as without one: its other local optimum is then better.
    """
    plain, full = season_point(case.replace(contracts=())), season_point(targeted(case, 0.0))
    most, least = float(full.stock[0]), float(plain.stock[0])

    def falls_back(units: float) -> float:
        order = float(season_point(targeted(case, units)).stock[0])
        return 1.0 if order < (most + least) / 2 else -1.0

    def gain(units: float) -> float:
        return season_point(targeted(case, units)).maker_profit - plain.maker_profit

    close = _CLOSE * most
    high = float(bisect(falls_back, least, most, xtol=close))
    return float(brentq(gain, least, high - 2 * close, xtol=close)), high


def pooling(case: Scenario) -> Quantities:
    """Return the safety stock of one outlet for all sites over that of an outlet each."""
    return {f"pooled safety stock of {len(case.zones)} sites": pooled(case)}


def pooled(case: Scenario) -> float:
    """Return the safety stock of the outlet that serves all zones over that of the others."""
    online = [c.id for c in case.candidates if not c.zone]
    together = _safety(case, Layout.of(online))
    return together / _safety(case, Layout.of([c.id for c in case.candidates if c.zone]))


def turning(case: Scenario, seed: int = 0) -> Quantities:
    """Return how often stock turns over times the weeks that a unit lies there."""
    run = simulate(case, case.today, seed=seed, record=("total",))
    turnover = float(run.weekly("inventory_turnover")[-1, 0])
    stock, units = (run.weekly(name)[:, 0] for name in ("stock", "units"))
    return {"turnover x weeks in stock": turnover * weeks_in_stock(stock, units)}


def weeks_in_stock(stock: Floats, sold: Floats) -> float:
    """Return the mean weeks that units sold (W,) had been there, the first in sold first.

    Parameters
    ----------
    stock
        (W,) units left at the end of each week.
    """
    came = np.cumsum(np.diff(stock, prepend=0.0) + sold)
    went, total, done, at = np.cumsum(sold), 0.0, 0.0, 0
    for week, until in enumerate(went):
        while done < until:
            upto = min(float(came[at]), float(until))
            total += (upto - done) * (week - at)
            done = upto
            at += done >= came[at] and at < week
    return float(total / went[-1])


def _safety(case: Scenario, layout: Layout) -> float:
    """Return what outlets of a layout order for a season beyond what is expected, units."""
    run = simulate(case, layout, weeks=2, record=("total",))
    expected = float(expected_flows(case, layout).units.sum())
    return float(run.weekly("orders")[1, 0]) - expected


def _told(found: SeasonPoint) -> Quantities:
    return {
        "order": float(found.stock[0]) / _MILLION,
        "maker": found.maker_profit / _MILLION,
        "retailer": float(found.partner_profit[0]) / _MILLION,
    }


def _share(found: SeasonPoint) -> float:
    return float(found.partner_profit[0]) / found.channel_profit


def _fetched(salvage: float | None, old: float | None, new: float) -> float:
    return (salvage or 0.0) * (old or 0.0) / new


PLAYED: Mapping[str, Callable[[Scenario], Quantities]] = {
    "lariviere_porteus": wholesale_alone,
    "cachon_lariviere": revenue_sharing,
    "pasternack": buy_back,
    "pasternack_normal": buy_back,
    "newsvendor": newsvendor,
    "taylor": target_rebate,
    "eppen": pooling,
    "little": turning,
}
"""How a scenario of this part of the literature is played, by its name."""

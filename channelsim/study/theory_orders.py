"""How the literature's models of orders that vary more than sales are played, all by runs."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from channelsim.domain.columns import Floats
from channelsim.domain.scenario import Scenario
from channelsim.simulate.channel import Channel
from channelsim.simulate.run import simulate
from channelsim.study.theory_figures import Quantities

WARM_UP = 52
"""Weeks left out, in which forecasts forget where they started."""


def amplified(case: Scenario, seed: int = 0) -> dict[str, float]:
    """Return the variance of orders over that of sales by partner, its outlets together."""
    ordered, sold = flows(case, seed)
    of = np.array(case.columns.partner_of)
    return {
        partner.id: ratio(ordered[WARM_UP:, of == at], sold[WARM_UP:, of == at])
        for at, partner in enumerate(case.partners)
    }


def flows(case: Scenario, seed: int = 0) -> tuple[Floats, Floats]:
    """Return what outlets order and sell: (W, J) units each."""
    run = simulate(case, case.today, seed=seed, record=("outlet",))
    return run.weekly("orders", "outlet"), run.weekly("units", "outlet")


def ratio(ordered: Floats, sold: Floats) -> float:
    """Return the variance of some flows (W, N) over that of others."""
    return float(ordered.var(axis=0).sum() / sold.var(axis=0).sum())


def by_dealer(case: Scenario) -> Quantities:
    """Return by how much the orders of each dealer vary more than its sales."""
    found = amplified(case)
    leads = {row.partner: row.lead_time for row in case.candidates}
    return {f"{_named(case, name)}, L {leads[name] + 1}": value for name, value in found.items()}


def correlated(case: Scenario) -> Quantities:
    """Return the same, and a third case of a higher correlation and a longer lead."""
    found = by_dealer(case)
    return found | by_dealer(persistent(case, 0.7, 2))


def persistent(case: Scenario, rho: float, lead: int) -> Scenario:
    """Return the first dealer of a case under another correlation, known to it, and lead."""
    first = case.partners[0].id
    return case.replace(
        market=replace(case.market, swing_memory=rho),
        partners=(replace(case.partners[0], forecast_rho=rho),),
        candidates=tuple(replace(c, lead_time=lead) for c in case.candidates if c.partner == first),
    )


def two_stages(case: Scenario) -> Quantities:
    """Return by how much warehouses' orders vary more than sales, told of sell-out and not."""
    return {"decentralised": upstream(case), "centralised": upstream(shared(case))}


def shared(case: Scenario) -> Scenario:
    """Return a case whose partners share sell-out."""
    return case.replace({"policy.information": "sell_out"})


def upstream(case: Scenario, seed: int = 0) -> float:
    """Return the variance of what warehouses order over that of sales."""
    channel = Channel(case, case.today, seed=seed, record=())
    weeks = list(_weeks(channel, case.horizon_weeks))
    ordered, sold = (np.array(each[WARM_UP:]) for each in zip(*weeks, strict=True))
    return ratio(ordered, sold)


def what_sharing_is_worth(case: Scenario) -> Quantities:
    """Return what a maker told of sell-out does not foresee of orders, what it foresees better than
    one that looks at the newest order, and what one that looks at all orders does not foresee.

    The first two are variances over that of what is new in a week's demand.
    """
    told = {name: foreseen(each) for name, each in informed(case).items()}
    shared, newest, every = (told[name] for name in ("sell-out", "newest order", "all orders"))
    missed = float(((shared.came - shared.expected) ** 2).mean())
    better = float(((shared.expected - newest.expected) ** 2).mean())
    return {
        "not foreseen": missed / shared.news,
        "foreseen by sell-out alone": better / shared.news,
        "not foreseen from all orders": float(((every.came - every.expected) ** 2).mean()) / missed,
    }


def informed(case: Scenario) -> dict[str, Scenario]:
    """Return a case whose maker is told of sell-out, and those in which it is told of orders."""
    policy = replace(case.policy, information="orders", information_lag=0)
    supply = replace(case.supply, forecast_echo=0.0)
    return {
        "sell-out": case,
        "newest order": case.replace(policy=policy, supply=supply),
        "all orders": case.replace(policy=policy),
    }


class Foreseen(NamedTuple):
    """What a maker expected of the weeks that production must cover, and what came."""

    expected: Floats
    """(W,) units."""
    came: Floats
    """(W,) units."""
    news: float
    """Variance of what is new in a week's demand, units squared."""


def foreseen(case: Scenario, seed: int = 0) -> Foreseen:
    """Return a maker's forecasts of orders, week by week, beside the orders."""
    channel = Channel(case, case.today, seed=seed, record=())
    played = []
    for _ in range(case.horizon_weeks):
        channel.step()
        outlets = channel.outlets
        played.append((channel.plant.level, outlets.ordered.sum(), outlets.sold.sum()))
    expected, ordered, sold = np.array(played[WARM_UP:], dtype=np.float64).T
    cover, rho = case.supply.production_weeks + 1, case.market.swing_memory
    came = np.convolve(ordered, np.ones(cover), "valid")
    news = sold[1:] - rho * sold[:-1]
    return Foreseen(cover * expected[: len(came)], came, float(news.var()))


def _weeks(channel: Channel, weeks: int) -> Iterator[tuple[Floats, Floats]]:
    for _ in range(weeks):
        channel.step()
        if channel.sites is not None:
            yield channel.sites.ordered.astype(np.float64), channel.outlets.sold.astype(np.float64)


def _named(case: Scenario, name: str) -> str:
    firm = case.partners[case.columns.partner_index[name]]
    told = {
        "moving_average": f"p {firm.forecast_window}",
        "exponential_smoothing": f"weight {firm.forecast_weight:g}",
        "ar1": f"rho {case.market.swing_memory:g}",
    }
    return told[firm.forecasting]


PLAYED: Mapping[str, Callable[[Scenario], Quantities]] = {
    "chen": by_dealer,
    "chen_correlated": by_dealer,
    "chen_smoothing": by_dealer,
    "lee_padmanabhan_whang": correlated,
    "chen_stages": two_stages,
    "lee_so_tang": what_sharing_is_worth,
}
"""How a scenario of this part of the literature is played, by its name."""

"""The literature's models of orders that vary more than sales, as scenarios."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from channelsim.domain.channel import Candidate
from channelsim.domain.market import Zone
from channelsim.domain.partner import Partner
from channelsim.domain.scenario import Scenario
from channelsim.domain.site import Site
from channelsim.domain.supply import Supply
from scenarios.builder.seasons import season

MEAN, SWING = 100.0, 0.1
TOWNS = 24
"""Towns where each dealer has an outlet: their chances are independent, and they average out."""
WEEKS = 6 * 52
LONG = 15 * 52
"""Weeks of a run of one town."""


class Dealer(NamedTuple):
    """How a dealer orders."""

    lead: int
    """Weeks from order to delivery; its L is one more, the week between orders."""
    forecasting: str = "moving_average"
    window: int = 4
    weight: float = 0.2
    rho: float | None = None


def models() -> Iterator[tuple[Scenario, str]]:
    """Yield every model and the comment that heads its settings."""
    told = f"no safety stock, {TOWNS} towns with an outlet of each dealer"
    yield (
        dealers(
            [Dealer(0), Dealer(1), Dealer(3, window=6)],
            name="chen",
            title="Orders by moving average",
        ),
        "T15 Chen, Drezner, Ryan & Simchi-Levi (2000): L = lead + 1 of 1, 2, 4 and moving averages "
        f"of 4, 4, 6 weeks, {told}",
    )
    yield (
        dealers(
            [Dealer(2, window=10)],
            memory=0.5,
            name="chen_correlated",
            title="Orders by moving average of correlated sales",
        ),
        f"T15 Chen et al. (2000): L 3, a moving average of 10 weeks, correlation 0.5, {told}",
    )
    yield (
        dealers(
            [Dealer(0, "exponential_smoothing", weight=0.2),
             Dealer(1, "exponential_smoothing", weight=0.4),
             Dealer(3, "exponential_smoothing", weight=0.1)],
            name="chen_smoothing",
            title="Orders by exponential smoothing",
        ),
        "T15 Chen, Ryan & Simchi-Levi (2000): L 1, 2, 4, exponential smoothing by 0.2, 0.4, 0.1, "
        f"{told}",
    )  # fmt: skip
    yield (
        dealers(
            [Dealer(0, "ar1", rho=0.5), Dealer(1, "ar1", rho=0.5)],
            memory=0.5,
            name="lee_padmanabhan_whang",
            title="Orders by the best forecast of correlated sales",
        ),
        "T15 Lee, Padmanabhan & Whang (1997): AR(1) sales, rho 0.5, K = lead + 1 of 1 and 2, "
        f"{told}",
    )
    yield (
        stages(1, 1, 4),
        "T15 Chen et al. (2000): two stages of L 2, moving averages of 4 weeks; decentralised, or "
        f"centralised by sharing sell-out, {told}",
    )
    yield (
        information(1, 2, 0.5),
        "T16 Lee, So & Tang (2000): AR(1) sales, rho 0.5, partner's lead 1 and maker's lead 2; the "
        "maker is told of sell-out and knows how it comes back in orders",
    )


def dealers(
    rows: Sequence[Dealer],
    *,
    memory: float = 0.0,
    swing: float = SWING,
    towns: int = TOWNS,
    name: str,
    title: str,
) -> Scenario:
    """Return dealers who order up to what they forecast, with an outlet in each of many towns.

    Every outlet has towns of its own, and so much on display that it never runs out.
    """
    case = season(
        10.0,
        4.0,
        6.0,
        mean=MEAN,
        deviation=swing * MEAN,
        law="normal",
        name=name,
        title=title,
    )
    (town,), (kind,) = case.zones, case.channel_types
    keeps = replace(
        kind,
        ordering="",
        forecasting="",
        season_weeks=None,
        salvage=None,
        reach_km=1.0,
        reserve_units=6e6 * MEAN,
    )
    places = [(dealer, at) for dealer in range(len(rows)) for at in range(towns)]
    return case.replace(
        market=replace(case.market, swing_memory=memory),
        zones=tuple(_town(town, *place) for place in places),
        channel_types=(keeps,),
        partners=tuple(_firm(row, at) for at, row in enumerate(rows)),
        candidates=tuple(
            Candidate(
                f"outlet{dealer}_{at}", f"dealer{dealer}", "dealer", f"town{dealer}_{at}",
                open_today=True, lead_time=rows[dealer].lead,
            )
            for dealer, at in places
        ),
        horizon_weeks=WEEKS,
    )  # fmt: skip


def stages(first: int, second: int, window: int) -> Scenario:
    """Return dealers whose outlets each order from a warehouse of their own.

    Parameters
    ----------
    first, second
        Weeks of lead of the outlet and of the warehouse.
    window
        Weeks of both moving averages.
    """
    case = dealers([Dealer(first, window=window)], name="chen_stages", title="Orders of two stages")
    return case.replace(
        sites=tuple(
            Site(
                f"site{at}", f"Warehouse {at}", lead_time=second, stock_weeks=0.0,
                reserve_units=12e6 * MEAN, forecasting="moving_average", forecast_window=window,
            )
            for at in range(len(case.candidates))
        ),
        candidates=tuple(replace(c, site=f"site{at}") for at, c in enumerate(case.candidates)),
    )  # fmt: skip


def information(partner_lead: int, maker_lead: int, rho: float) -> Scenario:
    """Return a dealer and a maker who both know that demand is AR(1), and makes to stock.

    What the maker is told of demand it knows when orders tell of it too: a week later.
    """
    case = dealers(
        [Dealer(partner_lead, "ar1", rho=rho)],
        memory=rho,
        towns=1,
        name="lee_so_tang",
        title="What sharing sell-out is worth",
    )
    cover = partner_lead + 1
    supply = Supply(
        production="to_stock",
        production_weeks=maker_lead,
        safety_weeks=9.0,
        forecasting="ar1",
        forecast_rho=rho,
        forecast_echo=rho * (1 - rho**cover) / (1 - rho),
    )
    shared = replace(case.policy, information="sell_out", information_lag=1)
    return case.replace(supply=supply, policy=shared, horizon_weeks=LONG)


def _firm(row: Dealer, at: int) -> Partner:
    return Partner(
        f"dealer{at}",
        f"Dealer {at}",
        forecasting=row.forecasting,
        forecast_window=row.window,
        forecast_weight=row.weight,
        forecast_rho=row.rho,
        resources_weeks=99.0,
    )


def _town(town: Zone, dealer: int, at: int) -> Zone:
    """Return a town out of the others' reach."""
    name = f"Town {dealer} {at}"
    place = {"latitude": 10.0 + at, "longitude": 100.0 + dealer}
    return replace(town, id=f"town{dealer}_{at}", name=name, **place)

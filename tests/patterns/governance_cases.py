"""Small markets and paired runs for the patterns of governance, diversion and conflict."""

from dataclasses import replace

import numpy as np

from channelsim.domain.channel import Appeal, Candidate, ChannelType
from channelsim.domain.contract import Contract
from channelsim.domain.layout import Layout
from channelsim.domain.market import Distance, Market, Season, Segment, Zone
from channelsim.domain.partner import Partner
from channelsim.domain.policy import Economics, Policy
from channelsim.domain.scenario import Scenario
from channelsim.simulate.run import simulate
from tests.patterns.contrast import REPLICATIONS


def two_towns(**policy) -> Scenario:
    """Return two towns 150 km apart, each with a dealer who pays 268 and sells about 70 a week:
    the worked example of ASSUMPTIONS 8.2. At quota a year's rebate goes from 1% to 3%: 19,500 on
    purchases of 976,000.
    """
    return Scenario(
        name="two towns",
        zones=(Zone("west", "West", 30.0, 120.0, 7_000), Zone("east", "East", 30.0, 121.0, 7_000)),
        segments=(
            Segment(
                "all", "All", 1.0, purchase_rate=0.02, price_sensitivity=0.01,
                distance_sensitivity=0.02,
            ),
        ),
        channel_types=(
            ChannelType(
                "dealer", "Dealer", price=330.0, wholesale_price=268.0, price_setter="partner",
                reach_km=20.0, stock_weeks=3.0, pricing="list",
            ),
        ),
        appeals=(Appeal("dealer", "all", 3.3),),
        partners=(
            Partner("wang", "Wang", diversion="none"),
            Partner("li", "Li", diversion="none"),
        ),
        candidates=(
            Candidate("wang-west", "wang", "dealer", "west", open_today=True),
            Candidate("li-east", "li", "dealer", "east", open_today=True),
        ),
        economics=Economics(unit_cost=180.0),
        contracts=(
            Contract("rebate", 0.01, channel_type="dealer", period="year", base="purchases"),
            Contract(
                "rebate", 0.03, channel_type="dealer", period="year", attainment_from=1.0,
                base="purchases",
            ),
        ),
        distances=(Distance("west", "east", 150.0),),
        market=Market(freight_per_km=3.4 / 150),
        policy=Policy(**{"quota_growth": 1.05, "exit_trust": 0.0, "exit_weeks": 999, **policy}),
        horizon_weeks=52,
    )  # fmt: skip


def pushing(case: Scenario) -> Scenario:
    """Return the case with Wang ready to dump for the quota."""
    return case.replace({"partners.wang.diversion": "quota_dumping"})


def with_gap(case: Scenario, wholesale: float) -> Scenario:
    """Return the case with Wang ready for arbitrage against Li, who pays `wholesale`, and with
    shelves that a season leaves full.
    """
    seasons = tuple(Season(week, 1.4 if week <= 26 else 0.6) for week in range(1, 53))
    return case.replace(
        seasons=seasons,
        partners=tuple(
            replace(p, diversion="arbitrage" if p.id == "wang" else "none") for p in case.partners
        ),
        candidates=tuple(
            replace(c, wholesale_price=wholesale if c.partner == "li" else 230.0)
            for c in case.candidates
        ),
    )


def realised(case: Scenario, measure: str, layout: Layout | None = None, **options) -> np.ndarray:
    """Return the mean over weeks of a measure, one figure a replication."""
    return np.array(
        [
            simulate(
                case, layout or case.today, replication=r, record=("total", "partner"), **options
            )
            .weekly(measure)
            .mean()
            for r in range(REPLICATIONS)
        ]
    )

"""Named small instances that every test knows by heart.

`tiny`: a road A -10 km- B and a road C -10 km- D, 100 km apart. At equal prices an outlet next door
has weight 1 (share 1/2 alone), one 10 km away weight 1/2 (share 1/3 alone), the web shop 1/4
(share 1/5 alone). Occasions a week: A 1000, B 500, C 800, D 200.
"""

import math

from channelsim.domain.channel import Appeal, Candidate, ChannelType
from channelsim.domain.contract import Contract
from channelsim.domain.market import Distance, Market, Segment, Zone
from channelsim.domain.partner import Partner
from channelsim.domain.policy import Economics, Goals, Policy
from channelsim.domain.response import Response
from channelsim.domain.scenario import Assumption, Scenario


def tiny() -> Scenario:
    """Return 4 zones, 5 candidates, 3 partners: every figure can be worked out by hand."""
    return Scenario(
        name="tiny",
        title="Tiny 小例",
        zones=(
            Zone("a", "甲城", 30.0, 120.0, 10_000, name_en="Alpha"),
            Zone("b", "乙城", 30.0, 120.1, 5_000, name_en="Beta"),
            Zone("c", "丙城", 31.0, 121.0, 8_000, name_en="Gamma"),
            Zone("d", "丁城", 31.0, 121.1, 2_000, name_en="Delta"),
        ),
        segments=(
            Segment(
                "everyone",
                "大众",
                share=1.0,
                purchase_rate=0.1,
                price_sensitivity=0.01,
                distance_sensitivity=math.log(2) / 10,
                name_en="Everyone",
                inertia=0.5,
                aversion=-1.0,
                online_preference=0.2,
            ),
        ),
        channel_types=(
            ChannelType(
                "dealer",
                "经销商",
                price=100.0,
                name_en="Dealer",
                wholesale_price=70.0,
                price_setter="partner",
                reach_km=30.0,
                service=0.5,
                governance_rate=0.01,
                selling_cost_rate=0.1,
                stock_weeks=2.0,
            ),
            ChannelType(
                "flagship",
                "旗舰店",
                price=100.0,
                name_en="Flagship",
                reach_km=30.0,
                service=0.5,
                fee_rate=0.01,
            ),
            ChannelType(
                "web",
                "官方商城",
                price=90.0,
                name_en="Web shop",
                online=True,
                service=0.5,
                fee_rate=0.2,
                fulfilment_cost=10.0,
            ),
        ),
        appeals=(
            Appeal("dealer", "everyone", 1.0),
            Appeal("flagship", "everyone", 1.0),
            Appeal("web", "everyone", 0.9 - math.log(4)),
        ),
        partners=(
            Partner("maker", "本公司", name_en="Maker", own=True, capability=0.8, effort="none"),
            Partner("north", "北方商贸", name_en="North", capability=0.7, reputation=0.8),
            Partner("south", "南方商贸", name_en="South", capability=0.5, reputation=0.6),
        ),
        candidates=(
            Candidate(
                "flagship-a",
                "maker",
                "flagship",
                "a",
                capacity=300,
                maker_fixed_cost=2_000,
                setup_cost=15_600,
                supply_cost=1.0,
            ),
            Candidate(
                "north-a",
                "north",
                "dealer",
                "a",
                capacity=600,
                maker_fixed_cost=100,
                partner_fixed_cost=500,
                setup_cost=3_120,
                reservation_profit=400,
                supply_cost=1.0,
                open_today=True,
            ),
            Candidate(
                "south-c",
                "south",
                "dealer",
                "c",
                capacity=600,
                maker_fixed_cost=100,
                partner_fixed_cost=500,
                setup_cost=3_120,
                reservation_profit=400,
                supply_cost=2.0,
            ),
            Candidate(
                "north-d",
                "north",
                "dealer",
                "d",
                capacity=200,
                maker_fixed_cost=100,
                partner_fixed_cost=500,
                setup_cost=3_120,
                reservation_profit=400,
                supply_cost=2.0,
            ),
            Candidate(
                "web",
                "maker",
                "web",
                maker_fixed_cost=500,
                setup_cost=7_800,
                supply_cost=0.0,
                open_today=True,
            ),
        ),
        economics=Economics(unit_cost=40.0),
        contracts=(
            Contract("rebate", 0.02, channel_type="dealer", period="quarter", base="purchases"),
            Contract(
                "rebate",
                0.05,
                channel_type="dealer",
                period="quarter",
                attainment_from=1.0,
                base="purchases",
            ),
        ),
        responses=(
            Response("north", "training", "log", lift=0.1, scale=100.0),
            Response("south", "training", "log", lift=0.1, scale=100.0),
        ),
        distances=(
            Distance("a", "b", 10.0),
            Distance("c", "d", 10.0),
            Distance("a", "c", 100.0),
            Distance("a", "d", 110.0),
            Distance("b", "c", 110.0),
            Distance("b", "d", 120.0),
        ),
        market=Market(service_standard_km=10.0),
        policy=Policy(),
        goals=Goals(min_coverage=0.9, incentive_budget=500.0),
        assumptions=(
            Assumption(
                "segments.everyone.price_sensitivity",
                0.01,
                0.008,
                0.012,
                "utils per CNY",
                "made up",
                "L",
            ),
        ),
        horizon_weeks=26,
    )

"""Channel types of the U.S. scenario: terms, appeal, size and cost of an operation, in USD."""

from dataclasses import dataclass

from channelsim.domain.channel import Appeal, ChannelType
from channelsim.domain.contract import Contract
from scenarios.builder.places import Place

UNIT_COST = 28.0
SEGMENTS = ("value", "mainstream", "premium")


@dataclass(frozen=True)
class Format:
    """A physical channel type with the size and cost of its operation in a county."""

    kind: ChannelType
    people_a_door: float
    units_a_door: float
    """Capacity, units per week."""
    sales_a_thousand: float
    """Units per week and thousand people with every type open: the scale of responses."""
    reserve_rate: float
    weekly: float
    """The maker's fixed cost: so much a week ..."""
    weekly_a_thousand: float
    """... and so much for a thousand people."""
    setup: float
    setup_a_thousand: float

    def doors(self, county: Place) -> int:
        """Return the number of stores in a county."""
        return max(1, round(county.population / self.people_a_door))


def _store(
    id: str,
    name: str,
    price: float,
    wholesale: float,
    reach: float,
    service: float,
    selling: float,
    after_sales: float,
) -> ChannelType:
    return ChannelType(
        id,
        name,
        price,
        name,
        wholesale_price=wholesale,
        price_setter="partner",
        reach_km=reach,
        service=service,
        governance_rate=0.003,
        selling_cost_rate=selling,
        after_sales_capacity=after_sales,
    )


FORMATS = (
    Format(
        _store("mass_merchant", "Mass merchant", 57, 43.0, 40, 0.60, 0.18, 0.6),
        *(70_000, 15, 0.041, 0.06, 5, 0.06, 300, 1.5),
    ),
    Format(
        _store("warehouse_club", "Warehouse club", 52, 44.5, 60, 0.50, 0.08, 0.6),
        *(500_000, 30, 0.012, 0.04, 10, 0.02, 1000, 0.8),
    ),
    Format(
        _store("chain", "Appliance and electronics chain", 59, 44.0, 50, 0.70, 0.20, 0.3),
        *(300_000, 15, 0.009, 0.06, 8, 0.02, 800, 0.6),
    ),
    Format(
        _store("department", "Department store", 56, 38.5, 50, 0.75, 0.28, 0.25),
        *(200_000, 10, 0.011, 0.06, 8, 0.02, 800, 0.6),
    ),
    Format(
        _store(
            "distributor", "Distributor and independent dealers", 60, 40.5, 40, 0.65, 0.22, 0.08
        ),
        *(50_000, 4, 0.007, 0.08, 6, 0.015, 500, 0.4),
    ),
)

ONLINE = (
    ChannelType(
        "platform_retail",
        "Sold by the platform (1P)",
        55,
        "Sold by the platform (1P)",
        wholesale_price=43.0,
        price_setter="partner",
        online=True,
        service=0.60,
        selling_cost_rate=0.22,
    ),
    ChannelType(
        "platform",
        "Own shop on the platform (3P)",
        57,
        "Own shop on the platform (3P)",
        online=True,
        service=0.55,
        fee_rate=0.25,
        fulfilment_cost=11.5,
    ),
    ChannelType(
        "retail_sites",
        "Retailers' own sites",
        56,
        "Retailers' own sites",
        wholesale_price=43.0,
        price_setter="partner",
        online=True,
        service=0.60,
        selling_cost_rate=0.20,
    ),
    ChannelType(
        "own_online",
        "Own site",
        60,
        "Own site",
        online=True,
        service=0.65,
        fee_rate=0.23,
        fulfilment_cost=10.5,
    ),
)

_APPEALS = {
    "mass_merchant": (3.15, 2.15, 0.05),
    "warehouse_club": (1.20, 0.60, -0.80),
    "chain": (1.30, 0.65, -0.65),
    "department": (1.40, 0.65, -0.80),
    "distributor": (1.30, 0.60, -0.95),
    "platform_retail": (2.95, 2.05, 0.25),
    "platform": (1.55, 0.60, -1.20),
    "retail_sites": (1.85, 0.95, -0.85),
    "own_online": (0.60, 0.05, -1.05),
}
APPEALS = tuple(
    Appeal(kind, segment, value)
    for kind, row in _APPEALS.items()
    for segment, value in zip(SEGMENTS, row, strict=True)
)

_REBATE_AND_COOP = {
    "mass_merchant": (0.03, 0.03),
    "warehouse_club": (0.03, 0.0),
    "chain": (0.03, 0.03),
    "department": (0.05, 0.03),
    "distributor": (0.02, 0.03),
    "platform_retail": (0.03, 0.10),
    "retail_sites": (0.06, 0.03),
}
CONTRACTS = tuple(
    Contract(instrument, rate, channel_type=kind, period=period, base="purchases", payment_lag=lag)
    for kind, rates in _REBATE_AND_COOP.items()
    for instrument, rate, period, lag in (
        ("rebate", rates[0], "quarter", 8),
        ("coop", rates[1], "week", 0),
    )
    if rate > 0
)

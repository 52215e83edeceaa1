"""Channel types of the Chinese scenarios: terms, appeal, size and cost of an operation."""

from dataclasses import dataclass, replace

from channelsim.domain.channel import Appeal, ChannelType
from channelsim.domain.contract import Contract
from scenarios.builder.places import TIERS, Place

UNIT_COST = 180.0
SEGMENTS = ("value", "mainstream", "premium")


@dataclass(frozen=True)
class Line:
    """A sum of money that grows with the city: base + rate x thousands of people + rate x doors."""

    base: float = 0.0
    per_thousand: float = 0.0
    per_door: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)

    def at(self, city: Place, doors: int) -> float:
        """Return the sum for a city."""
        a_door = self.per_door[TIERS.index(city.tier)]
        return round(self.base + self.per_thousand * city.thousands + a_door * doors, 2)


def each(value: float) -> tuple[float, float, float, float]:
    """Return the same rate in every tier."""
    return (value, value, value, value)


@dataclass(frozen=True)
class Format:
    """A physical channel type with the size and cost of its operation in a city."""

    kind: ChannelType
    people_a_door: float
    units_a_door: float
    """Capacity, units per week."""
    sales_a_thousand: float
    """Units per week and thousand people that today's operations sell: the scale of responses."""
    maker: Line = Line()
    partner: Line = Line()
    reserve: Line = Line()
    setup: Line = Line()
    reserve_rate: float = 0.0

    def doors(self, city: Place) -> int:
        """Return the number of stores or doors in a city."""
        return max(1, round(city.population / self.people_a_door))


def _kind(id: str, name: str, name_en: str, price: float, **terms: object) -> ChannelType:
    return ChannelType(id, name, price, name_en, **terms)  # type: ignore[arg-type]


FORMATS = (
    Format(
        _kind(
            "flagship",
            "品牌旗舰店",
            "Own flagship",
            389,
            reach_km=80,
            service=0.90,
            fee_rate=0.016,
            governance_rate=0.002,
            after_sales_capacity=2.8,
        ),
        people_a_door=4e6,
        units_a_door=60,
        sales_a_thousand=0.0092,
        maker=Line(per_door=(8200, 4950, 3050, 1800)),
        setup=Line(per_door=(90_000, 75_000, 60_000, 45_000)),
    ),
    Format(
        _kind(
            "distributor",
            "市级经销商",
            "City distributor",
            369,
            wholesale_price=268,
            price_setter="partner",
            reach_km=60,
            service=0.60,
            governance_rate=0.006,
            selling_cost_rate=0.155,
            stock_weeks=3,
            review_weeks=2,
            territorial=True,
            after_sales_capacity=0.28,
            relationship="boycott",
            loading="forward_buying",
        ),
        people_a_door=80_000,
        units_a_door=10,
        sales_a_thousand=0.034,
        maker=Line(60, 0.034),
        partner=Line(450, 0.45),
        reserve=Line(350, 0.40),
        setup=Line(4000, 1.2),
    ),
    Format(
        _kind(
            "agent",
            "代理商",
            "Agent",
            379,
            reach_km=60,
            service=0.55,
            fee_rate=0.0,
            governance_rate=0.006,
            selling_cost_rate=0.12,
            after_sales_capacity=0.4,
        ),
        people_a_door=400_000,
        units_a_door=12,
        sales_a_thousand=0.011,
        partner=Line(100, 0.10),
        reserve=Line(100, 0.13),
        setup=Line(2500, 0.4),
    ),
    Format(
        _kind(
            "franchise",
            "加盟专卖店",
            "Franchise store",
            385,
            wholesale_price=272,
            price_setter="partner",
            reach_km=60,
            service=0.75,
            governance_rate=0.008,
            selling_cost_rate=0.03,
            stock_weeks=3,
            review_weeks=2,
            after_sales_capacity=2.8,
        ),
        people_a_door=2e6,
        units_a_door=60,
        sales_a_thousand=0.016,
        maker=Line(per_door=each(60)),
        partner=Line(per_door=(2250, 1550, 1030, 720)),
        reserve=Line(per_door=(600, 800, 650, 520)),
        setup=Line(per_door=each(6000)),
    ),
    Format(
        _kind(
            "chain",
            "家电连锁与商超",
            "Appliance chain or supermarket",
            365,
            wholesale_price=279,
            price_setter="partner",
            reach_km=50,
            service=0.65,
            governance_rate=0.004,
            selling_cost_rate=0.195,
            stock_weeks=4,
            after_sales_capacity=0.45,
        ),
        people_a_door=200_000,
        units_a_door=15,
        sales_a_thousand=0.028,
        maker=Line(per_door=each(24)),
        reserve_rate=0.08,
        setup=Line(6000, per_door=each(1200)),
    ),
    Format(
        _kind(
            "department",
            "百货联营专柜",
            "Department store counter",
            399,
            reach_km=50,
            service=0.80,
            governance_rate=0.003,
            after_sales_capacity=1.15,
        ),
        people_a_door=2.5e6,
        units_a_door=35,
        sales_a_thousand=0.0062,
        maker=Line(per_door=(1090, 920, 800, 640)),
        setup=Line(per_door=each(7000)),
    ),
)

ONLINE = (
    _kind(
        "platform",
        "平台旗舰店",
        "Platform shop",
        345,
        online=True,
        service=0.60,
        fee_rate=0.166,
        fulfilment_cost=16,
    ),
    _kind(
        "own_online",
        "官方商城",
        "Own online shop",
        355,
        online=True,
        service=0.65,
        fee_rate=0.186,
        fulfilment_cost=18,
    ),
    _kind(
        "live_stream",
        "直播带货",
        "Live-stream",
        319,
        price_setter="partner",
        online=True,
        service=0.40,
        fee_rate=0.07,
        fulfilment_cost=22,
    ),
)

_APPEALS = {
    "flagship": (0.80, 0.45, -0.70),
    "distributor": (2.60, 1.85, -0.20),
    "agent": (1.50, 0.75, -1.25),
    "franchise": (1.70, 1.20, -0.60),
    "chain": (2.25, 1.55, -0.30),
    "department": (0.30, 0.25, -0.90),
    "platform": (2.75, 2.05, 0.15),
    "own_online": (0.80, 0.35, -1.00),
    "live_stream": (1.80, 0.90, -1.10),
}
APPEALS = tuple(
    Appeal(kind, segment, value)
    for kind, row in _APPEALS.items()
    for segment, value in zip(SEGMENTS, row, strict=True)
)


def _step(rate: float, attainment: float) -> Contract:
    return Contract(
        "rebate",
        rate,
        channel_type="distributor",
        period="year",
        attainment_from=attainment,
        base="purchases",
        payment_lag=4,
    )


def _bought(
    instrument: str, rate: float, kind: str, period: str = "week", lag: int = 0
) -> Contract:
    return Contract(
        instrument, rate, channel_type=kind, period=period, base="purchases", payment_lag=lag
    )


def _sold(instrument: str, rate: float, kind: str) -> Contract:
    return Contract(instrument, rate, channel_type=kind)


CONTRACTS = (
    _step(0.01, 0.0),
    _step(0.03, 1.0),
    _step(0.04, 1.15),
    _bought("coop", 0.015, "distributor"),
    _sold("commission", 0.22, "agent"),
    _sold("marketing", 0.01, "agent"),
    _bought("rebate", 0.02, "franchise", "year", 4),
    _bought("coop", 0.015, "franchise"),
    _sold("royalty", 0.03, "franchise"),
    _bought("rebate", 0.08, "chain", "quarter", 9),
    _bought("coop", 0.02, "chain"),
    _sold("commission", 0.22, "department"),
    _sold("commission", 0.04, "platform"),
    _sold("commission", 0.20, "live_stream"),
)


def formats(distributor_reach: float) -> dict[str, Format]:
    """Return the physical formats by type id, with the distributors' reach in km."""
    known = {row.kind.id: row for row in FORMATS}
    first = known["distributor"]
    known["distributor"] = replace(first, kind=replace(first.kind, reach_km=distributor_reach))
    return known

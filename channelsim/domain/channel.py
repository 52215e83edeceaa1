"""Channel types and candidates."""

from dataclasses import dataclass

from channelsim.domain import checks
from channelsim.domain.rules import check_rules

PRICE_SETTERS = ("maker", "partner")
_SHARES = (
    *("service", "fee_rate", "governance_rate", "selling_cost_rate", "salvage"),
    *("free_riding", "match_gap", "usual_critical_ratio"),
)
_COSTS = (
    "maker_fixed_cost",
    "partner_fixed_cost",
    "setup_cost",
    "closing_cost",
    "reservation_profit",
    "supply_cost",
)


@dataclass(frozen=True)
class ChannelType:
    """A format of channel: direct, flagship, distributor, agent, franchise, chain, platform ..."""

    id: str
    """Short unique name."""
    name: str
    """Name shown to people."""
    price: float
    """Price the consumer pays, money per unit, tax included."""
    name_en: str = ""
    """English name."""
    wholesale_price: float | None = None
    """Price the partner pays the maker, money per unit; empty where it does not take title."""
    online: bool = False
    """Online channels reach every zone and never count towards coverage."""
    price_setter: str = "maker"
    """Who sets the consumer price: maker or partner."""
    reach_km: float | None = None
    """Farthest road distance consumers come from; empty: everywhere."""
    service: float = 0.5
    """Base service, 0 to 1."""
    free_riding: float = 0.0
    """Part of the best service that shops in a zone show, above its own, that it profits from, 0 to
    1: customers try there and buy here; 0 where its models are its own. Today's is in its appeal,
    and plans know of no other."""
    fee_rate: float = 0.0
    """Share of the price paid to third parties: platform, payment, traffic."""
    fulfilment_cost: float = 0.0
    """Parcel and returns, money per unit, borne by the maker."""
    delivery_cost_per_km: float = 0.0
    """Delivery from outlet to zone, money per unit and km, borne by the maker."""
    governance_rate: float = 0.0
    """Audits, training and administration, share of the price, borne by the maker."""
    selling_cost_rate: float = 0.0
    """The partner's own selling cost, share of the price."""
    stock_weeks: float = 3.0
    """Weeks of sales the partner holds as safety stock."""
    reserve_units: float = 0.0
    """Units an outlet holds on top of what its ordering rule aims at, whatever it forecasts: goods
    on display."""
    order_returns: bool = False
    """Whether an outlet with more on hand and on order than it aims at sends the rest back at the
    price it paid, instead of waiting until it is sold."""
    season_weeks: int | None = None
    """Weeks of a selling season, after which what is left is sold off at `salvage`; empty: goods
    keep."""
    review_weeks: int = 1
    """Weeks between two orders of a partner."""
    vendor_managed: bool = False
    """Whether the maker replenishes its partners' stock every week, up to what sales call for:
    they order nothing themselves, ahead of need or beyond it."""
    min_open: int = 0
    """Fewest operations of this type that a plan may open."""
    max_open: int | None = None
    """Most operations of this type that a plan may open; empty: no limit."""
    territorial: bool = False
    """Whether a partner that is the only one of this type in a zone holds the zone exclusively."""
    usual_income: float | None = None
    """What a partner usually earns on a unit before fixed cost, money per unit: it exerts effort 1
    for it, more for more; empty: what the scenario's own prices and terms give."""
    usual_critical_ratio: float | None = None
    """Share of what a unit too few and a unit too many would cost that is the unit too few, at
    which `stock_weeks` is held: more for more; empty: that of the scenario's own prices, nothing
    shared or bought back."""
    after_sales_capacity: float | None = None
    """After-sales requests handled per week and door; empty: unlimited."""
    exclusive_model: bool = False
    """Whether it sells a model made for it alone: nobody compares its prices with those of other
    types, and under nested_logit it is a nest of its own."""
    brand_fit: float = 0.0
    """Utils that the brand's goodwill in a zone gains in the long run where all is sold through it,
    for being seen in its company; negative: it loses."""
    pricing: str = ""
    """Pricing rule of partners that name none: list, cost_plus, map_bound, logit_best_response,
    linear_best_response, cournot, match or undercut; empty: list."""
    match_lag: int = 1
    """Weeks after which partners that match or undercut answer a rival's price; 0: the same."""
    match_gap: float = 0.0
    """Gap below its list price from which they answer, share: a smaller one is left alone."""
    pass_through: float = 0.0
    """Share of a change in cost that list prices follow, 0 to 1."""
    reference_cost: float | None = None
    """Cost at which the price was listed, money per unit: wholesale less rebate where the partner
    buys the goods, else freight, fulfilment, fees and commission; empty: the cost at the start."""
    effort: str = ""
    """Effort rule of partners that name none: best_response, none, aligned_best_response or
    quota_driven; empty: best_response."""
    diversion: str = ""
    """Diversion rule of partners that name none: arbitrage, none or quota_dumping; empty:
    arbitrage."""
    relationship: str = ""
    """What partners that name no rule do about a grievance: exit or boycott; empty: exit."""
    loading: str = ""
    """What partners that name no rule buy ahead of need before a quota period ends: none or
    forward_buying; empty: none."""
    forecasting: str = ""
    """Forecasting rule of partners that name none: exponential_smoothing, moving_average, ar1 or
    known (what is expected at the start); empty: exponential_smoothing."""
    ordering: str = ""
    """Ordering rule of partners that name none: order_up_to, base_stock, s_S, R_S or newsvendor;
    empty: order_up_to."""
    base_stock: float | None = None
    """Fixed level of base_stock ordering, units an outlet; empty: what the expected sales need."""
    lot_weeks: float = 4.0
    """Weeks of sales between the two levels of s_S ordering."""
    service_level: float = 0.95
    """Chance of no stock-out until the next delivery that R_S ordering aims at."""
    salvage: float | None = None
    """What a unit left over is worth to newsvendor ordering, and fetches at the end of a season,
    share of its cost; empty: it keeps its worth, less the cost of holding it."""

    def __post_init__(self) -> None:
        checks.filled(self)
        checks.identifier("id", self.id)
        check_rules(self)
        checks.whole("match_lag", self.match_lag, 0)
        checks.at_least("reserve_units", self.reserve_units, 0)
        checks.flag("order_returns", self.order_returns)
        checks.whole("season_weeks", self.season_weeks, 1, "leave it empty for goods that keep")
        checks.require(
            self.season_weeks is None or self.salvage is not None,
            "salvage is empty; write what goods left at the end of season_weeks fetch",
        )
        checks.share("pass_through", self.pass_through)
        checks.at_least("reference_cost", self.reference_cost, 0)
        checks.positive("price", self.price)
        checks.within("brand_fit", self.brand_fit, -10, 10, "write utils")
        checks.positive("wholesale_price", self.wholesale_price, "leave it empty for no title")
        checks.one_of("price_setter", self.price_setter, PRICE_SETTERS)
        checks.positive("reach_km", self.reach_km, "leave it empty for everywhere")
        checks.positive("usual_income", self.usual_income, "leave it empty for the terms' own")
        checks.positive(
            "after_sales_capacity", self.after_sales_capacity, "leave it empty for unlimited"
        )
        for name in _SHARES:
            checks.share(name, getattr(self, name))
        checks.within("service_level", self.service_level, 0.01, 0.999)
        checks.at_least("base_stock", self.base_stock, 0, "leave it empty for the expected sales'")
        for name in ("fulfilment_cost", "delivery_cost_per_km", "stock_weeks", "lot_weeks"):
            checks.at_least(name, getattr(self, name), 0)
        checks.money(self, "price", "wholesale_price", "usual_income")
        checks.money(self, "fulfilment_cost", "delivery_cost_per_km")
        for name in ("online", "territorial", "exclusive_model", "vendor_managed"):
            checks.flag(name, getattr(self, name))
        checks.whole("review_weeks", self.review_weeks, 1)
        checks.whole("min_open", self.min_open, 0)
        checks.whole("max_open", self.max_open, 0, "leave it empty for no limit")
        checks.require(
            (high := self.max_open) is None or self.min_open <= high,
            f"min_open must be <= max_open, got {self.min_open} and {high}; lower min_open",
        )

    @property
    def takes_title(self) -> bool:
        """Whether the partner buys the goods."""
        return self.wholesale_price is not None


@dataclass(frozen=True)
class Appeal:
    """What a segment thinks of a channel type before price, distance and service."""

    channel_type: str
    """Channel type id."""
    segment: str
    """Segment id."""
    appeal: float
    """Utils; the outside option is 0."""

    def __post_init__(self) -> None:
        checks.filled(self)
        checks.utils("appeal", self.appeal)


@dataclass(frozen=True)
class Candidate:
    """An option to open: one partner's whole operation of one channel type in one zone."""

    id: str
    """Short unique name."""
    partner: str
    """Partner id."""
    channel_type: str
    """Channel type id."""
    zone: str = ""
    """Zone id; empty for an online operation."""
    name: str = ""
    """Name shown to people; empty: the id."""
    doors: int = 1
    """Stores or doors of the operation."""
    capacity: float | None = None
    """Units per week it can sell; empty: unlimited."""
    maker_fixed_cost: float = 0.0
    """Fixed cost borne by the maker, money per week."""
    partner_fixed_cost: float = 0.0
    """Fixed cost borne by the partner, money per week."""
    setup_cost: float = 0.0
    """One-off cost of opening borne by the maker, money."""
    closing_cost: float = 0.0
    """One-off compensation for closing what is open today, money."""
    reservation_profit: float = 0.0
    """Profit per week below which the partner would rather leave, money per week."""
    reservation_rate: float = 0.0
    """The same, as a share of its sales, added to it."""
    supply_cost: float = 0.0
    """Line haul from the plant, money per unit, borne by the maker."""
    lead_time: int = 1
    """Weeks from order to delivery."""
    attraction: float = 0.0
    """Utils this operation adds to its type's appeal (-0.3 for a second partner in a city)."""
    price: float | None = None
    """Consumer price, money per unit; empty: its type's."""
    wholesale_price: float | None = None
    """Wholesale price, money per unit; empty: its partner's, else its type's."""
    service: float | None = None
    """Service, 0 to 1; empty: its type's."""
    eligible: bool = True
    """False where it may not be opened."""
    open_today: bool = False
    """True where it is open now."""
    must_open: bool = False
    """True where every plan must open it."""
    must_close: bool = False
    """True where every plan must close it."""
    min_volume: float = 0.0
    """Fewest units per week that a plan may sell through it if it opens."""
    position_km: float = 0.0
    """Where it lies on the line or circle of spatial demand, km from its start."""
    after_sales_capacity: float | None = None
    """After-sales requests handled per week and door; empty: its type's."""
    site: str = ""
    """Warehouse or depot that it orders from; empty: the first depot of those from whom its partner
    buys, the nearest first, else the plant."""
    capture: float = 1.0
    """Factor on the units that a plan in assignment mode counts on where it assigns demand to it;
    the closed loop learns it, and runs ignore it."""
    maker: str = ""
    """Manufacturer of what it sells; empty: the one manufacturer. Where there are two, rest points
    and the choice of terms tell their profits apart; the measures of plans and runs do not."""

    def __post_init__(self) -> None:
        checks.filled(self)
        checks.identifier("id", self.id)
        checks.whole("doors", self.doors, 1)
        checks.positive("capacity", self.capacity, "leave it empty for unlimited")
        for name in _COSTS:
            checks.at_least(name, getattr(self, name), 0)
        checks.money(self, *_COSTS, "price", "wholesale_price")
        checks.share("reservation_rate", self.reservation_rate)
        checks.whole("lead_time", self.lead_time, 0)
        if self.maker:
            checks.identifier("maker", self.maker)
        checks.utils("attraction", self.attraction)
        for name in ("position_km", "min_volume", "capture"):
            checks.at_least(name, getattr(self, name), 0)
        checks.positive("price", self.price, "leave it empty for its type's")
        checks.positive("wholesale_price", self.wholesale_price, "leave it empty for its type's")
        checks.positive(
            "after_sales_capacity", self.after_sales_capacity, "leave it empty for its type's"
        )
        checks.share("service", self.service)
        for name in ("eligible", "open_today", "must_open", "must_close"):
            checks.flag(name, getattr(self, name))
        checks.require(
            not (self.must_open and (self.must_close or not self.eligible)),
            "must_open clashes with must_close or eligible = 0; keep one of them",
        )

"""Channel types, partners and candidates."""

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
class Partner:
    """The firm behind operations, or the maker's own arm."""

    id: str
    """Short unique name."""
    name: str
    """Name shown to people."""
    name_en: str = ""
    """English name."""
    archetype: str = ""
    """Kind of firm, free text."""
    own: bool = False
    """True for the maker's own operations: no reservation profit, no exit."""
    supplier: str = ""
    """Partner from whom it buys the goods, a distributor; empty: the maker."""
    wholesale_price: float | None = None
    """What it pays its supplier, money per unit, for goods that it sells on to other partners and
    where its own operations take title; empty: its type's, and it sells on to nobody."""
    capability: float = 0.6
    """Selling capability, 0 to 1."""
    reputation: float = 0.6
    """Reputation, 0 to 1: the trust it starts with."""
    resources_weeks: float = 5.0
    """Weeks of sales whose stock it can finance."""
    alignment: float = 0.5
    """Weight on the maker's goals, 0 to 1: read by the aligned_best_response effort rule, and where
    the partner weighs a price below the floor."""
    long_term: float = 0.5
    """Weight of the future against the present, 0 to 0.99: it bears earning too little for
    policy.exit_weeks x long_term / (1 - long_term)."""
    risk_aversion: float = 0.0
    """Cost of risk, 1 / money: half of it times the variance of its weekly income. Terms must leave
    it its reservation profit after that and the cost of its effort; 0: neither counts."""
    sales_spread: float | None = None
    """Standard deviation of a week's sales that no effort explains, units; empty: a tenth of a
    period's sales."""
    pricing: str = ""
    """Pricing rule: list (its type's price), cost_plus, map_bound, logit_best_response,
    linear_best_response, cournot, match or undercut; empty: its type's."""
    markup: float = 0.0
    """Share added to unit cost under cost_plus pricing."""
    match_lag: int | None = None
    """Weeks after which match and undercut answer a rival's price; empty: its type's."""
    undercut: float = 0.02
    """How far undercut goes below the lowest rival price in its zones, share."""
    min_margin: float = 0.0
    """Least that match and undercut keep on unit cost, share of it; negative: they may lose."""
    price_step: float | None = None
    """Most that its prices move in a week, share; empty: at once."""
    pass_through: float | None = None
    """Share of a change in its unit cost that its list prices follow, 0 to 1; empty: its type's."""
    bargaining_power: float = 0.0
    """Its part of what it and the maker gain from trading, 0 to 1, bargained over at reviews;
    0: it takes the wholesale price as listed."""
    back_margin_growth: float = 0.0
    """What a year adds to its back margin, share of the wholesale price, in cities where it sells
    more than a quarter of what the brand's shops sell."""
    effort: str = ""
    """Effort rule: none (always 1), best_response, aligned_best_response or quota_driven; empty:
    its type's."""
    diversion: str = ""
    """Diversion rule: arbitrage, none or quota_dumping; empty: its type's."""
    relationship: str = ""
    """What it does about a grievance: exit (no more than leave) or boycott; empty: its type's."""
    loading: str = ""
    """What it buys ahead of need before a quota period ends: none or forward_buying; empty: its
    type's."""
    forecasting: str = ""
    """Forecasting rule: exponential_smoothing, moving_average, ar1 or known; empty: its type's."""
    forecast_window: int = 4
    """Weeks that its moving average looks back."""
    forecast_weight: float = 0.2
    """Weight of the newest week in its exponential smoothing (Gardner 1985 advises 0.1 to 0.3)."""
    forecast_rho: float | None = None
    """Correlation of demand with the week before that its ar1 takes for granted; empty: as it
    finds it."""
    ordering: str = ""
    """Ordering rule: order_up_to, base_stock, s_S, R_S or newsvendor; empty: its type's."""
    inflate: float = 0.0
    """Share of the cut it expects in short supply by which it raises its orders; 0: it orders what
    it needs."""
    min_volume: float = 0.0
    """Fewest units per week that a plan may sell through it if anything of its opens."""

    def __post_init__(self) -> None:
        checks.filled(self)
        checks.identifier("id", self.id)
        checks.flag("own", self.own)
        checks.positive("wholesale_price", self.wholesale_price, "leave it empty for its type's")
        checks.money(self, "wholesale_price")
        for name in ("capability", "reputation", "alignment"):
            checks.share(name, getattr(self, name))
        checks.within("long_term", self.long_term, 0, 0.99)
        for name in ("resources_weeks", "risk_aversion"):
            checks.at_least(name, getattr(self, name), 0)
        checks.positive("sales_spread", self.sales_spread, "leave it empty for a tenth of sales")
        checks.at_least("markup", self.markup, 0)
        checks.whole("match_lag", self.match_lag, 0, "leave it empty for its type's")
        checks.within("undercut", self.undercut, 0, 0.99)
        checks.within("min_margin", self.min_margin, -0.99, 10)
        checks.positive("price_step", self.price_step, "leave it empty for none")
        for name in ("pass_through", "bargaining_power", "back_margin_growth"):
            checks.share(name, getattr(self, name))
        checks.whole("forecast_window", self.forecast_window, 1)
        checks.share("forecast_weight", self.forecast_weight)
        checks.within("forecast_rho", self.forecast_rho, -1, 1)
        for name in ("inflate", "min_volume"):
            checks.at_least(name, getattr(self, name), 0)
        check_rules(self)


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

"""Partners: who runs the operations of a channel."""

from dataclasses import dataclass

from channelsim.domain import checks
from channelsim.domain.rules import check_rules


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

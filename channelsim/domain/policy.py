"""The manufacturer's levers, its economics, and the goals a plan must meet."""

from dataclasses import dataclass

from channelsim.domain import checks
from channelsim.domain.contract import PERIODS
from channelsim.domain.rules import INFORMATION, RATIONING

QUOTA_SHAPES = ("cliff", "linear")

_SCORES = (
    "score_sales",
    "score_coverage",
    "score_price_discipline",
    "score_service",
    "score_reporting",
)
_AMOUNTS = (
    *_SCORES,
    "fine",
    "repeat_surcharge",
    "recruitment",
    "trade_shows",
    "inspection",
    "mediation_cost",
    "redress",
    "complaint_cost",
)


_RULED = (
    *("exclusive_territories", "participation", "no_worse_than_today"),
    *("diversion_proof", "within_span", "single_source"),
)


@dataclass(frozen=True)
class Economics:
    """What the maker's money is worth and what a unit costs."""

    unit_cost: float
    """Production cost, money per unit, tax included."""
    amortisation_weeks: float = 156.0
    """Weeks over which set-up money is written off, and after which an operation is fitted out
    anew: what is open today is charged like what opens."""
    capital_charge: float = 0.0
    """Cost of capital, share of the set-up money per week, on top of the write-off."""
    holding_rate: float = 0.005
    """Cost to a partner of holding stock, share of its value per week; the maker's own is part of
    its overheads."""
    supply_capacity: float | None = None
    """Units per week the maker can deliver in all; empty: unlimited."""
    discount_rate: float = 0.1
    """Discount on what a customer brings in later, share a year."""

    def __post_init__(self) -> None:
        checks.filled(self)
        checks.at_least("unit_cost", self.unit_cost, 0)
        checks.money(self, "unit_cost")
        checks.positive("amortisation_weeks", self.amortisation_weeks)
        checks.share("capital_charge", self.capital_charge)
        checks.share("holding_rate", self.holding_rate)
        checks.positive("discount_rate", self.discount_rate)
        checks.positive("supply_capacity", self.supply_capacity, "leave it out for unlimited")

    @property
    def setup_rate(self) -> float:
        """Weekly cost of one unit of set-up money: write-off plus cost of capital."""
        return 1 / self.amortisation_weeks + self.capital_charge


@dataclass(frozen=True)
class Policy:
    """The manufacturer's levers over partners."""

    price_floor: float | None = None
    """Minimum advertised price, money per unit; empty: none."""
    map_monitoring: float | None = None
    """Chance per partner and week that prices below the floor are seen; empty: the floor is
    obeyed. A partner goes below it where it gains more than it must expect to pay."""
    map_fine: float = 0.0
    """Fine for a week of prices below the floor that are seen, money."""
    map_withheld: float = 0.0
    """Share of the rebate on that week's units below the floor that is withheld besides."""
    max_price_gap: float | None = None
    """Most that online prices the maker sets may differ from the cheapest offline price, share of
    it; empty: no limit. Partners that go further below are told off."""
    price_gap_tolerance: float = 0.08
    """Price gap between partners, share of the dearer price, that raises no conflict."""
    quota_growth: float = 1.12
    """Quota over the units expected of a partner."""
    planned_attainment: float = 1.0
    """Attainment of quota that a plan counts on: it sets the rebate step a plan pays, and the
    shortfall it expects."""
    attainment_spread: float = 0.0
    """Standard deviation of attainment that a linear quota of equal spend counts on, share."""
    planned_purchases: float = 0.0
    """Units that a plan counts on a partner to buy in a period: it sets the quantity discount."""
    quota_period: str = ""
    """week, quarter or year over which rebates and bonuses are paid; empty: their contracts'."""
    quota_shape: str = "cliff"
    """How rebates and bonuses follow attainment: cliff, by the contracts' steps, or linear, at what
    the steps are planned to cost."""
    audit_probability: float = 0.0
    """Chance per partner and quarter of an audit."""
    detection: float = 1.0
    """Chance that an audit finds diverted goods that are there."""
    fine: float = 0.0
    """Fine for a case of diversion, money."""
    repeat_surcharge: float = 0.0
    """Share of the fine added for every case found before."""
    forfeit: bool = False
    """Whether diversion that is found forfeits the rebates and bonuses of the running year."""
    review_weeks: int = 13
    """Weeks between reviews of the partners."""
    exit_weeks: int = 26
    """Weeks below reservation after which a partner leaves."""
    exit_trust: float = 0.25
    """Trust below which a partner leaves."""
    score_sales: float = 1.0
    """Weight of units over quota in the score of a review."""
    score_coverage: float = 0.0
    """Weight of the share of weeks in which its shelves were not empty."""
    score_price_discipline: float = 0.0
    """Weight of the share of units sold at or above the price floor and in its own territory."""
    score_service: float = 0.0
    """Weight of the share of happy buyers."""
    score_reporting: float = 0.0
    """Weight of how well what it orders tells what it sells."""
    terminate_after: int | None = None
    """Bad reviews (tier C) in a row after which the maker ends a contract, with compensation;
    empty: never."""
    recruitment: float = 0.0
    """Applications a year of each idle partner that could replace one that is gone; 0: nobody is
    replaced."""
    trade_shows: float = 0.0
    """Money per week for trade shows, which bring applicants, while somebody is looked for."""
    inspection: float = 0.0
    """Money for inspecting one applicant: the more, the truer the signal of its capability."""
    inspection_unit: float = 1000.0
    """Money that pays one independent look at an applicant, and the money a week that multiplies
    the applications a trade show brings by 1 + ln 2."""
    applicants_known: bool = False
    """Whether the maker knows how able applicants are, whatever it spends on inspection: the
    yardstick of a selection."""
    least_capability: float = 0.5
    """Capability that an applicant must show, 0 to 1."""
    mediation_cost: float = 0.0
    """Cost of settling one conflict case taken up at a review, money; 0: none is taken up."""
    mediation_weeks: int = 0
    """Weeks from taking up a case to its settlement."""
    redress: float = 0.0
    """Compensation paid to the harmed partner of a case that is settled, money."""
    protection: float = 0.0
    """Chance that a customer registered by one partner is turned away by the others."""
    protection_weeks: float = 13.0
    """Mean weeks for which a registration protects: it expires with chance 1 / weeks a week."""
    transparency: float = 0.0
    """How open and even-handed the maker's dealings are, 0 to 1: partners trust it more."""
    complaints_settled: float = 0.0
    """Share of complaints that end with a happy buyer, 0 to 0.95."""
    complaint_cost: float = 0.0
    """Cost of handling one complaint, money."""
    effort_elasticity: float = 0.34
    """Rise of a partner's utility per unit of the logarithm of its effort (Albers, Mantrala and
    Sridhar 2010)."""
    least_effort: float = 0.2
    """Effort below which nobody goes, 1 as planned: who opens its doors sells something."""
    training_ceiling: float = 0.25
    """Most that training adds to capability."""
    training_decay: float = 0.01
    """Share of what was trained that is forgotten each week."""
    training_weeks: float = 52.0
    """Weeks of spending at a partner's scale that teach 1 - 1/e of what can be taught."""
    sales_heads: float = 0.0
    """The maker's own sales people."""
    span_of_control: float = 15.0
    """Partners that one of them can look after."""
    head_salary: float = 0.0
    """Pay and expenses of one of them, money per week."""
    head_training: float = 0.0
    """Training of one of them, money per week."""
    meeting_weeks: int | None = None
    """Weeks between meetings with all partners; empty: none."""
    meeting_cost: float = 0.0
    """Cost of a meeting, money per partner that comes."""
    news_lag: int = 0
    """Weeks that news of a promotion takes to reach partners' sales people: until then it does not
    lift their sales beyond its price cut."""
    conflict_weights: tuple[float, float, float, float] = (0.25, 0.25, 0.25, 0.25)
    """Importance of price, territory, customer and goal conflict, summing to 1."""
    rationing: str = "priority"
    """Who is served in short supply: priority, proportional, turn_and_earn, linear or uniform."""
    information: str = "orders"
    """What the maker sees of partners: none (its own deliveries), orders, sell_out or inventory
    (sell-out, stock and stock on order)."""
    information_lag: int = 0
    """Weeks by which what it sees is older than last week."""
    report_weeks: int = 1
    """Weeks between two reports of partners: what they tell of the weeks between comes together."""
    information_noise: float = 0.0
    """Coefficient of variation of the error in each partner's weekly report."""
    market_research: float = 0.0
    """Money per week for research into what partners really sell: it lowers information_noise."""
    research_unit: float = 1000.0
    """Money per week that pays one independent look at the market."""
    distortion: float = 0.0
    """Share by which partners inflate reported orders and needs after a cut delivery."""
    digitisation: float = 0.0
    """Share of the information lag and of the cost of an order that digital ordering saves."""
    alarm_weeks: float = 1.0
    """Weeks of sales, beyond those until a delivery, below which an outlet's stock on hand and on
    order raises an alarm."""

    def __post_init__(self) -> None:
        checks.filled(self)
        checks.positive("price_floor", self.price_floor, "leave it out for none")
        for name in ("map_monitoring", "map_withheld", "max_price_gap"):
            checks.share(name, getattr(self, name))
        checks.at_least("map_fine", self.map_fine, 0)
        checks.within("price_gap_tolerance", self.price_gap_tolerance, 0, 0.49)
        checks.positive("quota_growth", self.quota_growth)
        checks.at_least("planned_attainment", self.planned_attainment, 0)
        self._check_support()
        checks.share("audit_probability", self.audit_probability)
        checks.share("detection", self.detection)
        checks.flag("forfeit", self.forfeit)
        checks.flag("applicants_known", self.applicants_known)
        checks.whole("review_weeks", self.review_weeks, 1)
        checks.whole("exit_weeks", self.exit_weeks, 1)
        checks.share("exit_trust", self.exit_trust)
        for name in _AMOUNTS:
            checks.at_least(name, getattr(self, name), 0)
        checks.whole("mediation_weeks", self.mediation_weeks, 0)
        checks.whole("terminate_after", self.terminate_after, 1, "leave it empty for never")
        checks.positive("inspection_unit", self.inspection_unit)
        for name in ("protection", "transparency", "least_capability"):
            checks.share(name, getattr(self, name))
        checks.within("complaints_settled", self.complaints_settled, 0, 0.95)
        checks.at_least("protection_weeks", self.protection_weeks, 1)
        checks.require(
            sum(self.score_weights) > 0,
            "the weights score_sales to score_reporting are all 0; make one of them positive",
        )
        checks.money(self, "price_floor", *(n for n in _AMOUNTS if n not in _SCORES))
        checks.share("effort_elasticity", self.effort_elasticity)
        checks.positive("least_effort", self.least_effort)
        checks.at_most("least_effort", self.least_effort, 1, "write 1 for effort as planned")
        checks.one_of("rationing", self.rationing, RATIONING)
        checks.one_of("information", self.information, INFORMATION)
        checks.whole("information_lag", self.information_lag, 0)
        checks.whole("report_weeks", self.report_weeks, 1)
        for name in ("information_noise", "distortion", "alarm_weeks", "market_research"):
            checks.at_least(name, getattr(self, name), 0)
        checks.positive("research_unit", self.research_unit)
        checks.money(self, "market_research")
        checks.share("digitisation", self.digitisation)
        weights = tuple(self.conflict_weights)
        checks.require(
            len(weights) == 4,
            f"conflict_weights must be 4 numbers, got {len(weights)}; write those of price, "
            "territory, customer and goal conflict",
        )
        for weight in weights:
            checks.share("conflict_weights", weight)
        total = sum(weights)
        checks.require(
            abs(total - 1) <= 1e-9, f"conflict_weights must sum to 1, got {total:g}; mend them"
        )
        object.__setattr__(self, "conflict_weights", weights)

    def _check_support(self) -> None:
        for name in ("attainment_spread", "planned_purchases", "sales_heads", "head_salary"):
            checks.at_least(name, getattr(self, name), 0)
        for name in ("head_training", "meeting_cost"):
            checks.at_least(name, getattr(self, name), 0)
        if self.quota_period:
            checks.one_of("quota_period", self.quota_period, PERIODS)
        checks.one_of("quota_shape", self.quota_shape, QUOTA_SHAPES)
        checks.money(self, "head_salary", "head_training", "meeting_cost")
        checks.share("training_ceiling", self.training_ceiling)
        checks.share("training_decay", self.training_decay)
        checks.positive("training_weeks", self.training_weeks)
        checks.positive("span_of_control", self.span_of_control)
        checks.whole("meeting_weeks", self.meeting_weeks, 1, "leave it empty for no meetings")
        checks.whole("news_lag", self.news_lag, 0)

    @property
    def score_weights(self) -> tuple[float, ...]:
        """Weights of a review's criteria, in the order of `_SCORES`."""
        return tuple(getattr(self, name) for name in _SCORES)

    @property
    def caught(self) -> float:
        """Chance per quarter that diversion is found."""
        return self.audit_probability * self.detection

    @property
    def noise(self) -> float:
        """Coefficient of variation of the error in a partner's report, research at work: the mean
        of 1 + money / unit looks (Stiglitz 1975).
        """
        looks = 1 + self.market_research / self.research_unit
        return float(self.information_noise / looks**0.5)


_LIMITS = ("conflict_price", "budget", "setup_budget", "incentive_budget", "yearly_budget")


@dataclass(frozen=True)
class Goals:
    """What a plan must reach and may spend; None is no limit."""

    min_coverage: float | None = None
    """Least coverage, 0 to 1."""
    min_service: float | None = None
    """Least service of an operation that a plan may open, 0 to 1."""
    max_conflict: float | None = None
    """Most conflict, 0 to 1."""
    conflict_price: float = 0.0
    """Money per week charged for a conflict of 1."""
    budget: float | None = None
    """Most money per week for fixed cost, set-up written off and incentives."""
    setup_budget: float | None = None
    """Most one-off money for opening what is not open today."""
    incentive_budget: float = 0.0
    """Most money per week for incentives beyond the contracts."""
    max_open: int | None = None
    """Most operations open."""
    max_changes: int | None = None
    """Most operations that a plan opens or closes against today."""
    exclusive_territories: bool = False
    """Whether one partner alone serves a zone's physical demand."""
    participation: bool = False
    """Whether each independent partner with something open plans to earn its reservation profit."""
    no_worse_than_today: bool = False
    """Whether the maker and each partner open today plan to earn at least what today's layout,
    planned the same way, would earn them."""
    min_margin: float | None = None
    """Least margin of an independent partner that buys the goods, (price - wholesale) / price, of
    an operation that a plan may open, 0 to 1."""
    min_share: float | None = None
    """Least planned units over purchase occasions, 0 to 1."""
    diversion_proof: bool = False
    """Whether a plan opens no two operations between which goods would pay to divert: whose
    wholesale prices differ by more than freight and the fine to be expected."""
    within_span: bool = False
    """Whether a plan engages no more independent partners than policy.sales_heads can look after,
    policy.span_of_control each."""
    single_source: bool = False
    """Whether one operation alone serves a zone's physical demand."""
    contiguous_km: float | None = None
    """Longest step between neighbouring zones, road km, by which each partner's exclusive
    territory must hang together; empty: it need not."""
    max_imbalance: float | None = None
    """Most by which the largest planned sales of an exclusive territory may exceed the mean of
    territories, share of the mean; empty: no limit."""
    min_compliance: float | None = None
    """Least mean of partners.*.alignment over the independent operations that open, 0 to 1."""
    max_shortfall: float | None = None
    """Most money per week that a plan under several scenarios may lose on average in its worst
    ones; below 0: what it must at least earn there."""
    risk_level: float = 0.9
    """Level of those worst scenarios: 0.9 means the worst tenth."""
    yearly_budget: float | None = None
    """Most one-off money a year for opening and closing in a plan over several periods."""

    def __post_init__(self) -> None:
        checks.filled(self)
        for name in ("min_coverage", "min_margin", "min_share", "min_compliance"):
            checks.share(name, getattr(self, name))
        checks.share("max_conflict", self.max_conflict)
        checks.share("min_service", self.min_service)
        for name in _LIMITS:
            checks.at_least(name, getattr(self, name), 0)
            checks.money(self, name)
        checks.at_least("max_shortfall", self.max_shortfall, -checks.MOST_MONEY)
        checks.money(self, "max_shortfall")
        checks.within("risk_level", self.risk_level, 0, 0.9999)
        for name in ("contiguous_km", "max_imbalance"):
            checks.at_least(name, getattr(self, name), 0, "leave it empty for no limit")
            checks.require(
                getattr(self, name) is None or self.exclusive_territories,
                f"{name} is about exclusive territories; set exclusive_territories = true as well",
            )
        for name in ("max_open", "max_changes"):
            checks.whole(name, getattr(self, name), 0, "leave it empty for no limit")
        for name in _RULED:
            checks.flag(name, getattr(self, name))

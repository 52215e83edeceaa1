"""The manufacturer's levers, its economics, and the goals a plan must meet."""

from dataclasses import dataclass

from channelsim.domain import checks
from channelsim.domain.rules import INFORMATION, RATIONING


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
    price_gap_tolerance: float = 0.08
    """Price gap between partners, share of the dearer price, that raises no conflict."""
    quota_growth: float = 1.12
    """Quota over the units expected of a partner."""
    planned_attainment: float = 1.0
    """Attainment of quota that a plan counts on: it sets the rebate step a plan pays, and the
    shortfall it expects."""
    audit_probability: float = 0.0
    """Chance per partner and quarter that an audit finds diverted goods."""
    fine: float = 0.0
    """Fine for a case of diversion, money."""
    review_weeks: int = 13
    """Weeks between reviews of the partners."""
    exit_weeks: int = 26
    """Weeks below reservation after which a partner leaves."""
    exit_trust: float = 0.25
    """Trust below which a partner leaves."""
    mediation_cost: float = 0.0
    """Cost of settling one conflict case at a review, money."""
    effort_elasticity: float = 0.34
    """Rise of a partner's utility per unit of the logarithm of its effort (Albers, Mantrala and
    Sridhar 2010)."""
    conflict_weights: tuple[float, float, float, float] = (0.25, 0.25, 0.25, 0.25)
    """Importance of price, territory, customer and goal conflict, summing to 1."""
    rationing: str = "priority"
    """Who is served in short supply: priority, proportional, turn_and_earn, linear or uniform."""
    information: str = "orders"
    """What the maker sees of partners: none (its own deliveries), orders, sell_out or inventory
    (sell-out, stock and stock on order)."""
    information_lag: int = 0
    """Weeks by which what it sees is older than last week."""
    information_noise: float = 0.0
    """Coefficient of variation of the error in each partner's weekly report."""
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
        checks.within("price_gap_tolerance", self.price_gap_tolerance, 0, 0.49)
        checks.positive("quota_growth", self.quota_growth)
        checks.at_least("planned_attainment", self.planned_attainment, 0)
        checks.share("audit_probability", self.audit_probability)
        checks.at_least("fine", self.fine, 0)
        checks.whole("review_weeks", self.review_weeks, 1)
        checks.whole("exit_weeks", self.exit_weeks, 1)
        checks.share("exit_trust", self.exit_trust)
        checks.at_least("mediation_cost", self.mediation_cost, 0)
        checks.within("effort_elasticity", self.effort_elasticity, 0, 0.99)
        checks.one_of("rationing", self.rationing, RATIONING)
        checks.one_of("information", self.information, INFORMATION)
        checks.whole("information_lag", self.information_lag, 0)
        for name in ("information_noise", "distortion", "alarm_weeks"):
            checks.at_least(name, getattr(self, name), 0)
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


@dataclass(frozen=True)
class Goals:
    """What a plan must reach and may spend; None is no limit."""

    min_coverage: float | None = None
    """Least coverage, 0 to 1."""
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
    exclusive_territories: bool = False
    """Whether one partner alone serves a zone's physical demand."""

    def __post_init__(self) -> None:
        checks.filled(self)
        checks.share("min_coverage", self.min_coverage)
        checks.share("max_conflict", self.max_conflict)
        for name in ("conflict_price", "budget", "setup_budget", "incentive_budget"):
            checks.at_least(name, getattr(self, name), 0)
        checks.whole("max_open", self.max_open, 0)
        checks.flag("exclusive_territories", self.exclusive_territories)

"""The instruments of incentive money, and how partners answer it."""

from dataclasses import dataclass

from channelsim.domain import checks

INSTRUMENTS = (
    "rebate",
    "commission",
    "bonus",
    "training",
    "coop",
    "marketing",
    "priority_supply",
    "royalty",
    "technical_support",
    "after_sales_support",
)
RESPONSE_FORMS = ("power", "log", "hill", "exponential")


@dataclass(frozen=True)
class Response:
    """How a partner's sales answer incentive money: a concave curve believed by the planner.

    Relative rise of sales at a spend of w money per week, with u = w / scale:
    power: lift u^exponent; log: lift ln(1 + u); hill: lift u^exponent / (1 + u^exponent)
    (ADBUDG, Little 1970); exponential: lift (1 - exp(-u)).
    """

    partner: str
    """Partner id."""
    instrument: str
    """Instrument the money is spent on."""
    form: str
    """power, log, hill or exponential."""
    lift: float
    """Height of the curve: relative rise of sales."""
    scale: float
    """Spend at which u = 1, money per week."""
    exponent: float = 1.0
    """Exponent of power and hill, at most 1 so that the curve is concave."""
    min_spend: float = 0.0
    """Least spend if the partner is open, money per week."""
    max_spend: float | None = None
    """Most spend, money per week; empty: no limit."""

    def __post_init__(self) -> None:
        checks.filled(self)
        checks.one_of("instrument", self.instrument, INSTRUMENTS)
        checks.one_of("form", self.form, RESPONSE_FORMS)
        checks.at_least("lift", self.lift, 0)
        checks.positive("scale", self.scale)
        checks.positive("exponent", self.exponent)
        checks.require(
            self.exponent <= 1, f"exponent must be <= 1, got {self.exponent:g}; lower it (concave)"
        )
        checks.at_least("min_spend", self.min_spend, 0)
        checks.at_least("max_spend", self.max_spend, self.min_spend, "raise it to min_spend")
        checks.money(self, "scale", "min_spend", "max_spend")

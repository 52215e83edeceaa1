"""The terms between the maker and its partners."""

from dataclasses import dataclass

from channelsim.domain import checks

CONTRACTED = (
    "rebate",
    "commission",
    "bonus",
    "coop",
    "marketing",
    "royalty",
    "revenue_share",
    "quantity_discount",
    "franchise_fee",
    "buy_back",
    "credit",
)
SUMS = ("bonus", "franchise_fee")
"""Instruments whose rate is money per period; that of the others is a share."""
MARGINAL = ("rebate", "commission", "coop", "royalty", "revenue_share")
"""Instruments that may pay for what exceeds a step alone."""
BASES = ("sales", "purchases")
PERIODS = {"week": 1, "quarter": 13, "year": 52}


@dataclass(frozen=True)
class Contract:
    """One term between the maker and a partner, or every partner of a channel type."""

    instrument: str
    """rebate, commission, bonus, coop, marketing (to media), quantity_discount; to the maker:
    royalty, revenue_share, franchise_fee; buy_back of unsold stock; credit."""
    rate: float
    """Share of the base; for a bonus, money per period; for a franchise_fee, money per period and
    operation; for buy_back, share of the wholesale price paid back; 0 for credit."""
    partner: str = ""
    """Partner id; empty: every partner of the channel type. For each instrument the most specific
    terms replace the others: partner and type, then partner, then type."""
    channel_type: str = ""
    """Channel type id; empty: whatever the partner operates."""
    period: str = "week"
    """week, quarter or year: the span over which attainment is measured and the term is paid."""
    attainment_from: float = 0.0
    """Share of quota from which this rate holds; the highest reached holds for the whole base."""
    units_from: float = 0.0
    """Units that a partner buys in a period from which a quantity_discount holds, for all units."""
    stock_from: float = 0.0
    """Weeks of sales on hand at the period's end above which buy_back takes stock back."""
    above_only: bool = False
    """Whether rates pay only for what exceeds their step, as a target rebate does, instead of for
    the whole base; the first row says so for all steps of an instrument."""
    base: str = "sales"
    """sales (consumer price x units) or purchases (wholesale price x units)."""
    cap: float | None = None
    """Most that is paid per period, money; empty: no cap."""
    payment_lag: int = 0
    """Weeks from the end of the period to payment; for credit, from delivery to its payment."""

    @property
    def step(self) -> float:
        """What must be reached for this rate: a share of quota, or units bought."""
        by_volume = self.instrument == "quantity_discount"
        return self.units_from if by_volume else self.attainment_from

    @property
    def on_purchases(self) -> bool:
        """Whether the base is purchases instead of sales."""
        return self.base == "purchases" or self.instrument == "quantity_discount"

    def __post_init__(self) -> None:
        checks.filled(self)
        checks.one_of("instrument", self.instrument, CONTRACTED)
        checks.one_of("base", self.base, BASES)
        checks.one_of("period", self.period, PERIODS)
        checks.at_least("rate", self.rate, 0)
        if self.instrument not in SUMS:
            checks.share("rate", self.rate)
        for name in ("units_from", "stock_from"):
            checks.at_least(name, getattr(self, name), 0)
        checks.at_least("attainment_from", self.attainment_from, 0)
        checks.at_least("cap", self.cap, 0, "leave it empty for no cap")
        checks.money(self, "rate", "cap")
        checks.whole("payment_lag", self.payment_lag, 0)
        checks.require(
            bool(self.partner or self.channel_type),
            "partner and channel_type are both empty; name at least one",
        )
        self._check_fields_that_do_nothing()

    def _check_fields_that_do_nothing(self) -> None:
        checks.flag("above_only", self.above_only)
        checks.require(
            not self.above_only or self.instrument in MARGINAL,
            f"{self.instrument} knows no above_only; leave it empty",
        )
        stepless = self.instrument in ("franchise_fee", "quantity_discount", "buy_back", "credit")
        checks.require(
            not stepless or self.attainment_from == 0,
            f"{self.instrument} knows no attainment_from; leave it empty",
        )
        capless = self.instrument in ("franchise_fee", "buy_back", "credit")
        checks.require(
            not capless or self.cap is None, f"{self.instrument} knows no cap; leave it empty"
        )
        checks.require(
            self.instrument != "credit" or self.rate == 0,
            f"credit has no rate, got {self.rate:g}; write 0 and its weeks as payment_lag",
        )

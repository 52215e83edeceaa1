"""The maker's side of supply: its production plan, its stock, and what an order costs."""

from dataclasses import dataclass

from channelsim.domain import checks
from channelsim.domain.rules import FAMILIES

PRODUCTION = ("to_order", "to_stock")
"""Names of production plans, the default first."""


@dataclass(frozen=True)
class Supply:
    """How the maker plans production, and what stock and orders cost."""

    production: str = "to_order"
    """to_order (units are made as they are shipped) or to_stock (by forecast and base stock)."""
    production_weeks: int = 1
    """Weeks from the start of production to finished goods, under to_stock."""
    production_capacity: float | None = None
    """Units per week that production can start under to_stock; empty: unlimited."""
    safety_weeks: float = 1.0
    """Weeks of demand that the maker holds as safety stock under to_stock."""
    forecasting: str = ""
    """Forecasting rule of the maker: moving_average, exponential_smoothing, ar1 or known; empty:
    exponential_smoothing."""
    forecast_window: int = 4
    """Weeks that the maker's moving average looks back."""
    forecast_weight: float = 0.2
    """Weight of the newest week in the maker's exponential smoothing."""
    forecast_rho: float | None = None
    """Correlation of demand with the week before that the maker's ar1 takes for granted; empty: as
    it finds it."""
    forecast_echo: float = 0.0
    """Times that partners' orders add last week's change of demand to it, as the maker knows: rho
    (1 - rho^L) / (1 - rho) of partners whose ar1 covers L weeks. With it the maker's ar1 forecasts
    orders from demand, which it is told or works out from all orders so far; 0: it forecasts what
    it sees."""
    holding_rate: float = 0.0
    """Cost to the maker of holding finished goods, share of the unit cost per week; 0: part of its
    overheads."""
    order_cost: float = 0.0
    """Cost of placing and handling one order, money, borne by whoever orders."""
    digitisation_cost: float = 0.0
    """What digitisation in full costs the maker, money per week."""

    def __post_init__(self) -> None:
        checks.filled(self)
        checks.one_of("production", self.production, PRODUCTION)
        if self.forecasting:
            checks.one_of("forecasting", self.forecasting, FAMILIES["forecasting"])
        checks.whole("production_weeks", self.production_weeks, 0)
        checks.positive(
            "production_capacity", self.production_capacity, "leave it empty for unlimited"
        )
        checks.whole("forecast_window", self.forecast_window, 1)
        checks.share("forecast_weight", self.forecast_weight)
        checks.within("forecast_rho", self.forecast_rho, -1, 1)
        checks.at_least("forecast_echo", self.forecast_echo, 0)
        known = self.forecasting == "ar1" and self.forecast_rho is not None
        checks.require(
            self.forecast_echo == 0 or known,
            "forecast_echo tells how demand comes back in orders; write ar1 as forecasting and the "
            "correlation as forecast_rho, or leave it out",
        )
        checks.share("holding_rate", self.holding_rate)
        for name in ("safety_weeks", "order_cost", "digitisation_cost"):
            checks.at_least(name, getattr(self, name), 0)

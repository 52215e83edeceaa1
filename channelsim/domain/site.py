"""Regional warehouses and distributors' depots between the maker's plant and outlets."""

from dataclasses import dataclass

from channelsim.domain import checks
from channelsim.domain.rules import FAMILIES


@dataclass(frozen=True)
class Site:
    """A regional warehouse, its stock the maker's, or a distributor's depot."""

    id: str
    """Short unique name."""
    name: str
    """Name shown to people."""
    name_en: str = ""
    """English name."""
    partner: str = ""
    """Distributor whose depot it is, which orders for it by its own ordering rule; empty: it is the
    maker's."""
    lead_time: int = 1
    """Weeks from its order to the delivery from the plant or its distributor's supplier."""
    review_weeks: int = 1
    """Weeks between two of its orders."""
    stock_weeks: float = 1.0
    """Weeks of its outlets' demand that it holds as safety stock."""
    reserve_units: float = 0.0
    """Units it holds on top of that, whatever it forecasts."""
    forecasting: str = ""
    """Forecasting rule: exponential_smoothing, moving_average, ar1 or known; empty:
    exponential_smoothing."""
    forecast_window: int = 4
    """Weeks that its moving average looks back."""
    forecast_weight: float = 0.2
    """Weight of the newest week in its exponential smoothing."""
    forecast_rho: float | None = None
    """Correlation of demand with the week before that its ar1 takes for granted; empty: as found.
    """

    def __post_init__(self) -> None:
        checks.filled(self)
        checks.identifier("id", self.id)
        checks.whole("lead_time", self.lead_time, 0)
        checks.whole("review_weeks", self.review_weeks, 1)
        checks.at_least("stock_weeks", self.stock_weeks, 0)
        checks.at_least("reserve_units", self.reserve_units, 0)
        if self.forecasting:
            checks.one_of("forecasting", self.forecasting, FAMILIES["forecasting"])
        checks.whole("forecast_window", self.forecast_window, 1)
        checks.share("forecast_weight", self.forecast_weight)
        checks.within("forecast_rho", self.forecast_rho, -1, 1)

"""What a firm's books say of past sales: one row a week, partner and zone of the outlets."""

from dataclasses import dataclass

from channelsim.domain import checks

_AMOUNTS = ("sell_in", "sell_out", "stock", "returns", "revenue", "incentives")


@dataclass(frozen=True)
class Sale:
    """What a partner's outlets in one zone bought, sold and held in one week."""

    period: int
    """Week of the history, from 0."""
    partner: str
    """Partner id."""
    zone: str = ""
    """Zone id of the outlets that sold; empty: online."""
    sell_in: float | None = None
    """Units that the partner bought; empty: unknown."""
    sell_out: float | None = None
    """Units that consumers bought; empty: unknown."""
    stock: float | None = None
    """Units in stock at the end of the week; empty: unknown."""
    returns: float | None = None
    """Units that consumers brought back; empty: unknown."""
    revenue: float | None = None
    """What consumers paid for sell_out, money; empty: unknown."""
    incentives: float | None = None
    """Incentive money spent on the partner there in the week, money; empty: unknown."""

    def __post_init__(self) -> None:
        checks.filled(self)
        checks.whole("period", self.period, 0)
        for name in _AMOUNTS:
            checks.at_least(name, getattr(self, name), 0, "leave it empty where it is unknown")
        checks.money(self, "revenue", "incentives")

    @property
    def price(self) -> float | None:
        """Mean price that consumers paid, money per unit; None where it is unknown."""
        if not self.sell_out or not self.revenue:
            return None
        return self.revenue / self.sell_out

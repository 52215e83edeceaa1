"""Customer tiers: occasional, regular, key; moved by purchases and lapses.

What a firm that scores recency, frequency and value (Hughes 1994) tells apart, with a chance in
place of a count so that a customer's tier is all there is to remember: each purchase may lift a
customer by a tier, each week without one may lower it by a tier.
"""

from dataclasses import dataclass

from channelsim.domain import checks

DEEPEST = 0.95
"""The deepest price offer: goods that are given away are no sale."""


@dataclass(frozen=True)
class CustomerTier:
    """One tier of customers; the table lists them from the lowest to the highest."""

    id: str
    """Short unique name."""
    name: str
    """Name shown to people."""
    name_en: str = ""
    """English name."""
    rise: float = 0.0
    """Chance that a purchase moves its buyer up a tier; 0 in the highest."""
    lapse: float = 0.0
    """Chance that a week without a purchase moves a customer down a tier; 0 in the lowest, above 0
    in the others."""
    service: float = 0.0
    """Service added for these customers, on top of the outlet's, up to 1 in all."""
    price_offer: float = 0.0
    """Share off the outlet's price for these customers, borne by who owns the goods, 0 to 0.95."""
    appeal: float = 0.0
    """Utils that looking after these customers (visits, calls, mail) adds to every outlet."""
    cost: float = 0.0
    """What looking after one of these customers costs the maker, money per week."""

    def __post_init__(self) -> None:
        checks.filled(self)
        checks.identifier("id", self.id)
        for name in ("rise", "lapse", "service"):
            checks.share(name, getattr(self, name))
        checks.within("price_offer", self.price_offer, 0, DEEPEST, "write a share such as 5%")
        checks.utils("appeal", self.appeal)
        checks.at_least("cost", self.cost, 0)
        checks.money(self, "cost")

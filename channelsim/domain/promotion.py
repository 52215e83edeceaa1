"""Promotions: price cuts agreed with the maker, by calendar and channel.

A plan counts on listed prices; promotions act in a simulation alone. Of the promotions that hold
for an outlet in a week the most specific one counts (candidate, then partner, then channel type,
then every outlet), of equally specific ones the deepest cut, of equal cuts the one written last.
"""

from dataclasses import dataclass

from channelsim.domain import checks

WEEKS = 52
DEEPEST = 0.95
"""The deepest cut: goods that are given away are no sale."""


@dataclass(frozen=True)
class Promotion:
    """A cut of the price that outlets ask in some weeks of every year."""

    id: str
    """Short unique name."""
    from_week: int
    """First week of the year, 1 to 52."""
    to_week: int
    """Last week of the year, 1 to 52; below from_week: over new year."""
    price_cut: float
    """Share of the price that the outlet would ask otherwise, 0 to 0.95."""
    channel: str = ""
    """Id of a candidate, a partner or a channel type; empty: every outlet."""
    lift: float = 0.0
    """Utils that display and attention add to the outlet in these weeks."""
    maker_share: float = 0.0
    """Share of the cut that the maker pays back per unit sold to a partner that buys the goods."""
    name: str = ""
    """Name shown to people."""

    def __post_init__(self) -> None:
        checks.filled(self)
        checks.identifier("id", self.id)
        for name in ("from_week", "to_week"):
            checks.whole(name, getattr(self, name), 1)
            checks.within(name, getattr(self, name), 1, WEEKS, "write a week of the year")
        checks.within("price_cut", self.price_cut, 0, DEEPEST, "write a share such as 0.12 or 12%")
        checks.within("lift", self.lift, 0, 100)
        checks.share("maker_share", self.maker_share)

    def holds(self, week: int) -> bool:
        """Return whether it holds in a week of the year, 1 to 52."""
        if self.from_week <= self.to_week:
            return self.from_week <= week <= self.to_week
        return week >= self.from_week or week <= self.to_week

"""Events: what happens to the market and to firms in some weeks of a run.

    demand_shock        occasions of the zone x (1 + size)
    rival_entry         size utils on top of the outside option of the zone
    price_war           prices that outlets ask x (1 - size), below the price floor too
    platform_promotion  the same at online outlets
    new_product         size utils for the brand in the zone, at the outlets of the channel
    supply_disruption   what the maker can deliver x (1 - size); without a limit of its own, what it
                        is expected to sell in the week x (1 - size)
    bankruptcy          the partners of the channel leave, in the first week

Weeks are those of the run, from 0. Plans know of no events.
"""

from dataclasses import dataclass

from channelsim.domain import checks

KINDS = (
    "demand_shock",
    "rival_entry",
    "price_war",
    "platform_promotion",
    "new_product",
    "supply_disruption",
    "bankruptcy",
)
ZONED = ("demand_shock", "rival_entry", "new_product")
"""Kinds that may be limited to a zone."""
ADDRESSED = ("price_war", "platform_promotion", "new_product", "bankruptcy")
"""Kinds that may be limited to a channel."""
SHARES = ("price_war", "platform_promotion", "supply_disruption")
"""Kinds whose size is a share that is taken away."""
DEEPEST = 0.95


@dataclass(frozen=True)
class Event:
    """Something that happens in some weeks of a run."""

    id: str
    """Short unique name."""
    kind: str
    """demand_shock, rival_entry, price_war, platform_promotion, new_product, supply_disruption or
    bankruptcy."""
    from_week: int
    """First week of the run, from 0."""
    to_week: int | None = None
    """Last week; empty: to the end."""
    size: float = 0.0
    """How strong it is: a share, or utils for rival_entry and new_product; none for bankruptcy."""
    zone: str = ""
    """Zone id; empty: everywhere."""
    channel: str = ""
    """Id of a candidate, a partner or a channel type; empty: every outlet."""
    name: str = ""
    """Name shown to people."""

    def __post_init__(self) -> None:
        checks.filled(self)
        checks.identifier("id", self.id)
        checks.one_of("kind", self.kind, KINDS)
        checks.whole("from_week", self.from_week, 0)
        checks.whole("to_week", self.to_week, self.from_week, "leave it empty for to the end")
        checks.utils("size", self.size)
        if self.kind in SHARES:
            most = 1.0 if self.kind == "supply_disruption" else DEEPEST
            checks.within("size", self.size, 0, most, "write a share such as 0.3")
        if self.kind == "demand_shock":
            checks.within("size", self.size, -1, 100, "write a share such as -0.2")
        self._check_scope()

    def _check_scope(self) -> None:
        checks.require(
            not self.zone or self.kind in ZONED,
            f"zone is {self.zone}, but a {self.kind} is nowhere in particular; leave it empty",
        )
        checks.require(
            not self.channel or self.kind in ADDRESSED,
            f"channel is {self.channel}, but a {self.kind} is no channel's own; leave it empty",
        )
        checks.require(
            bool(self.channel) or self.kind != "bankruptcy",
            "channel is empty; name the partner that goes bankrupt",
        )

    def holds(self, week: int) -> bool:
        """Return whether it holds in a week of the run."""
        return self.from_week <= week and (self.to_week is None or week <= self.to_week)
